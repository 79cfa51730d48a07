//! Published catalogue versions in the database; a published version is never changed.

use crate::statement_macro::statements;
use crate::{Error, Result, Tx};
use chrono::{DateTime, Utc};
use domain::catalogue::Catalogue;

statements! {
    FIND = "SELECT content FROM catalogues WHERE version = $1";
    LATEST = "SELECT version FROM catalogues ORDER BY version DESC LIMIT 1";
    ALL = "SELECT version, loaded_at FROM catalogues ORDER BY version DESC";
    ADD = "INSERT INTO catalogues (version, content, loaded_at) VALUES ($1, $2, $3)";
}

/// Loads the catalogue with this version number.
pub fn find(tx: &mut Tx<'_>, version: i64) -> Result<Option<Catalogue>> {
    let content: Option<String> = tx.row(FIND, &[&version], |row| row.next())?;
    content.map(|text| serde_json::from_str(&text).map_err(|error| Error::Broken(error.to_string()))).transpose()
}

/// Returns the number of the newest catalogue version; 0 if no catalogue is stored.
pub fn latest(tx: &mut Tx<'_>) -> Result<i64> {
    Ok(tx.row(LATEST, &[], |row| row.next())?.unwrap_or(0))
}

/// Stores a catalogue as the version whose number it contains.
pub fn add(tx: &mut Tx<'_>, catalogue: &Catalogue, now: DateTime<Utc>) -> Result<()> {
    let content = serde_json::to_string(catalogue).map_err(|error| Error::Broken(error.to_string()))?;
    tx.change_one(ADD, &[&catalogue.version, &content, &now])
}

/// A published catalogue version without its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoadedCatalogue {
    pub version: i64,
    /// The time at which the catalogue version was stored.
    pub loaded_at: DateTime<Utc>,
}

/// Lists the numbers of all catalogue versions with the time at which each was stored, newest
/// first.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<LoadedCatalogue>> {
    tx.rows(ALL, &[], |row| Ok(LoadedCatalogue { version: row.next()?, loaded_at: row.next()? }))
}
