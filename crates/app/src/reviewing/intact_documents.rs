//! Compares the files of documents with their hashes before choices with these documents are
//! approved. The files are read outside the database transaction, because reading them takes time.

use crate::choice_case::ChoiceCase;
use crate::failure::{Failure, Stale};
use crate::reviewing::decide::ShownChoice;
use crate::unit_of_work::UnitOfWork;
use domain::digest::Digest;
use domain::person::Actor;
use domain::policy;
use std::collections::BTreeMap;
use vault::Vault;

/// The states of documents in the folder of documents, by the hash of the document.
#[derive(Debug, Clone, Default)]
pub struct IntactDocuments {
    checked: BTreeMap<Digest, Result<(), Stale>>,
}

/// Lists the hashes of the documents of choices that a person is about to approve, so that nobody else
/// lets the program read them.
///
/// # Errors
/// The same as those of approving for a person who must not decide on one of the choices.
pub fn documents_to_approve(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    selected: &[ShownChoice],
) -> Result<Vec<Digest>, Failure> {
    let mut documents = Vec::new();
    for shown in selected {
        let case = ChoiceCase::load_to_decide(work, actor, shown.offering)?;
        policy::approver(actor, &case.offering, &case.deciders)?;
        documents.extend(case.stored.choice.current.map(|current| current.document_sha));
    }
    Ok(documents)
}

impl IntactDocuments {
    /// Reads documents from the folder of documents. Blocks the calling thread.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] if the folder cannot be read. A missing or altered document is no error of
    /// this function.
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
