//! The sessions of the signed-in person: in which browsers the person is signed in, and ending a
//! session that the person does not recognise.

use crate::access::session::has_run_out;
use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use chrono::{DateTime, Utc};
use domain::digest::Digest;
use domain::limits::SESSIONS_LISTED;
use domain::person::Actor;
use store::sessions;
use store::sessions::OpenSession;

/// An active session of the signed-in person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSession {
    /// The hash of the session's token, which names the session.
    pub id: Digest,
    /// The name that the browser of the session gives itself (`User-Agent`).
    pub user_agent: String,
    /// The network address from which the person signed in; empty if it is unknown.
    pub address: String,
    /// The time at which the session was last used, accurate to a few minutes.
    pub seen_at: DateTime<Utc>,
    /// Whether the present request belongs to the session.
    pub is_present: bool,
}

/// Lists the active sessions of the signed-in person: the present one, whose token has the hash
/// `present`, then those used last.
pub fn own_sessions(work: &mut UnitOfWork<'_, '_>, actor: &Actor, present: Digest) -> Result<Vec<OwnSession>, Failure> {
    let open = sessions::open_of(work.tx, actor.person)?.into_iter();
    let active = open.filter(|session| !has_run_out(session.created_at, session.seen_at, work.now));
    let mut own: Vec<OwnSession> = active.map(|session| own_session(session, present)).collect();
    own.sort_by_key(|session| !session.is_present);
    own.truncate(SESSIONS_LISTED);
    Ok(own)
}

fn own_session(session: OpenSession, present: Digest) -> OwnSession {
    let OpenSession { token, seen_at, origin, .. } = session;
    let is_present = token == present;
    OwnSession { id: token, user_agent: origin.user_agent, address: origin.address, seen_at, is_present }
}

/// Ends a session of the signed-in person.
///
/// # Errors
/// [`Failure::NotFound`] if the person has no such session, or it has ended already.
pub fn end_own_session(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: Digest) -> Result<(), Failure> {
    if sessions::end_own(work.tx, id, actor.person, work.now)? { Ok(()) } else { Err(Failure::NotFound) }
}

/// Ends all sessions of the signed-in person except the present one, whose token has the hash
/// `present`.
pub fn end_other_sessions(work: &mut UnitOfWork<'_, '_>, actor: &Actor, present: Digest) -> Result<(), Failure> {
    Ok(sessions::end_others(work.tx, present, actor.person, work.now)?)
}
