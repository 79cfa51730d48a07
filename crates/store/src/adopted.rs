//! Adopted people: people whom the registrar or an administrator added, and whom a roster later
//! contains under a different identifier. The database table of adopted people has few rows and is
//! read completely.

use crate::statement_macro::statements;
use crate::{Result, Tx};
use domain::id::PersonId;
use std::collections::HashMap;

statements! {
    ALL = "SELECT roster_id, person_id FROM adopted_people ORDER BY roster_id";
    ADD = "INSERT INTO adopted_people (roster_id, person_id) VALUES ($1, $2)";
    REMOVE = "DELETE FROM adopted_people WHERE roster_id = $1";
}

/// Loads all adopted people: people whom the registrar or an administrator added, and whom a roster
/// later contains under a different identifier. The keys of the map are the people's identifiers in
/// the roster, and the values are their identifiers in the database.
pub fn all(tx: &mut Tx<'_>) -> Result<HashMap<PersonId, PersonId>> {
    let found = tx.rows(ALL, &[], |row| Ok((PersonId(row.next()?), PersonId(row.next()?))))?;
    Ok(found.into_iter().collect())
}

/// Records that the person with the identifier `theirs` in the roster is the person with the
/// identifier `ours` in the database.
pub fn add(tx: &mut Tx<'_>, theirs: PersonId, ours: PersonId) -> Result<()> {
    tx.change_one(ADD, &[&theirs.0, &ours.0])
}

/// Removes the record that a person in the roster and a person in the database are the same. The
/// parameter `theirs` is the identifier of that person in the roster.
pub fn remove(tx: &mut Tx<'_>, theirs: PersonId) -> Result<()> {
    tx.change_one(REMOVE, &[&theirs.0])
}
