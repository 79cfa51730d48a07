//! The PostgreSQL engine: a fixed number of threads. Each thread owns one database connection and
//! the SQL statements that are prepared on that connection.

use crate::job::Job;
use crate::threads::Threads;
use crate::tx::Prepared;
use crate::{Error, Result, Tx};
use postgres::{Client, IsolationLevel};
use queue::{JobQueue, QueuedJob};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

pub(crate) mod connection;
mod queue;

pub(crate) use connection::Connector;

const CONNECTIONS: usize = 8;
/// The maximum number of attempts to run a write transaction that conflicts with other
/// transactions, which means that they use the same data at the same time.
const TRIES: u32 = 12;
/// The pause before the second attempt. It doubles with each further attempt.
const SHORTEST_PAUSE: Duration = Duration::from_micros(500);
const LONGEST_PAUSE: Duration = Duration::from_millis(200);
/// The number of attempts to look up a commit whose answer was lost, and the pause between two attempts.
const LOOK_UPS: u32 = 10;
const LOOK_UP_PAUSE: Duration = Duration::from_millis(300);

pub(crate) struct PostgresEngine {
    queue: Arc<JobQueue>,
    threads: Threads,
}

impl PostgresEngine {
    pub(crate) fn open(address: &str) -> Result<Self> {
        let connector = Connector::new(address)?;
        let (queue, threads) = (Arc::new(JobQueue::default()), Threads::new());
        for _ in 0..CONNECTIONS {
            let mut worker = Worker { connector: connector.clone(), queue: Arc::clone(&queue), connection: None };
            threads.spawn("store-server", move || worker.work())?;
        }
        Ok(Self { queue, threads })
    }

    pub(crate) fn take(&self, job: Box<dyn Job>, writes: bool) {
        if let Err(refused) = self.queue.add(QueuedJob { job, writes }) {
            refused.job.answer(Err(Error::Unavailable("the store is closing".to_owned())));
        }
    }
}

impl Drop for PostgresEngine {
    fn drop(&mut self) {
        self.queue.close();
        self.threads.wait();
    }
}

/// A PostgreSQL connection and the SQL statements prepared on it.
struct PreparedConnection {
    client: Client,
    prepared: Prepared,
}

/// A thread of the engine, with its connection.
struct Worker {
    connector: Connector,
    queue: Arc<JobQueue>,
    connection: Option<PreparedConnection>,
}

/// The reasons for which a transaction failed.
enum Failed {
    /// Nothing was stored.
    Nothing(Error),
    /// Nothing was stored, because other transactions used the same data at the same time.
    Collided,
    /// The connection was lost while the transaction with this number was committed, so that it is not
    /// known whether it was stored.
    Commit { transaction: String },
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        if matches!(error, Error::Again) { Self::Collided } else { Self::Nothing(error) }
    }
}

impl Worker {
    fn work(&mut self) {
        while let Some(queued) = self.queue.next() {
            if let Err(error) = self.connect() {
                match self.queue.requeue(queued) {
                    Ok(()) => wait(LONGEST_PAUSE),
                    Err(alone) => alone.job.answer(Err(error)),
                }
                continue;
            }
            if !queued.job.begin() {
                continue;
            }
            let mut job = Some(queued.job);
            let kept = self.run_on_living_connection(&mut job, queued.writes);
            if let Some(job) = job {
                job.answer(kept);
            }
        }
        self.disconnect();
    }

    fn connect(&mut self) -> Result<()> {
        if self.connection.as_ref().is_some_and(|connection| !connection.client.is_closed()) {
            return Ok(());
        }
        self.disconnect();
        let client = self.queue.counting_connection(|| self.connector.connect())?;
        self.connection = Some(PreparedConnection { client, prepared: Prepared::new() });
        Ok(())
    }

    fn disconnect(&mut self) {
        if self.connection.take().is_some() {
            self.queue.disconnected();
        }
    }

    /// Runs a job, once more on a new connection if the server has closed the connection before the
    /// job was committed. Takes the job if it was answered already.
    fn run_on_living_connection(&mut self, job: &mut Option<Box<dyn Job>>, writes: bool) -> Result<()> {
        for is_last in [false, true] {
            self.connect()?;
            match self.run(job, writes) {
                Ok(()) => return Ok(()),
                Err(Failed::Commit { transaction }) => return self.look_up(&transaction),
                Err(Failed::Nothing(error)) => {
                    // An error of this kind means that the server has closed the connection, or will.
                    let is_lost = matches!(error, Error::Unavailable(_));
                    if is_lost {
                        self.disconnect();
                    }
                    if is_last || !is_lost || job.is_none() {
                        return Err(error);
                    }
                }
                Err(Failed::Collided) => return Err(Error::Unavailable("too many writers at once".to_owned())),
            }
        }
        Err(Error::Unavailable("no connection".to_owned()))
    }

    /// Runs a database job, again if it conflicts with other transactions.
    fn run(&mut self, job: &mut Option<Box<dyn Job>>, writes: bool) -> Result<(), Failed> {
        let connection = self.connection.as_mut().ok_or_else(|| Error::Unavailable("no connection".to_owned()))?;
        for attempt in 1..TRIES {
            match run_once(connection, job, writes) {
                Err(Failed::Collided) => pause(attempt),
                other => return other,
            }
        }
        run_once(connection, job, writes)
    }

    /// Finds whether a transaction was committed whose connection was lost meanwhile.
    fn look_up(&mut self, transaction: &str) -> Result<()> {
        for _ in 0..LOOK_UPS {
            self.disconnect();
            if self.connect().is_ok()
                && let Some(connection) = &mut self.connection
            {
                let found = connection.client.query_one("SELECT pg_xact_status($1::text::xid8)", &[&transaction]);
                match found.ok().and_then(|row| row.get::<_, Option<String>>(0)).as_deref() {
                    Some("committed") => return Ok(()),
                    Some("aborted") => return Err(Error::Unavailable("the transaction was aborted".to_owned())),
                    _ => {}
                }
            }
            wait(LOOK_UP_PAUSE);
        }
        Err(Error::Unconfirmed)
    }
}

fn run_once(connection: &mut PreparedConnection, job: &mut Option<Box<dyn Job>>, writes: bool) -> Result<(), Failed> {
    let level = if writes { IsolationLevel::Serializable } else { IsolationLevel::RepeatableRead };
    let transaction = connection.client.build_transaction().isolation_level(level).read_only(!writes).start();
    let mut tx = Tx::server(transaction.map_err(Error::from)?, &mut connection.prepared);
    let wanted = job.as_mut().is_some_and(|job| job.run(&mut tx));
    match (wanted, tx.collided(), tx.failed()) {
        (_, true, _) => Err(Failed::Collided),
        (true, _, true) => Err(Error::Broken("a failed statement was ignored".to_owned()).into()),
        (true, ..) if writes => commit(tx),
        // The job is repeated if it failed because the connection was lost.
        (false, ..) if tx.is_disconnected() => Err(Error::Unavailable("the connection was lost".to_owned()).into()),
        _ => {
            // Nothing is committed, so the caller does not wait for the end of the transaction.
            if let Some(job) = job.take() {
                job.answer(Ok(()));
            }
            Ok(())
        }
    }
}

/// Commits a transaction. Asks for its number first, under which it can be looked up if the answer to
/// the commit is lost.
fn commit(mut tx: Tx<'_>) -> Result<(), Failed> {
    let transaction = tx.number()?;
    match tx.commit() {
        Err(Error::Unavailable(why)) => match transaction {
            Some(transaction) => Err(Failed::Commit { transaction }),
            None => Err(Error::Unavailable(why).into()),
        },
        other => Ok(other?),
    }
}

/// Waits before a transaction that conflicted with another transaction runs again. The wait grows
/// with each attempt and has a random part, so that two conflicting transactions do not run again
/// at the same time.
fn pause(attempt: u32) {
    let longest = LONGEST_PAUSE.min(SHORTEST_PAUSE * 2_u32.saturating_pow(attempt));
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    wait(longest / 2 + longest.mul_f64(f64::from(now.subsec_nanos() % 1_000) / 2_000.0));
}

#[expect(
    clippy::disallowed_methods,
    reason = "a writer that ran into another one, or finds no server, must wait; nothing else is on this thread"
)]
fn wait(time: Duration) {
    std::thread::sleep(time);
}
