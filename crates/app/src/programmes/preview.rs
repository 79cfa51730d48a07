//! Previews a programme document before it is chosen or approved: shows the data about the
//! document, the problems that the automatic checks found in it, and the beginning of its text.

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

/// The preview of a programme document, with its discipline, the academic term of its upload, its
/// uploader, the choices that use the document, and the problems that the automatic checks found in
/// its text.
#[derive(Debug, Clone)]
pub struct DocumentPreview {
    pub document: Document,
    /// The discipline whose dossier (folder of programme documents) contains the document.
    pub discipline: Discipline,
    /// The academic term in which the previewed programme document was uploaded.
    pub term: Option<Term>,
    /// The uploader of the programme document, the choices that use the document, and the problems
    /// that the automatic checks found in its text. `None` for students, who are not allowed to
    /// read the whole dossier.
    pub behind: Option<DocumentBackground>,
}

/// Data about a programme document that students do not see: its uploader, the choices that use the
/// document, and the problems that the automatic checks found in its text.
#[derive(Debug, Clone)]
pub struct DocumentBackground {
    pub uploader: String,
    /// The choices (exams chosen for student groups) that use the previewed programme document.
    pub uses: Vec<DocumentUse>,
    /// Problems that the automatic checks found in the text of the previewed programme document.
    pub findings: Vec<Finding>,
}

/// Builds the preview of a programme document, if the signed-in person is allowed to read the
/// document.
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
    // If student groups use the programme document this term, it has to contain text in the
    // languages of all these groups. If no group uses it yet, it is enough that the document
    // contains text in the language of one group to which the signed-in person teaches the
    // discipline.
    let readers =
        if languages.is_empty() { ReadingLanguages::Some(&taught) } else { ReadingLanguages::All(&languages) };
    let documents = std::slice::from_ref(document);
    let found =
        findings(work, document.discipline, documents, &term, readers)?.remove(&document.id).unwrap_or_default();
    Ok(DocumentBackground { uploader: name_of(work, document.uploader)?, uses, findings: found })
}
