//! Dossiers (ПОӘК): the folder of all programme documents of a discipline. Lists the files in the
//! dossiers of the disciplines that a person teaches, and the choices that use each file.

use crate::choosing::open_choice::Dossier;
use crate::failure::Failure;
use crate::programmes::findings::{ReadingLanguages, findings};
use crate::staff::people::name_of;
use crate::unit_of_work::UnitOfWork;
use domain::id::{DisciplineId, TermId};
use domain::name::Language;
use domain::offering::{Discipline, Offering};
use domain::person::{Actor, Role};
use domain::programme::Document;
use domain::programme::check::Finding;
use domain::term::Term;
use store::documents::{self, DocumentUse};
use store::{offerings, terms};

/// The content of the web page that lists an instructor's dossiers (folders of programme
/// documents).
#[derive(Debug, Clone)]
pub struct DossierList {
    /// The academic term that is current today.
    pub term: Term,
    /// The dossiers of the disciplines that the instructor teaches in the current academic term.
    pub folders: Vec<DossierFolder>,
}

/// The dossier of one discipline: the folder of all its programme documents.
#[derive(Debug, Clone)]
pub struct DossierFolder {
    pub discipline: Discipline,
    pub files: Vec<DossierFile>,
}

/// One file of a dossier (a discipline's folder of programme documents), with the choices that use
/// the file and the problems that the automatic checks found in the text of the file.
#[derive(Debug, Clone)]
pub struct DossierFile {
    pub document: Document,
    pub uploader: String,
    /// The academic term in which the file was uploaded to the dossier.
    pub term: Option<Term>,
    /// The choices (exams chosen for student groups) that use the file as programme document.
    pub uses: Vec<DocumentUse>,
    /// Problems that the automatic checks found in the text of the dossier's file.
    pub findings: Vec<Finding>,
}

/// Lists the dossiers (folders of programme documents) of the disciplines that the signed-in person
/// teaches in the current academic term.
pub fn dossiers(work: &mut UnitOfWork<'_, '_>, actor: &Actor) -> Result<DossierList, Failure> {
    let term = work.current_term()?;
    let taught = offerings::taught_by(work.tx, actor.person, term.id)?;
    let mut disciplines: Vec<Discipline> = taught.iter().map(|offering| offering.discipline.clone()).collect();
    disciplines.dedup_by_key(|discipline| discipline.id);
    let all_terms = terms::all(work.tx)?;
    let mut folders = Vec::new();
    for discipline in disciplines {
        let files = files(work, discipline.id, &term, &all_terms)?;
        folders.push(DossierFolder { discipline, files });
    }
    Ok(DossierList { term, folders })
}

/// Returns the languages in which a discipline is taught to its student groups.
fn languages(taught: &[Offering], discipline: DisciplineId) -> Vec<Language> {
    taught.iter().filter(|offering| offering.discipline.id == discipline).map(|offering| offering.language).collect()
}

fn files(
    work: &mut UnitOfWork<'_, '_>,
    discipline: DisciplineId,
    term: &Term,
    terms: &[Term],
) -> Result<Vec<DossierFile>, Failure> {
    let mut files = Vec::new();
    let documents = documents::of_discipline(work.tx, discipline)?;
    // The list of dossiers shows files before they are chosen for a student group, so the checks do
    // not demand text in the language of a group. The list also does not report that a file is the
    // same as the programme document of an exam in an earlier term, because an old file in a
    // dossier is not a problem by itself.
    let mut found = findings(work, discipline, &documents, term, ReadingLanguages::Some(&[]))?;
    for document in documents {
        let about = found.remove(&document.id).unwrap_or_default();
        files.push(DossierFile {
            findings: about.into_iter().filter(|finding| *finding != Finding::SameAsLastTerm).collect(),
            uploader: name_of(work, document.uploader)?,
            term: term_of(terms, document.term),
            uses: documents::used_in(work.tx, document.id)?,
            document,
        });
    }
    Ok(files)
}

fn term_of(terms: &[Term], id: TermId) -> Option<Term> {
    terms.iter().find(|term| term.id == id).cloned()
}

/// Returns whether the signed-in person is allowed to add files to a discipline's dossier. People
/// who teach the discipline in any academic term are allowed, and heads of its department.
pub(crate) fn may_add(work: &mut UnitOfWork<'_, '_>, actor: &Actor, discipline: DisciplineId) -> Result<bool, Failure> {
    if offerings::disciplines_taught_by(work.tx, actor.person)?.contains(&discipline) {
        return Ok(true);
    }
    let home = documents::home_of(work.tx, discipline)?;
    Ok(home.is_some_and(|home| actor.heads(home.department)))
}

/// Returns whether the signed-in person is allowed to read the dossier of a discipline.
pub(crate) fn may_read(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    discipline: DisciplineId,
) -> Result<bool, Failure> {
    if actor.reads_all() || may_add(work, actor, discipline)? {
        return Ok(true);
    }
    let home = documents::home_of(work.tx, discipline)?;
    let faculty = home.and_then(|home| home.faculty);
    Ok(faculty.is_some_and(|faculty| actor.is_in(Role::Dean, faculty) || actor.is_in(Role::DeanOffice, faculty)))
}

/// The dossier of one discipline (the folder of its programme documents), and the academic term
/// that is current today.
#[derive(Debug, Clone)]
pub struct DisciplineDossier {
    /// The id of the academic term that is current today.
    pub term: TermId,
    pub dossier: Dossier,
}

/// Returns the dossier of a discipline and the current academic term, if the signed-in person is
/// allowed to add files to the dossier.
pub fn contents(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    discipline: DisciplineId,
) -> Result<DisciplineDossier, Failure> {
    if !may_add(work, actor, discipline)? {
        return Err(Failure::NotFound);
    }
    let discipline = documents::discipline(work.tx, discipline)?.ok_or(Failure::NotFound)?;
    let documents = documents::of_discipline(work.tx, discipline.id)?;
    let term = work.current_term()?;
    let taught = offerings::taught_by(work.tx, actor.person, term.id)?;
    let languages = languages(&taught, discipline.id);
    let findings = findings(work, discipline.id, &documents, &term, ReadingLanguages::Some(&languages))?;
    Ok(DisciplineDossier { term: term.id, dossier: Dossier { discipline, documents, findings } })
}
