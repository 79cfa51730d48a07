//! Configures SQLite connections. SQLite and PostgreSQL run the same SQL text, so only the set-up
//! of a connection differs.

use crate::Result;
use crate::database::Durability;
use rusqlite::Connection;
use rusqlite::config::DbConfig;

/// The number of prepared SQL statements that a SQLite connection caches, which is enough for all
/// statements of the application.
const STATEMENT_CACHE: usize = 256;

/// Configures a new SQLite connection: caches, waiting time for locks, foreign keys and durability.
pub(crate) fn prepare_sqlite(connection: &Connection, durability: Durability) -> Result<()> {
    // The setting `ENABLE_QPSG` prevents SQLite 3.54 from compiling a cached statement again on
    // every execution after the command ANALYZE has run on the database.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "synchronous", if durability == Durability::Full { "FULL" } else { "OFF" })?;
    connection.pragma_update(None, "cache_size", -16_384)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(())
}
