//! The SQLite engine: one thread for database jobs that write, and a few threads for database jobs
//! that read much. Short reads run on the thread of their caller.
//!
//! The writing thread takes all queued jobs, runs each job in a separate savepoint and commits all
//! of them together. No job is answered before the commit, and a failed job rolls back only its own
//! changes.

use crate::database::Durability;
use crate::database_file::OpenFile;
use crate::job::Job;
use crate::short_reads::{ShortReads, read, run};
use crate::threads::Threads;
use crate::{Error, Result, Tx, dialect};
use crossbeam_channel::{Receiver, Sender, unbounded};
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};

/// The maximum number of database jobs in one commit.
const GROUP: usize = 128;
/// The number of threads for reads that are long, such as reports.
const READERS: usize = 3;
/// The number of connections for short reads, which run on the threads of the web server.
const SHORT_READERS: usize = 8;

pub(crate) struct SqliteEngine {
    reads: Option<Sender<Box<dyn Job>>>,
    writes: Option<Sender<Box<dyn Job>>>,
    short: ShortReads,
    writer: Threads,
    readers: Threads,
    path: PathBuf,
}

impl SqliteEngine {
    pub(crate) fn open(path: &Path, durability: Durability) -> Result<Self> {
        let (writes, queue) = unbounded();
        let mut connection = connect(path, durability, false)?;
        let file = OpenFile::of(path)?;
        let mut engine = Self::open_read_only(path)?;
        engine.writer.spawn("store-writer", move || write_in_groups(&mut connection, &file, &queue))?;
        engine.writes = Some(writes);
        Ok(engine)
    }

    /// Opens a database without a thread that writes. Jobs that write are refused.
    pub(crate) fn open_read_only(path: &Path) -> Result<Self> {
        let readers = Threads::new();
        let (reads, queue) = unbounded();
        for _ in 0..READERS {
            let reader = connect(path, Durability::Full, true)?;
            let queue = queue.clone();
            readers.spawn("store-reader", move || read_one_by_one(&reader, &queue))?;
        }
        let short = (0..SHORT_READERS).map(|_| connect(path, Durability::Full, true)).collect::<Result<_>>()?;
        let (reads, short) = (Some(reads), ShortReads::new(short)?);
        Ok(Self { reads, writes: None, short, writer: Threads::new(), readers, path: path.to_owned() })
    }

    /// Moves the write-ahead log into the database file, as [`crate::Store::empty_write_ahead_log`] says.
    pub(crate) fn empty_write_ahead_log(&self) -> Result<()> {
        let connection = connect(&self.path, Durability::Full, false)?;
        let is_busy: bool = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if is_busy { Err(Error::Unavailable("the database is being read".to_owned())) } else { Ok(()) }
    }

    /// Takes a database job. A short read is answered before this function returns; any other job is
    /// queued for the threads of the engine.
    pub(crate) fn take(&self, mut job: Box<dyn Job>, writes: bool) {
        if !writes {
            match self.short.try_run(job) {
                None => return,
                Some(long) => job = long,
            }
        }
        let Some(queue) = (if writes { &self.writes } else { &self.reads }) else {
            return job.answer(Err(Error::Unavailable("the database was opened only for reading".to_owned())));
        };
        if let Err(refused) = queue.send(job) {
            refused.0.answer(Err(Error::Unavailable("the store is closing".to_owned())));
        }
    }
}

impl Drop for SqliteEngine {
    /// Finishes the queued database jobs, then closes the database connections. The connection that
    /// writes is closed last: it moves the write-ahead log into the database file and removes it,
    /// which connections that only read cannot do.
    fn drop(&mut self) {
        self.reads.take();
        self.readers.wait();
        self.short.close();
        self.writes.take();
        self.writer.wait();
    }
}

fn connect(path: &Path, durability: Durability, read_only: bool) -> Result<Connection> {
    let flags = if read_only { OpenFlags::SQLITE_OPEN_READ_ONLY } else { OpenFlags::SQLITE_OPEN_READ_WRITE };
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    dialect::prepare_sqlite(&connection, durability)?;
    Ok(connection)
}

fn read_one_by_one(connection: &Connection, queue: &Receiver<Box<dyn Job>>) {
    for mut job in queue {
        if job.begin() {
            let kept = read(connection, job.as_mut());
            job.answer(kept);
        }
    }
}

fn write_in_groups(connection: &mut Connection, file: &OpenFile, queue: &Receiver<Box<dyn Job>>) {
    while let Ok(first) = queue.recv() {
        let waiting = std::iter::once(first).chain(queue.try_iter().take(GROUP - 1));
        let mut group: Vec<_> = waiting.filter(|job| job.begin()).collect();
        let committed = run_group(connection, file, &mut group);
        if committed.is_err() && !connection.is_autocommit() {
            drop(run(connection, "ROLLBACK"));
        }
        for job in group {
            job.answer(committed.as_ref().map(|&()| ()).map_err(same_for_all));
        }
    }
}

/// Returns the error with which every database job of a failed commit is answered.
fn same_for_all(error: &Error) -> Error {
    match error {
        Error::Broken(why) => Error::Broken(why.clone()),
        Error::Unavailable(why) => Error::Unavailable(why.clone()),
        other => Error::Unavailable(other.to_string()),
    }
}

fn run_group(connection: &Connection, file: &OpenFile, group: &mut [Box<dyn Job>]) -> Result<()> {
    file.check()?;
    run(connection, "BEGIN IMMEDIATE")?;
    for job in group {
        run(connection, "SAVEPOINT piece")?;
        let wanted = job.run(&mut Tx::embedded(connection));
        // If the disk is full or fails, SQLite rolls back the whole transaction, and not only the
        // changes of the current job. The changes of the earlier jobs are then lost as well, so all
        // jobs of the group fail.
        if connection.is_autocommit() {
            return Err(Error::Unavailable("the transaction was lost".to_owned()));
        }
        if !wanted {
            run(connection, "ROLLBACK TO piece")?;
        }
        run(connection, "RELEASE piece")?;
    }
    // SQLite would commit into a file that was removed or replaced meanwhile.
    file.check()?;
    run(connection, "COMMIT")
}
