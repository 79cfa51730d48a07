//! Findings of the automatic checks in the documents of a dossier, for the student groups for which a document is to be
//! chosen.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use domain::id::{DisciplineId, DocumentId};
use domain::name::Language;
use domain::programme::Document;
use domain::programme::check::{Finding, Purpose};
use domain::term::Term;
use std::collections::{BTreeMap, HashSet};
use store::{baselines, documents};

/// Findings of the automatic checks by document; documents without findings have no entry.
pub type Findings = BTreeMap<DocumentId, Vec<Finding>>;

/// The languages in which students must be able to read an exam programme.
#[derive(Debug, Clone, Copy)]
pub enum ReadingLanguages<'a> {
    /// The document is chosen for student groups of all these languages.
    All(&'a [Language]),
    /// The document may be chosen for a student group of one of these languages.
    Some(&'a [Language]),
}

impl<'a> ReadingLanguages<'a> {
    fn of(self, document: &Document) -> &'a [Language] {
        let speaks = |language| document.checked.as_ref().is_some_and(|told| told.languages.contains(language));
        match self {
            Self::Some(languages) if languages.iter().any(speaks) => &[],
            Self::All(languages) | Self::Some(languages) => languages,
        }
    }
}

/// Collects the findings of the automatic checks in the documents of one discipline's dossier.
pub(crate) fn findings(
    work: &mut UnitOfWork<'_, '_>,
    discipline: DisciplineId,
    documents: &[Document],
    term: &Term,
    readers: ReadingLanguages<'_>,
) -> Result<Findings, Failure> {
    let elsewhere: HashSet<DocumentId> =
        documents::with_bytes_in_other_dossiers(work.tx, discipline)?.into_iter().collect();
    let earlier = baselines::approved_before(work.tx, discipline, term.starts)?;
    let about = |document: &Document| {
        let found = document.findings(&Purpose {
            term: term.id,
            languages: readers.of(document),
            was_used_before: earlier.iter().any(|known| known.answer.document == document.id),
            lies_elsewhere: elsewhere.contains(&document.id),
        });
        (document.id, found)
    };
    Ok(documents.iter().map(about).filter(|(_, found)| !found.is_empty()).collect())
}
