//! Preview of an exam programme before it is chosen or approved: its metadata, the findings of the automatic checks,
//! and the beginning of its text.

use crate::failure::Failure;
use crate::programmes::dossier::may_read;
use crate::programmes::findings::{ReadingLanguages, findings};
use crate::programmes::read_document::read_document;
use crate::staff::people::name_of;
use crate::unit_of_work::UnitOfWork;
use domain::id::DocumentId;
use domain::name::Language;
use domain::offering::Discipline;
use domain::person::Actor;
use domain::programme::Document;
use domain::programme::check::Finding;
use domain::term::Term;
use store::documents::{self, DocumentUse};
use store::{offerings, terms};

/// The preview of an exam programme, with its discipline, term, uploader, uses and findings.
#[derive(Debug, Clone)]
pub struct DocumentPreview {
    pub document: Document,
    /// The discipline to whose dossier the document belongs.
    pub discipline: Discipline,
    /// The term (semester) in which the document was uploaded.
    pub term: Option<Term>,
    /// The uploader, uses and findings of the document, for readers of the dossier only; `None` for students.
    pub behind: Option<DocumentBackground>,
}

/// The uploader, uses and findings of an exam programme.
#[derive(Debug, Clone)]
pub struct DocumentBackground {
    pub uploader: String,
    /// The choices that use the exam programme.
    pub uses: Vec<DocumentUse>,
    /// Findings of the automatic checks in the text of the exam programme.
    pub findings: Vec<Finding>,
}

/// Previews an exam programme for a person who may read it.
pub fn preview(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: DocumentId) -> Result<DocumentPreview, Failure> {
    let document = read_document(work, actor, id)?;
    let discipline = documents::discipline(work.tx, document.discipline)?.ok_or(Failure::NotFound)?;
    let behind = if may_read(work, actor, discipline.id)? { Some(behind(work, actor, &document)?) } else { None };
    let term = terms::find(work.tx, document.term)?;
    Ok(DocumentPreview { document, discipline, term, behind })
}

fn behind(work: &mut UnitOfWork<'_, '_>, actor: &Actor, document: &Document) -> Result<DocumentBackground, Failure> {
    let uses = documents::used_in(work.tx, document.id)?;
    let term = work.current_term()?;
    let mut languages: Vec<Language> = Vec::new();
    for used in &uses {
        let offering = offerings::find(work.tx, used.offering)?;
        languages.extend(offering.filter(|offering| offering.term == term.id).map(|offering| offering.language));
    }
    let taught = offerings::taught_by(work.tx, actor.person, term.id)?;
    let taught: Vec<Language> = taught
        .iter()
        .filter(|offering| offering.discipline.id == document.discipline)
        .map(|offering| offering.language)
        .collect();
    // The exam programme must be readable for all student groups for which it is chosen; if there are none, for any
    // group that could choose it.
    let readers =
        if languages.is_empty() { ReadingLanguages::Some(&taught) } else { ReadingLanguages::All(&languages) };
    let documents = std::slice::from_ref(document);
    let found =
        findings(work, document.discipline, documents, &term, readers)?.remove(&document.id).unwrap_or_default();
    Ok(DocumentBackground { uploader: name_of(work, document.uploader)?, uses, findings: found })
}
