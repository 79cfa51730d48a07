//! The handle to the open database. It runs functions that read or write, on SQLite or PostgreSQL.

use crate::database::{DatabaseLocation, Durability};
use crate::job::{QueuedWork, pack};
use crate::postgres_engine::PostgresEngine;
use crate::sqlite_engine::SqliteEngine;
use crate::{Error, Result, Tx};
use std::sync::Arc;
use tokio::sync::oneshot::Receiver;

/// An open database. Cloning this handle gives another handle to the same database. Dropping the
/// last handle waits until running work is finished.
#[derive(Clone)]
pub struct Store {
    engine: Arc<Engine>,
}

enum Engine {
    Sqlite(SqliteEngine),
    Postgres(PostgresEngine),
}

impl Store {
    /// Opens the database and migrates its tables to the version that the program expects.
    pub fn open(place: &DatabaseLocation) -> Result<Self> {
        Self::open_with(place, Durability::Full)
    }

    /// Opens the database and migrates its tables, like [`Store::open`]. The parameter for the
    /// durability of writes applies to SQLite only.
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

    /// Runs a function that only reads the database; all queries of the function see the same
    /// snapshot of the data.
    pub async fn read<T, E>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        answered(self.start(work, false).await)
    }

    /// Runs a function that writes to the database, in one transaction. Returns when the changes
    /// are durable. The function is allowed to run more than once, because a transaction is
    /// repeated if it used the same data as another transaction at the same time.
    pub async fn write<T, E>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        answered(self.start(work, true).await)
    }

    /// Runs a function that only reads the database, and blocks the calling thread until the
    /// function is finished. For callers without an async runtime, such as the command line and
    /// tests; [`Store::read`] is for async callers.
    pub fn read_now<T, E>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        answered(self.start(work, false).blocking_recv())
    }

    /// Runs a function that writes to the database, and blocks the calling thread until the changes
    /// are durable. For callers without an async runtime, such as the command line and tests;
    /// [`Store::write`] is for async callers.
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
