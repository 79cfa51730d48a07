//! Web sessions in the database. Each has the hash of its token, the signed-in person, the times of
//! its creation, its last use and its end, and the address and browser of the sign-in.

use crate::documents::digest;
use crate::orgs::name;
use crate::people::{person, select_person};
use crate::statement_macro::statements;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use domain::digest::Digest;
use domain::id::PersonId;
use domain::name::Name;
use domain::person::Person;

statements! {
    FIND = select_person!("JOIN sessions s ON s.person_id = p.id
             LEFT JOIN orgs u ON u.id = (SELECT id FROM orgs WHERE kind = 'university' ORDER BY code LIMIT 1)
            WHERE s.token_hash = $1",
        ", s.created_at, s.seen_at, s.ended_at, p.must_change_password,
           COALESCE(u.name_kk, ''), COALESCE(u.name_ru, ''), COALESCE(u.name_en, '')");
    ADD = "INSERT INTO sessions (token_hash, person_id, created_at, seen_at, address, user_agent)
           VALUES ($1, $2, $3, $4, $5, $6)";
    RENEW = "INSERT INTO sessions (token_hash, person_id, created_at, seen_at, address, user_agent)
             SELECT $1, person_id, $2, $3, address, user_agent FROM sessions WHERE token_hash = $4";
    OPEN = "SELECT token_hash, created_at, seen_at, address, user_agent FROM sessions
             WHERE person_id = $1 AND ended_at IS NULL ORDER BY seen_at DESC, token_hash";
    SEEN = "UPDATE sessions SET seen_at = $1 WHERE token_hash = $2";
    END = "UPDATE sessions SET ended_at = $1 WHERE token_hash = $2";
    END_OWN = "UPDATE sessions SET ended_at = $1 WHERE token_hash = $2 AND person_id = $3 AND ended_at IS NULL";
    END_ALL = "UPDATE sessions SET ended_at = $1 WHERE person_id = $2 AND ended_at IS NULL";
    END_OTHERS = "UPDATE sessions SET ended_at = $1 WHERE person_id = $2 AND token_hash <> $3 AND ended_at IS NULL";
    FORGET = "DELETE FROM sessions WHERE seen_at < $1";
}

/// A web session as stored in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub person: Person,
    /// The time at which the person signed in.
    pub created_at: DateTime<Utc>,
    /// The time at which the web session was last used, accurate to a few minutes.
    pub seen_at: DateTime<Utc>,
    /// The time at which the web session ended, for example because the person signed out; `None`
    /// if it has not ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// Whether the person has a one-time password and must change it before doing anything else.
    pub must_change_password: bool,
    /// The name of the university; empty before the first roster or the setup.
    pub university: Name,
}

/// Finds the web session with this token hash and its person, even if the session has ended or expired.
pub fn find(tx: &mut Tx<'_>, token: Digest) -> Result<Option<Session>> {
    tx.row(FIND, &[&token.0.as_slice()], |row| {
        Ok(Session {
            person: person(row)?,
            created_at: row.next()?,
            seen_at: row.next()?,
            ended_at: row.next()?,
            must_change_password: row.next()?,
            university: name(row)?,
        })
    })
}

/// The address and the browser from which a person signs in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SessionOrigin {
    /// The network address of the browser; empty if it is unknown.
    pub address: String,
    /// The name that the browser gives itself (`User-Agent`); empty if it gives none.
    pub user_agent: String,
}

/// A web session that was not ended; it may have expired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSession {
    pub token: Digest,
    /// The time at which the person signed in.
    pub created_at: DateTime<Utc>,
    /// The time at which the web session was last used, accurate to a few minutes.
    pub seen_at: DateTime<Utc>,
    pub origin: SessionOrigin,
}

/// Adds a web session for a person who signs in.
pub fn add(tx: &mut Tx<'_>, token: Digest, person: PersonId, origin: &SessionOrigin, now: DateTime<Utc>) -> Result<()> {
    let SessionOrigin { address, user_agent } = origin;
    tx.change_one(ADD, &[&token.0.as_slice(), &person.0, &now, &now, address, user_agent])
}

/// Adds a web session with a new token for the person, the address and the browser of an existing
/// session. The existing session does not end.
pub fn renew(tx: &mut Tx<'_>, old: Digest, new: Digest, now: DateTime<Utc>) -> Result<()> {
    tx.change_one(RENEW, &[&new.0.as_slice(), &now, &now, &old.0.as_slice()])
}

/// Lists the web sessions of a person that were not ended, the last used one first.
pub fn open_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<OpenSession>> {
    tx.rows(OPEN, &[&person.0], |row| {
        Ok(OpenSession {
            token: digest(row)?,
            created_at: row.next()?,
            seen_at: row.next()?,
            origin: SessionOrigin { address: row.next()?, user_agent: row.next()? },
        })
    })
}

/// Updates the time at which a web session was last used.
pub fn seen(tx: &mut Tx<'_>, token: Digest, now: DateTime<Utc>) -> Result<()> {
    tx.change_one(SEEN, &[&now, &token.0.as_slice()])
}

/// Ends the web session with this token hash.
pub fn end(tx: &mut Tx<'_>, token: Digest, now: DateTime<Utc>) -> Result<()> {
    tx.change(END, &[&now, &token.0.as_slice()]).map(drop)
}

/// Ends a web session of a person. Returns whether this person has such a session that had not
/// ended before.
pub fn end_own(tx: &mut Tx<'_>, token: Digest, person: PersonId, now: DateTime<Utc>) -> Result<bool> {
    Ok(tx.change(END_OWN, &[&now, &token.0.as_slice(), &person.0])? > 0)
}

/// Ends every web session of a person.
pub fn end_all(tx: &mut Tx<'_>, person: PersonId, now: DateTime<Utc>) -> Result<()> {
    tx.change(END_ALL, &[&now, &person.0]).map(drop)
}

/// Ends every web session of a person except the session with this token hash.
pub fn end_others(tx: &mut Tx<'_>, token: Digest, person: PersonId, now: DateTime<Utc>) -> Result<()> {
    tx.change(END_OTHERS, &[&now, &person.0, &token.0.as_slice()]).map(drop)
}

/// Deletes the web sessions that were last used before a certain time, and returns the number of
/// deleted sessions.
pub fn forget_before(tx: &mut Tx<'_>, before: DateTime<Utc>) -> Result<u64> {
    tx.change(FORGET, &[&before])
}
