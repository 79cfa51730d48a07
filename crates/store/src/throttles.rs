//! Counters of failed attempts to enter a password or another secret, under keys such as a network
//! address.

use crate::statement_macro::statements;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};

statements! {
    FIND = "SELECT misses, last_at FROM throttles WHERE key = $1";
    SET = "INSERT INTO throttles (key, misses, last_at) VALUES ($1, $2, $3)
           ON CONFLICT (key) DO UPDATE SET misses = excluded.misses, last_at = excluded.last_at";
    CLEAR = "DELETE FROM throttles WHERE key = $1";
    FORGET = "DELETE FROM throttles WHERE last_at < $1";
}

/// The counter of failed attempts under one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Throttle {
    /// The number of failed attempts. When the next attempt is counted, one is subtracted for each
    /// minute since the previous attempt.
    pub misses: i64,
    /// The time of the last failed attempt.
    pub last_at: DateTime<Utc>,
}

/// Finds the counter of failed attempts that is stored under a key.
pub fn find(tx: &mut Tx<'_>, key: &str) -> Result<Option<Throttle>> {
    tx.row(FIND, &[&key], |row| Ok(Throttle { misses: row.next()?, last_at: row.next()? }))
}

/// Sets the number of failed attempts under a key, and the time of the last one.
pub fn set(tx: &mut Tx<'_>, key: &str, misses: i64, at: DateTime<Utc>) -> Result<()> {
    tx.change_one(SET, &[&key, &misses, &at])
}

/// Removes the counter of failed attempts under a key. It is called after a successful attempt.
pub fn clear(tx: &mut Tx<'_>, key: &str) -> Result<()> {
    tx.change(CLEAR, &[&key]).map(drop)
}

/// Deletes the counters of failed attempts that were last changed before a time, and returns the
/// number of deleted counters.
pub fn forget_before(tx: &mut Tx<'_>, before: DateTime<Utc>) -> Result<u64> {
    tx.change(FORGET, &[&before])
}
