//! Roster imports in the database: the uploaded files, the number of changes, and the changes that
//! undo an import.

use crate::statement_macro::statements;
use crate::tx::Row;
use crate::{Error, Result, Tx};
use chrono::{DateTime, Utc};
use domain::digest::Digest;
use domain::id::{ImportId, PersonId};
use domain::limits::IMPORTS_LISTED;
use domain::person::short_name;
use domain::roster::undo::{ImportState, Reverse};
use uuid::Uuid;

/// Composes an SQL query for roster imports and the names of the people who uploaded them. The
/// query reads all columns of the table `imports` except `reverse`, which contains the changes that
/// undo an import.
macro_rules! select_import {
    ($rest:literal) => {
        concat!(
            "SELECT i.id, i.name, i.sha256, i.uploaded_by, i.uploaded_at, i.state, i.counts, i.refused, i.applied_at, i.undone_at,
                    p.family_name, p.given_name, p.middle_name
               FROM imports i LEFT JOIN people p ON p.id = i.uploaded_by ",
            $rest
        )
    };
}

statements! {
    FIND = select_import!("WHERE i.id = $1");
    NEWEST = select_import!("ORDER BY i.uploaded_at DESC, i.id LIMIT $1");
    ADD = "INSERT INTO imports (id, name, sha256, uploaded_by, uploaded_at, state, counts, refused)
           VALUES ($1, $2, $3, $4, $5, 'planned', $6, $7) ON CONFLICT (id) DO NOTHING";
    COUNT = "UPDATE imports SET counts = $1, refused = $2 WHERE id = $3 AND state = 'planned'";
    APPLY = "UPDATE imports SET state = 'applied', counts = $1, applied_at = $2, reverse = $3
              WHERE id = $4 AND state = 'planned'";
    UNDO = "UPDATE imports SET state = 'undone', undone_at = $1, reverse = NULL WHERE id = $2 AND state = 'applied'";
    REVERSE = "SELECT reverse FROM imports WHERE id = $1";
    LATER = "SELECT id FROM imports WHERE state = 'applied' AND applied_at > $1 ORDER BY id LIMIT 1";
    OLD_FILES = "SELECT id, sha256 FROM imports WHERE sha256 IS NOT NULL AND uploaded_at < $1 ORDER BY id LIMIT 50";
    SAME_FILE = "SELECT id FROM imports WHERE sha256 = $1 AND uploaded_at >= $2 ORDER BY id LIMIT 1";
    FORGET_FILE = "UPDATE imports SET sha256 = NULL, reverse = NULL WHERE id = $1";
}

/// An import of a roster, with the uploaded file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    pub id: ImportId,
    /// The name of the uploaded roster file.
    pub name: String,
    /// The SHA-256 hash of the roster file's bytes; `None` once the bytes are deleted.
    pub sha256: Option<Digest>,
    /// The person who uploaded the roster file; `None` if the file was imported on the command
    /// line.
    pub by: Option<PersonId>,
    pub at: DateTime<Utc>,
    /// Whether the roster import is planned, applied or undone.
    pub state: ImportState,
    /// The number of planned or applied changes for each kind of record, as JSON.
    pub counts: String,
    /// The number of refused rows of the roster file.
    pub refused: i64,
    /// The time at which the roster import was applied; `None` if it was not applied.
    pub applied_at: Option<DateTime<Utc>>,
    /// The time at which the roster import was undone; `None` if it was not undone.
    pub undone_at: Option<DateTime<Utc>>,
    /// The name of the person who uploaded the roster file, such as «Сынақбаев Д.»; empty if the
    /// file was imported on the command line.
    pub by_name: String,
}

impl Import {
    /// Creates the record of a roster file that was uploaded but not read yet.
    pub fn previewed(id: ImportId, name: &str, at: DateTime<Utc>) -> Self {
        Self {
            id,
            name: name.to_owned(),
            sha256: None,
            by: None,
            at,
            state: ImportState::Planned,
            counts: "{}".to_owned(),
            refused: 0,
            applied_at: None,
            undone_at: None,
            by_name: String::new(),
        }
    }
}

/// Finds the roster import with this id.
pub fn find(tx: &mut Tx<'_>, id: ImportId) -> Result<Option<Import>> {
    tx.row(FIND, &[&id.0], import)
}

/// Loads the newest roster imports, at most [`IMPORTS_LISTED`].
pub fn newest(tx: &mut Tx<'_>) -> Result<Vec<Import>> {
    tx.rows(NEWEST, &[&IMPORTS_LISTED], import)
}

/// Adds a roster import. Adding a second import with the same id changes nothing.
pub fn add(tx: &mut Tx<'_>, import: &Import) -> Result<()> {
    let (sha256, by) = (import.sha256.as_ref().map(|digest| digest.0.as_slice()), import.by.map(|person| person.0));
    tx.change(ADD, &[&import.id.0, &import.name, &sha256, &by, &import.at, &import.counts, &import.refused])?;
    Ok(())
}

/// Records the number of changes and of refused rows that the preview of a roster import has found.
pub fn count(tx: &mut Tx<'_>, id: ImportId, counts: &str, refused: i64) -> Result<()> {
    tx.change(COUNT, &[&counts, &refused, &id.0])?;
    Ok(())
}

/// Records that a roster import was applied, with the reverse changes that would undo it. An import
/// can be applied only once.
pub fn apply(tx: &mut Tx<'_>, id: ImportId, counts: &str, at: DateTime<Utc>, reverse: &Reverse) -> Result<()> {
    let reverse = serde_json::to_string(reverse).map_err(|error| Error::Broken(error.to_string()))?;
    tx.change_one(APPLY, &[&counts, &at, &reverse, &id.0])
}

/// Records that a roster import was undone. An import can be undone only once.
pub fn undo(tx: &mut Tx<'_>, id: ImportId, at: DateTime<Utc>) -> Result<()> {
    tx.change_one(UNDO, &[&at, &id.0])
}

/// Loads the reverse changes that would undo a roster import; `None` if none are stored.
pub fn reverse(tx: &mut Tx<'_>, id: ImportId) -> Result<Option<Reverse>> {
    let found = tx.row(REVERSE, &[&id.0], |row| row.next::<Option<String>>())?.flatten();
    let read = |text: String| serde_json::from_str(&text).map_err(|error| Error::Broken(error.to_string()));
    found.map(read).transpose()
}

/// Returns whether a different roster import was applied after a certain time and not undone since.
pub fn is_followed(tx: &mut Tx<'_>, applied_at: DateTime<Utc>) -> Result<bool> {
    Ok(tx.row(LATER, &[&applied_at], |_| Ok(()))?.is_some())
}

/// Removes the file hashes of roster imports that were uploaded before a certain time. Returns the
/// hashes of those files that no later import uses, so that the caller can delete the files.
pub fn forget_files(tx: &mut Tx<'_>, before: DateTime<Utc>) -> Result<Vec<Digest>> {
    let old = tx.rows(OLD_FILES, &[&before], |row| Ok((ImportId(row.next()?), row.next::<Option<Vec<u8>>>()?)))?;
    let mut unused = Vec::new();
    for (id, bytes) in old {
        tx.change_one(FORGET_FILE, &[&id.0])?;
        let Some(bytes) = bytes else { continue };
        if tx.row(SAME_FILE, &[&bytes.as_slice(), &before], |_| Ok(()))?.is_none() {
            unused.extend(<[u8; 32]>::try_from(bytes).map(Digest));
        }
    }
    Ok(unused)
}

fn import(row: &Row<'_>) -> Result<Import> {
    let (id, name, sha256): (_, _, Option<Vec<u8>>) = (ImportId(row.next()?), row.next()?, row.next()?);
    let (by, at) = (row.next::<Option<Uuid>>()?.map(PersonId), row.next()?);
    let code: String = row.next()?;
    let state = ImportState::ALL.into_iter().find(|state| state.code() == code);
    let (counts, refused, applied_at, undone_at) = (row.next()?, row.next()?, row.next()?, row.next()?);
    let names: [Option<String>; 3] = [row.next()?, row.next()?, row.next()?];
    let [family, given, middle] = names.map(Option::unwrap_or_default);
    Ok(Import {
        id,
        name,
        sha256: sha256.and_then(|bytes| bytes.try_into().ok()).map(Digest),
        by,
        at,
        state: state.ok_or_else(|| Error::Broken(format!("unknown code {code}")))?,
        counts,
        refused,
        applied_at,
        undone_at,
        by_name: short_name(&family, &given, &middle),
    })
}
