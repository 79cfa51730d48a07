//! A new database for every test: a temporary SQLite file, or a schema of the private PostgreSQL cluster.

use std::sync::atomic::{AtomicU32, Ordering};
use store::Durability;
use store::{DatabaseLocation, Store};
use tempfile::TempDir;

/// A database engine that tests run on: SQLite or PostgreSQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

static COUNTER: AtomicU32 = AtomicU32::new(0);

/// The address of the private PostgreSQL cluster for tests, from an environment variable. A test that needs the cluster
/// fails without the variable.
pub fn cluster() -> String {
    #[expect(clippy::disallowed_methods, reason = "the test command tells where its cluster is by environment")]
    let address = std::env::var("EMTIHAN_TEST_POSTGRES");
    address.expect("EMTIHAN_TEST_POSTGRES is not set: `cargo xtask test` starts PostgreSQL, `cargo xtask postgres` too")
}

impl Engine {
    /// The location of a new test database; a SQLite file is in `folder` and is removed with that folder.
    pub fn place(self, folder: &TempDir) -> DatabaseLocation {
        match self {
            Self::Sqlite => DatabaseLocation::File(folder.path().join("test.db")),
            Self::Postgres => DatabaseLocation::Address(with_schema(&new_schema())),
        }
    }

    /// Opens a store on a new test database.
    pub fn open(self, folder: &TempDir) -> Store {
        Store::open_with(&self.place(folder), Durability::None).unwrap()
    }
}

fn new_schema() -> String {
    let number = COUNTER.fetch_add(1, Ordering::Relaxed);
    let schema = format!("test_{}_{number}", std::process::id());
    let statement: &'static str = Box::leak(format!("CREATE SCHEMA {schema}").into_boxed_str());
    let base = Store::open_bare(&DatabaseLocation::Address(cluster())).unwrap();
    base.write_now(move |tx| tx.change(statement, &[])).unwrap();
    schema
}

fn with_schema(schema: &str) -> String {
    format!("{}?options=-c%20search_path%3D{schema}", cluster())
}
