//! Migrations of the database tables, which only go forward. There is one folder of migrations for
//! SQLite and one for PostgreSQL, with the same numbers and names in both folders.

use crate::postgres_engine::{configure, connect};
use crate::{DatabaseLocation, Error, Result};
use refinery::{Report, Runner};
use rusqlite::Connection;
use std::path::Path;

mod sqlite {
    refinery::embed_migrations!("../../migrations/sqlite");
}

mod postgres {
    refinery::embed_migrations!("../../migrations/postgres");
}

/// Migrates the database tables to the newest version. Refuses a database that was migrated by a
/// newer release of the program.
pub(crate) fn migrate(place: &DatabaseLocation) -> Result<()> {
    let report = match place {
        DatabaseLocation::File(path) => migrate_file(path),
        DatabaseLocation::Address(address) => {
            let mut client = connect(&configure(address)?)?;
            checked(postgres::migrations::runner()).run(&mut client).map_err(refused)
        }
    }?;
    for applied in report.applied_migrations() {
        tracing::info!(migration = %applied, "migration applied");
    }
    Ok(())
}

fn migrate_file(path: &Path) -> Result<Report> {
    let mut connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    checked(sqlite::migrations::runner()).run(&mut connection).map_err(refused)
}

fn checked(runner: Runner) -> Runner {
    runner.set_abort_divergent(true).set_abort_missing(true)
}

fn refused(error: refinery::Error) -> Error {
    Error::Broken(format!("the database cannot be migrated: {error}"))
}
