//! The store: runs reads and writes on SQLite or PostgreSQL.

use crate::database::{DatabaseLocation, Durability};
use crate::job::{QueuedWork, pack};
use crate::postgres_engine::PostgresEngine;
use crate::sqlite_engine::SqliteEngine;
use crate::{Error, Result, Tx};
use std::sync::Arc;
use tokio::sync::oneshot::Receiver;

/// An open database. Cloning the store gives another handle to the same database; dropping the last handle waits for
/// running work.
#[derive(Clone)]
pub struct Store {
    engine: Arc<Engine>,
}

enum Engine {
    Sqlite(SqliteEngine),
    Postgres(PostgresEngine),
}

impl Store {
    /// Opens the database and migrates its tables.
    pub fn open(place: &DatabaseLocation) -> Result<Self> {
        Self::open_with(place, Durability::Full)
    }

    /// Opens the database like [`Store::open`], with this durability for SQLite.
    pub fn open_with(place: &DatabaseLocation, durability: Durability) -> Result<Self> {
        crate::migrate::migrate(place)?;
        Self::start_engine(place, durability)
    }

    /// Opens the database without migrating its tables.
    pub fn open_bare(place: &DatabaseLocation) -> Result<Self> {
        Self::start_engine(place, Durability::Full)
    }

    fn start_engine(place: &DatabaseLocation, durability: Durability) -> Result<Self> {
        let engine = match place {
            DatabaseLocation::File(path) => Engine::Sqlite(SqliteEngine::open(path, durability)?),
            DatabaseLocation::Address(address) => Engine::Postgres(PostgresEngine::open(address)?),
        };
        Ok(Self { engine: Arc::new(engine) })
    }

    /// Runs a function that only reads, in one snapshot of the database.
    pub async fn read<T, E>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        answered(self.start(work, false).await)
    }

    /// Runs a function that writes, in one transaction; returns when the transaction is durable. The function may run
    /// more than once.
    pub async fn write<T, E>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        answered(self.start(work, true).await)
    }

    /// Like [`Store::read`], for callers without an async runtime (command line, tests). Blocks.
    pub fn read_now<T, E>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        answered(self.start(work, false).blocking_recv())
    }

    /// Like [`Store::write`], for callers without an async runtime (command line, tests). Blocks.
    pub fn write_now<T, E>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        answered(self.start(work, true).blocking_recv())
    }

    fn start<T, E>(
        &self,
        work: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        writes: bool,
    ) -> Receiver<Result<T, E>>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let QueuedWork { job, answer } = pack(work);
        match &*self.engine {
            Engine::Sqlite(engine) => engine.take(job, writes),
            Engine::Postgres(engine) => engine.take(job, writes),
        }
        answer
    }
}

fn answered<T, E: From<Error>>(answer: Result<Result<T, E>, tokio::sync::oneshot::error::RecvError>) -> Result<T, E> {
    answer.unwrap_or_else(|_| Err(E::from(Error::Unavailable("the store is closing".to_owned()))))
}
