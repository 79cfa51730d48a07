//! Leases in the database. Several server processes can share a database, and only the process that
//! holds the lease does a certain kind of background work.

use crate::statement_macro::statements;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};

statements! {
    TAKE = "INSERT INTO leases (name, holder, held_until) VALUES ($1, $2, $3)
            ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
              WHERE leases.held_until < $4 OR leases.held_until > $5 OR leases.holder = excluded.holder";
    HOLDERS = "SELECT DISTINCT holder FROM leases ORDER BY holder";
    RELEASE = "DELETE FROM leases WHERE holder = $1";
}

/// Takes or renews a lease, which is the exclusive permission to do a certain kind of background
/// work. Returns `false` if another process holds the lease.
///
/// A lease that is held for more than twice as long as it is now asked for does not count, because a
/// process with a wrong clock has taken it.
pub fn take(tx: &mut Tx<'_>, name: &str, holder: &str, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<bool> {
    let too_far = until + (until - now);
    Ok(tx.change(TAKE, &[&name, &holder, &until, &now, &too_far])? == 1)
}

/// Lists the processes that hold a lease.
pub fn holders(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.rows(HOLDERS, &[], |row| row.next())
}

/// Ends all leases of a process.
pub fn release(tx: &mut Tx<'_>, holder: &str) -> Result<()> {
    tx.change(RELEASE, &[&holder]).map(drop)
}
