//! The errors that the functions of the crate `store` return.

/// The result type of the functions in the crate `store`.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The reasons for which reading from or writing to the database fails.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Error: a different transaction has already changed or added the database row, so this
    /// transaction has written nothing.
    #[error("another transaction changed the row first")]
    Stale,
    /// Error: the database cannot be read or written at the moment, because it is unreachable,
    /// full, read-only or locked.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// Error: the database did not say in time whether the changes were stored. They may be stored, or
    /// may be stored later.
    #[error("the database did not confirm the changes")]
    Unconfirmed,
    /// Error: the program has a bug, or the database is damaged.
    #[error("database error: {0}")]
    Broken(String),
    /// Error: a foreign key forbids the change, because a database row refers to a database row
    /// that does not exist, or to one that was to be removed.
    #[error("a reference between records prevents it: {0}")]
    Referred(String),
    /// Error: two transactions wrote or read the same data at the same time. The database engine
    /// runs the function of the failed transaction again.
    #[error("collided with another transaction")]
    Again,
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::ConstraintViolation) if is_unique(&error) => Self::Stale,
            Some(Code::ConstraintViolation) if is_reference(&error) => Self::Referred(error.to_string()),
            Some(
                Code::DiskFull
                | Code::SystemIoFailure
                | Code::ReadOnly
                | Code::CannotOpen
                | Code::DatabaseBusy
                | Code::DatabaseLocked
                | Code::OutOfMemory,
            ) => Self::Unavailable(error.to_string()),
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => Self::Broken(format!(
                "{error}: the file is damaged: restore a copy, as docs/operations/incidents.md says"
            )),
            _ => Self::Broken(error.to_string()),
        }
    }
}

/// Returns whether a SQLite error is a violation of uniqueness: `SQLITE_CONSTRAINT_PRIMARYKEY`,
/// `_UNIQUE` or `_ROWID`.
fn is_unique(error: &rusqlite::Error) -> bool {
    let extended = error.sqlite_error().map(|inner| inner.extended_code);
    extended.is_some_and(|code| [1555, 2067, 2579].contains(&code))
}

/// Returns whether a SQLite error is a violation of a foreign key: `SQLITE_CONSTRAINT_FOREIGNKEY`.
fn is_reference(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|inner| inner.extended_code == 787)
}

impl From<postgres::Error> for Error {
    fn from(error: postgres::Error) -> Self {
        use postgres::error::SqlState as State;
        let detail =
            std::error::Error::source(&error).map_or_else(|| error.to_string(), |why| format!("{error}: {why}"));
        match error.code() {
            Some(state) if *state == State::UNIQUE_VIOLATION => Self::Stale,
            Some(state) if *state == State::FOREIGN_KEY_VIOLATION => Self::Referred(detail),
            Some(state) if *state == State::T_R_SERIALIZATION_FAILURE || *state == State::T_R_DEADLOCK_DETECTED => {
                Self::Again
            }
            // SQLSTATE classes of PostgreSQL errors that mean "not available": 08 connection, 53
            // resources, 57 operator, 58 system. The code 25006 comes from a standby or read-only
            // server.
            Some(state) if ["08", "53", "57", "58"].iter().any(|class| state.code().starts_with(class)) => {
                Self::Unavailable(detail)
            }
            Some(state) if *state == State::READ_ONLY_SQL_TRANSACTION => Self::Unavailable(detail),
            None => Self::Unavailable(detail),
            Some(_) => Self::Broken(detail),
        }
    }
}
