//! Prepares SQLite connections. All other differences between the engines are avoided: both run the same SQL text.

use crate::Result;
use crate::database::Durability;
use rusqlite::Connection;
use rusqlite::config::DbConfig;

/// Statements of pages are few and small; this holds all of them.
const STATEMENT_CACHE: usize = 256;

/// Brings a new SQLite connection into the state that the store expects.
pub(crate) fn prepare_sqlite(connection: &Connection, durability: Durability) -> Result<()> {
    // Without it SQLite 3.54 parses cached statements anew on every execution once the database was ANALYZEd.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "synchronous", if durability == Durability::Full { "FULL" } else { "OFF" })?;
    connection.pragma_update(None, "cache_size", -16_384)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(())
}
