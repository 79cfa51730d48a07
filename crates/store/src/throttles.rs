//! Counters of failed sign-ins, for each account and each network address.

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

/// The failed sign-ins on an account or from a network address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Throttle {
    /// The number of failed sign-ins; each minute without an attempt subtracts one when the next attempt is counted.
    pub misses: i64,
    /// The time of the last failed sign-in.
    pub last_at: DateTime<Utc>,
}

/// Finds the number of failed sign-ins under a key (an account or a network address), and the time of the last one.
pub fn find(tx: &mut Tx<'_>, key: &str) -> Result<Option<Throttle>> {
    tx.row(FIND, &[&key], |row| Ok(Throttle { misses: row.next()?, last_at: row.next()? }))
}

/// Sets the number of failed sign-ins under a key (an account or a network address).
pub fn set(tx: &mut Tx<'_>, key: &str, misses: i64, at: DateTime<Utc>) -> Result<()> {
    tx.change_one(SET, &[&key, &misses, &at])
}

/// Removes the counter of failed sign-ins of a key (an account or a network address) after a successful sign-in.
pub fn clear(tx: &mut Tx<'_>, key: &str) -> Result<()> {
    tx.change(CLEAR, &[&key]).map(drop)
}

/// Deletes counters of failed sign-ins that were last changed before a time.
pub fn forget_before(tx: &mut Tx<'_>, before: DateTime<Utc>) -> Result<u64> {
    tx.change(FORGET, &[&before])
}
