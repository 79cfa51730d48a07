//! Baselines: earlier choices with which a head of department compares a choice in review. They are
//! the versions of choices that were decided on in the current term, and the approved choices of
//! earlier terms.

use crate::statement_macro::statements;
use crate::{Result, Tx};
use chrono::NaiveDate;
use domain::answer::Answer;
use domain::catalogue::RowId;
use domain::id::{DisciplineId, DocumentId, OfferingId, OrgId, PersonId, TermId};
use domain::name::Language;
use uuid::Uuid;

statements! {
    DECIDED = "SELECT v.offering_id, v.version, v.row_id, v.info, v.document_id, v.catalogue, d.name
                 FROM offerings o
                 JOIN choice_versions v ON v.offering_id = o.id
                 JOIN documents d ON d.id = v.document_id
                WHERE o.department_id = $1 AND o.term_id = $2 AND v.decided IS NOT NULL
                ORDER BY v.offering_id, v.version";
    APPROVED_BEFORE = "SELECT o.responsible_id, o.language, o.students, c.row_id, c.info, c.document_id, c.catalogue, d.name
                         FROM offerings o
                         JOIN choices c ON c.offering_id = o.id
                         JOIN documents d ON d.id = c.document_id
                         JOIN terms t ON t.id = o.term_id
                        WHERE o.discipline_id = $1 AND c.stage = 'approved' AND t.starts_on < $2
                        ORDER BY t.starts_on DESC, o.group_code, o.id LIMIT 20";
}

/// A version of a choice on which a decision was made: the version was approved or returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedVersion {
    /// The offering to which the decided choice belongs.
    pub offering: OfferingId,
    /// The number of the decided version, counted from 1 for each choice.
    pub version: i64,
    /// The content of the decided version: catalogue row, additional information and programme
    /// document.
    pub answer: Answer,
    /// The number of the catalogue version under which the decided choice was made.
    pub catalogue: i64,
    /// The file name of the programme document in the decided choice.
    pub document_name: String,
}

/// An approved choice of an earlier term, as a baseline (for comparison) for a choice in the
/// current term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovedBaseline {
    /// The instructor who was responsible for the offering to which the approved choice belongs;
    /// `None` if the offering had no instructor.
    pub responsible: Option<PersonId>,
    /// The code of the language in which the offering with the approved choice was taught.
    pub language: String,
    /// The number of students in the offering to which the approved choice belongs.
    pub students: i64,
    /// The content of the approved choice: catalogue row, additional information and programme
    /// document.
    pub answer: Answer,
    /// The number of the catalogue version under which the approved choice was made.
    pub catalogue: i64,
    /// The file name of the programme document in the approved choice.
    pub document_name: String,
}

/// Loads all versions of a department's choices that were decided on in a term, sorted by offering
/// and version number.
pub fn decided_in(tx: &mut Tx<'_>, department: OrgId, term: TermId) -> Result<Vec<DecidedVersion>> {
    tx.rows(DECIDED, &[&department.0, &term.0], |row| {
        Ok(DecidedVersion {
            offering: OfferingId(row.next()?),
            version: row.next()?,
            answer: Answer { row: RowId(row.next()?), info: row.next()?, document: DocumentId(row.next()?) },
            catalogue: row.next()?,
            document_name: row.next()?,
        })
    })
}

/// Loads at most 20 approved choices for a discipline from the terms that began before a certain
/// date, newest first.
pub fn approved_before(tx: &mut Tx<'_>, discipline: DisciplineId, before: NaiveDate) -> Result<Vec<ApprovedBaseline>> {
    tx.rows(APPROVED_BEFORE, &[&discipline.0, &before], |row| {
        Ok(ApprovedBaseline {
            responsible: row.next::<Option<Uuid>>()?.map(PersonId),
            language: row.next()?,
            students: row.next()?,
            answer: Answer { row: RowId(row.next()?), info: row.next()?, document: DocumentId(row.next()?) },
            catalogue: row.next()?,
            document_name: row.next()?,
        })
    })
}

/// Selects the approved choice of an earlier term with which an offering's choice is compared. A
/// choice by the same instructor is preferred, then one in the same language of instruction, then
/// the newest.
pub fn closest(
    approved: &[ApprovedBaseline],
    responsible: Option<PersonId>,
    language: Language,
) -> Option<&ApprovedBaseline> {
    let closeness = |known: &&ApprovedBaseline| {
        (responsible.is_some() && known.responsible == responsible, known.language == language.code())
    };
    // The list `approved` begins with the newest choice, but Rust's function `max_by_key` returns
    // the last of several equally close choices. The list is therefore reversed, so that the newest
    // of these choices is returned.
    approved.iter().rev().max_by_key(closeness)
}
