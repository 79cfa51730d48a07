//! What was typed when a session ran out: kept for that person for half an hour, shown again, never carried out.

use crate::app::UnitOfWork;
use crate::failure::Failure;
use chrono::TimeDelta;
use domain::digest::Digest;
use domain::id::PersonId;
use domain::limits::RESTORED_FORM_MINUTES;
use store::restored_forms;

pub use store::restored_forms::RestoredForm;

/// Keeps what was sent with an expired session.
pub fn keep(
    work: &mut UnitOfWork<'_, '_>,
    token: Digest,
    person: PersonId,
    form: &RestoredForm,
) -> Result<(), Failure> {
    Ok(restored_forms::keep(work.tx, token, person, form, work.now)?)
}

/// What is kept for this person: there as long as it lasts, however often it is looked at.
pub fn kept(work: &mut UnitOfWork<'_, '_>, token: Digest, person: PersonId) -> Result<Option<RestoredForm>, Failure> {
    Ok(restored_forms::find(work.tx, token, person, work.now - TimeDelta::minutes(RESTORED_FORM_MINUTES))?)
}

/// Hands what was kept under an expired session over to the new one of the same person.
pub fn hand_over(work: &mut UnitOfWork<'_, '_>, (old, new): (Digest, Digest), person: PersonId) -> Result<(), Failure> {
    if let Some(form) = kept(work, old, person)? {
        keep(work, new, person, &form)?;
    }
    Ok(restored_forms::remove(work.tx, old, person)?)
}
