//! Attacks the running program with clients that trickle their requests or never read the answers, and tests that
//! everybody else is answered within a second.
#![expect(clippy::print_stderr, reason = "the long test is run for its numbers")]

use domain::limits::CONNECTIONS_LIMIT;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{sleep, timeout};

const PROGRAM: &str = env!("CARGO_BIN_EXE_emtihan");
const SECOND: Duration = Duration::from_secs(1);
/// The time in which the program certainly starts, also on a busy machine.
const START: Duration = Duration::from_secs(60);
const ATTACKERS: &str = "127.0.0.1";
const USER: &str = "127.0.0.2";
const PASSWORD: &str = "correct horse battery";

/// An attack on the program.
struct Attack {
    clients: usize,
    /// The options of the shell's `ulimit` under which the program runs.
    files: &'static str,
    lasts: Duration,
    /// The pause between two bytes of a client.
    pause: Duration,
}

/// The measurements of a normal user during an attack.
#[derive(Debug, Default)]
struct Noticed {
    answers: usize,
    slowest_health: Duration,
    slowest_page: Duration,
    slowest_sign_in: Duration,
    /// The slowest answer to a client with the address of the attackers.
    slowest_neighbour: Duration,
    most_files: usize,
    most_memory: String,
}

struct Program {
    child: Child,
    address: SocketAddr,
    _folder: tempfile::TempDir,
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn command(folder: &Path, address: SocketAddr, files: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit {files} && exec \"$0\" \"$@\""), PROGRAM]);
    command.env("EMTIHAN_DATA_DIR", folder).env("EMTIHAN_LISTEN", address.to_string()).env("EMTIHAN_LOG", "json");
    for name in ["EMTIHAN_CONFIG", "EMTIHAN_DATABASE_URL", "EMTIHAN_PUBLIC_URL", "EMTIHAN_TRUSTED_PROXIES"] {
        command.env_remove(name);
    }
    command
}

fn start(files: &str) -> Program {
    let folder = tempfile::tempdir().unwrap();
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let add = ["user", "add", "aliya", "--family-name", "Ахметова", "--given-name", "Әлия"];
    assert!(command(folder.path(), address, files).args(add).stdout(Stdio::null()).status().unwrap().success());
    let mut set = command(folder.path(), address, files);
    set.args(["user", "set-password", "aliya"]).stdin(Stdio::piped()).stdout(Stdio::null());
    let mut set = set.spawn().unwrap();
    writeln!(set.stdin.take().unwrap(), "{PASSWORD}").unwrap();
    assert!(set.wait().unwrap().success());
    let mut serve = command(folder.path(), address, files);
    let child = serve.arg("serve").stdout(Stdio::null()).spawn().unwrap();
    Program { child, address, _folder: folder }
}

async fn connect(from: &str, to: SocketAddr) -> std::io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    if from == ATTACKERS {
        // What a client does not read is noticed sooner.
        socket.set_recv_buffer_size(4 * 1024)?;
    }
    socket.bind(format!("{from}:0").parse().unwrap())?;
    socket.connect(to).await
}

/// Sends a request from an address of this machine and returns the whole answer.
async fn ask(from: &str, to: SocketAddr, request: &str) -> std::io::Result<String> {
    let mut client = connect(from, to).await?;
    client.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    client.read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

async fn page(from: &str, to: SocketAddr, path: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    timeout(START, ask(from, to, &request)).await.unwrap().unwrap_or_else(|error| error.to_string())
}

/// The value of an HTML attribute of a page.
fn attribute(page: &str, name: &str) -> String {
    let rest = page.split_once(&format!("{name}=\"")).map(|(_, rest)| rest);
    rest.and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
}

/// Sends the form of the sign-in page as a normal user; returns the answer.
async fn sign_in(to: SocketAddr, form: &str) -> String {
    let cookies: Vec<&str> =
        form.lines().filter_map(|line| line.strip_prefix("set-cookie: ")?.split(';').next()).collect();
    let body = format!(
        "csrf={}&username=aliya&password={}&next=/",
        attribute(form, "name=\"csrf\" value"),
        PASSWORD.replace(' ', "+")
    );
    let request = format!(
        "POST /sign-in HTTP/1.1\r\nHost: x\r\nOrigin: http://{to}\r\nCookie: {}\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        cookies.join("; "),
        body.len()
    );
    timeout(START, ask(USER, to, &request)).await.unwrap().unwrap_or_else(|error| error.to_string())
}

/// A client that trickles a head or a form, or does not read its answers. When it is disconnected, it comes back.
async fn attack(client: usize, to: SocketAddr, file: String, pause: Duration) {
    let sent = match client % 3 {
        0 => "GET /healthz HTTP/1.1\r\nX-A: ".to_owned(),
        1 => format!(
            "POST /sign-in HTTP/1.1\r\nHost: x\r\nOrigin: http://{to}\r\nContent-Length: 10000\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        ),
        _ => format!("GET {file} HTTP/1.1\r\nHost: x\r\n\r\n").repeat(30),
    };
    loop {
        sleep(pause.mul_f64(f64::from(u32::try_from(client % 100).unwrap()) / 100.0)).await;
        let Ok(mut stream) = connect(ATTACKERS, to).await else { continue };
        let mut is_open = stream.write_all(sent.as_bytes()).await.is_ok();
        while is_open {
            sleep(pause).await;
            is_open = client % 3 == 2 || stream.write_all(b"a").await.is_ok();
            is_open &= client % 3 != 2 || is_connected(&stream);
        }
    }
}

/// Whether the server has not closed the connection of a client that does not read.
fn is_connected(stream: &TcpStream) -> bool {
    stream.take_error().is_ok_and(|error| error.is_none())
}

/// Raises the number of files that the test itself can have open, because each of its clients needs one.
fn raise_open_files() {
    let limit = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit }).unwrap();
}

async fn noticed_during(planned: Attack) -> Noticed {
    raise_open_files();
    let Attack { clients, files, lasts, pause } = planned;
    let program = start(files);
    let to = program.address;
    let began = Instant::now();
    while !page(USER, to, "/healthz").await.starts_with("HTTP/1.1 200") {
        assert!(began.elapsed() < START, "the program does not start");
        sleep(Duration::from_millis(50)).await;
    }
    let file = attribute(&page(USER, to, "/sign-in").await, "rel=\"stylesheet\" href");
    let begin = |client| tokio::spawn(attack(client, to, file.clone(), pause));
    let attackers: Vec<_> = (0..clients).map(begin).collect();
    sleep(pause).await;
    let mut noticed = Noticed::default();
    let began = Instant::now();
    while began.elapsed() < lasts {
        let asked = Instant::now();
        assert!(page(USER, to, "/healthz").await.starts_with("HTTP/1.1 200"), "{noticed:?}");
        noticed.slowest_health = noticed.slowest_health.max(asked.elapsed());
        let asked = Instant::now();
        let form = page(USER, to, "/sign-in").await;
        assert!(form.contains("</html>"), "{noticed:?}");
        noticed.slowest_page = noticed.slowest_page.max(asked.elapsed());
        let asked = Instant::now();
        let answer = sign_in(to, &form).await;
        assert!(answer.starts_with("HTTP/1.1 303"), "{noticed:?} {answer}");
        noticed.slowest_sign_in = noticed.slowest_sign_in.max(asked.elapsed());
        let asked = Instant::now();
        assert!(page(ATTACKERS, to, "/healthz").await.starts_with("HTTP/1.1 200"), "{noticed:?}");
        noticed.slowest_neighbour = noticed.slowest_neighbour.max(asked.elapsed());
        let files = std::fs::read_dir(format!("/proc/{}/fd", program.child.id()));
        noticed.most_files = noticed.most_files.max(files.map_or(0, Iterator::count));
        let status = std::fs::read_to_string(format!("/proc/{}/status", program.child.id())).unwrap_or_default();
        noticed.most_memory = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default().to_owned();
        noticed.answers += 5;
        sleep(Duration::from_millis(100)).await;
    }
    attackers.iter().for_each(tokio::task::JoinHandle::abort);
    noticed
}

fn is_answered_within_a_second(noticed: &Noticed) {
    let Noticed { slowest_health, slowest_page, slowest_neighbour, .. } = noticed;
    assert!([slowest_health, slowest_page, slowest_neighbour].iter().all(|took| **took < SECOND), "{noticed:?}");
    // A build for tests needs some time to hash a password.
    assert!(noticed.slowest_sign_in < 3 * SECOND, "{noticed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn four_hundred_slow_clients_and_few_files_keep_nobody_out() {
    let (lasts, pause) = (Duration::from_secs(6), Duration::from_secs(2));
    // The number of files cannot be raised, so the number of connections is lower: 64.
    let noticed = noticed_during(Attack { clients: 400, files: "-n 256", lasts, pause }).await;
    is_answered_within_a_second(&noticed);
    assert!(noticed.most_files < 256, "{noticed:?}");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes three minutes: cargo test -p emtihan --test slow_clients -- --ignored --nocapture"]
async fn two_thousand_slow_clients_keep_nobody_out() {
    let (lasts, pause) = (Duration::from_secs(80), Duration::from_secs(5));
    for files in ["-S -n 1024", "-n 1024"] {
        let noticed = noticed_during(Attack { clients: 2_000, files, lasts, pause }).await;
        eprintln!("ulimit {files}: {noticed:?}");
        is_answered_within_a_second(&noticed);
        assert!(noticed.most_files < 2 * CONNECTIONS_LIMIT, "{noticed:?}");
    }
}
