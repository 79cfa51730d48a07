//! People who were added by hand and whom a roster has under a key of its own: a few rows, read whole.

use crate::statement_macro::statements;
use crate::{Result, Tx};
use domain::id::PersonId;
use std::collections::HashMap;

statements! {
    ALL = "SELECT roster_id, person_id FROM adopted_people ORDER BY roster_id";
    ADD = "INSERT INTO adopted_people (roster_id, person_id) VALUES ($1, $2)";
    REMOVE = "DELETE FROM adopted_people WHERE roster_id = $1";
}

/// Everybody: the roster's identifier, and ours.
pub fn all(tx: &mut Tx<'_>) -> Result<HashMap<PersonId, PersonId>> {
    let found = tx.rows(ALL, &[], |row| Ok((PersonId(row.next()?), PersonId(row.next()?))))?;
    Ok(found.into_iter().collect())
}

/// Records that the roster's identifier `theirs` belongs to the stored person `ours`.
pub fn add(tx: &mut Tx<'_>, theirs: PersonId, ours: PersonId) -> Result<()> {
    tx.change_one(ADD, &[&theirs.0, &ours.0])
}

/// The roster's person is nobody of ours any more.
pub fn remove(tx: &mut Tx<'_>, theirs: PersonId) -> Result<()> {
    tx.change_one(REMOVE, &[&theirs.0])
}
