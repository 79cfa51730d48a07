//! HTML forms that were posted with an expired session. The server stores such a form for half an
//! hour and shows it again to the same person after sign-in. It never submits a stored form by
//! itself.

use crate::access::session::{SessionClaim, SessionStatus, session_status};
use crate::app::App;
use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use chrono::TimeDelta;
use domain::digest::Digest;
use domain::id::PersonId;
use domain::limits::RESTORED_FORM_MINUTES;
use store::restored_forms;

pub use store::restored_forms::RestoredForm;

/// Stores an HTML form that a signed-in person posted, under the hash of the session's token.
pub fn save(
    work: &mut UnitOfWork<'_, '_>,
    token: Digest,
    person: PersonId,
    form: &RestoredForm,
) -> Result<(), Failure> {
    Ok(restored_forms::keep(work.tx, token, person, form, work.now)?)
}

/// Stores the HTML form that a person posted with an expired session, under the hash of that
/// session's token.
///
/// # Errors
/// [`Failure::SignedOut`] if the session has not expired but was ended, or does not exist.
pub async fn save_for_expired(app: &App, token: Digest, form: RestoredForm) -> Result<(), Failure> {
    app.write(move |work| match session_status(work, token)? {
        SessionStatus::Expired(person) => save(work, token, person.id, &form),
        SessionStatus::Active(signed_in) => save(work, token, signed_in.person.id, &form),
        SessionStatus::None => Err(Failure::SignedOut),
    })
    .await
}

/// Finds the HTML form that a person posted with an expired session, unless the form is too old.
/// Finding the stored form does not remove it.
pub fn find(work: &mut UnitOfWork<'_, '_>, token: Digest, person: PersonId) -> Result<Option<RestoredForm>, Failure> {
    Ok(restored_forms::find(work.tx, token, person, work.now - TimeDelta::minutes(RESTORED_FORM_MINUTES))?)
}

/// Moves the stored HTML form from a person's expired session, whose token has the hash `old`, to the
/// new session of the same person.
pub async fn hand_over(app: &App, old: Digest, new: SessionClaim) -> Result<(), Failure> {
    app.write_as(new, move |work, actor| {
        if let Some(form) = find(work, old, actor.person)? {
            save(work, new.token, actor.person, &form)?;
        }
        Ok(restored_forms::remove(work.tx, old, actor.person)?)
    })
    .await
}
