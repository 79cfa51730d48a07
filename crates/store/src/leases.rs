//! Leases: a node that holds a lease is the only one to do a kind of background work.

use crate::statement_macro::statements;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};

statements! {
    TAKE = "INSERT INTO leases (name, holder, held_until) VALUES ($1, $2, $3)
            ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
              WHERE leases.held_until < $4 OR leases.holder = excluded.holder";
}

/// Takes or renews a lease on background work; `false` if another holder has the lease.
pub fn take(tx: &mut Tx<'_>, name: &str, holder: &str, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<bool> {
    Ok(tx.change(TAKE, &[&name, &holder, &until, &now])? == 1)
}
