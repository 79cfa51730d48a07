//! Programme documents in the dossiers: their metadata and the results of checking their text. The
//! bytes of the documents are stored in the vault.

use crate::orgs::name;
use crate::statement_macro::statements;
use crate::tx::Row;
use crate::{Error, Result, Tx};
use domain::digest::Digest;
use domain::id::{DisciplineId, DocumentId, OfferingId, OrgId, PersonId, TermId};
use domain::name::Language;
use domain::offering::Discipline;
use domain::programme::check::{CHECKER, CheckResult};
use domain::programme::{Document, Media};
use uuid::Uuid;

macro_rules! select_document {
    ($rest:literal) => {
        concat!(
            "SELECT d.id, d.discipline_id, d.name, d.version, d.media, d.size, d.sha256, d.uploader_id, d.uploaded_at,
                    d.term_id, d.checker, d.has_text, d.is_named, d.has_programme, d.has_method, d.languages
               FROM documents d ",
            $rest
        )
    };
}

statements! {
    STORED = "SELECT id, sha256, size FROM documents ORDER BY id";
    FIND = select_document!("WHERE d.id = $1");
    OF_DISCIPLINE = select_document!("WHERE d.discipline_id = $1 ORDER BY d.uploaded_at DESC, d.version DESC, d.id");
    CHOSEN_IN_DEPARTMENT = select_document!(
        "JOIN choices c ON c.document_id = d.id JOIN offerings o ON o.id = c.offering_id
         WHERE o.department_id = $1 AND o.term_id = $2 ORDER BY d.id");
    CHOSEN_BY_TEACHER = "SELECT c.offering_id, d.name
          FROM teachers t CROSS JOIN offerings o CROSS JOIN choices c CROSS JOIN documents d
         WHERE t.person_id = $1 AND o.id = t.offering_id AND o.term_id = $2 AND c.offering_id = o.id AND d.id = c.document_id";
    LATEST_VERSION = "SELECT version FROM documents WHERE discipline_id = $1 AND name = $2 ORDER BY version DESC LIMIT 1";
    ADD = "INSERT INTO documents (id, discipline_id, name, version, media, size, sha256, uploader_id, uploaded_at, term_id)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    TELL = "UPDATE documents SET checker = $1, has_text = $2, is_named = $3, has_programme = $4, has_method = $5, languages = $6
             WHERE id = $7";
    FORGET_CHECKS = "UPDATE documents SET checker = -1 WHERE checker > 0";
    UNCHECKED = select_document!("WHERE d.checker < $1 AND d.id > $2 ORDER BY d.id LIMIT 16");
    ELSEWHERE = "SELECT d.id FROM documents d JOIN documents o ON o.sha256 = d.sha256
                  WHERE d.discipline_id = $1 AND o.discipline_id <> d.discipline_id AND o.uploaded_at < d.uploaded_at
                  ORDER BY d.id";
    ELSEWHERE_IN_DEPARTMENT = "SELECT d.id FROM offerings q
                                 JOIN choices c ON c.offering_id = q.id
                                 JOIN documents d ON d.id = c.document_id
                                 JOIN documents o ON o.sha256 = d.sha256
                                WHERE q.department_id = $1 AND q.term_id = $2 AND o.discipline_id <> d.discipline_id
                                  AND o.uploaded_at < d.uploaded_at
                                ORDER BY d.id";
    USED_IN = "SELECT c.offering_id, o.group_code, c.stage FROM choices c JOIN offerings o ON o.id = c.offering_id
                WHERE c.document_id = $1 ORDER BY o.group_code, c.offering_id";
    HOME = "SELECT d.department_id, o.parent_id FROM disciplines d JOIN orgs o ON o.id = d.department_id WHERE d.id = $1";
    DISCIPLINE = "SELECT id, code, name_kk, name_ru, name_en FROM disciplines WHERE id = $1";
    STUDIED = "SELECT c.offering_id FROM choices c JOIN enrolments e ON e.offering_id = c.offering_id
                WHERE c.document_id = $1 AND e.person_id = $2 AND c.stage = 'approved' ORDER BY c.offering_id LIMIT 1";
}

/// A choice that currently uses a programme document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentUse {
    pub offering: OfferingId,
    pub group: String,
    /// The code of the choice's state as stored in the database.
    pub stage: String,
}

/// The name of the programme document that is chosen for an offering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenProgramme {
    pub offering: OfferingId,
    pub name: String,
}

/// Loads the names of the programme documents that are chosen for the offerings that a person teaches in a term.
pub fn chosen_by_teacher(tx: &mut Tx<'_>, person: PersonId, term: TermId) -> Result<Vec<ChosenProgramme>> {
    tx.rows(CHOSEN_BY_TEACHER, &[&person.0, &term.0], |row| {
        Ok(ChosenProgramme { offering: OfferingId(row.next()?), name: row.next()? })
    })
}

/// Finds the programme document with this id.
pub fn find(tx: &mut Tx<'_>, id: DocumentId) -> Result<Option<Document>> {
    tx.row(FIND, &[&id.0], document)
}

/// Loads the programme documents in the dossier of a discipline, newest first.
pub fn of_discipline(tx: &mut Tx<'_>, discipline: DisciplineId) -> Result<Vec<Document>> {
    tx.rows(OF_DISCIPLINE, &[&discipline.0], document)
}

/// Loads the programme documents that the choices of a department in a term use.
pub fn chosen_in_department(tx: &mut Tx<'_>, department: OrgId, term: TermId) -> Result<Vec<Document>> {
    tx.rows(CHOSEN_IN_DEPARTMENT, &[&department.0, &term.0], document)
}

/// Returns the highest version number of the documents with this file name in the dossier of a
/// discipline; 0 if there is none.
pub fn latest_version(tx: &mut Tx<'_>, discipline: DisciplineId, name: &str) -> Result<i64> {
    Ok(tx.row(LATEST_VERSION, &[&discipline.0, &name], |row| row.next())?.unwrap_or(0))
}

/// Adds a programme document, with the result of its text check if the text was already checked.
pub fn add(tx: &mut Tx<'_>, new: &Document) -> Result<()> {
    put(tx, new)?;
    new.checked.as_ref().map_or(Ok(()), |checked| save_check_result(tx, new.id, checked))
}

/// Saves the result of checking the text of a programme document.
pub fn save_check_result(tx: &mut Tx<'_>, id: DocumentId, result: &CheckResult) -> Result<()> {
    let languages: Vec<&str> = result.languages.iter().map(|language| language.code()).collect();
    let (is_named, has_programme, has_method) = (&result.is_named, &result.has_programme, &result.has_method);
    let languages = languages.join(",");
    tx.change_one(TELL, &[&CHECKER, &result.has_text, is_named, has_programme, has_method, &languages, &id.0])
}

/// Marks all checked documents to be checked again, because a discipline whose name the check looks
/// for was possibly renamed. The old results remain valid until then.
pub fn forget_checks(tx: &mut Tx<'_>) -> Result<()> {
    tx.change(FORGET_CHECKS, &[]).map(drop)
}

/// Loads at most 16 documents whose text was not yet checked by the current version of the checking
/// rules. The search continues after the document `after`, in the sort order of ids.
pub fn unchecked(tx: &mut Tx<'_>, after: Option<DocumentId>) -> Result<Vec<Document>> {
    let after = after.map_or(Uuid::nil(), |id| id.0);
    tx.rows(UNCHECKED, &[&CHECKER, &after], document)
}

/// Lists the documents in a discipline's dossier whose bytes were uploaded earlier to the dossier
/// of another discipline.
pub fn with_bytes_in_other_dossiers(tx: &mut Tx<'_>, discipline: DisciplineId) -> Result<Vec<DocumentId>> {
    tx.rows(ELSEWHERE, &[&discipline.0], |row| Ok(DocumentId(row.next()?)))
}

/// Lists the documents that the choices of a department in a term use and whose bytes were uploaded
/// earlier to the dossier of another discipline.
pub fn chosen_with_bytes_in_other_dossiers(
    tx: &mut Tx<'_>,
    department: OrgId,
    term: TermId,
) -> Result<Vec<DocumentId>> {
    tx.rows(ELSEWHERE_IN_DEPARTMENT, &[&department.0, &term.0], |row| Ok(DocumentId(row.next()?)))
}

fn put(tx: &mut Tx<'_>, new: &Document) -> Result<()> {
    tx.change_one(
        ADD,
        &[
            &new.id.0,
            &new.discipline.0,
            &new.name,
            &new.version,
            &new.media.code(),
            &new.size,
            &new.sha256.0.as_slice(),
            &new.uploader.0,
            &new.uploaded_at,
            &new.term.0,
        ],
    )
}

/// Lists the choices that currently use a programme document.
pub fn used_in(tx: &mut Tx<'_>, id: DocumentId) -> Result<Vec<DocumentUse>> {
    tx.rows(USED_IN, &[&id.0], |row| {
        Ok(DocumentUse { offering: OfferingId(row.next()?), group: row.next()?, stage: row.next()? })
    })
}

/// The department that teaches a discipline, and the faculty of this department.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DisciplineDepartment {
    pub department: OrgId,
    /// The faculty to which the department belongs; `None` if it belongs to no faculty.
    pub faculty: Option<OrgId>,
}

/// Finds the department that teaches a discipline, and the faculty of this department.
pub fn home_of(tx: &mut Tx<'_>, discipline: DisciplineId) -> Result<Option<DisciplineDepartment>> {
    tx.row(HOME, &[&discipline.0], |row| {
        let (department, faculty) = (OrgId(row.next()?), row.next::<Option<Uuid>>()?.map(OrgId));
        Ok(DisciplineDepartment { department, faculty })
    })
}

/// Finds the discipline with this id.
pub fn discipline(tx: &mut Tx<'_>, id: DisciplineId) -> Result<Option<Discipline>> {
    tx.row(DISCIPLINE, &[&id.0], |row| {
        Ok(Discipline { id: DisciplineId(row.next()?), code: row.next()?, name: name(row)? })
    })
}

/// Returns whether a student is enrolled in an offering whose approved choice uses this document.
pub fn is_studied_by(tx: &mut Tx<'_>, id: DocumentId, person: PersonId) -> Result<bool> {
    Ok(tx.row(STUDIED, &[&id.0, &person.0], |row| row.next::<Uuid>())?.is_some())
}

/// A document that the folder of documents must contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredDocument {
    pub id: DocumentId,
    pub sha256: Digest,
    /// The size of the document in bytes.
    pub size: i64,
}

/// Lists all documents that the folder of documents must contain.
pub fn stored(tx: &mut Tx<'_>) -> Result<Vec<StoredDocument>> {
    tx.rows(STORED, &[], |row| {
        Ok(StoredDocument { id: DocumentId(row.next()?), sha256: digest(row)?, size: row.next()? })
    })
}

/// Reads a SHA-256 hash (digest) from the next column of a database row.
pub(crate) fn digest(row: &Row<'_>) -> Result<Digest> {
    let bytes: Vec<u8> = row.next()?;
    bytes.try_into().map(Digest).map_err(|_| Error::Broken("a digest of the wrong length".to_owned()))
}

fn document(row: &Row<'_>) -> Result<Document> {
    Ok(Document {
        id: DocumentId(row.next()?),
        discipline: DisciplineId(row.next()?),
        name: row.next()?,
        version: row.next()?,
        media: row.code(Media::from_code)?,
        size: row.next()?,
        sha256: digest(row)?,
        uploader: PersonId(row.next()?),
        uploaded_at: row.next()?,
        term: TermId(row.next()?),
        checked: checked(row)?,
    })
}

/// Reads the result of checking the text of a programme document; `None` if the text was never
/// checked. The result of an older version of the checking rules is valid until the text is checked
/// again.
fn checked(row: &Row<'_>) -> Result<Option<CheckResult>> {
    let checker: i64 = row.next()?;
    let (has_text, is_named, has_programme, has_method) = (row.next()?, row.next()?, row.next()?, row.next()?);
    let languages: String = row.next()?;
    let languages = languages.split(',').filter_map(Language::from_code).collect();
    let result = CheckResult { has_text, is_named, has_programme, has_method, languages };
    Ok((checker != 0).then_some(result))
}
