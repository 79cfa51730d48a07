//! The errors that functions of the store return.

/// The result of every function of the store.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The reasons for which a read or a write of the database fails.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Error: another transaction changed or added the row first; nothing was written.
    #[error("another transaction changed the row first")]
    Stale,
    /// Error: the database cannot be read or written now, because it is not reachable, full, read-only or locked.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// Error: a bug in the program or a damaged database.
    #[error("database error: {0}")]
    Broken(String),
    /// Error: a database row refers to a row that does not exist, or another row refers to a removed one.
    #[error("a reference between records prevents it: {0}")]
    Referred(String),
    /// Error: two transactions conflicted; the database engine runs the function again.
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
            _ => Self::Broken(error.to_string()),
        }
    }
}

/// Returns whether the error is a violation of uniqueness: `SQLITE_CONSTRAINT_PRIMARYKEY`, `_UNIQUE` or `_ROWID`.
fn is_unique(error: &rusqlite::Error) -> bool {
    let extended = error.sqlite_error().map(|inner| inner.extended_code);
    extended.is_some_and(|code| [1555, 2067, 2579].contains(&code))
}

/// Returns whether the error is a violation of a foreign key: `SQLITE_CONSTRAINT_FOREIGNKEY`.
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
            // SQLSTATE classes of PostgreSQL errors: 08 connection, 53 resources, 57 operator, 58 system; 25006 is a
            // standby or read-only server.
            Some(state) if ["08", "53", "57", "58"].iter().any(|class| state.code().starts_with(class)) => {
                Self::Unavailable(detail)
            }
            Some(state) if *state == State::READ_ONLY_SQL_TRANSACTION => Self::Unavailable(detail),
            None => Self::Unavailable(detail),
            Some(_) => Self::Broken(detail),
        }
    }
}
