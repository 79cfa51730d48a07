//! Whether a SQLite database is whole: its pages, its indexes, and the references between its rows.

use crate::database_file::beside;
use crate::{DatabaseLocation, Error, Result};
use rusqlite::{Connection, OpenFlags};

/// The most damages that are listed.
const LISTED: usize = 20;

/// Checks the pages of a SQLite database that was not closed properly, which its write-ahead log shows:
/// the program or the machine has stopped at once, or the log belongs to another database. Returns a
/// description of the first damage. Does nothing on PostgreSQL, and if there is no database file.
///
/// # Errors
/// [`Error::Unavailable`] or [`Error::Broken`] if the file cannot be opened.
pub fn damage_after_sudden_end(place: &DatabaseLocation) -> Result<Option<String>> {
    let DatabaseLocation::File(path) = place else { return Ok(None) };
    if !path.exists() || !beside(path, "-wal").metadata().is_ok_and(|log| log.len() > 0) {
        return Ok(None);
    }
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let found = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0));
    let found = found.unwrap_or_else(|unreadable| unreadable.to_string());
    Ok(Some(found).filter(|found| found != "ok"))
}

/// Checks all pages and indexes of a SQLite database, and the references between its rows, without
/// changing anything. Returns a description of each damage, at most twenty. On PostgreSQL the list is
/// empty, because the server itself checks references; `pg_amcheck` checks pages and indexes there.
///
/// # Errors
/// [`Error::Unavailable`] or [`Error::Broken`] if the file cannot be opened.
pub fn damages(place: &DatabaseLocation) -> Result<Vec<String>> {
    let DatabaseLocation::File(path) = place else { return Ok(Vec::new()) };
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    let mut found = Vec::new();
    let mut statement = connection.prepare(&format!("PRAGMA integrity_check({LISTED})"))?;
    for row in statement.query_map([], |row| row.get::<_, String>(0))? {
        match row {
            Ok(whole) if whole == "ok" => {}
            Ok(damage) => found.push(damage),
            Err(unreadable) => {
                found.push(unreadable.to_string());
                return Ok(found);
            }
        }
    }
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let dangling = statement.query_map([], |row| {
        let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
        Ok(format!("a row of {table} refers to a row of {parent} that does not exist"))
    })?;
    for row in dangling.take(LISTED) {
        found.push(row.map_err(Error::from)?);
    }
    Ok(found)
}
