//! Collects the problems that the automatic checks find in the programme documents of a dossier.
//! Some problems depend on the student groups for which the document is chosen, for example a
//! missing language.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use domain::id::{DisciplineId, DocumentId};
use domain::name::Language;
use domain::programme::Document;
use domain::programme::check::{Finding, Purpose};
use domain::term::Term;
use std::collections::{BTreeMap, HashSet};
use store::{baselines, documents};

/// The problems that the automatic checks found, by programme document. Documents without problems
/// have no entry.
pub type Findings = BTreeMap<DocumentId, Vec<Finding>>;

/// The languages of instruction in which a programme document has to be readable for student
/// groups.
#[derive(Debug, Clone, Copy)]
pub enum ReadingLanguages<'a> {
    /// Languages of the student groups for which the programme document is chosen. The document has
    /// to contain text in every one of these languages.
    All(&'a [Language]),
    /// Languages of the student groups for which the programme document could be chosen, although
    /// it is not chosen yet. It is enough that the document contains text in one of these
    /// languages.
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

/// Collects the problems that the automatic checks find in the programme documents of one
/// discipline's dossier.
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
