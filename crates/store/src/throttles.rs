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

/// The counter of failed sign-ins to one account or from one network address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Throttle {
    /// The number of failed sign-ins to the account or from the network address. When the next
    /// attempt to sign in is counted, one is first subtracted for each minute since `last_at`.
    pub misses: i64,
    /// The time of the last failed sign-in to the account or from the network address.
    pub last_at: DateTime<Utc>,
}

/// Finds the counter of failed sign-ins that is stored for this key (an account or a network
/// address).
pub fn find(tx: &mut Tx<'_>, key: &str) -> Result<Option<Throttle>> {
    tx.row(FIND, &[&key], |row| Ok(Throttle { misses: row.next()?, last_at: row.next()? }))
}

/// Sets the number and the time of failed sign-ins for this key (an account or a network address).
pub fn set(tx: &mut Tx<'_>, key: &str, misses: i64, at: DateTime<Utc>) -> Result<()> {
    tx.change_one(SET, &[&key, &misses, &at])
}

/// Removes the counter of failed sign-ins that is stored for this key (an account or a network
/// address). The function is called after a successful sign-in.
pub fn clear(tx: &mut Tx<'_>, key: &str) -> Result<()> {
    tx.change(CLEAR, &[&key]).map(drop)
}

/// Deletes the counters of failed sign-ins that were last changed before a certain time, and
/// returns the number of deleted counters.
pub fn forget_before(tx: &mut Tx<'_>, before: DateTime<Utc>) -> Result<u64> {
    tx.change(FORGET, &[&before])
}
