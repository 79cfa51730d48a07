//! Exam exceptions: the registrar's decisions on whether an offering has a final exam. They take
//! precedence over the roster.

use crate::offerings::{offering, select_offering};
use crate::statement_macro::statements;
use crate::{Result, Tx};
use domain::id::{DisciplineId, OfferingId, TermId};
use domain::offering::Offering;

statements! {
    FIND = select_offering!("WHERE o.id = $1");
    LEFT_OUT = select_offering!(
        "WHERE o.term_id = $1 AND o.exam_kept_here AND NOT o.has_exam AND o.is_active ORDER BY d.sort_key, o.group_code, o.id");
    OF_DISCIPLINE = select_offering!(
        "WHERE o.discipline_id = $1 AND o.term_id = $2 AND o.has_exam AND o.is_active ORDER BY o.group_code, o.id");
    KEPT = "SELECT id, has_exam FROM offerings WHERE term_id = $1 AND exam_kept_here ORDER BY id";
    SET = "UPDATE offerings SET has_exam = $1, exam_kept_here = TRUE WHERE id = $2";
    DISCIPLINE = "SELECT d.id FROM disciplines d CROSS JOIN offerings o
                   WHERE d.code = $1 AND o.discipline_id = d.id AND o.term_id = $2 AND o.has_exam AND o.is_active
                   ORDER BY d.id LIMIT 1";
}

/// Finds the offering with this id, even if the offering has no final exam. The list of its
/// teachers is empty.
pub fn find_any(tx: &mut Tx<'_>, id: OfferingId) -> Result<Option<Offering>> {
    tx.row(FIND, &[&id.0], offering)
}

/// Loads the offerings of a term for which the registrar has decided that they have no final exam.
pub fn left_out(tx: &mut Tx<'_>, term: TermId) -> Result<Vec<Offering>> {
    tx.rows(LEFT_OUT, &[&term.0], offering)
}

/// Loads the offerings of a discipline in a term that have a final exam. Their lists of teachers
/// are empty.
pub fn of_discipline(tx: &mut Tx<'_>, discipline: DisciplineId, term: TermId) -> Result<Vec<Offering>> {
    tx.rows(OF_DISCIPLINE, &[&discipline.0, &term.0], offering)
}

/// A decision of the registrar on whether an offering has a final exam.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExamException {
    pub offering: OfferingId,
    pub has_exam: bool,
}

/// Loads the registrar's decisions on the final exams of a term, sorted by offering.
pub fn of_term(tx: &mut Tx<'_>, term: TermId) -> Result<Vec<ExamException>> {
    tx.rows(KEPT, &[&term.0], |row| Ok(ExamException { offering: OfferingId(row.next()?), has_exam: row.next()? }))
}

/// Stores the registrar's decision on whether an offering has a final exam.
pub fn set(tx: &mut Tx<'_>, id: OfferingId, has_exam: bool) -> Result<()> {
    tx.change_one(SET, &[&has_exam, &id.0])
}

/// Finds the discipline with this code, if it is taught with a final exam in a term.
pub fn discipline_by_code(tx: &mut Tx<'_>, code: &str, term: TermId) -> Result<Option<DisciplineId>> {
    tx.row(DISCIPLINE, &[&code, &term.0], |row| Ok(DisciplineId(row.next()?)))
}
