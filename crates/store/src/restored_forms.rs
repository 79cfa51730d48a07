//! Web forms that were posted with an expired session, stored for half an hour for the same person.

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
    REMOVE = "DELETE FROM kept_forms WHERE token_hash = $1 AND person_id = $2";
    FORGET = "DELETE FROM kept_forms WHERE kept_at < $1";
}

/// A web form that was posted with an expired session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoredForm {
    /// The path to which the web form was posted.
    pub path: String,
    /// The urlencoded body of the web form.
    pub body: String,
}

/// Stores a web form that was posted with an expired session.
pub fn keep(tx: &mut Tx<'_>, token: Digest, person: PersonId, form: &RestoredForm, now: DateTime<Utc>) -> Result<()> {
    tx.change_one(KEEP, &[&token.0.as_slice(), &person.0, &form.path, &form.body, &now])
}

/// Finds the web form of a person that was posted with this session token, if the form is not older than the given
/// time.
pub fn find(tx: &mut Tx<'_>, token: Digest, person: PersonId, since: DateTime<Utc>) -> Result<Option<RestoredForm>> {
    tx.row(FIND, &[&token.0.as_slice(), &person.0, &since], |row| {
        Ok(RestoredForm { path: row.next()?, body: row.next()? })
    })
}

/// Removes a stored web form that was moved to a new session.
pub fn remove(tx: &mut Tx<'_>, token: Digest, person: PersonId) -> Result<()> {
    tx.change(REMOVE, &[&token.0.as_slice(), &person.0]).map(drop)
}

/// Deletes all web forms stored before a time.
pub fn forget_before(tx: &mut Tx<'_>, before: DateTime<Utc>) -> Result<u64> {
    tx.change(FORGET, &[&before])
}
