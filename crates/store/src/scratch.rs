//! A schema of its own in a PostgreSQL database, for measurements and tests that must not touch other
//! data.

use crate::postgres_engine::Connector;
use crate::{DatabaseLocation, Result};
use rusqlite::Connection;
use std::path::Path;

/// A new schema in a PostgreSQL database. Dropping this value removes the schema with everything in
/// it.
pub struct ScratchSchema {
    address: String,
    name: String,
}

impl ScratchSchema {
    /// Creates a schema in the database with this address.
    ///
    /// # Errors
    /// [`crate::Error::Unavailable`] if the server cannot be reached, or refuses to create a schema with this
    /// name.
    pub fn create(address: &str, name: String) -> Result<Self> {
        let scratch = Self { address: address.to_owned(), name };
        scratch.run(&format!("CREATE SCHEMA {}", scratch.name))?;
        Ok(scratch)
    }

    /// The location of a database whose tables are in the new schema.
    pub fn location(&self) -> DatabaseLocation {
        let separator = if self.address.contains('?') { '&' } else { '?' };
        let path = format!("options=-csearch_path%3D{}", self.name);
        DatabaseLocation::Address(format!("{}{separator}{path}", self.address))
    }

    fn run(&self, sql: &str) -> Result<()> {
        Ok(Connector::new(&self.address)?.connect()?.batch_execute(sql)?)
    }
}

impl Drop for ScratchSchema {
    fn drop(&mut self) {
        drop(self.run(&format!("DROP SCHEMA {} CASCADE", self.name)));
    }
}

/// Runs SQL statements on a database outside the program. Tests damage a database so.
///
/// # Errors
/// [`crate::Error::Unavailable`] if the server cannot be reached; another error if a statement fails.
pub fn change(location: &DatabaseLocation, sql: &str) -> Result<()> {
    match location {
        DatabaseLocation::File(path) => change_file(path, sql),
        DatabaseLocation::Address(address) => Ok(Connector::new(address)?.connect()?.batch_execute(sql)?),
    }
}

/// Runs SQL statements on a SQLite file outside the program, without checking references. Tests damage a
/// database so.
///
/// # Errors
/// [`crate::Error::Broken`] if a statement fails.
pub fn change_file(path: &Path, sql: &str) -> Result<()> {
    let connection = Connection::open(path)?;
    connection.execute_batch("PRAGMA foreign_keys = OFF")?;
    Ok(connection.execute_batch(sql)?)
}

/// Reads one text from a SQLite file.
///
/// # Errors
/// [`crate::Error::Broken`] if the query fails or finds nothing.
pub fn text_in_file(path: &Path, sql: &str) -> Result<String> {
    Ok(Connection::open(path)?.query_row(sql, [], |row| row.get(0))?)
}
