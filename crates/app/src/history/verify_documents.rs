//! Verifies the files of documents and instruction videos: each must be there with the bytes that were
//! stored.

use crate::app::App;
use crate::failure::Failure;
use domain::digest::Digest;
use exchange::catalogue::archive::media_names;
use std::collections::BTreeMap;
use store::{catalogues, documents};

/// The result of verifying the folder of documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerifiedDocuments {
    /// The number of files that are there with the right bytes.
    pub files: usize,
    /// The number of files to which no record refers, for example because an upload was interrupted.
    /// They do no harm.
    pub unused: usize,
    pub faults: Vec<DocumentFault>,
}

/// A file that is missing or has other bytes than were stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentFault {
    #[error("the file of {used_by} is missing in the folder of documents")]
    Missing { used_by: String },
    #[error("the file of {used_by} was changed in the folder of documents")]
    Changed { used_by: String },
}

/// A file that the folder of documents must contain.
struct Expected {
    sha256: Digest,
    /// The size in bytes; `None` if the database does not know it.
    size: Option<u64>,
    /// The record that refers to the file, such as `document <id>`.
    used_by: String,
}

/// Reads every file of the folder of documents. Blocks the calling thread.
///
/// # Errors
/// [`Failure::Unavailable`] if the database or the folder cannot be read.
pub fn verify_documents(app: &App) -> Result<VerifiedDocuments, Failure> {
    let expected = expected(app)?;
    let mut verified = VerifiedDocuments::default();
    // Several records can refer to one file, which is read once.
    let mut sizes: BTreeMap<[u8; 32], Result<u64, vault::Error>> = BTreeMap::new();
    for Expected { sha256, size, used_by } in expected {
        match sizes.entry(sha256.0).or_insert_with(|| app.vault.verify(&sha256.0)) {
            Ok(found) if size.is_none_or(|size| size == *found) => {}
            Ok(_) | Err(vault::Error::Altered) => verified.faults.push(DocumentFault::Changed { used_by }),
            Err(vault::Error::Missing) => verified.faults.push(DocumentFault::Missing { used_by }),
            Err(unreadable) => return Err(Failure::Unavailable(unreadable.to_string())),
        }
    }
    verified.files = sizes.values().filter(|size| size.is_ok()).count();
    let unused = app.vault.stored()?.into_iter().filter(|sha256| !sizes.contains_key(sha256));
    verified.unused = unused.count();
    Ok(verified)
}

fn expected(app: &App) -> Result<Vec<Expected>, Failure> {
    app.read_now(|work| {
        let mut expected = Vec::new();
        for stored in documents::stored(work.tx)? {
            let used_by = format!("document {}", stored.id);
            expected.push(Expected { sha256: stored.sha256, size: u64::try_from(stored.size).ok(), used_by });
        }
        for version in catalogues::all(work.tx)? {
            let catalogue = work.catalogue(version.version)?;
            for hash in media_names(&catalogue).keys() {
                let sha256 = hash.parse().map_err(|_| Failure::Broken(format!("{hash} is no address")))?;
                let used_by = format!("a video or its captions in version {} of the catalogue", version.version);
                expected.push(Expected { sha256, size: None, used_by });
            }
        }
        Ok(expected)
    })
}
