//! Damages what the program stands on while people send choices, again and again, and checks after each time that every
//! choice that was acknowledged is there, once and whole. `cargo xtask torture` runs this with many rounds; a normal
//! test run makes a few.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "tests")]

mod disk;
mod installation;
mod instructor;

use disk::Disk;
use installation::{Installation, PROGRAM};
use instructor::get;
use std::process::{Command, Stdio};
use std::sync::RwLock;
use std::thread;
use std::time::Duration;
use testkit::engine::Engine;

/// Lets no other test use the PostgreSQL server while a test crashes it.
static POSTGRES: RwLock<()> = RwLock::new(());

/// The number of repetitions of each scenario: a few in a normal test run.
fn rounds(few: usize) -> usize {
    #[expect(clippy::disallowed_methods, reason = "`cargo xtask torture` says by environment how much")]
    let asked = std::env::var("EMTIHAN_TORTURE_ROUNDS");
    asked.ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(few)
}

/// A wait that differs from round to round, so that the program is killed at different moments.
fn moment(round: usize) -> Duration {
    Duration::from_millis(u64::try_from(round * 37 % 500).unwrap())
}

fn kills(engine: Engine) {
    let _used = POSTGRES.read();
    let (installation, rounds) = (Installation::new(engine), rounds(3));
    let mut acts = 0;
    for round in 0..rounds {
        let mut server = installation.start();
        let address = server.address;
        acts += installation.send_until(&[address], || {
            installation.wait_for_a_choice();
            thread::park_timeout(moment(round));
            server.signal("-KILL");
            server.child.wait().unwrap();
        });
        installation.check();
    }
    assert!(acts > 0);
    println!("{engine:?}: {rounds} kills, {acts} acknowledged choices, 0 lost, doubled or half done");
}

#[test]
fn a_kill_loses_no_acknowledged_choice_on_sqlite() {
    kills(Engine::Sqlite);
}

#[test]
fn a_kill_loses_no_acknowledged_choice_on_postgres() {
    kills(Engine::Postgres);
}

#[test]
fn a_power_cut_loses_no_acknowledged_choice() {
    let Some(disk) = Disk::new() else {
        println!("no disk can be mounted here; a power cut was not tried");
        return;
    };
    let folder = tempfile::tempdir_in(disk.path()).unwrap();
    let (installation, rounds) = (Installation::in_folder(Engine::Sqlite, folder), rounds(3));
    let mut acts = 0;
    for round in 0..rounds {
        let mut server = installation.start();
        acts += installation.send_until(&[server.address], || {
            installation.wait_for_a_choice();
            thread::park_timeout(moment(round));
            server.signal("-STOP");
            disk.cut_power();
            server.signal("-KILL");
            server.child.wait().unwrap();
        });
        disk.restore_power();
        installation.check();
    }
    assert!(acts > 0);
    println!("{rounds} power cuts: {acts} acknowledged choices, 0 lost, doubled or half done");
}

#[test]
fn a_crash_of_the_database_server_loses_no_acknowledged_choice() {
    let _alone = POSTGRES.write();
    let (installation, rounds) = (Installation::new(Engine::Postgres), rounds(3));
    let server = installation.start();
    let mut acts = 0;
    for round in 0..rounds {
        acts += installation.send_until(&[server.address], || {
            installation.wait_for_a_choice();
            thread::park_timeout(moment(round));
            testkit::engine::crash_postgres();
        });
        installation.check();
    }
    server.stop();
    assert!(acts > 0);
    println!("{rounds} crashes of PostgreSQL: {acts} acknowledged choices, 0 lost, doubled or half done");
}

#[test]
fn two_programs_on_one_database_store_every_choice_once() {
    let _used = POSTGRES.read();
    let installation = Installation::new(Engine::Postgres);
    let (one, other) = (installation.start(), installation.start());
    let time = Duration::from_millis(u64::try_from(700 * rounds(3)).unwrap());
    let acts = installation.send_until(&[one.address, other.address], || {
        installation.wait_for_a_choice();
        thread::park_timeout(time);
    });
    one.stop();
    other.stop();
    installation.check();
    assert!(acts > 0);
    println!("two programs: {acts} acknowledged choices, 0 lost, doubled or half done");
}

#[test]
fn a_disk_that_fills_up_refuses_choices_and_shows_pages() {
    let installation = Installation::new(Engine::Sqlite);
    installation.start().stop();
    // The program may write no file beyond its present size: SQLite then finds no room for its log.
    let server = installation.start();
    let limit = Command::new("prlimit").args(["--fsize=4096:4096", "--pid", &server.child.id().to_string()]).status();
    if !limit.is_ok_and(|limited| limited.success()) {
        println!("prlimit is not there; a full disk was not tried");
        return;
    }
    let instructor = installation.instructors.first().unwrap();
    assert!(instructor.send(server.address).is_none(), "a choice was acknowledged without room for it");
    let page = get(server.address, "/groups", &instructor.cookie);
    let status = page.as_deref().map(|page| page.lines().next().unwrap_or_default().to_owned());
    assert_eq!(status.as_deref(), Some("HTTP/1.1 200 OK"), "reading went away with the room");
    drop(server);
    installation.check();
    let server = installation.start();
    assert!(instructor.send(server.address).is_some());
}

#[test]
fn an_upgrade_that_is_killed_is_done_by_the_next_start_on_sqlite() {
    killed_upgrades(
        Engine::Sqlite,
        "DELETE FROM refinery_schema_history WHERE version >= 16; DROP INDEX offerings_with_exception;
         DROP TABLE state_hashes; DROP INDEX set_forms_by_offering; DROP INDEX openings_by_offering;
         DROP INDEX orgs_university; ALTER TABLE drafts DROP COLUMN version;
         DROP TABLE extension_requests; DROP TABLE phrases;
         ALTER TABLE terms DROP COLUMN escalate_after;
         PRAGMA application_id = 0; DELETE FROM leases",
    );
}

#[test]
fn an_upgrade_that_is_killed_is_done_by_the_next_start_on_postgres() {
    let _used = POSTGRES.read();
    killed_upgrades(
        Engine::Postgres,
        "DELETE FROM refinery_schema_history WHERE version >= 16; DROP INDEX offerings_with_exception;
         DROP TABLE state_hashes; DROP INDEX set_forms_by_offering; DROP INDEX openings_by_offering;
         DROP INDEX orgs_university; ALTER TABLE drafts DROP COLUMN version;
         DROP TABLE extension_requests; DROP TABLE phrases;
         ALTER TABLE terms DROP COLUMN escalate_after;
         COMMENT ON TABLE offerings IS NULL; DELETE FROM leases",
    );
}

/// Kills `emtihan migrate` at different moments. `older` makes a database that has not had the newest migrations.
fn killed_upgrades(engine: Engine, older: &str) {
    let installation = Installation::new(engine);
    let rounds = rounds(8);
    for round in 0..rounds {
        store::scratch::change(&installation.place, older).unwrap();
        let mut upgrade = Command::new(PROGRAM);
        installation.configure(upgrade.arg("migrate"));
        let mut upgrade = upgrade.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        thread::park_timeout(Duration::from_millis(u64::try_from(round % 24 * 3).unwrap()));
        drop(upgrade.kill());
        upgrade.wait().unwrap();
        installation.start().stop();
        installation.check();
    }
    println!("{engine:?}: {rounds} killed upgrades");
}
