//! The location of the database and the durability of its writes.

use crate::Result;
use std::path::PathBuf;
use std::str::FromStr;

/// The location of the database: a SQLite file or a PostgreSQL server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseLocation {
    /// The path of a SQLite file that is the database.
    File(PathBuf),
    /// The URL of a PostgreSQL database, `postgres://…`.
    Address(String),
}

impl FromStr for DatabaseLocation {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_address = text.starts_with("postgres://") || text.starts_with("postgresql://");
        Ok(if is_address { Self::Address(text.to_owned()) } else { Self::File(PathBuf::from(text)) })
    }
}

/// The durability of SQLite's writes: the time at which SQLite reports a write as done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// A write is done after the data has reached the disk.
    Full,
    /// A write is done before the data has reached the disk; for tests, and for databases that are filled in one step.
    None,
}
