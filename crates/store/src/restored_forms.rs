//! HTML forms that were posted with an expired session. They are stored for half an hour, so that
//! the person who posted a form sees the form again after signing in.

use crate::statement_macro::statements;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use domain::digest::Digest;
use domain::id::PersonId;

statements! {
    KEEP = "INSERT INTO kept_forms (token_hash, person_id, path, body, kept_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (token_hash) DO UPDATE SET path = excluded.path, body = excluded.body,
              kept_at = excluded.kept_at";
    FIND = "SELECT path, body FROM kept_forms WHERE token_hash = $1 AND person_id = $2 AND kept_at > $3";
    MOVE = "UPDATE kept_forms SET token_hash = $1 WHERE token_hash = $2";
    REMOVE = "DELETE FROM kept_forms WHERE token_hash = $1 AND person_id = $2";
    FORGET = "DELETE FROM kept_forms WHERE kept_at < $1";
}

/// An HTML form that was posted with an expired session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoredForm {
    /// The path of the request that posted the HTML form with an expired session.
    pub path: String,
    /// The urlencoded body of the request that posted the HTML form with an expired session.
    pub body: String,
}

/// Stores an HTML form that was posted with an expired session, under the hash of the session
/// token.
pub fn keep(tx: &mut Tx<'_>, token: Digest, person: PersonId, form: &RestoredForm, now: DateTime<Utc>) -> Result<()> {
    tx.change_one(KEEP, &[&token.0.as_slice(), &person.0, &form.path, &form.body, &now])
}

/// Finds the HTML form that a person posted with this session token, if it was stored after the
/// time `since`.
pub fn find(tx: &mut Tx<'_>, token: Digest, person: PersonId, since: DateTime<Utc>) -> Result<Option<RestoredForm>> {
    tx.row(FIND, &[&token.0.as_slice(), &person.0, &since], |row| {
        Ok(RestoredForm { path: row.next()?, body: row.next()? })
    })
}

/// Moves the HTML form that is stored under a session token to another session token.
pub fn hand_over(tx: &mut Tx<'_>, old: Digest, new: Digest) -> Result<()> {
    tx.change(MOVE, &[&new.0.as_slice(), &old.0.as_slice()]).map(drop)
}

/// Removes the HTML form that a person posted with this session token.
pub fn remove(tx: &mut Tx<'_>, token: Digest, person: PersonId) -> Result<()> {
    tx.change(REMOVE, &[&token.0.as_slice(), &person.0]).map(drop)
}

/// Deletes the HTML forms that were stored before a certain time, and returns the number of deleted
/// forms.
pub fn forget_before(tx: &mut Tx<'_>, before: DateTime<Utc>) -> Result<u64> {
    tx.change(FORGET, &[&before])
}
