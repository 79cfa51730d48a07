//! Adopted people: people who were added by hand and whom a roster contains under another key. The database table has
//! few rows and is read completely.

use crate::statement_macro::statements;
use crate::{Result, Tx};
use domain::id::PersonId;
use std::collections::HashMap;

statements! {
    ALL = "SELECT roster_id, person_id FROM adopted_people ORDER BY roster_id";
    ADD = "INSERT INTO adopted_people (roster_id, person_id) VALUES ($1, $2)";
    REMOVE = "DELETE FROM adopted_people WHERE roster_id = $1";
}

/// Loads all adopted people: the roster's identifier of the person and the stored identifier.
pub fn all(tx: &mut Tx<'_>) -> Result<HashMap<PersonId, PersonId>> {
    let found = tx.rows(ALL, &[], |row| Ok((PersonId(row.next()?), PersonId(row.next()?))))?;
    Ok(found.into_iter().collect())
}

/// Records that the roster's identifier `theirs` belongs to the stored person `ours`.
pub fn add(tx: &mut Tx<'_>, theirs: PersonId, ours: PersonId) -> Result<()> {
    tx.change_one(ADD, &[&theirs.0, &ours.0])
}

/// Removes the link between the roster's identifier `theirs` and a stored person.
pub fn remove(tx: &mut Tx<'_>, theirs: PersonId) -> Result<()> {
    tx.change_one(REMOVE, &[&theirs.0])
}
