//! The location of the database, and the durability of writes to SQLite.

use crate::Result;
use std::path::PathBuf;
use std::str::FromStr;

/// The location of the database: a SQLite file or a PostgreSQL server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseLocation {
    /// The path of the SQLite file that contains the database.
    File(PathBuf),
    /// The URL of a PostgreSQL database, beginning with `postgres://`.
    Address(String),
}

impl FromStr for DatabaseLocation {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_address = text.starts_with("postgres://") || text.starts_with("postgresql://");
        Ok(if is_address { Self::Address(text.to_owned()) } else { Self::File(PathBuf::from(text)) })
    }
}

/// The durability of writes to SQLite: whether a write is complete before its data has reached the
/// disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Durability of SQLite: a write is complete only after its data has reached the disk.
    Full,
    /// Durability of SQLite: a write is complete before its data has reached the disk. This setting
    /// is for tests, and for databases that are filled in one step, such as the demo.
    None,
}
