//! Tests that no acknowledged write to the database is lost if the writing process is killed at a random time, and that
//! a full disk is reported as an error.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use chrono::{DateTime, Utc};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use store::Durability;
use store::{DatabaseLocation, Error, Store, throttles};
use testkit::engine::Engine;

/// The environment variable that gives the database location to a child process, which writes until it is killed.
const CHILD: &str = "EMTIHAN_TEST_CRASH_PLACE";

fn noon() -> DateTime<Utc> {
    "2026-09-15T07:00:00Z".parse().unwrap()
}

/// Runs in the child process that is killed; this is not a separate test. Each printed number was acknowledged as
/// durable.
#[test]
#[expect(clippy::print_stdout, reason = "tells the parent what was acknowledged")]
fn child_that_writes_until_it_is_killed() {
    let Some(place) = std::env::var_os(CHILD) else { return };
    let place: DatabaseLocation = place.to_str().unwrap().parse().unwrap();
    let store = Store::open(&place).unwrap();
    let hands: Vec<_> = (0..4)
        .map(|hand| {
            let store = store.clone();
            std::thread::spawn(move || {
                for number in (hand..1_000_000).step_by(4) {
                    // The transaction writes two rows: both must be stored, or neither.
                    let done = store.write_now(move |tx| {
                        throttles::set(tx, &format!("a{number}"), number, noon())?;
                        throttles::set(tx, &format!("b{number}"), number, noon())
                    });
                    if done.is_ok() {
                        println!("acknowledged {number}");
                    }
                }
            })
        })
        .collect();
    for hand in hands {
        hand.join().unwrap();
    }
}

fn told(place: &DatabaseLocation) -> String {
    match place {
        DatabaseLocation::File(path) => path.display().to_string(),
        DatabaseLocation::Address(address) => address.clone(),
    }
}

/// Runs a child process, kills it after this number of acknowledgements, and returns the acknowledged numbers.
fn killed_after(place: &DatabaseLocation, lines: usize) -> Vec<i64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["child_that_writes_until_it_is_killed", "--exact", "--nocapture"])
        .env(CHILD, told(place))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut heard = Vec::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok) {
        heard.extend(line.strip_prefix("acknowledged ").and_then(|number| number.parse::<i64>().ok()));
        if heard.len() == lines {
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    heard
}

fn has(store: &Store, key: String) -> bool {
    store.read_now(move |tx| Ok::<_, Error>(throttles::find(tx, &key)?.is_some())).unwrap()
}

fn survives(place: &DatabaseLocation, rounds: usize) {
    for round in 1..=rounds {
        let heard = killed_after(place, 7 * round);
        assert!(heard.len() >= 7 * round);
        let store = Store::open(place).unwrap();
        for number in &heard {
            assert!(has(&store, format!("a{number}")) && has(&store, format!("b{number}")), "lost {number}");
        }
        for number in 0..2000 {
            let halves = (has(&store, format!("a{number}")), has(&store, format!("b{number}")));
            assert!(halves.0 == halves.1, "half of {number} is there");
        }
    }
}

#[test]
fn a_killed_writer_loses_nothing_acknowledged_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    survives(&Engine::Sqlite.place(&folder), 8);
}

#[test]
fn a_killed_writer_loses_nothing_acknowledged_on_postgres() {
    let folder = tempfile::tempdir().unwrap();
    survives(&Engine::Postgres.place(&folder), 4);
}

#[test]
fn a_full_disk_is_unavailable_and_what_was_kept_before_is_still_there() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_with(&Engine::Sqlite.place(&folder), Durability::Full).unwrap();
    let limit = |sql: &'static str| store.write_now(move |tx| tx.rows(sql, &[], |row| row.next::<i64>())).unwrap();
    limit("PRAGMA max_page_count = 1");
    let mut kept = 0_i64;
    let full = loop {
        let key = format!("{kept}{}", "x".repeat(2000));
        match store.write_now(move |tx| throttles::set(tx, &key, 1, noon())) {
            Ok(()) => kept += 1,
            Err(error) => break error,
        }
        assert!(kept < 10_000, "the disk never filled");
    };
    assert!(matches!(full, Error::Unavailable(_)), "{full}");
    limit("PRAGMA max_page_count = 100000");
    store.write_now(|tx| throttles::set(tx, "after", 1, noon())).unwrap();
    assert!(has(&store, "after".into()) && (kept == 0 || has(&store, format!("0{}", "x".repeat(2000)))));
}

#[test]
fn a_database_that_is_not_there_is_said_to_be_unavailable() {
    let gone = DatabaseLocation::Address("postgres://nobody@127.0.0.1:1/nowhere".into());
    let store = Store::open_bare(&gone).unwrap();
    let answer = store.read_now(|tx| throttles::find(tx, "x"));
    assert!(matches!(answer, Err(Error::Unavailable(_))));
    assert!(Store::open(&DatabaseLocation::File(Path::new("/nowhere/at/all.db").to_owned())).is_err());
}
