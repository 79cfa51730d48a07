//! The handle to the open database. It runs functions that read or write, on SQLite or PostgreSQL.

use crate::database::{DatabaseLocation, Durability};
use crate::job::{Progress, QueuedWork, pack};
use crate::postgres_engine::PostgresEngine;
use crate::sqlite_engine::SqliteEngine;
use crate::{Error, Result, Tx};
use domain::limits::DATABASE_SECONDS;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot::Receiver;
use tokio::time::timeout;

/// The longest time that a request waits for the database.
const DEADLINE: Duration = Duration::from_secs(DATABASE_SECONDS);

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

    /// Returns whether a database has no tables yet, without creating or changing anything.
    ///
    /// # Errors
    /// [`Error::Broken`] if the file belongs to another program or is not a database, and
    /// [`Error::Unavailable`] if it cannot be read or the server cannot be reached.
    pub fn is_new(place: &DatabaseLocation) -> Result<bool> {
        crate::migrate::is_new(place)
    }

    /// Opens a database only for reading. Creates and changes nothing.
    ///
    /// # Errors
    /// [`Error::Broken`] if there is no database, or its tables are those of another version of the
    /// program; [`Error::Unavailable`] if it cannot be read.
    pub fn open_read_only(place: &DatabaseLocation) -> Result<Self> {
        crate::migrate::require_current(place)?;
        let engine = match place {
            DatabaseLocation::File(path) => Engine::Sqlite(SqliteEngine::open_read_only(path)?),
            DatabaseLocation::Address(address) => Engine::Postgres(PostgresEngine::open(address)?),
        };
        Ok(Self { engine: Arc::new(engine) })
    }

    /// Checks that the database answers and can be written to, without changing anything. Blocks the
    /// calling thread.
    ///
    /// # Errors
    /// [`Error::Unavailable`] with the cause, for example that the database file was removed.
    pub fn check(&self) -> Result<()> {
        self.read_now(|tx| crate::leases::holders(tx).map(drop))?;
        self.write_now(|_| Ok::<_, Error>(()))
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
    ///
    /// # Errors
    /// [`Error::Unavailable`] if the database does not answer within [`DATABASE_SECONDS`] seconds,
    /// besides the errors of the function.
    pub async fn read<T, E>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        match timeout(DEADLINE, self.start(work, false).answer).await {
            Ok(answer) => answered(answer),
            Err(_) => Err(E::from(Error::Unavailable("the database did not answer in time".to_owned()))),
        }
    }

    /// Runs a function that writes to the database, in one transaction. Returns when the changes
    /// are durable. The function is allowed to run more than once, because a transaction is
    /// repeated if it used the same data as another transaction at the same time.
    ///
    /// # Errors
    /// Besides the errors of the function, if the database does not answer within [`DATABASE_SECONDS`]
    /// seconds: [`Error::Unavailable`] if the function has not begun, and never will;
    /// [`Error::Unconfirmed`] if it has begun.
    pub async fn write<T, E>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let Started { answer, progress } = self.start(work, true);
        match timeout(DEADLINE, answer).await {
            Ok(answer) => answered(answer),
            Err(_) if progress.cancel() => {
                Err(E::from(Error::Unavailable("the database was busy for too long".to_owned())))
            }
            Err(_) => Err(E::from(Error::Unconfirmed)),
        }
    }

    /// Runs a function that only reads the database, like [`Store::read`], but waits for its result as
    /// long as it takes. For work in the background, such as comparing a roster with the database.
    pub async fn read_without_deadline<T, E>(
        &self,
        work: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        answered(self.start(work, false).answer.await)
    }

    /// Runs a function that writes to the database, like [`Store::write`], but waits for its result as
    /// long as it takes. For work in the background, such as a roster import.
    pub async fn write_without_deadline<T, E>(
        &self,
        work: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        answered(self.start(work, true).answer.await)
    }

    /// Runs a function that only reads the database, and blocks the calling thread until the
    /// function is finished. For callers without an async runtime, such as the command line and
    /// tests; [`Store::read`] is for async callers.
    pub fn read_now<T, E>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        answered(self.start(work, false).answer.blocking_recv())
    }

    /// Runs a function that writes to the database, and blocks the calling thread until the changes
    /// are durable. For callers without an async runtime, such as the command line and tests;
    /// [`Store::write`] is for async callers.
    pub fn write_now<T, E>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        answered(self.start(work, true).answer.blocking_recv())
    }

    /// Moves the changes from SQLite's write-ahead log into the database file and empties the log, so
    /// that the file alone is a complete copy of the database. Does nothing on PostgreSQL.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if another process reads the database for longer than five seconds; the
    /// log then stays as it is, and nothing is lost.
    pub fn empty_write_ahead_log(&self) -> Result<()> {
        match &*self.engine {
            Engine::Sqlite(engine) => engine.empty_write_ahead_log(),
            Engine::Postgres(_) => Ok(()),
        }
    }

    fn start<T, E>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static, writes: bool) -> Started<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let QueuedWork { job, answer, progress } = pack(work);
        match &*self.engine {
            Engine::Sqlite(engine) => engine.take(job, writes),
            Engine::Postgres(engine) => engine.take(job, writes),
        }
        Started { answer, progress }
    }
}

/// A function that was handed to the engine.
struct Started<T, E> {
    answer: Receiver<Result<T, E>>,
    progress: Arc<Progress>,
}

fn answered<T, E: From<Error>>(answer: Result<Result<T, E>, tokio::sync::oneshot::error::RecvError>) -> Result<T, E> {
    answer.unwrap_or_else(|_| Err(E::from(Error::Unavailable("the store is closing".to_owned()))))
}
