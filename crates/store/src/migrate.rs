//! Migrations of the database tables, which only go forward. There is one folder of migrations for
//! SQLite and one for PostgreSQL, with the same numbers and names in both folders.
//!
//! All migrations of an upgrade run in one transaction, so that an upgrade that is interrupted leaves
//! the database as it was. A SQLite database is copied before it is upgraded.

use crate::database_file::{FileState, beside, inspect};
use crate::postgres_engine::Connector;
use crate::{DatabaseLocation, Error, Result};
use ::postgres::Client;
use refinery::{Migration, Report, Runner};
use rusqlite::Connection;
use std::fs::{self, File};
use std::path::Path;
use std::time::Duration;

mod sqlite {
    refinery::embed_migrations!("../../migrations/sqlite");
}

mod postgres {
    refinery::embed_migrations!("../../migrations/postgres");
}

/// Migrates the database tables to the newest version. Several programs that start at the same time
/// migrate one after the other.
///
/// # Errors
/// [`Error::Broken`] if the database belongs to another program or was migrated by a newer release, or
/// if a migration fails; [`Error::Unavailable`] if the database cannot be reached, or if there is no
/// room for the copy. The database is then as it was before.
pub(crate) fn migrate(place: &DatabaseLocation) -> Result<()> {
    let report = match place {
        DatabaseLocation::File(path) => migrate_file(path),
        DatabaseLocation::Address(address) => migrate_server(&mut Connector::new(address)?.connect_without_limits()?),
    }?;
    for applied in report.applied_migrations() {
        tracing::info!(migration = %applied, "migration applied");
    }
    Ok(())
}

/// Returns whether a database has no tables yet, without creating or changing anything.
pub(crate) fn is_new(place: &DatabaseLocation) -> Result<bool> {
    match place {
        DatabaseLocation::File(path) => Ok(inspect(path)? == FileState::New),
        DatabaseLocation::Address(address) => {
            Ok(version_on_server(&mut Connector::new(address)?.connect()?)? == FileState::New)
        }
    }
}

/// Checks that the tables are those that this program expects.
pub(crate) fn require_current(place: &DatabaseLocation) -> Result<()> {
    let (runner, found) = match place {
        DatabaseLocation::File(path) => (sqlite::migrations::runner(), inspect(path)?),
        DatabaseLocation::Address(address) => {
            let mut client = Connector::new(address)?.connect()?;
            (postgres::migrations::runner(), version_on_server(&mut client)?)
        }
    };
    let FileState::Version(version) = found else {
        return Err(Error::Broken("there is no database of Emtihan".to_owned()));
    };
    match newest_known(version, &runner)? {
        None => Ok(()),
        Some(newest) => Err(Error::Broken(format!(
            "the database is of an older version (schema {version}, this program expects {newest}): \
             start the program once, which upgrades it"
        ))),
    }
}

fn version_on_server(client: &mut Client) -> Result<FileState> {
    if !has_history(client)? {
        return Ok(FileState::New);
    }
    let newest = "SELECT COALESCE(MAX(version), 0) FROM refinery_schema_history";
    match client.query_one(newest, &[])?.get(0) {
        0 => Ok(FileState::New),
        version => Ok(FileState::Version(version)),
    }
}

fn has_history(client: &mut Client) -> Result<bool> {
    Ok(client.query_one("SELECT to_regclass('refinery_schema_history') IS NOT NULL", &[])?.get(0))
}

fn migrate_file(path: &Path) -> Result<Report> {
    let lock_file = beside(path, "-lock");
    let locked = |error| Error::Unavailable(format!("{} cannot be locked: {error}", lock_file.display()));
    let lock = File::options().create(true).truncate(false).write(true).open(&lock_file).map_err(locked)?;
    lock.lock().map_err(locked)?;
    let runner = checked(sqlite::migrations::runner());
    if let FileState::Version(version) = inspect(path)?
        && let Some(newest) = newest_known(version, &runner)?
    {
        copy_before_upgrade(path, version, newest)?;
    }
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    runner.run(&mut connection).map_err(refused)
}

fn migrate_server(client: &mut Client) -> Result<Report> {
    // The key of the lock: a number of our own, and one of the schema, so that schemas of one database do
    // not wait for each other.
    client.batch_execute("SELECT pg_advisory_lock(1162693704, hashtext(COALESCE(current_schema(), '')))")?;
    let runner = checked(postgres::migrations::runner());
    if let FileState::Version(version) = version_on_server(client)?
        && let Some(newest) = newest_known(version, &runner)?
    {
        tracing::warn!(
            from = version,
            to = newest,
            "upgrading the database; a copy can be made with pg_dump before the new program is started"
        );
    }
    // The lock ends with the connection.
    runner.run(client).map_err(refused)
}

/// Returns the number of the newest migration if the database still lacks it.
///
/// # Errors
/// [`Error::Broken`] if the database has a migration that this program does not know.
fn newest_known(version: i32, runner: &Runner) -> Result<Option<i32>> {
    let newest = runner.get_migrations().iter().map(Migration::version).max().unwrap_or(0);
    if version > newest {
        return Err(Error::Broken(format!(
            "a newer version of Emtihan has used this database (schema {version}, this program knows {newest}): \
             install that version, or restore the copy that was made before its upgrade"
        )));
    }
    Ok((version < newest).then_some(newest))
}

/// Copies a database before its upgrade. A copy that an interrupted upgrade from the same version has
/// left is replaced.
fn copy_before_upgrade(path: &Path, from: i32, to: i32) -> Result<()> {
    let copy = beside(path, &format!("-before-upgrade-from-{from}"));
    let unfinished = beside(path, "-copy");
    let failed = |why: &dyn std::fmt::Display| {
        Error::Unavailable(format!("the database is not upgraded, because no copy could be made of it: {why}"))
    };
    if let Err(error) = fs::remove_file(&unfinished)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        return Err(failed(&error));
    }
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    let target = unfinished.to_string_lossy();
    connection.execute("VACUUM INTO ?1", [&*target]).map_err(|error| failed(&error))?;
    File::open(&unfinished).and_then(|file| file.sync_all()).map_err(|error| failed(&error))?;
    fs::rename(&unfinished, &copy).map_err(|error| failed(&error))?;
    tracing::warn!(from, to, copy = %copy.display(), "upgrading the database; a copy of it was made");
    Ok(())
}

fn checked(runner: Runner) -> Runner {
    runner.set_abort_divergent(true).set_abort_missing(true).set_grouped(true)
}

/// Describes why migrations failed, with every cause that the database has named.
fn refused(error: refinery::Error) -> Error {
    let mut text = format!("the database cannot be migrated: {error}");
    let mut cause = std::error::Error::source(&error);
    while let Some(why) = cause {
        text = format!("{text}: {why}");
        cause = why.source();
    }
    Error::Broken(text)
}
