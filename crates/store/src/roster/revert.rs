//! Removes records that a roster import added, when the import is undone. The foreign keys of the
//! database forbid removing a record to which another record refers.

use crate::statement_macro::statements;
use crate::{Result, Tx};
use domain::id::{AppointmentId, DisciplineId, OfferingId, OrgId, PersonId, TermId};
use domain::roster::Enrolment;

statements! {
    CHOSEN = "SELECT offering_id FROM choices WHERE offering_id = $1";
    DROP_TEACHERS = "DELETE FROM teachers WHERE offering_id = $1";
    DROP_STUDENTS = "DELETE FROM enrolments WHERE offering_id = $1";
    DROP_OFFERING = "DELETE FROM offerings WHERE id = $1";
    DROP_ENROLMENT = "DELETE FROM enrolments WHERE offering_id = $1 AND person_id = $2";
    DROP_DISCIPLINE = "DELETE FROM disciplines WHERE id = $1";
    DROP_TERM = "DELETE FROM terms WHERE id = $1";
    DROP_APPOINTMENT = "DELETE FROM appointments WHERE id = $1";
    DROP_PERSON = "DELETE FROM people WHERE id = $1 AND password_hash IS NULL";
    DROP_ORG = "DELETE FROM orgs WHERE id = $1";
}

/// Returns whether the database has a choice for this offering.
pub fn is_chosen(tx: &mut Tx<'_>, id: OfferingId) -> Result<bool> {
    Ok(tx.row(CHOSEN, &[&id.0], |_| Ok(()))?.is_some())
}

/// Removes an offering that a roster import added, with its teachers and its enrolments.
pub fn offering(tx: &mut Tx<'_>, id: OfferingId) -> Result<()> {
    tx.change(DROP_TEACHERS, &[&id.0])?;
    tx.change(DROP_STUDENTS, &[&id.0])?;
    tx.change_one(DROP_OFFERING, &[&id.0])
}

/// Removes a student's enrolment in an offering that a roster import added.
pub fn enrolment(tx: &mut Tx<'_>, enrolment: Enrolment) -> Result<()> {
    tx.change(DROP_ENROLMENT, &[&enrolment.offering.0, &enrolment.person.0])?;
    Ok(())
}

/// Removes a discipline that a roster import added.
pub fn discipline(tx: &mut Tx<'_>, id: DisciplineId) -> Result<()> {
    tx.change_one(DROP_DISCIPLINE, &[&id.0])
}

/// Removes an academic term that a roster import added.
pub fn term(tx: &mut Tx<'_>, id: TermId) -> Result<()> {
    tx.change_one(DROP_TERM, &[&id.0])
}

/// Removes an appointment that a roster import added.
pub fn appointment(tx: &mut Tx<'_>, id: AppointmentId) -> Result<()> {
    tx.change_one(DROP_APPOINTMENT, &[&id.0])
}

/// Removes a person whom a roster import added, unless the person has a password; returns whether the person was
/// removed.
pub fn person(tx: &mut Tx<'_>, id: PersonId) -> Result<bool> {
    Ok(tx.change(DROP_PERSON, &[&id.0])? == 1)
}

/// Removes a unit of the university that a roster import added.
pub fn org(tx: &mut Tx<'_>, id: OrgId) -> Result<()> {
    tx.change_one(DROP_ORG, &[&id.0])
}
