//! Leases in the database. Several server processes can share a database, and only the process that
//! holds the lease does a certain kind of background work.

use crate::statement_macro::statements;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};

statements! {
    TAKE = "INSERT INTO leases (name, holder, held_until) VALUES ($1, $2, $3)
            ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
              WHERE leases.held_until < $4 OR leases.holder = excluded.holder";
}

/// Takes or renews a lease, which is the exclusive permission to do a certain kind of background
/// work. Returns `false` if another process holds the lease.
pub fn take(tx: &mut Tx<'_>, name: &str, holder: &str, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<bool> {
    Ok(tx.change(TAKE, &[&name, &holder, &until, &now])? == 1)
}
