//! Tests of the PostgreSQL engine with a server that restarts, hangs, refuses connections, or loses the answer to a commit.
//! A proxy between the engine and the server causes these faults.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use chrono::{DateTime, Utc};
use postgres::{Client, NoTls};
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use store::{DatabaseLocation, Error, Store, throttles};
use testkit::engine::{Engine, cluster};

const PASS: u8 = 0;
/// Nothing is forwarded any more, but the connections stay open.
const HANG: u8 = 1;
/// The next commit reaches the server, and its answer is lost with the connection.
const LOSE_COMMIT: u8 = 2;
/// The next commit is lost with the connection before it reaches the server.
const LOSE_BEFORE_COMMIT: u8 = 3;

/// A proxy before the PostgreSQL server of the tests.
#[derive(Clone)]
struct Proxy {
    address: SocketAddr,
    mode: Arc<AtomicU8>,
    /// The number of further connections that are accepted.
    room: Arc<AtomicUsize>,
}

impl Proxy {
    fn start(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let proxy = Self { address, mode: Arc::default(), room: Arc::new(AtomicUsize::new(usize::MAX)) };
        let forwarding = proxy.clone();
        thread::spawn(move || {
            for client in listener.incoming().map(Result::unwrap) {
                let room = forwarding.room.load(Ordering::SeqCst);
                if room == 0 {
                    continue;
                }
                forwarding.room.store(room - 1, Ordering::SeqCst);
                forwarding.forward(client, TcpStream::connect(&server).unwrap());
            }
        });
        proxy
    }

    fn set(&self, mode: u8) {
        self.mode.store(mode, Ordering::SeqCst);
    }

    fn forward(&self, client: TcpStream, server: TcpStream) {
        for (mut from, mut to, is_request) in
            [(client.try_clone().unwrap(), server.try_clone().unwrap(), true), (server, client, false)]
        {
            let mode = Arc::clone(&self.mode);
            thread::spawn(move || {
                let mut block = [0; 16_384];
                while let Ok(read @ 1..) = from.read(&mut block) {
                    while mode.load(Ordering::SeqCst) == HANG {
                        thread::park_timeout(Duration::from_millis(20));
                    }
                    let bytes = block.get(..read).unwrap();
                    let is_commit = is_request && bytes.windows(6).any(|word| word == b"COMMIT");
                    let faulty = mode.load(Ordering::SeqCst);
                    if is_commit && faulty == LOSE_BEFORE_COMMIT {
                        mode.store(PASS, Ordering::SeqCst);
                        break;
                    }
                    if is_commit && faulty == LOSE_COMMIT {
                        // From here on the client sees nothing, but the server reads the commit.
                        mode.store(PASS, Ordering::SeqCst);
                        to.write_all(bytes).unwrap();
                        drop(from.shutdown(Shutdown::Both));
                        thread::park_timeout(Duration::from_millis(300));
                        break;
                    }
                    if to.write_all(bytes).is_err() {
                        break;
                    }
                }
                drop((from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both)));
            });
        }
    }
}

/// An open store behind a proxy, and a connection to the same schema past the proxy.
struct World {
    proxy: Proxy,
    store: Store,
    direct: Client,
}

fn world() -> World {
    let DatabaseLocation::Address(address) = Engine::Postgres.place(&tempfile::tempdir().unwrap()) else {
        panic!("an address")
    };
    let server = cluster().rsplit_once('@').unwrap().1.split('/').next().unwrap().to_owned();
    let proxy = Proxy::start(server.clone());
    let proxied = address.replace(&server, &proxy.address.to_string());
    let store = Store::open(&DatabaseLocation::Address(proxied)).unwrap();
    World { proxy, store, direct: Client::connect(&address, NoTls).unwrap() }
}

fn noon() -> DateTime<Utc> {
    "2026-11-28T12:00:00Z".parse().unwrap()
}

fn write(store: &Store, key: &'static str) -> Result<(), Error> {
    store.write_now(move |tx| throttles::set(tx, key, 1, noon()))
}

fn is_stored(world: &mut World, key: &str) -> bool {
    world.direct.query_one("SELECT COUNT(*) > 0 FROM throttles WHERE key = $1", &[&key]).unwrap().get(0)
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

#[test]
fn nobody_sees_that_the_server_has_closed_all_connections() {
    let mut world = world();
    for _ in 0..20 {
        write(&world.store, "before").unwrap();
    }
    let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                   WHERE application_name = 'emtihan' AND query LIKE '%throttles%' OR query = 'COMMIT'";
    world.direct.query(others, &[]).unwrap();
    for _ in 0..40 {
        write(&world.store, "after").unwrap();
    }
    assert!(is_stored(&mut world, "after"));
}

#[test]
fn a_commit_whose_answer_was_lost_is_told_as_it_was() {
    let mut world = world();
    world.proxy.set(LOSE_COMMIT);
    write(&world.store, "kept").unwrap();
    assert!(is_stored(&mut world, "kept"));
    world.proxy.set(LOSE_BEFORE_COMMIT);
    let lost = write(&world.store, "lost");
    assert!(matches!(lost, Err(Error::Unavailable(_))), "{lost:?}");
    assert!(!is_stored(&mut world, "lost"));
}

#[test]
fn a_server_that_hangs_costs_a_request_no_more_than_the_deadline() {
    let world = world();
    write(&world.store, "before").unwrap();
    world.proxy.set(HANG);
    let began = Instant::now();
    let (read, write) = runtime().block_on(async {
        let reading = world.store.read(|tx| throttles::find(tx, "before"));
        let writing = world.store.write(|tx| throttles::set(tx, "hung", 1, noon()));
        tokio::join!(reading, writing)
    });
    assert!(matches!(read, Err(Error::Unavailable(_))), "{read:?}");
    assert!(matches!(write, Err(Error::Unconfirmed | Error::Unavailable(_))), "{write:?}");
    assert!(began.elapsed() < Duration::from_secs(12));
    let closing = Instant::now();
    drop(world.store);
    assert!(closing.elapsed() < Duration::from_secs(7));
    world.proxy.set(PASS);
}

#[test]
fn jobs_wait_for_the_threads_that_have_a_connection() {
    let world = world();
    world.proxy.room.store(3, Ordering::SeqCst);
    thread::scope(|scope| {
        let pages: Vec<_> = (0..60).map(|_| scope.spawn(|| write(&world.store, "page"))).collect();
        for page in pages {
            page.join().unwrap().unwrap();
        }
    });
}

#[test]
fn without_any_connection_a_job_is_refused_at_once() {
    let world = world();
    world.proxy.room.store(0, Ordering::SeqCst);
    assert!(matches!(write(&world.store, "page"), Err(Error::Unavailable(_))));
}

#[test]
fn programs_that_start_at_the_same_time_on_an_empty_database_all_come_up() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..3 {
        let place = Engine::Postgres.place(&folder);
        thread::scope(|scope| {
            let starts: Vec<_> = (0..3).map(|_| scope.spawn(|| Store::open(&place).map(drop))).collect();
            for start in starts {
                start.join().unwrap().unwrap();
            }
        });
    }
}

#[test]
fn a_migration_that_fails_names_its_cause_and_leaves_the_database_as_it_was() {
    let place = Engine::Postgres.place(&tempfile::tempdir().unwrap());
    let DatabaseLocation::Address(address) = &place else { panic!("an address") };
    let mut direct = Client::connect(address, NoTls).unwrap();
    direct.batch_execute("CREATE TABLE throttles (in_the_way INT)").unwrap();
    let Err(refused) = Store::open(&place) else { panic!("the migration succeeded") };
    assert!(refused.to_string().contains("relation \"throttles\" already exists"), "{refused}");
    let tables = "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'offerings'";
    assert_eq!(direct.query_one(tables, &[]).unwrap().get::<_, i64>(0), 0);
    direct.batch_execute("DROP TABLE throttles").unwrap();
    drop(Store::open(&place).unwrap());
}
