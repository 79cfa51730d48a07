//! A disk that fills up, and one that becomes read-only.

use crate::disk::Disk;
use crate::installation::{Installation, Server};
use crate::instructor::{Instructor, get};
use crate::rounds;
use std::process::Command;
use testkit::engine::Engine;

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
    refuses_choices_and_shows_pages(&server, instructor);
    drop(server);
    installation.check();
    let server = installation.start();
    assert!(instructor.send(server.address).is_some());
}

#[test]
fn a_disk_that_becomes_read_only_refuses_choices_and_shows_pages() {
    let Some(disk) = Disk::new() else {
        println!("no disk can be mounted here; a read-only disk was not tried");
        return;
    };
    let folder = tempfile::tempdir_in(disk.path()).unwrap();
    let (installation, rounds) = (Installation::in_folder(Engine::Sqlite, folder), rounds(2));
    let mut acts = 0;
    for _ in 0..rounds {
        let server = installation.start();
        acts += installation.send_until(&[server.address], || installation.wait_for_a_choice());
        // Nobody sends in this moment: ext4 confirms changes to the program that the error makes it lose.
        if !disk.make_read_only() {
            println!("the kernel does not allow to cause an error of a disk; a read-only disk was not tried");
            return;
        }
        refuses_choices_and_shows_pages(&server, installation.instructors.first().unwrap());
        let health = get(server.address, "/readyz", "").unwrap();
        assert!(health.starts_with("HTTP/1.1 503"), "{health}");
        drop(server);
        disk.restore_power();
        installation.check();
    }
    println!("{rounds} read-only disks: {acts} acknowledged choices, 0 lost, doubled or half done");
}

fn refuses_choices_and_shows_pages(server: &Server, instructor: &Instructor) {
    assert!(instructor.send(server.address).is_none(), "a choice was acknowledged that cannot be stored");
    let page = get(server.address, "/groups", &instructor.cookie);
    let status = page.as_deref().map(|page| page.lines().next().unwrap_or_default().to_owned());
    assert_eq!(status.as_deref(), Some("HTTP/1.1 200 OK"), "reading went away with writing");
}
