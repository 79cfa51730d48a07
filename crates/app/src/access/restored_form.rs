//! Web forms posted with an expired session: stored for half an hour and shown again to the same person after sign-in.
//! A stored web form is never submitted automatically.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use chrono::TimeDelta;
use domain::digest::Digest;
use domain::id::PersonId;
use domain::limits::RESTORED_FORM_MINUTES;
use store::restored_forms;

pub use store::restored_forms::RestoredForm;

/// Stores a web form that was posted with an expired session.
pub fn save(
    work: &mut UnitOfWork<'_, '_>,
    token: Digest,
    person: PersonId,
    form: &RestoredForm,
) -> Result<(), Failure> {
    Ok(restored_forms::keep(work.tx, token, person, form, work.now)?)
}

/// Finds the web form that this person posted with an expired session; reading the web form does not remove it.
pub fn find(work: &mut UnitOfWork<'_, '_>, token: Digest, person: PersonId) -> Result<Option<RestoredForm>, Failure> {
    Ok(restored_forms::find(work.tx, token, person, work.now - TimeDelta::minutes(RESTORED_FORM_MINUTES))?)
}

/// Moves the stored web form of an expired session to the new session of the same person.
pub fn hand_over(work: &mut UnitOfWork<'_, '_>, old: Digest, new: Digest, person: PersonId) -> Result<(), Failure> {
    if let Some(form) = find(work, old, person)? {
        save(work, new, person, &form)?;
    }
    Ok(restored_forms::remove(work.tx, old, person)?)
}
