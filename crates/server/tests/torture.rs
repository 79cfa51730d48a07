//! Kills the running program again and again while people send choices, and checks after each time that every choice
//! that was acknowledged is there, once and whole. `cargo xtask torture` runs this with many rounds; a normal test run makes
//! a few.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "tests")]

use app::access::session::{fresh_token, token_hash};
use app::app::App;
use app::catalogue::load_catalogue::ensure_catalogue;
use app::clock::Clock;
use app::history::verify_documents::verify_documents;
use app::history::verify_history::verify_history;
use app::history::verify_records::{begin_hashes, verify_records};
use app::programmes::upload_programme::{receive, record};
use app::roster::import_roster::{ImportOptions, import_roster};
use chrono::Days;
use domain::id::{OfferingId, TermId};
use domain::limits::PROGRAMME_SIZE_LIMIT;
use domain::roster::authority::ImportAuthority;
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use store::sessions::SessionOrigin;
use store::{DatabaseLocation, Store, choices, documents, people, sessions};
use tempfile::TempDir;
use testkit::engine::Engine;
use testkit::world::shipped_catalogue;
use testkit::{files, sample};
use vault::Vault;

const PROGRAM: &str = env!("CARGO_BIN_EXE_emtihan");
/// The rows of the rule table that are chosen in turn.
const ROWS: [&str; 2] = ["moodle-essay", "moodle-case"];

/// The number of repetitions of each scenario: a few in a normal test run.
fn rounds(few: usize) -> usize {
    #[expect(clippy::disallowed_methods, reason = "`cargo xtask torture` says by environment how much")]
    let asked = std::env::var("EMTIHAN_TORTURE_ROUNDS");
    asked.ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(few)
}

/// An installation with a small university whose instructors can choose today.
struct Installation {
    folder: TempDir,
    place: DatabaseLocation,
    instructors: Vec<Arc<Instructor>>,
}

/// An instructor who sends a choice for one group again and again.
struct Instructor {
    cookie: String,
    offering: OfferingId,
    /// The fields of the form that name discipline and document.
    document: String,
    /// The newest version of the choice that the program has acknowledged.
    acknowledged: AtomicI64,
}

impl Installation {
    fn new(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = match engine {
            Engine::Sqlite => DatabaseLocation::File(folder.path().join("emtihan.db")),
            Engine::Postgres => engine.place(&folder),
        };
        let app = app_of(&folder, &place);
        ensure_catalogue(&app, &shipped_catalogue()).unwrap();
        app.write_now(begin_hashes).unwrap();
        let mut roster = sample::roster();
        let today = app.clock.today();
        roster.terms.retain(|term| term.id == TermId::of(&["autumn"]));
        for term in &mut roster.terms {
            let (starts, ends) = (today - Days::new(10), today + Days::new(90));
            *term = domain::roster::RosterTerm {
                starts,
                ends,
                choose_from: starts,
                choose_until: ends,
                approve_until: ends,
                ..term.clone()
            };
        }
        roster.offerings.retain(|offering| offering.term == TermId::of(&["autumn"]));
        let kept: Vec<OfferingId> = roster.offerings.iter().map(|offering| offering.id).collect();
        roster.enrolments.retain(|enrolment| kept.contains(&enrolment.offering));
        let taught = roster.offerings.clone();
        let authority = ImportAuthority::CommandLineWithAdministrators;
        let how = ImportOptions { authority, ..ImportOptions::default() };
        app.write_now(move |work| import_roster(work, &roster, &how)).unwrap();
        let responsible = taught.iter().filter(|offering| offering.responsible.is_some() && offering.has_exam);
        let instructors = responsible.map(|offering| Arc::new(Instructor::of(&app, offering))).collect();
        Self { folder, place, instructors }
    }

    fn start(&self) -> Server {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        // A file that may not grow is an error of writing for the program, as on a full disk, and not its end.
        let mut command = Command::new("sh");
        command.args(["-c", "trap '' XFSZ; exec \"$0\" serve", PROGRAM]);
        command.env("EMTIHAN_DATA_DIR", self.folder.path()).env("EMTIHAN_LISTEN", address.to_string());
        match &self.place {
            DatabaseLocation::File(path) => command.env("EMTIHAN_DATABASE_URL", path),
            DatabaseLocation::Address(url) => command.env("EMTIHAN_DATABASE_URL", url),
        };
        // The log is a file on the same disk, which is longer than the limit of the test with a full disk.
        let log = self.folder.path().join("log");
        fs::write(&log, [b'.'; 10_000]).unwrap();
        let log = fs::File::options().append(true).open(log).unwrap();
        command.env("RUST_LOG", "error").stdout(Stdio::null()).stdin(Stdio::null()).stderr(log);
        let child = command.spawn().unwrap();
        let server = Server { child, address };
        let began = Instant::now();
        while get(address, "/readyz", "").is_none_or(|answer| !answer.starts_with("HTTP/1.1 200")) {
            assert!(began.elapsed() < Duration::from_mins(1), "the program did not start again");
            thread::park_timeout(Duration::from_millis(10));
        }
        server
    }

    /// Checks that each acknowledged choice is stored, and at most one more per person, whose answer was
    /// lost; and that the history, the records and the documents agree.
    fn check(&self) {
        let app = app_of(&self.folder, &self.place);
        for instructor in &self.instructors {
            let id = instructor.offering;
            let stored = app.read_now(move |work| Ok(choices::find(work.tx, id)?.choice.version())).unwrap();
            let acknowledged = instructor.acknowledged.load(Ordering::SeqCst);
            assert!(
                (acknowledged..=acknowledged + 1).contains(&stored),
                "{acknowledged} was acknowledged, {stored} is stored"
            );
            instructor.acknowledged.store(stored, Ordering::SeqCst);
        }
        app.read_now(verify_history).unwrap().unwrap();
        assert_eq!(app.read_now(verify_records).unwrap().faults, []);
        assert_eq!(verify_documents(&app).unwrap().faults, []);
    }

    /// Lets every instructor send choices to the given servers for some time, then runs `end`.
    fn send_until(&self, addresses: &[SocketAddr], end: impl FnOnce()) -> i64 {
        let is_over = Arc::new(AtomicBool::new(false));
        let before: i64 = self.acknowledged();
        let senders: Vec<_> = self
            .instructors
            .iter()
            .zip(addresses.iter().cycle())
            .map(|(instructor, address)| {
                let (instructor, is_over, address) = (Arc::clone(instructor), Arc::clone(&is_over), *address);
                thread::spawn(move || while !is_over.load(Ordering::SeqCst) && instructor.send(address).is_some() {})
            })
            .collect();
        end();
        is_over.store(true, Ordering::SeqCst);
        for sender in senders {
            sender.join().unwrap();
        }
        self.acknowledged() - before
    }

    /// Waits until a choice was acknowledged, because a busy machine may need long for the first one.
    fn wait_for_a_choice(&self) {
        let (before, began) = (self.acknowledged(), Instant::now());
        while self.acknowledged() == before && began.elapsed() < Duration::from_mins(1) {
            thread::park_timeout(Duration::from_millis(5));
        }
    }

    fn acknowledged(&self) -> i64 {
        self.instructors.iter().map(|instructor| instructor.acknowledged.load(Ordering::SeqCst)).sum()
    }
}

fn app_of(folder: &TempDir, place: &DatabaseLocation) -> App {
    let vault = Vault::open(&folder.path().join("documents")).unwrap();
    App::new(Store::open(place).unwrap(), vault, Clock::machine())
}

impl Instructor {
    fn of(app: &App, taught: &domain::roster::RosterOffering) -> Self {
        let (person, discipline) = (taught.responsible.unwrap(), taught.discipline);
        let token = fresh_token().unwrap();
        let cookie = format!("emtihan={token}");
        let about = app
            .write_now(move |work| {
                sessions::add(work.tx, token_hash(&token), person, &SessionOrigin::default(), work.now)?;
                Ok(documents::discipline(work.tx, discipline)?.unwrap())
            })
            .unwrap();
        let mut incoming = app.vault.begin(PROGRAMME_SIZE_LIMIT).unwrap();
        incoming.write(&files::good_programme(&about, "programme")).unwrap();
        let taken = receive(&app.vault, incoming, &about).unwrap();
        let stored = app.write_now(move |work| {
            let person = people::find(work.tx, person)?.unwrap();
            let today = work.today();
            let actor = people::actor(work.tx, &person, today)?;
            record(work, &actor, discipline, "programme.pdf", &taken)
        });
        let document = format!("doc_{discipline}={}", stored.unwrap().document.id);
        Self { cookie, offering: taught.id, document, acknowledged: AtomicI64::new(0) }
    }

    /// Sends the next version of the choice. `None` if there was no answer, as when the program was
    /// killed.
    fn send(&self, address: SocketAddr) -> Option<()> {
        let page = get(address, "/groups", &self.cookie)?;
        let csrf = page.split("name=\"csrf\" value=\"").nth(1)?.split('"').next()?.to_owned();
        let (offering, version) = (self.offering, self.acknowledged.load(Ordering::SeqCst));
        let row = ROWS.iter().cycle().nth(usize::from(version % 2 == 1)).unwrap();
        let form = format!("csrf={csrf}&rule={row}&g={offering}&o={offering}&v_{offering}={version}&{}", self.document);
        let answer = post(address, "/choices", &self.cookie, &form)?;
        if answer.starts_with("HTTP/1.1 303") {
            self.acknowledged.store(version + 1, Ordering::SeqCst);
            return Some(());
        }
        assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
        None
    }
}

/// A running program. It is killed when this value is dropped.
struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    fn signal(&self, signal: &str) {
        let sent = Command::new("sh").args(["-c", &format!("kill {signal} {}", self.child.id())]).status();
        assert!(sent.unwrap().success());
    }

    /// Stops the program gracefully.
    fn stop(mut self) {
        self.signal("-TERM");
        assert!(self.child.wait().unwrap().success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn get(address: SocketAddr, path: &str, cookie: &str) -> Option<String> {
    ask(address, &format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"))
}

fn post(address: SocketAddr, path: &str, cookie: &str, form: &str) -> Option<String> {
    let length = form.len();
    ask(
        address,
        &format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nCookie: {cookie}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{form}"
        ),
    )
}

/// Sends a request and returns the whole answer; `None` if there is none, or only a part.
fn ask(address: SocketAddr, request: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    answer.contains("\r\n\r\n").then_some(answer)
}

/// A wait that differs from round to round, so that the program is killed at different moments.
fn moment(round: usize) -> Duration {
    Duration::from_millis(u64::try_from(round * 37 % 500).unwrap())
}

fn kills(engine: Engine) {
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
fn two_programs_on_one_database_store_every_choice_once() {
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
fn an_upgrade_that_is_killed_is_done_by_the_next_start() {
    let installation = Installation::new(Engine::Sqlite);
    let DatabaseLocation::File(path) = &installation.place else { panic!("a file") };
    let older = "DELETE FROM refinery_schema_history WHERE version >= 16; DROP INDEX offerings_with_exception;
                 DROP TABLE state_hashes; DROP INDEX set_forms_by_offering; DROP INDEX openings_by_offering;
                 PRAGMA application_id = 0; DELETE FROM leases";
    for round in 0..rounds(8) {
        store::scratch::change_file(path, older).unwrap();
        let mut upgrade = Command::new(PROGRAM);
        upgrade.arg("migrate").env("EMTIHAN_DATA_DIR", installation.folder.path()).env("EMTIHAN_DATABASE_URL", path);
        let mut upgrade = upgrade.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        thread::park_timeout(Duration::from_millis(u64::try_from(round % 24 * 3).unwrap()));
        drop(upgrade.kill());
        upgrade.wait().unwrap();
        let app = app_of(&installation.folder, &installation.place);
        app.write_now(begin_hashes).unwrap();
        drop(app);
        installation.check();
    }
}
