//! Upgrades that are killed at every write to the database.

use crate::installation::{Installation, PROGRAM};
use crate::{POSTGRES, rounds};
use rustix::process::{Pid, Signal, kill_process_group};
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;
use store::scratch;
use testkit::engine::Engine;

/// Makes a database that has not had the newest migrations, except for what marks it as Emtihan's.
const OLDER: &str = "DELETE FROM refinery_schema_history WHERE version >= 16; DROP INDEX offerings_with_exception;
    DROP TABLE state_hashes; DROP INDEX set_forms_by_offering; DROP INDEX openings_by_offering;
    DROP INDEX orgs_university; ALTER TABLE drafts DROP COLUMN version;
    DROP TABLE extension_requests; DROP TABLE phrases;
    ALTER TABLE terms DROP COLUMN escalate_after; DELETE FROM leases";

/// The system calls with which SQLite changes files, and with which the client of PostgreSQL sends statements.
const WRITES_TO_FILES: &str = "pwrite64,ftruncate,fsync,fdatasync,unlink,unlinkat,rename,renameat,renameat2";
const SENDS: &str = "sendto,sendmsg,writev";

#[test]
fn an_upgrade_that_is_killed_is_done_by_the_next_start_on_sqlite() {
    killed_upgrades(Engine::Sqlite, &format!("{OLDER}; PRAGMA application_id = 0"), WRITES_TO_FILES);
}

#[test]
fn an_upgrade_that_is_killed_is_done_by_the_next_start_on_postgres() {
    let _used = POSTGRES.read();
    killed_upgrades(Engine::Postgres, &format!("{OLDER}; COMMENT ON TABLE offerings IS NULL"), SENDS);
}

#[test]
fn an_upgrade_whose_disk_is_full_from_any_write_on_is_done_by_the_next_start() {
    let (installation, older) = (Installation::new(Engine::Sqlite), format!("{OLDER}; PRAGMA application_id = 0"));
    scratch::change(&installation.place, &older).unwrap();
    let count = killed_at(&installation, "pwrite64", usize::MAX);
    let rounds = rounds(6).min(count);
    let mut failed = 0;
    for round in 0..rounds {
        scratch::change(&installation.place, &older).unwrap();
        let full = format!("--inject=pwrite64:error=ENOSPC:when={}+", 1 + round * count / rounds);
        let mut upgrade = strace("pwrite64");
        installation.configure(upgrade.args(["--output=/dev/null", &full, PROGRAM, "migrate"]));
        let upgrade = upgrade.output().unwrap();
        if !upgrade.status.success() {
            failed += 1;
            let said = String::from_utf8_lossy(&upgrade.stderr);
            assert!(said.contains("disk"), "{full}: {said}");
        }
        installation.start().stop();
        installation.check();
    }
    assert!(count == 0 || failed > 0, "no upgrade has noticed the full disk");
    println!("{rounds} upgrades on a full disk, {failed} of them failed, {count} writes");
}

/// Kills `emtihan migrate` at its system calls of these names, from the first to the last; a normal test run kills it at
/// a few of them only. `older` makes a database that has not had the newest migrations.
fn killed_upgrades(engine: Engine, older: &str, calls: &str) {
    let installation = Installation::new(engine);
    scratch::change(&installation.place, older).unwrap();
    let count = killed_at(&installation, calls, usize::MAX);
    if count == 0 {
        println!("strace cannot trace here; the upgrade is killed at some moments instead");
        installation.start().stop();
    }
    let rounds = rounds(8).min(if count == 0 { usize::MAX } else { count });
    for round in 0..rounds {
        scratch::change(&installation.place, older).unwrap();
        if count == 0 {
            kill_after(&installation, Duration::from_millis(u64::try_from(round % 24 * 3).unwrap()));
        } else {
            killed_at(&installation, calls, 1 + round * count / rounds);
        }
        installation.start().stop();
        installation.check();
    }
    println!("{engine:?}: {rounds} killed upgrades, {count} calls that can change the database");
}

/// Runs an upgrade, and kills it at a system call of these names, counted from 1. Returns how many calls it had made, or
/// 0 if `strace` cannot trace it.
fn killed_at(installation: &Installation, calls: &str, last: usize) -> usize {
    let mut upgrade = strace(calls);
    // The pause is the time in which the upgrade is killed before its next call.
    upgrade.args(["--output=|cat", &format!("--inject={calls}:delay_exit=1ms")]);
    installation.configure(upgrade.args([PROGRAM, "migrate"]).env("RUST_LOG", "off"));
    let piped = upgrade.stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0);
    let Ok(mut upgrade) = piped.spawn() else { return 0 };
    let lines = BufReader::new(upgrade.stdout.take().unwrap()).lines();
    let made =
        lines.map(Result::unwrap).filter(|line| line.contains('(') && !line.contains(" resumed>")).take(last).count();
    if made == last {
        kill_process_group(Pid::from_child(&upgrade), Signal::KILL).unwrap();
    }
    upgrade.wait().unwrap();
    made
}

/// Begins a command that traces these system calls of all threads of a program.
fn strace(calls: &str) -> Command {
    let mut command = Command::new("strace");
    command.args(["--follow-forks", "-qqq", "--signal=none", &format!("--trace={calls}")]);
    command
}

/// Kills an upgrade some time after its start.
fn kill_after(installation: &Installation, time: Duration) {
    let mut upgrade = Command::new(PROGRAM);
    installation.configure(upgrade.arg("migrate"));
    let mut upgrade = upgrade.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    thread::park_timeout(time);
    drop(upgrade.kill());
    upgrade.wait().unwrap();
}
