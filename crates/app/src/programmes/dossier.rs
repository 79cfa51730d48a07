//! The dossiers (ПОӘК) of the disciplines that a person teaches: files, versions, and the choices that use them.

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

/// The content of the web page of dossiers.
#[derive(Debug, Clone)]
pub struct DossierList {
    /// The term that is current today.
    pub term: Term,
    /// The dossiers of the disciplines that the person teaches this term.
    pub folders: Vec<DossierFolder>,
}

/// The dossier of one discipline.
#[derive(Debug, Clone)]
pub struct DossierFolder {
    pub discipline: Discipline,
    pub files: Vec<DossierFile>,
}

/// A file of a dossier, with the choices that use the file and the findings of the automatic checks.
#[derive(Debug, Clone)]
pub struct DossierFile {
    pub document: Document,
    pub uploader: String,
    /// The term (semester) in which the file of the dossier was uploaded.
    pub term: Option<Term>,
    /// The choices that use the file of the dossier.
    pub uses: Vec<DocumentUse>,
    /// Findings of the automatic checks in the text of the file.
    pub findings: Vec<Finding>,
}

/// Lists the dossiers of the disciplines that the actor teaches this term.
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

/// The languages in which a discipline is taught to these student groups.
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
    // No student group is selected yet, and the age of an old file is not a finding in the list of dossiers.
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

/// Returns whether the actor may add files to a dossier: allowed for people who teach the discipline in any term, and
/// for heads of its department.
pub(crate) fn may_add(work: &mut UnitOfWork<'_, '_>, actor: &Actor, discipline: DisciplineId) -> Result<bool, Failure> {
    if offerings::disciplines_taught_by(work.tx, actor.person)?.contains(&discipline) {
        return Ok(true);
    }
    let home = documents::home_of(work.tx, discipline)?;
    Ok(home.is_some_and(|home| actor.heads(home.department)))
}

/// Returns whether the actor may read a dossier.
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

/// The dossier of a discipline in the current term.
#[derive(Debug, Clone)]
pub struct DisciplineDossier {
    /// The id of the current term (semester).
    pub term: TermId,
    pub dossier: Dossier,
}

/// Returns the dossier of a discipline and the current term, for a person who may add files to the dossier.
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
