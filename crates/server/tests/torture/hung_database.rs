//! A PostgreSQL server that hangs: its processes are stopped, but their connections stay open.

use crate::installation::Installation;
use crate::instructor::get;
use crate::{POSTGRES, moment, rounds};
use std::thread;
use std::time::{Duration, Instant};
use testkit::engine::{Engine, hang_postgres, wait_for_postgres};

/// The seconds for which the server hangs: longer than a page and the end of the program can take.
const HANG: u64 = 30;
/// The time after which a request is refused, and some more for a busy machine.
const DEADLINE: Duration = Duration::from_secs(10 + 5);
/// The longest time in which the program ends when it is asked to, and some more for a busy machine.
const END: Duration = Duration::from_secs(15 + 5);

#[test]
fn a_database_server_that_hangs_keeps_nobody_waiting_and_loses_no_choice() {
    let _alone = POSTGRES.write();
    let (installation, rounds) = (Installation::new(Engine::Postgres), rounds(1));
    let (mut acts, mut slowest_page, mut slowest_end) = (0, Duration::ZERO, Duration::ZERO);
    for round in 0..rounds {
        let server = installation.start();
        let cookie = &installation.instructors.first().unwrap().cookie;
        acts += installation.send_until(&[server.address], || {
            installation.wait_for_a_choice();
            thread::park_timeout(moment(round));
            hang_postgres(HANG);
        });
        let asked = Instant::now();
        let health = get(server.address, "/readyz", "").unwrap();
        assert!(health.starts_with("HTTP/1.1 503") && asked.elapsed() < Duration::from_secs(3), "{health}");
        let asked = Instant::now();
        let page = get(server.address, "/groups", cookie).unwrap();
        assert!(page.starts_with("HTTP/1.1 503"), "{page}");
        slowest_page = slowest_page.max(asked.elapsed());
        let asked = Instant::now();
        server.stop();
        slowest_end = slowest_end.max(asked.elapsed());
        wait_for_postgres();
        installation.check();
    }
    assert!(slowest_page < DEADLINE && slowest_end < END, "page {slowest_page:?}, end {slowest_end:?}");
    println!("{rounds} hung servers: {acts} acknowledged choices, 0 lost, doubled or half done; a page was answered");
    println!("after at most {slowest_page:?}, the program ended after at most {slowest_end:?}");
}
