//! A clock that jumps forwards and backwards while people send choices.

use crate::installation::{Installation, app_of};
use crate::{moment, rounds};
use chrono::TimeDelta;
use std::path::{Path, PathBuf};
use std::{fs, thread};
use store::choices;
use testkit::engine::Engine;

/// The jumps of the clock in hours, within the time after which an idle session ends.
const HOURS: [i64; 4] = [7, -7, 2, 0];

/// The library that gives a program another clock, from the Debian package libfaketime.
fn library() -> Option<PathBuf> {
    let folders =
        fs::read_dir("/usr/lib").ok()?.flatten().map(|entry| entry.path().join("faketime/libfaketimeMT.so.1"));
    folders.into_iter().find(|library| library.exists())
}

/// Whether the newest choice of a group was sent so many hours from now, by the clock of the program.
fn was_sent_in(installation: &Installation, hours: i64) -> bool {
    let app = app_of(installation.folder.path(), &installation.place);
    let expected = app.clock.now() + TimeDelta::hours(hours);
    installation.instructors.iter().any(|instructor| {
        let id = instructor.offering;
        let last = app.read_now(move |work| Ok(choices::find(work.tx, id)?.choice.last)).unwrap();
        last.is_some_and(|last| (last.at - expected).abs() < TimeDelta::minutes(30))
    })
}

#[test]
fn a_clock_that_jumps_loses_no_choice_and_keeps_nobody_out() {
    let Some(library) = library() else {
        println!("libfaketime is not installed; a clock that jumps was not tried");
        return;
    };
    let (installation, rounds) = (Installation::new(Engine::Sqlite), rounds(4));
    let clock = installation.folder.path().join("clock");
    fs::write(&clock, "+0").unwrap();
    let variables: [(&str, &Path); 4] = [
        ("LD_PRELOAD", &library),
        ("FAKETIME_TIMESTAMP_FILE", &clock),
        ("FAKETIME_NO_CACHE", "1".as_ref()),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1".as_ref()),
    ];
    let mut acts = 0;
    for (round, hours) in HOURS.iter().cycle().take(rounds).enumerate() {
        let server = installation.start_with(&variables);
        acts += installation.send_until(&[server.address], || {
            installation.wait_for_a_choice();
            fs::write(&clock, format!("{hours:+}h")).unwrap();
            // A choice that is acknowledged from here on was sent after the jump.
            installation.wait_for_a_choice();
            thread::park_timeout(moment(round));
        });
        server.stop();
        installation.check();
        assert!(was_sent_in(&installation, *hours), "no choice was sent after the jump by {hours} hours");
    }
    println!("{rounds} jumps of the clock: {acts} acknowledged choices, 0 lost, doubled or half done");
}
