//! What was typed when a session ran out: kept for that person for half an hour, shown again, never carried out.

use crate::app::Desk;
use crate::failure::Failure;
use chrono::TimeDelta;
use domain::fingerprint::Digest;
use domain::id::PersonId;
use store::restored_forms;
use store::restored_forms::KeptForm;

/// How long it is kept.
const MINUTES: i64 = 30;

/// The largest body that is kept, in bytes.
pub const LIMIT: usize = 64 * 1024;

/// Keeps what was sent with an expired session.
pub fn keep(desk: &mut Desk<'_, '_>, token: Digest, person: PersonId, form: &KeptForm) -> Result<(), Failure> {
    Ok(restored_forms::keep(desk.tx, token, person, form, desk.now)?)
}

/// What is kept for this person: there as long as it lasts, however often it is looked at.
pub fn kept(desk: &mut Desk<'_, '_>, token: Digest, person: PersonId) -> Result<Option<KeptForm>, Failure> {
    Ok(restored_forms::find(desk.tx, token, person, desk.now - TimeDelta::minutes(MINUTES))?)
}

/// Hands what was kept under an expired session over to the new one of the same person.
pub fn hand_over(desk: &mut Desk<'_, '_>, (old, new): (Digest, Digest), person: PersonId) -> Result<(), Failure> {
    if let Some(form) = kept(desk, old, person)? {
        keep(desk, new, person, &form)?;
    }
    Ok(restored_forms::remove(desk.tx, old, person)?)
}

pub use store::restored_forms::KeptForm as Kept;
