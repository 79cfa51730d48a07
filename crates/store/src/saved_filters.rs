//! Filters that people have saved for the progress board, in the database. The progress board lists
//! the offerings of a term with the states of their choices. A saved filter is visible only to the
//! person who saved it, and each person can save a few.

use crate::statement_macro::statements;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use domain::id::{PersonId, SavedFilterId};
use domain::saved_filter::SavedFilter;

statements! {
    OF_PERSON = "SELECT id, name, query FROM saved_views WHERE person_id = $1 ORDER BY name, id";
    KEEP = "INSERT INTO saved_views (id, person_id, name, query, saved_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (id) DO UPDATE SET query = excluded.query, saved_at = excluded.saved_at";
    REMOVE = "DELETE FROM saved_views WHERE id = $1 AND person_id = $2";
}

/// Loads the filters of the progress board that a person has saved, sorted by name.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<SavedFilter>> {
    tx.rows(OF_PERSON, &[&person.0], |row| {
        Ok(SavedFilter { id: SavedFilterId(row.next()?), name: row.next()?, query: row.next()? })
    })
}

/// Saves a person's filter of the progress board, and replaces a saved filter with the same id.
pub fn keep(tx: &mut Tx<'_>, person: PersonId, view: &SavedFilter, now: DateTime<Utc>) -> Result<()> {
    tx.change_one(KEEP, &[&view.id.0, &person.0, &view.name, &view.query, &now])
}

/// Removes a saved filter of the progress board from a person's filters. Returns whether the filter
/// existed.
pub fn remove(tx: &mut Tx<'_>, person: PersonId, id: SavedFilterId) -> Result<bool> {
    Ok(tx.change(REMOVE, &[&id.0, &person.0])? > 0)
}
