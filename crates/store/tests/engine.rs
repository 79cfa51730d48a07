//! Tests the guarantees of the database engines: a failed job rolls back only its own changes, a job is answered only
//! once it is durable, and a lost update is detected.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{DatabaseLocation, Error, Store, Tx, leases, throttles};
use testkit::both;
use testkit::engine::Engine;

fn noon() -> DateTime<Utc> {
    "2026-09-15T07:00:00Z".parse().unwrap()
}

fn misses(store: &Store, key: &'static str) -> Option<i64> {
    store.read_now(move |tx| Ok::<_, Error>(throttles::find(tx, key)?.map(|throttle| throttle.misses))).unwrap()
}

both! {
    fn a_refused_piece_takes_only_itself_back(world) {
        let store = world.app.store.clone();
        store.write_now(|tx| throttles::set(tx, "kept", 1, noon())).unwrap();
        let refused = store.write_now(|tx| {
            throttles::set(tx, "kept", 2, noon())?;
            Err::<(), _>(Error::Stale)
        });
        assert!(matches!(refused, Err(Error::Stale)));
        assert_eq!(misses(&store, "kept"), Some(1));
    }

    fn a_panic_is_a_failure_of_its_own_work_alone(world) {
        let store = world.app.store.clone();
        let broken = store.write_now(|tx| {
            throttles::set(tx, "gone", 1, noon())?;
            panic!("on purpose");
            #[expect(unreachable_code, reason = "gives the closure its type")]
            Ok::<(), Error>(())
        });
        assert!(matches!(broken, Err(Error::Broken(_))));
        assert_eq!(misses(&store, "gone"), None);
        store.write_now(|tx| throttles::set(tx, "after", 1, noon())).unwrap();
        assert_eq!(misses(&store, "after"), Some(1));
    }

    fn writers_who_read_first_never_lose_an_update(world) {
        let store = world.app.store.clone();
        store.write_now(|tx| throttles::set(tx, "counter", 0, noon())).unwrap();
        let hands: Vec<_> = (0..8)
            .map(|_| {
                let store = store.clone();
                std::thread::spawn(move || {
                    for _ in 0..10 {
                        while store.write_now(count).is_err() {}
                    }
                })
            })
            .collect();
        for hand in hands {
            hand.join().unwrap();
        }
        assert_eq!(misses(&store, "counter"), Some(80));
    }

    fn a_reader_sees_nothing_of_what_is_not_committed(world) {
        let store = world.app.store.clone();
        let other = store.clone();
        let seen = Arc::new(AtomicU32::new(9));
        let watched = Arc::clone(&seen);
        store
            .write_now(move |tx| {
                throttles::set(tx, "half", 1, noon())?;
                watched.store(u32::from(misses(&other, "half").is_some()), Ordering::SeqCst);
                Ok::<_, Error>(())
            })
            .unwrap();
        assert_eq!(seen.load(Ordering::SeqCst), 0);
        assert_eq!(misses(&store, "half"), Some(1));
    }

    fn a_lease_has_one_holder_until_it_runs_out(world) {
        let store = world.app.store.clone();
        let take = |who: &'static str, minutes: i64| {
            let now = noon() + TimeDelta::minutes(minutes);
            store.write_now(move |tx| leases::take(tx, "work", who, now, now + TimeDelta::minutes(20))).unwrap()
        };
        assert!(take("one", 0));
        assert!(!take("two", 10));
        assert!(take("one", 10));
        assert!(take("two", 31));
    }

    fn a_lease_of_a_process_whose_clock_was_ahead_does_not_count(world) {
        let store = world.app.store.clone();
        let take = |who: &'static str, minutes: i64| {
            let now = noon() + TimeDelta::minutes(minutes);
            store.write_now(move |tx| leases::take(tx, "work", who, now, now + TimeDelta::minutes(20))).unwrap()
        };
        assert!(take("a day ahead", 24 * 60));
        assert!(take("one", 0));
        assert!(!take("two", 1));
    }

    fn a_released_lease_is_free(world) {
        let store = world.app.store.clone();
        let take = |who: &'static str| {
            store.write_now(move |tx| leases::take(tx, "work", who, noon(), noon() + TimeDelta::minutes(20))).unwrap()
        };
        assert!(take("one"));
        assert_eq!(store.read_now(leases::holders).unwrap(), ["one"]);
        store.write_now(|tx| leases::release(tx, "one")).unwrap();
        assert!(take("two"));
    }
}

fn count(tx: &mut Tx<'_>) -> Result<(), Error> {
    let throttle = throttles::find(tx, "counter")?.ok_or(Error::Stale)?;
    throttles::set(tx, "counter", throttle.misses + 1, noon())
}

#[test]
fn the_file_alone_has_everything_once_the_write_ahead_log_is_empty() {
    let folder = tempfile::tempdir().unwrap();
    let (file, copy) = (folder.path().join("test.db"), folder.path().join("copy.db"));
    let store = Store::open(&DatabaseLocation::File(file.clone())).unwrap();
    store.write_now(|tx| throttles::set(tx, "kept", 7, noon())).unwrap();
    store.empty_write_ahead_log().unwrap();
    std::fs::copy(&file, &copy).unwrap();
    let copied = Store::open_bare(&DatabaseLocation::File(copy)).unwrap();
    assert_eq!(misses(&copied, "kept"), Some(7));
    store.write_now(|tx| throttles::set(tx, "last", 1, noon())).unwrap();
    drop(store);
    assert!(!folder.path().join("test.db-wal").exists());
}

#[test]
fn a_database_of_a_newer_program_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let place = engine.place(&folder);
        let store = Store::open(&place).unwrap();
        let newer = "INSERT INTO refinery_schema_history (version, name, applied_on, checksum)
                     VALUES (9999, 'from_the_future', '2030-01-01T00:00:00Z', '1')";
        store.write_now(move |tx| tx.change(newer, &[])).unwrap();
        drop(store);
        let Err(refused) = Store::open(&place) else { panic!("{engine:?} opened a newer database") };
        assert!(
            refused.to_string().contains("a newer version of Emtihan has used this database (schema 9999"),
            "{refused}"
        );
    }
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    std::fs::write(&path, "this is not a database, only a text that is long enough to have a header").unwrap();
    assert!(Store::open(&store::DatabaseLocation::File(path)).is_err());
}

/// Counts to a number for which SQLite needs far more operations than a short read may use.
const LONG_READ: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
                         SELECT count(*) FROM n";

/// The name of the running thread, and the number of a long read's runs so far.
fn long_read(store: &Store, runs: &Arc<AtomicU32>) -> (i64, String, u32) {
    let runs = Arc::clone(runs);
    let read = store.read_now(move |tx| {
        let run = runs.fetch_add(1, Ordering::Relaxed) + 1;
        let counted: Option<i64> = tx.row(LONG_READ, &[], |row| row.next())?;
        let thread = std::thread::current().name().unwrap_or_default().to_owned();
        Ok::<_, Error>((counted.unwrap_or_default(), thread, run))
    });
    read.unwrap()
}

#[test]
fn a_short_read_runs_on_the_callers_thread_and_a_long_one_on_a_thread_of_the_engine() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&store::DatabaseLocation::File(folder.path().join("short.db"))).unwrap();
    let short = store.read_now(|_| Ok::<_, Error>(std::thread::current().id())).unwrap();
    assert_eq!(short, std::thread::current().id());
    let runs = Arc::new(AtomicU32::new(0));
    // The first time, the read begins on the caller's thread, is interrupted, and begins again.
    assert_eq!(long_read(&store, &runs), (200_000, "store-reader".to_owned(), 2));
    // Later reads of this kind go to a thread of the engine at once.
    assert_eq!(long_read(&store, &runs), (200_000, "store-reader".to_owned(), 3));
    let short = store.read_now(|_| Ok::<_, Error>(std::thread::current().id())).unwrap();
    assert_eq!(short, std::thread::current().id());
}
