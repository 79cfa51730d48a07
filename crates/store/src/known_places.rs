//! The places (network addresses and browsers) from which a person has signed in.

use crate::statement_macro::statements;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use domain::id::PersonId;

statements! {
    FIND = "SELECT k.place FROM known_places k JOIN people p ON p.id = k.person_id
             WHERE k.place = $1 AND p.username = $2";
    COUNT = "SELECT COUNT(*) FROM known_places WHERE place = $1";
    PUT = "INSERT INTO known_places (place, person_id, seen_at) VALUES ($1, $2, $3)
           ON CONFLICT (place, person_id) DO UPDATE SET seen_at = excluded.seen_at";
    FORGET = "DELETE FROM known_places WHERE seen_at < $1";
}

/// Returns whether the person with this username has signed in from a place. For a username that
/// nobody has, the answer is no.
pub fn is_known(tx: &mut Tx<'_>, place: &str, username: &str) -> Result<bool> {
    Ok(tx.row(FIND, &[&place, &username], |row| row.next::<String>())?.is_some())
}

/// Returns whether anybody has signed in from a place.
pub fn is_known_to_anybody(tx: &mut Tx<'_>, place: &str) -> Result<bool> {
    Ok(tx.row(COUNT, &[&place], |row| row.next::<i64>())?.is_some_and(|count| count > 0))
}

/// Stores that a person has signed in from a place.
pub fn put(tx: &mut Tx<'_>, place: &str, person: PersonId, now: DateTime<Utc>) -> Result<()> {
    tx.change_one(PUT, &[&place, &person.0, &now])
}

/// Deletes the places from which nobody has signed in since a time, and returns the number of
/// deleted places.
pub fn forget_before(tx: &mut Tx<'_>, before: DateTime<Utc>) -> Result<u64> {
    tx.change(FORGET, &[&before])
}
