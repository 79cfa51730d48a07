//! Tests of a SQLite database that is missing, moved, foreign, damaged or half upgraded.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use chrono::{DateTime, Utc};
use rusqlite::Connection;
use std::fs;
use std::path::PathBuf;
use store::{DatabaseLocation, Error, Store, throttles};
use tempfile::TempDir;

struct Installation {
    folder: TempDir,
}

impl Installation {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn open(&self) -> Result<Store, Error> {
        Store::open(&DatabaseLocation::File(self.path("test.db")))
    }

    fn refused(&self) -> String {
        match self.open() {
            Ok(_) => panic!("the database was opened"),
            Err(refused) => refused.to_string(),
        }
    }
}

fn noon() -> DateTime<Utc> {
    "2026-11-28T12:00:00Z".parse().unwrap()
}

fn write(store: &Store, misses: i64) -> Result<(), Error> {
    store.write_now(move |tx| throttles::set(tx, "key", misses, noon()))
}

#[test]
fn a_file_that_is_removed_replaced_or_emptied_while_it_is_open_takes_no_more_changes() {
    type Damage = fn(&Installation);
    let damages: [(Damage, &str); 3] = [
        (|at| fs::remove_file(at.path("test.db")).unwrap(), "was removed"),
        (
            |at| {
                fs::copy(at.path("test.db"), at.path("copy")).unwrap();
                fs::rename(at.path("copy"), at.path("test.db")).unwrap();
            },
            "was replaced",
        ),
        (|at| fs::File::options().write(true).open(at.path("test.db")).unwrap().set_len(0).unwrap(), "was emptied"),
    ];
    for (damage, word) in damages {
        let installation = Installation::new();
        let store = installation.open().unwrap();
        write(&store, 1).unwrap();
        store.check().unwrap();
        damage(&installation);
        for result in [write(&store, 2), store.check()] {
            assert!(matches!(&result, Err(Error::Unavailable(why)) if why.contains(word)), "{result:?}");
        }
    }
}

#[test]
fn a_file_that_is_removed_during_a_transaction_is_not_committed_to() {
    let installation = Installation::new();
    let (store, path) = (installation.open().unwrap(), installation.path("test.db"));
    let done = store.write_now(move |tx| {
        throttles::set(tx, "key", 1, noon())?;
        fs::remove_file(&path).unwrap();
        Ok::<_, Error>(())
    });
    assert!(matches!(&done, Err(Error::Unavailable(why)) if why.contains("was removed")), "{done:?}");
}

#[test]
fn a_file_that_comes_back_is_used_again() {
    let installation = Installation::new();
    let store = installation.open().unwrap();
    fs::rename(installation.path("test.db"), installation.path("away")).unwrap();
    assert!(write(&store, 1).is_err());
    fs::rename(installation.path("away"), installation.path("test.db")).unwrap();
    write(&store, 1).unwrap();
}

#[test]
fn a_file_of_another_program_is_refused_and_stays_as_it_is() {
    let installation = Installation::new();
    Connection::open(installation.path("test.db")).unwrap().execute_batch("CREATE TABLE theirs (a)").unwrap();
    let before = fs::read(installation.path("test.db")).unwrap();
    assert!(installation.refused().contains("is a database of another program"));
    fs::write(installation.path("test.db"), "some text that is no database at all").unwrap();
    assert!(installation.refused().contains("is not a SQLite database"));
    assert_eq!(fs::read(installation.path("test.db")).unwrap(), b"some text that is no database at all");
    fs::write(installation.path("test.db"), before).unwrap();
    assert!(installation.refused().contains("is a database of another program"));
    // A file with the header of another program, which also keeps its migrations under this name.
    let marked = "CREATE TABLE refinery_schema_history (version); PRAGMA application_id = 7";
    Connection::open(installation.path("test.db")).unwrap().execute_batch(marked).unwrap();
    assert!(installation.refused().contains("is a database of another program"));
}

#[test]
fn a_write_ahead_log_without_its_database_is_not_deleted() {
    let installation = Installation::new();
    fs::write(installation.path("test.db-wal"), "changes").unwrap();
    for missing_or_empty in [false, true] {
        if missing_or_empty {
            fs::write(installation.path("test.db"), "").unwrap();
        }
        assert!(installation.refused().contains("its write-ahead log"));
        assert_eq!(fs::read(installation.path("test.db-wal")).unwrap(), b"changes");
    }
}

#[test]
fn a_database_is_new_only_while_it_has_no_tables_and_asking_creates_nothing() {
    let installation = Installation::new();
    let place = DatabaseLocation::File(installation.path("test.db"));
    assert!(Store::is_new(&place).unwrap());
    assert!(!installation.path("test.db").exists());
    drop(installation.open().unwrap());
    assert!(!Store::is_new(&place).unwrap());
    let id: i32 = Connection::open(installation.path("test.db"))
        .unwrap()
        .query_row("PRAGMA application_id", [], |row| row.get(0))
        .unwrap();
    assert_eq!(id.to_be_bytes(), *b"EMTH");
}

/// Turns the database back to its state before the last migrations.
fn downgrade(installation: &Installation) {
    let undo = "DELETE FROM refinery_schema_history WHERE version >= 16; DROP INDEX offerings_with_exception;
                DROP TABLE state_hashes; DROP INDEX set_forms_by_offering; DROP INDEX openings_by_offering; DROP INDEX orgs_university;
                ALTER TABLE drafts DROP COLUMN version;
         DROP TABLE extension_requests; DROP TABLE phrases;
         ALTER TABLE terms DROP COLUMN escalate_after;
                PRAGMA application_id = 0";
    Connection::open(installation.path("test.db")).unwrap().execute_batch(undo).unwrap();
}

#[test]
fn an_upgrade_leaves_a_copy_of_the_database_as_it_was_before() {
    let installation = Installation::new();
    write(&installation.open().unwrap(), 5).unwrap();
    downgrade(&installation);
    drop(installation.open().unwrap());
    let copy = Connection::open(installation.path("test.db-before-upgrade-from-15")).unwrap();
    let version: i64 =
        copy.query_row("SELECT MAX(version) FROM refinery_schema_history", [], |row| row.get(0)).unwrap();
    let misses: i64 = copy.query_row("SELECT misses FROM throttles", [], |row| row.get(0)).unwrap();
    assert_eq!((version, misses), (15, 5));
}

#[test]
fn an_upgrade_for_which_there_is_no_room_changes_nothing_and_succeeds_later() {
    let installation = Installation::new();
    write(&installation.open().unwrap(), 5).unwrap();
    downgrade(&installation);
    // A folder in the place of the copy stands for a disk without room for it.
    fs::create_dir(installation.path("test.db-copy")).unwrap();
    assert!(installation.refused().contains("no copy could be made"));
    fs::remove_dir(installation.path("test.db-copy")).unwrap();
    drop(installation.open().unwrap());
}

#[test]
fn programs_that_start_at_the_same_time_on_an_empty_database_all_come_up() {
    for _ in 0..5 {
        let installation = Installation::new();
        std::thread::scope(|scope| {
            let starts: Vec<_> = (0..4).map(|_| scope.spawn(|| installation.open().map(drop))).collect();
            for start in starts {
                start.join().unwrap().unwrap();
            }
        });
    }
}
