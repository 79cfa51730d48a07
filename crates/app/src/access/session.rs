//! Who is asking: a token that the browser keeps, kept here only as its hash.

use crate::app::{App, UnitOfWork};
use crate::failure::Failure;
use chrono::{DateTime, TimeDelta, Utc};
use domain::digest::Digest;
use domain::limits::{SESSION_ABSOLUTE_DAYS, SESSION_IDLE_HOURS, SESSION_SEEN_MINUTES};
use domain::name::Language;
use domain::person::{Actor, Person};
use store::sessions::Session;
use store::{notifications, people, sessions};

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who, with the roles that hold today.
    pub actor: Actor,
    /// The person.
    pub person: Person,
    /// The hash of the session's token.
    pub token: Digest,
    /// The password was given for one time: nothing else before it is changed.
    pub must_change_password: bool,
    /// How many notices they have not read.
    pub unread: i64,
}

/// What a token stands for.
#[derive(Debug, Clone)]
pub enum SessionStatus {
    /// A living session.
    Alive(Box<SignedIn>),
    /// It was a session of this person and ran out.
    Expired(Person),
    /// Nothing, or signed out.
    Nobody,
}

/// The hash under which a token is kept.
pub fn token_hash(token: &str) -> Digest {
    Digest::of_parts([b"session".as_slice(), token.as_bytes()])
}

/// A new secret: 32 random bytes as hexadecimal digits.
pub fn fresh_token() -> Result<String, Failure> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| Failure::Broken(error.to_string()))?;
    Ok(Digest(bytes).to_string())
}

/// Finds out what a token stands for, and notes that it was used.
pub async fn recognise(app: &App, token: Digest) -> Result<SessionStatus, Failure> {
    let found = app.read(move |work| look_up(work, token)).await?;
    if let (SessionStatus::Alive(_), Some(session)) = &found
        && app.clock.now() - session.seen_at > TimeDelta::minutes(SESSION_SEEN_MINUTES)
    {
        app.write(move |work| Ok(sessions::seen(work.tx, token, work.now)?)).await?;
    }
    Ok(found.0)
}

fn look_up(work: &mut UnitOfWork<'_, '_>, token: Digest) -> Result<(SessionStatus, Option<Session>), Failure> {
    let Some(session) = sessions::find(work.tx, token)? else { return Ok((SessionStatus::Nobody, None)) };
    let Some(person) = people::find(work.tx, session.person)? else { return Ok((SessionStatus::Nobody, None)) };
    if session.ended_at.is_some() || !person.is_enabled {
        return Ok((SessionStatus::Nobody, None));
    }
    if has_run_out(&session, work.now) {
        return Ok((SessionStatus::Expired(person), None));
    }
    let today = work.today();
    let actor = people::actor(work.tx, &person, today)?;
    let must_change_password = session.must_change_password;
    let unread = notifications::unread(work.tx, person.id)?;
    let signed = SignedIn { actor, person, token, must_change_password, unread };
    Ok((SessionStatus::Alive(Box::new(signed)), Some(session)))
}

fn has_run_out(session: &Session, now: DateTime<Utc>) -> bool {
    now - session.seen_at > TimeDelta::hours(SESSION_IDLE_HOURS)
        || now - session.created_at > TimeDelta::days(SESSION_ABSOLUTE_DAYS)
}

/// Signs out.
pub fn sign_out(work: &mut UnitOfWork<'_, '_>, token: Digest) -> Result<(), Failure> {
    Ok(sessions::end(work.tx, token, work.now)?)
}

/// Remembers the language that a person chose.
pub fn choose_language(work: &mut UnitOfWork<'_, '_>, person: &Person, language: Language) -> Result<(), Failure> {
    Ok(people::set_locale(work.tx, person.id, language)?)
}

/// Forgets sessions, counters and kept forms that are of no use any more.
pub fn tidy(work: &mut UnitOfWork<'_, '_>) -> Result<(), Failure> {
    let long_ago = work.now - TimeDelta::days(30);
    sessions::forget_before(work.tx, long_ago)?;
    store::throttles::forget_before(work.tx, work.now - TimeDelta::days(1))?;
    store::restored_forms::forget_before(work.tx, work.now - TimeDelta::days(1))?;
    Ok(())
}
