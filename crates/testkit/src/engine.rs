//! Creates a new database for every test: a temporary SQLite file, or a schema in the PostgreSQL
//! server that the tests use.

use std::mem::ManuallyDrop;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use store::Durability;
use store::scratch::{ScratchSchema, change};
use store::{DatabaseLocation, Store};
use tempfile::TempDir;

/// The database engine on which a test runs: SQLite or PostgreSQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

static COUNTER: AtomicU32 = AtomicU32::new(0);

/// Returns the address of the PostgreSQL server for tests, from the environment variable
/// `EMTIHAN_TEST_POSTGRES`. A test that needs PostgreSQL fails if the variable is not set.
pub fn cluster() -> String {
    #[expect(clippy::disallowed_methods, reason = "the test command tells where its cluster is by environment")]
    let address = std::env::var("EMTIHAN_TEST_POSTGRES");
    address.expect("EMTIHAN_TEST_POSTGRES is not set: `cargo xtask test` starts PostgreSQL, `cargo xtask postgres` too")
}

impl Engine {
    /// Returns the location of a new test database. A SQLite file is created in `folder` and is
    /// removed together with that folder.
    pub fn place(self, folder: &TempDir) -> DatabaseLocation {
        match self {
            Self::Sqlite => DatabaseLocation::File(folder.path().join("test.db")),
            Self::Postgres => new_schema(),
        }
    }

    /// Opens a new test database, with the tables of the application in it.
    pub fn open(self, folder: &TempDir) -> Store {
        Store::open_with(&self.place(folder), Durability::None).unwrap()
    }
}

/// Creates a schema for one test. It is not removed, because the test server is thrown away as a whole.
fn new_schema() -> DatabaseLocation {
    let number = COUNTER.fetch_add(1, Ordering::Relaxed);
    let schema = ScratchSchema::create(&cluster(), format!("test_{}_{number}", std::process::id())).unwrap();
    ManuallyDrop::new(schema).location()
}

/// Crashes the PostgreSQL server of the tests: a process of it is killed, so that it ends all connections at once and
/// recovers from its log. Returns when it accepts connections again.
pub fn crash_postgres() {
    let server = DatabaseLocation::Address(cluster());
    // Recovery empties a table that is not in the log, which shows that the server has crashed and is back.
    let marked = "CREATE UNLOGGED TABLE IF NOT EXISTS crash_marker (n INT); INSERT INTO crash_marker VALUES (1)";
    change(&server, marked).unwrap();
    let crashed = change(&server, "COPY (SELECT 1) TO PROGRAM 'kill -9 $PPID'");
    assert!(crashed.is_err(), "the server is still there");
    let began = Instant::now();
    while change(&server, "SELECT 1 / (COUNT(*) = 0)::INT FROM crash_marker").is_err() {
        assert!(began.elapsed() < Duration::from_mins(1), "the server did not recover");
        thread::park_timeout(Duration::from_millis(20));
    }
}

/// Stops all processes of the PostgreSQL server of the tests for so many seconds, so that nobody gets an answer from it.
/// Returns when they are stopped. The script reads the parent of each process from its file `stat`, and its input to the
/// end, because the server writes a row to it.
pub fn hang_postgres(seconds: u64) {
    let script = format!(
        r#"P=$(cut -d" " -f4 /proc/$PPID/stat);
        each() {{
            kill -$1 $P;
            for s in /proc/[0-9]*/stat; do
                [ "$(cut -d" " -f4 $s 2>/dev/null)" = $P ] && kill -$1 $(cut -d" " -f1 $s);
            done;
        }};
        (sleep 0.3; each STOP; sleep {seconds}; each CONT) </dev/null >/dev/null 2>&1 &
        cat >/dev/null"#
    );
    change(&DatabaseLocation::Address(cluster()), &format!("COPY (SELECT 1) TO PROGRAM '{script}'")).unwrap();
    thread::park_timeout(Duration::from_millis(800));
}

/// Waits until the PostgreSQL server of the tests answers, after [`hang_postgres`].
pub fn wait_for_postgres() {
    let began = Instant::now();
    while change(&DatabaseLocation::Address(cluster()), "SELECT 1").is_err() {
        assert!(began.elapsed() < Duration::from_mins(1), "the server hangs");
        thread::park_timeout(Duration::from_millis(20));
    }
}
