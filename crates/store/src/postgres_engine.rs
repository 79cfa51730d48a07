//! The PostgreSQL engine: a fixed number of threads. Each thread owns one database connection and
//! the SQL statements that are prepared on that connection.

use crate::job::Job;
use crate::tx::Prepared;
use crate::{Error, Result, Tx};
use crossbeam_channel::{Receiver, Sender, unbounded};
use postgres::{Client, Config, IsolationLevel, NoTls};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime};

const CONNECTIONS: usize = 8;
/// The maximum number of attempts to run a write transaction that conflicts with other
/// transactions, which means that they use the same data at the same time.
const TRIES: u32 = 6;

/// A database job that waits for a free PostgreSQL connection.
struct QueuedJob {
    job: Box<dyn Job>,
    /// Whether the database job is allowed to write; jobs that only read run in a read-only
    /// transaction.
    writes: bool,
}

pub(crate) struct PostgresEngine {
    queue: Option<Sender<QueuedJob>>,
    threads: Vec<JoinHandle<()>>,
}

impl PostgresEngine {
    pub(crate) fn open(address: &str) -> Result<Self> {
        let config = configure(address)?;
        let (queue, jobs) = unbounded();
        let mut threads = Vec::new();
        for _ in 0..CONNECTIONS {
            let (config, jobs) = (config.clone(), jobs.clone());
            let thread = std::thread::Builder::new().name("store-server".to_owned());
            let started = thread.spawn(move || work(&config, &jobs));
            threads.push(started.map_err(|error| Error::Unavailable(error.to_string()))?);
        }
        Ok(Self { queue: Some(queue), threads })
    }

    pub(crate) fn take(&self, job: Box<dyn Job>, writes: bool) {
        if let Some(Err(refused)) = self.queue.as_ref().map(|queue| queue.send(QueuedJob { job, writes })) {
            refused.0.job.answer(Err(Error::Unavailable("the store is closing".to_owned())));
        }
    }
}

impl Drop for PostgresEngine {
    fn drop(&mut self) {
        self.queue.take();
        for thread in self.threads.drain(..) {
            drop(thread.join());
        }
    }
}

/// Parses the URL of the PostgreSQL database and adds the settings that every connection needs.
pub(crate) fn configure(address: &str) -> Result<Config> {
    let mut config: Config = address.parse().map_err(|error: postgres::Error| Error::Broken(error.to_string()))?;
    config.application_name("emtihan").connect_timeout(Duration::from_secs(5));
    Ok(config)
}

/// A PostgreSQL connection and the SQL statements prepared on it.
struct PreparedConnection {
    client: Client,
    prepared: Prepared,
}

fn work(config: &Config, jobs: &Receiver<QueuedJob>) {
    let mut connection: Option<PreparedConnection> = None;
    for QueuedJob { job, writes } in jobs {
        let mut job = Some(job);
        let kept = connected(&mut connection, config).and_then(|connection| run(connection, &mut job, writes));
        if matches!(kept, Err(Error::Unavailable(_))) {
            connection = None;
        }
        if let Some(job) = job {
            job.answer(kept);
        }
    }
}

fn connected<'c>(
    connection: &'c mut Option<PreparedConnection>,
    config: &Config,
) -> Result<&'c mut PreparedConnection> {
    if connection.as_ref().is_none_or(|connection| connection.client.is_closed()) {
        *connection = Some(PreparedConnection { client: connect(config)?, prepared: Prepared::new() });
    }
    connection.as_mut().ok_or_else(|| Error::Unavailable("no connection".to_owned()))
}

/// Opens one connection to the PostgreSQL server and sets its session parameters.
pub(crate) fn connect(config: &Config) -> Result<Client> {
    let mut client = config.connect(NoTls)?;
    // Measurements have shown that with the default value of `random_page_cost`, PostgreSQL joins
    // small reference tables by hash joins that read whole tables. The lower value makes PostgreSQL
    // prefer indexes.
    client
        .batch_execute("SET random_page_cost = 1.1; SET plan_cache_mode = force_generic_plan; SET TIME ZONE 'UTC'")?;
    Ok(client)
}

/// Runs a database job, again if it conflicts with other transactions. Takes the job if it was
/// answered already.
fn run(connection: &mut PreparedConnection, job: &mut Option<Box<dyn Job>>, writes: bool) -> Result<()> {
    for attempt in 1..=TRIES {
        match run_once(connection, job, writes) {
            Err(Error::Again) if attempt < TRIES => pause(attempt),
            Err(Error::Again) => return Err(Error::Unavailable("too many writers at once".to_owned())),
            other => return other,
        }
    }
    Err(Error::Unavailable("too many writers at once".to_owned()))
}

fn run_once(connection: &mut PreparedConnection, job: &mut Option<Box<dyn Job>>, writes: bool) -> Result<()> {
    let level = if writes { IsolationLevel::Serializable } else { IsolationLevel::RepeatableRead };
    let transaction = connection.client.build_transaction().isolation_level(level).read_only(!writes).start()?;
    let mut tx = Tx::server(transaction, &mut connection.prepared);
    let wanted = job.as_mut().is_some_and(|job| job.run(&mut tx));
    match (wanted, tx.collided(), tx.failed()) {
        (_, true, _) => Err(Error::Again),
        (true, _, true) => Err(Error::Broken("a failed statement was ignored".to_owned())),
        (true, ..) if writes => tx.commit(),
        _ => {
            // Nothing is committed, so the caller does not wait for the end of the transaction.
            if let Some(job) = job.take() {
                job.answer(Ok(()));
            }
            Ok(())
        }
    }
}

/// Waits before a transaction that conflicted with another transaction runs again. The wait grows
/// with each attempt and has a random part, so that two conflicting transactions do not run again
/// at the same time.
#[expect(
    clippy::disallowed_methods,
    reason = "a writer that ran into another one must wait; nothing else is on this thread"
)]
fn pause(attempt: u32) {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    std::thread::sleep(Duration::from_micros(500 * u64::from(attempt) + u64::from(now.subsec_nanos()) % 2000));
}
