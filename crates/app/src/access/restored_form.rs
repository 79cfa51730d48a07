//! HTML forms that were posted with an expired session. The server stores such a form for half an
//! hour and shows it again to the same person after sign-in. It never submits a stored form by
//! itself.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use chrono::TimeDelta;
use domain::digest::Digest;
use domain::id::PersonId;
use domain::limits::RESTORED_FORM_MINUTES;
use store::restored_forms;

pub use store::restored_forms::RestoredForm;

/// Stores the HTML form that a person posted with an expired session, under the hash of that
/// session's token.
pub fn save(
    work: &mut UnitOfWork<'_, '_>,
    token: Digest,
    person: PersonId,
    form: &RestoredForm,
) -> Result<(), Failure> {
    Ok(restored_forms::keep(work.tx, token, person, form, work.now)?)
}

/// Finds the HTML form that a person posted with an expired session, unless the form is too old.
/// Finding the stored form does not remove it.
pub fn find(work: &mut UnitOfWork<'_, '_>, token: Digest, person: PersonId) -> Result<Option<RestoredForm>, Failure> {
    Ok(restored_forms::find(work.tx, token, person, work.now - TimeDelta::minutes(RESTORED_FORM_MINUTES))?)
}

/// Moves the stored HTML form from a person's expired session to that person's new session.
pub fn hand_over(work: &mut UnitOfWork<'_, '_>, old: Digest, new: Digest, person: PersonId) -> Result<(), Failure> {
    if let Some(form) = find(work, old, person)? {
        save(work, new, person, &form)?;
    }
    Ok(restored_forms::remove(work.tx, old, person)?)
}
