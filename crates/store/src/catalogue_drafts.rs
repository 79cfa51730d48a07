//! Catalogue drafts (catalogue versions that are not published yet) in the database. Each draft has
//! the content of a whole catalogue, and a revision number that detects lost updates.

use crate::statement_macro::statements;
use crate::tx::Row;
use crate::{Error, Result, Tx};
use chrono::{DateTime, Utc};
use domain::catalogue::Catalogue;
use domain::id::{CatalogueDraftId, PersonId};

statements! {
    ALL = "SELECT id, base, revision, begun_by, begun_at, changed_by, changed_at
             FROM catalogue_drafts ORDER BY changed_at DESC, id";
    FIND = "SELECT id, base, revision, begun_by, begun_at, changed_by, changed_at, content
              FROM catalogue_drafts WHERE id = $1";
    ADD = "INSERT INTO catalogue_drafts (id, base, content, revision, begun_by, begun_at, changed_by, changed_at)
           VALUES ($1, $2, $3, 1, $4, $5, $6, $7)";
    CHANGE = "UPDATE catalogue_drafts SET content = $1, changed_by = $2, changed_at = $3, revision = revision + 1
               WHERE id = $4 AND revision = $5";
    REMOVE = "DELETE FROM catalogue_drafts WHERE id = $1";
}

/// A catalogue draft (a catalogue version that is not published yet) without its content, for lists
/// of drafts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueDraftHeader {
    pub id: CatalogueDraftId,
    /// The number of the catalogue version on which the draft is based.
    pub base: i64,
    /// The revision of the catalogue draft, starting with 1 and incremented by every change.
    pub revision: i64,
    /// The person who began the catalogue draft.
    pub begun_by: PersonId,
    pub begun_at: DateTime<Utc>,
    /// The person who changed the catalogue draft last.
    pub changed_by: PersonId,
    pub changed_at: DateTime<Utc>,
}

/// A catalogue draft (a catalogue version that is not published yet) together with its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueDraft {
    pub head: CatalogueDraftHeader,
    pub catalogue: Catalogue,
}

/// Loads all catalogue drafts without their content, the most recently changed first.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<CatalogueDraftHeader>> {
    tx.rows(ALL, &[], head)
}

/// Loads one catalogue draft with its content.
pub fn find(tx: &mut Tx<'_>, id: CatalogueDraftId) -> Result<Option<CatalogueDraft>> {
    tx.row(FIND, &[&id.0], |row| {
        let head = head(row)?;
        let content: String = row.next()?;
        let catalogue = serde_json::from_str(&content).map_err(|error| Error::Broken(error.to_string()))?;
        Ok(CatalogueDraft { head, catalogue })
    })
}

/// Adds a new catalogue draft.
pub fn add(tx: &mut Tx<'_>, head: &CatalogueDraftHeader, catalogue: &Catalogue) -> Result<()> {
    let content = written(catalogue)?;
    tx.change_one(
        ADD,
        &[&head.id.0, &head.base, &content, &head.begun_by.0, &head.begun_at, &head.changed_by.0, &head.changed_at],
    )
}

/// A change of a catalogue draft: the author of the change, its time, and the revision of the draft
/// that the author has seen.
#[derive(Debug, Clone, Copy)]
pub struct CatalogueDraftChange {
    pub id: CatalogueDraftId,
    /// The revision of the catalogue draft that the author of the change had read.
    pub revision: i64,
    /// The person who changed the catalogue draft.
    pub by: PersonId,
    /// The time at which the catalogue draft was changed.
    pub at: DateTime<Utc>,
}

/// Saves the new content of a catalogue draft and increments its revision.
///
/// # Errors
/// [`Error::Stale`] if another person changed the draft after the author of this change had read
/// it.
pub fn change(tx: &mut Tx<'_>, change: &CatalogueDraftChange, catalogue: &Catalogue) -> Result<()> {
    let CatalogueDraftChange { id, revision, by, at } = change;
    tx.change_one(CHANGE, &[&written(catalogue)?, &by.0, at, &id.0, revision])
}

/// Removes a catalogue draft because it was published or discarded.
pub fn remove(tx: &mut Tx<'_>, id: CatalogueDraftId) -> Result<()> {
    tx.change_one(REMOVE, &[&id.0])
}

fn written(catalogue: &Catalogue) -> Result<String> {
    serde_json::to_string(catalogue).map_err(|error| Error::Broken(error.to_string()))
}

fn head(row: &Row<'_>) -> Result<CatalogueDraftHeader> {
    Ok(CatalogueDraftHeader {
        id: CatalogueDraftId(row.next()?),
        base: row.next()?,
        revision: row.next()?,
        begun_by: PersonId(row.next()?),
        begun_at: row.next()?,
        changed_by: PersonId(row.next()?),
        changed_at: row.next()?,
    })
}
