//! Prepares SQLite connections. All other differences between the database engines are avoided: both run the same SQL
//! text.

use crate::Result;
use crate::database::Durability;
use rusqlite::Connection;
use rusqlite::config::DbConfig;

/// The number of prepared SQL statements that a SQLite connection caches, enough for all statements of the program.
const STATEMENT_CACHE: usize = 256;

/// Configures a new SQLite connection as the store requires.
pub(crate) fn prepare_sqlite(connection: &Connection, durability: Durability) -> Result<()> {
    // Without this setting, SQLite 3.54 parses cached statements again on every execution once the database was
    // ANALYZEd.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "synchronous", if durability == Durability::Full { "FULL" } else { "OFF" })?;
    connection.pragma_update(None, "cache_size", -16_384)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(())
}
