//! Compares the files of documents with their hashes before choices with these documents are
//! approved. The files are read outside the database transaction, because reading them takes time.

use crate::app::App;
use crate::failure::{Failure, Stale};
use crate::reviewing::decide::ShownChoice;
use domain::digest::Digest;
use std::collections::BTreeMap;
use store::choices;
use vault::Vault;

/// The states of documents in the folder of documents, by the hash of the document.
#[derive(Debug, Clone, Default)]
pub struct IntactDocuments {
    checked: BTreeMap<Digest, Result<(), Stale>>,
}

impl IntactDocuments {
    /// Reads the documents of the selected choices. Blocks the calling thread.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] if the database or the folder of documents cannot be read. A missing or
    /// altered document is no error of this function.
    pub fn of(app: &App, selected: &[ShownChoice]) -> Result<Self, Failure> {
        let offerings: Vec<_> = selected.iter().map(|shown| shown.offering).collect();
        let documents = app.read_now(move |work| {
            let mut documents = Vec::new();
            for offering in &offerings {
                documents.extend(choices::find(work.tx, *offering)?.choice.current.map(|current| current.document_sha));
            }
            Ok::<_, Failure>(documents)
        })?;
        Self::verify(&app.vault, documents)
    }

    /// Reads documents from the folder of documents. Blocks the calling thread.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] if the folder cannot be read.
    pub fn verify(vault: &Vault, documents: impl IntoIterator<Item = Digest>) -> Result<Self, Failure> {
        let mut checked = BTreeMap::new();
        for document in documents {
            let state = match vault.verify(&document.0) {
                Ok(_) => Ok(()),
                Err(vault::Error::Missing) => Err(Stale::DocumentMissing),
                Err(vault::Error::Altered) => Err(Stale::DocumentAltered),
                Err(unreadable) => return Err(unreadable.into()),
            };
            checked.insert(document, state);
        }
        Ok(Self { checked })
    }

    /// Refuses the approval of a choice whose document is missing or altered, or was not checked
    /// because the choice has another document since.
    pub(crate) fn require(&self, document: &Digest) -> Result<(), Stale> {
        self.checked.get(document).copied().unwrap_or(Err(Stale::Lost))
    }
}
