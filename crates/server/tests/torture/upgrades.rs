//! Upgrades that are killed.

use crate::installation::{Installation, PROGRAM};
use crate::{POSTGRES, rounds};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;
use testkit::engine::Engine;

/// Makes a database that has not had the newest migrations, except for what marks it as Emtihan's.
const OLDER: &str = "DELETE FROM refinery_schema_history WHERE version >= 16; DROP INDEX offerings_with_exception;
    DROP TABLE state_hashes; DROP INDEX set_forms_by_offering; DROP INDEX openings_by_offering;
    DROP INDEX orgs_university; ALTER TABLE drafts DROP COLUMN version;
    DROP TABLE extension_requests; DROP TABLE phrases;
    ALTER TABLE terms DROP COLUMN escalate_after; DELETE FROM leases";

#[test]
fn an_upgrade_that_is_killed_is_done_by_the_next_start_on_sqlite() {
    killed_upgrades(Engine::Sqlite, &format!("{OLDER}; PRAGMA application_id = 0"));
}

#[test]
fn an_upgrade_that_is_killed_is_done_by_the_next_start_on_postgres() {
    let _used = POSTGRES.read();
    killed_upgrades(Engine::Postgres, &format!("{OLDER}; COMMENT ON TABLE offerings IS NULL"));
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
