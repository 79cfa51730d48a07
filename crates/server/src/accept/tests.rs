//! Tests with real connections that slow clients are disconnected, and that they cannot keep others out. The limits are
//! shorter and lower than those of the application.

use super::max_connections::{ConnectionLimits, counted_address, raise_open_files};
use super::{accept, listen};
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request};
use axum::routing::{get, post};
use domain::limits::{CONNECTIONS_LIMIT, FORM_SECONDS, UPLOAD_BYTES_PER_SECOND};
use std::io::{Read, Write};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::{sleep, timeout};

const HEAD: Duration = Duration::from_millis(400);
const IDLE: Duration = Duration::from_millis(1_200);
const STALL: Duration = Duration::from_millis(500);
/// The time for which the handler of `/work` works.
const WORK: Duration = Duration::from_millis(900);
const LARGE: usize = 24 * 1024 * 1024;
/// The time in which everybody is answered, also during an attack.
const SECOND: Duration = Duration::from_secs(1);
const LONG: Duration = Duration::from_secs(20);
const QUICK: &str = "GET /quick HTTP/1.1\r\nHost: x\r\n\r\n";

fn limits(connections: usize, per_address: usize) -> ConnectionLimits {
    ConnectionLimits {
        connections,
        per_address,
        trusted_proxies: Vec::new(),
        head: HEAD,
        idle: IDLE,
        stall: STALL,
        bytes_per_second: UPLOAD_BYTES_PER_SECOND,
    }
}

fn pages() -> Router {
    let large = Bytes::from(vec![b'x'; LARGE]);
    Router::new()
        .route("/quick", get(|| async { "quick" }))
        .route("/large", get(move || async move { large }))
        .route("/peer", get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.ip().to_string() }))
        .route(
            "/work",
            get(|| async {
                sleep(WORK).await;
                "worked"
            }),
        )
        .route(
            "/form",
            post(|request: Request| async move {
                let read: Body = request.into_body();
                to_bytes(read, usize::MAX).await.map_or(0, |body| body.len()).to_string()
            }),
        )
}

struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

fn serve(router: Router, limits: ConnectionLimits) -> Server {
    serve_at("127.0.0.1:0", router, limits).unwrap()
}

fn serve_at(address: &str, router: Router, limits: ConnectionLimits) -> std::io::Result<Server> {
    let listener = listen(address.parse().unwrap())?;
    let address = listener.local_addr()?;
    let (stop, stopped) = oneshot::channel();
    let serving = tokio::spawn(accept(listener, router, limits, async move { drop(stopped.await) }));
    Ok(Server { address, stop, serving })
}

/// A connection from an address of this machine, for example from 127.0.0.2. Its receive buffer is small, so that a
/// client that does not read is noticed soon.
async fn connect(from: &str, to: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(32 * 1024).unwrap();
    socket.bind(format!("{from}:0").parse().unwrap()).unwrap();
    socket.connect(to).await.unwrap()
}

/// Sends a request and reads an answer as long as `end`.
async fn ask(client: &mut TcpStream, request: &str, end: &str) -> std::io::Result<String> {
    client.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    while !answer.ends_with(end.as_bytes()) {
        if client.read_buf(&mut answer).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(String::from_utf8(answer).unwrap())
}

async fn is_answered(client: &mut TcpStream) -> bool {
    matches!(timeout(SECOND, ask(client, QUICK, "quick")).await, Ok(Ok(answer)) if answer.starts_with("HTTP/1.1 200"))
}

/// Sends one byte after each pause until the server closes the connection; returns how long that took.
async fn trickle(client: &mut TcpStream, pause: Duration) -> Duration {
    let began = Instant::now();
    let mut read = [0; 1024];
    loop {
        match timeout(pause, client.read(&mut read)).await {
            Ok(Ok(0) | Err(_)) => return began.elapsed(),
            Ok(Ok(_)) => {}
            Err(_) if client.write_all(b"a").await.is_err() => return began.elapsed(),
            Err(_) => assert!(began.elapsed() < LONG, "the connection stays open"),
        }
    }
}

#[tokio::test]
async fn a_head_that_does_not_come_or_trickles_ends_after_its_time() {
    let server = serve(pages(), limits(20, 20));
    for (sent, pause) in [("", LONG), ("GET /qui", LONG), ("GET /quick HTTP/1.1\r\nX-A: ", HEAD / 8), ("", HEAD / 8)] {
        let mut client = connect("127.0.0.1", server.address).await;
        client.write_all(sent.as_bytes()).await.unwrap();
        let took = trickle(&mut client, pause).await;
        assert!(took > HEAD / 2 && took < HEAD + SECOND, "{sent:?}: {took:?}");
    }
}

#[tokio::test]
async fn a_connection_may_rest_between_requests_but_each_head_has_the_same_time() {
    let server = serve(pages(), limits(20, 20));
    let mut client = connect("127.0.0.1", server.address).await;
    assert!(is_answered(&mut client).await);
    sleep(2 * HEAD).await;
    assert!(is_answered(&mut client).await, "it rested longer than a head may take");
    sleep(IDLE / 2).await;
    client.write_all(b"GET").await.unwrap();
    let took = trickle(&mut client, HEAD / 8).await;
    assert!(took > HEAD / 2 && took < IDLE, "{took:?}");

    let mut idle = connect("127.0.0.1", server.address).await;
    assert!(is_answered(&mut idle).await);
    let took = trickle(&mut idle, LONG).await;
    assert!(took > IDLE / 2 && took < IDLE + SECOND, "{took:?}");
}

#[tokio::test]
async fn a_client_that_does_not_read_its_answer_is_disconnected() {
    let server = serve(pages(), limits(20, 20));
    for requests in [1, 3] {
        let mut client = connect("127.0.0.1", server.address).await;
        let request = "GET /large HTTP/1.1\r\nHost: x\r\n\r\n".repeat(requests);
        client.write_all(request.as_bytes()).await.unwrap();
        sleep(2 * STALL).await;
        let mut read = Vec::new();
        let ended = timeout(LONG, client.read_to_end(&mut read)).await;
        assert!(ended.is_ok() && read.len() < LARGE, "{} bytes arrived", read.len());
    }
}

#[tokio::test]
async fn a_client_that_reads_slowly_gets_everything() {
    let server = serve(pages(), limits(20, 20));
    let mut client = connect("127.0.0.1", server.address).await;
    client.write_all(b"GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await.unwrap();
    let began = Instant::now();
    let (mut part, mut read) = (vec![0; 128 * 1024], 0);
    loop {
        match client.read(&mut part).await.unwrap() {
            0 => break,
            bytes => read += bytes,
        }
        sleep(Duration::from_millis(5)).await;
    }
    assert!(read > LARGE && began.elapsed() > IDLE + STALL, "{read} bytes in {:?}", began.elapsed());
}

/// Clients that keep their connections busy: some trickle a head, some a form, some never read. A client that is
/// disconnected comes back.
fn attack(server: SocketAddr, clients: usize, from: impl Fn(usize) -> String) -> Vec<JoinHandle<()>> {
    let begin = |client: usize| {
        let from = from(client);
        tokio::spawn(async move {
            loop {
                let mut stream = connect(&from, server).await;
                let sent: &[u8] = match client % 3 {
                    0 => b"GET /quick HTTP/1.1\r\nX-A: ",
                    1 => b"POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n",
                    _ => b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n",
                };
                if stream.write_all(sent).await.is_ok() && client % 3 < 2 {
                    trickle(&mut stream, Duration::from_millis(70)).await;
                } else {
                    sleep(2 * STALL).await;
                }
                sleep(SECOND).await;
            }
        })
    };
    (0..clients).map(begin).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_clients_of_one_address_or_of_many_keep_nobody_out() {
    for addresses in [1, 40] {
        let server = serve(pages(), limits(60, 30));
        let attackers = attack(server.address, 200, |client| format!("127.0.1.{}", 1 + client % addresses));
        sleep(HEAD / 2).await;
        for _ in 0..20 {
            // One of the two shares the address of the attackers, as behind the router of a campus.
            for from in ["127.0.0.2", "127.0.1.1"] {
                let began = Instant::now();
                let mut client = connect(from, server.address).await;
                assert!(is_answered(&mut client).await, "{from} during an attack from {addresses}");
                assert!(began.elapsed() < SECOND);
            }
            sleep(Duration::from_millis(50)).await;
        }
        attackers.iter().for_each(JoinHandle::abort);
    }
}

/// Opens connections one after another, sends a request on each, and returns how many were answered.
fn burst(server: SocketAddr, clients: usize) -> usize {
    let begin = |_| {
        let mut client = std::net::TcpStream::connect(server).unwrap();
        client.set_read_timeout(Some(LONG)).unwrap();
        client.write_all(QUICK.as_bytes()).unwrap();
        client
    };
    let clients: Vec<_> = (0..clients).map(begin).collect();
    clients.into_iter().filter_map(|mut client| client.read(&mut [0; 1024]).ok()).filter(|bytes| *bytes > 0).count()
}

/// A classroom opens a page at the same moment: more clients than their address may have connections. A machine that
/// gives the server no time at all may lose one burst, but not each.
#[tokio::test(flavor = "multi_thread")]
async fn a_burst_of_clients_of_one_address_is_answered() {
    let server = serve(pages(), limits(200, 10));
    let mut answered = Vec::new();
    while answered.len() < 5 && answered.last() != Some(&60) {
        answered.push(spawn_blocking(move || burst(server.address, 60)).await.unwrap());
    }
    assert_eq!(answered.last(), Some(&60), "{answered:?}");
}

/// Clients that send many requests and take no answer: what they have sent and the server has not read yet keeps
/// nobody out.
#[tokio::test]
async fn clients_that_send_ahead_and_do_not_read_are_dropped_for_others() {
    let server = serve(pages(), ConnectionLimits { stall: LONG, ..limits(20, 3) });
    let mut ahead = Vec::new();
    for _ in 0..3 {
        let mut client = connect("127.0.0.1", server.address).await;
        client.write_all("GET /large HTTP/1.1\r\nHost: x\r\n\r\n".repeat(2_000).as_bytes()).await.unwrap();
        ahead.push(client);
    }
    sleep(HEAD).await;
    let mut client = connect("127.0.0.1", server.address).await;
    assert!(is_answered(&mut client).await);
}

/// The number of these connections that the server has not closed.
async fn open(clients: &mut [TcpStream]) -> Vec<bool> {
    let mut found = Vec::new();
    for client in clients {
        let mut read = [0; 1024];
        let ended = timeout(Duration::from_millis(50), client.read(&mut read)).await;
        found.push(!matches!(ended, Ok(Ok(0) | Err(_))));
    }
    found
}

#[tokio::test]
async fn one_address_has_no_more_than_its_share_and_the_slowest_goes_first() {
    let server = serve(pages(), ConnectionLimits { head: LONG, idle: LONG, ..limits(20, 4) });
    let mut clients = Vec::new();
    for _ in 0..6 {
        let mut client = connect("127.0.0.1", server.address).await;
        assert!(is_answered(&mut client).await);
        clients.push(client);
    }
    assert_eq!(open(&mut clients).await, [false, false, true, true, true, true]);
    assert!(is_answered(&mut clients[2]).await, "it is no longer the slowest");
    clients.push(connect("127.0.0.1", server.address).await);
    assert_eq!(open(&mut clients).await, [false, false, true, false, true, true, true]);
    let mut other = connect("127.0.0.2", server.address).await;
    assert!(is_answered(&mut other).await);
    assert_eq!(open(&mut clients).await.iter().filter(|open| **open).count(), 4, "another address takes nothing away");
}

#[tokio::test]
async fn all_addresses_together_have_no_more_than_all_connections() {
    let server = serve(pages(), ConnectionLimits { head: LONG, ..limits(5, 4) });
    let mut clients = Vec::new();
    for client in 0..8 {
        clients.push(connect(&format!("127.0.0.{}", 1 + client), server.address).await);
        sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(open(&mut clients).await, [false, false, false, true, true, true, true, true]);
}

#[tokio::test]
async fn a_trusted_proxy_has_any_share() {
    for (proxy, most) in [("127.0.0.1", 6), ("::ffff:127.0.0.1", 6), ("127.0.0.9", 2)] {
        let few = limits(20, 2);
        let trusted = ConnectionLimits { trusted_proxies: vec![proxy.parse().unwrap()], head: LONG, ..few };
        let server = serve(pages(), trusted);
        let mut clients = Vec::new();
        for _ in 0..6 {
            clients.push(connect("127.0.0.1", server.address).await);
            sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(open(&mut clients).await.iter().filter(|open| **open).count(), most, "{proxy}");
    }
}

#[tokio::test]
async fn an_ipv4_client_is_the_same_client_on_a_socket_for_ipv6() {
    let few = limits(20, 2);
    let trusted = ConnectionLimits { trusted_proxies: vec!["127.0.0.1".parse().unwrap()], head: LONG, ..few };
    // A machine without IPv6 has no such socket.
    let Ok(server) = serve_at("[::]:0", pages(), trusted) else { return };
    let address = SocketAddr::new("127.0.0.1".parse().unwrap(), server.address.port());
    let mut clients = Vec::new();
    for _ in 0..4 {
        let mut client = connect("127.0.0.1", address).await;
        let answer = ask(&mut client, "GET /peer HTTP/1.1\r\nHost: x\r\n\r\n", "127.0.0.1").await.unwrap();
        assert!(!answer.contains("ffff"), "{answer}");
        clients.push(client);
    }
    assert_eq!(open(&mut clients).await, [true; 4]);
}

#[tokio::test]
async fn a_request_that_is_being_worked_on_is_never_dropped() {
    let server = serve(pages(), limits(20, 2));
    let mut workers = Vec::new();
    for _ in 0..2 {
        let mut client = connect("127.0.0.1", server.address).await;
        client.write_all(b"GET /work HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
        workers.push(client);
    }
    sleep(WORK / 3).await;
    let mut third = [connect("127.0.0.1", server.address).await];
    assert_eq!(open(&mut third).await, [false], "there is no room for a third");
    for client in &mut workers {
        assert!(ask(client, "", "worked").await.is_ok());
    }
    let mut fourth = connect("127.0.0.1", server.address).await;
    assert!(is_answered(&mut fourth).await);
}

#[tokio::test]
async fn an_honest_upload_outlasts_a_trickle_that_began_later() {
    let server = serve(pages(), limits(20, 2));
    let begin = "POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 400000\r\n\r\n";
    let mut honest = connect("127.0.0.1", server.address).await;
    honest.write_all(begin.as_bytes()).await.unwrap();
    sleep(Duration::from_millis(100)).await;
    let mut slow = connect("127.0.0.1", server.address).await;
    slow.write_all(begin.as_bytes()).await.unwrap();
    let mut third = None;
    for part in 0..20 {
        honest.write_all(&vec![b'x'; 20_000]).await.unwrap();
        sleep(Duration::from_millis(50)).await;
        if part == 15 {
            third = Some(connect("127.0.0.1", server.address).await);
        }
    }
    assert!(ask(&mut honest, "", "400000").await.is_ok());
    assert_eq!(open(&mut [slow]).await, [false]);
    assert!(is_answered(&mut third.unwrap()).await);
}

#[tokio::test]
async fn stopping_finishes_begun_requests_and_waits_for_nobody_who_is_slow() {
    let server = serve(pages(), limits(20, 20));
    let mut worker = connect("127.0.0.1", server.address).await;
    worker.write_all(b"GET /work HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    let mut slow = connect("127.0.0.1", server.address).await;
    slow.write_all(b"GET").await.unwrap();
    let mut idle = connect("127.0.0.1", server.address).await;
    assert!(is_answered(&mut idle).await);
    let began = Instant::now();
    server.stop.send(()).unwrap();
    assert!(ask(&mut worker, "", "worked").await.is_ok());
    timeout(LONG, server.serving).await.unwrap().unwrap();
    assert!(began.elapsed() < WORK + SECOND, "{:?}", began.elapsed());
    assert!(TcpStream::connect(server.address).await.is_err());
}

#[test]
fn a_form_that_is_too_slow_is_answered_with_a_page() {
    let world = testkit::World::sqlite();
    let settings = web::Settings {
        origins: vec!["http://test.example".into()],
        is_secure: false,
        trusted_proxies: Vec::new(),
        demo_accounts: Vec::new(),
        public_exams: false,
        setup_key: None,
        one_time_password_hours: domain::password::OneTimeHours::default(),
    };
    let passwords = app::access::sign_in::PasswordSignIn::new().unwrap();
    let state = web::AppState::new(world.app.clone(), passwords, settings);
    let form = Duration::from_millis(300);
    let router = web::router_with(state, web::BodyDeadlines { form, ..web::BodyDeadlines::default() });
    let answer = tokio::runtime::Runtime::new().unwrap().block_on(trickled_form(router, form));
    assert!(answer.starts_with("HTTP/1.1 408 Request Timeout\r\n") && answer.contains("</html>"), "{answer}");
    assert!(answer.contains("connection: close") && answer.contains("arrived too slowly"), "{answer}");
}

/// The answer to a form of which the last bytes never come.
async fn trickled_form(router: Router, form: Duration) -> String {
    let server = serve(router, limits(20, 20));
    let mut client = connect("127.0.0.1", server.address).await;
    let head = "POST /sign-in HTTP/1.1\r\nHost: x\r\nOrigin: http://test.example\r\nAccept-Language: en\r\n\
                Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 10000\r\n\r\n";
    client.write_all(head.as_bytes()).await.unwrap();
    let began = Instant::now();
    let mut answer = Vec::new();
    while timeout(form / 8, client.read_buf(&mut answer)).await.is_err() {
        client.write_all(b"a").await.unwrap();
        assert!(began.elapsed() < LONG);
    }
    timeout(LONG, client.read_to_end(&mut answer)).await.unwrap().ok();
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn addresses_are_counted_as_the_networks_of_customers() {
    let counted = |address: &str| counted_address(address.parse().unwrap()).to_string();
    assert_eq!(counted("192.0.2.7"), "192.0.2.7");
    assert_eq!(counted("::ffff:192.0.2.7"), "192.0.2.7");
    assert_eq!(counted("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
    assert_eq!(counted("::1"), "::");
}

#[test]
fn few_open_files_mean_few_connections() {
    let connections = |files| ConnectionLimits::new(files, &[]).connections;
    assert_eq!((connections(None), connections(Some(1_000_000))), (CONNECTIONS_LIMIT, CONNECTIONS_LIMIT));
    assert_eq!((connections(Some(1_024)), connections(Some(100))), (448, 2));
    let limits = ConnectionLimits::new(Some(1_024), &[]);
    assert_eq!((limits.per_address, limits.head), (224, Duration::from_secs(10)));
    assert!(limits.stall.as_secs() >= FORM_SECONDS, "a form is answered before its connection is closed");
    let raised = raise_open_files();
    assert_eq!(raised, raise_open_files());
}
