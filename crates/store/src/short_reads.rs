//! Short reads on SQLite, which run on the thread of their caller. A read that turns out to be long
//! is given back, so that it runs on a thread of the engine and does not hold up the web server.
//!
//! Handing a read over to another thread costs processor time: threads have to be woken, and memory is
//! freed by another thread than the one that allocated it.

use crate::job::Job;
use crate::{Error, Result, Tx};
use rusqlite::Connection;
use std::any::TypeId;
use std::collections::HashSet;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// The number of SQLite's operations between two checks whether a read is long.
const CHECKED_EVERY: i32 = 1_000;
/// The number of checks after which a read counts as long. 50,000 operations take a few milliseconds.
const CHECKS: u32 = 50;

/// Connections for short reads, and the kinds of reads that turned out to be long.
pub(crate) struct ShortReads {
    idle: Mutex<Vec<ReadConnection>>,
    /// The kinds of database jobs of which one was long. They are not tried here again.
    long: RwLock<HashSet<TypeId>>,
}

struct ReadConnection {
    connection: Connection,
    /// The checks that the running read has left.
    left: Arc<AtomicU32>,
}

impl ShortReads {
    pub(crate) fn new(connections: Vec<Connection>) -> Result<Self> {
        let idle = connections.into_iter().map(ReadConnection::new).collect::<Result<_>>()?;
        Ok(Self { idle: Mutex::new(idle), long: RwLock::default() })
    }

    /// Closes the connections.
    pub(crate) fn close(&mut self) {
        self.idle.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Runs a read on this thread and answers it. Returns the job if it has to run elsewhere: if jobs
    /// of its kind are long, or if no connection is free.
    pub(crate) fn try_run(&self, mut job: Box<dyn Job>) -> Option<Box<dyn Job>> {
        if self.long.read().unwrap_or_else(PoisonError::into_inner).contains(&job.kind()) {
            return Some(job);
        }
        let Some(reader) = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop() else { return Some(job) };
        reader.left.store(CHECKS, Ordering::Relaxed);
        let finished = read(&reader.connection, job.as_mut());
        let is_long = reader.left.load(Ordering::Relaxed) == 0;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
        if is_long {
            self.long.write().unwrap_or_else(PoisonError::into_inner).insert(job.kind());
            return Some(job);
        }
        job.answer(finished);
        None
    }
}

impl ReadConnection {
    fn new(mut connection: Connection) -> Result<Self> {
        let left = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&left);
        let interrupts = move || {
            let before =
                counted.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| Some(left.saturating_sub(1)));
            before.unwrap_or_else(|left| left) <= 1
        };
        connection.progress_handler(CHECKED_EVERY, Some(interrupts)).map_err(Error::from)?;
        Ok(Self { connection, left })
    }
}

/// Runs a database job in a transaction that only reads.
pub(crate) fn read(connection: &Connection, job: &mut dyn Job) -> Result<()> {
    let begun = run(connection, "BEGIN").map(|()| {
        job.run(&mut Tx::embedded(connection));
    });
    if !connection.is_autocommit() {
        drop(run(connection, "ROLLBACK"));
    }
    begun
}

/// Runs an SQL statement without parameters, which is parsed only the first time.
pub(crate) fn run(connection: &Connection, sql: &str) -> Result<()> {
    connection.prepare_cached(sql)?.execute([])?;
    Ok(())
}
