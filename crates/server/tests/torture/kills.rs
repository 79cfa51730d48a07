//! Sudden ends: of the program, of the machine's power, of the database server; and two programs on one database.

use crate::disk::Disk;
use crate::installation::Installation;
use crate::{POSTGRES, duration, moment, rounds};
use std::thread;
use std::time::Duration;
use testkit::engine::Engine;

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
    let time = duration(Duration::from_millis(2_100));
    let acts = installation.send_until(&[one.address, other.address], || {
        installation.wait_for_a_choice();
        thread::park_timeout(time);
    });
    one.stop();
    other.stop();
    installation.check();
    assert!(acts > 0);
    println!("two programs for {time:?}: {acts} acknowledged choices, 0 lost, doubled or half done");
}
