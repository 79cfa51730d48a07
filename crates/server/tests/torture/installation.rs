//! An installation of the program with a small university, and the check that it has lost nothing.

use crate::instructor::{Instructor, get};
use app::app::App;
use app::catalogue::load_catalogue::ensure_catalogue;
use app::clock::Clock;
use app::history::verify_documents::verify_documents;
use app::history::verify_history::verify_history;
use app::history::verify_records::{begin_hashes, verify_records};
use app::roster::import_roster::{ImportOptions, import_roster};
use chrono::Days;
use domain::id::{OfferingId, TermId};
use domain::roster::authority::ImportAuthority;
use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use store::{DatabaseLocation, Store, choices};
use tempfile::TempDir;
use testkit::engine::Engine;
use testkit::sample;
use testkit::world::shipped_catalogue;
use vault::Vault;

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_emtihan");

/// An installation with a small university whose instructors can choose today.
pub(crate) struct Installation {
    pub(crate) folder: TempDir,
    pub(crate) place: DatabaseLocation,
    pub(crate) instructors: Vec<Arc<Instructor>>,
}

impl Installation {
    pub(crate) fn new(engine: Engine) -> Self {
        Self::in_folder(engine, tempfile::tempdir().unwrap())
    }

    /// Creates an installation on the disk of this folder.
    pub(crate) fn in_folder(engine: Engine, folder: TempDir) -> Self {
        let place = match engine {
            Engine::Sqlite => DatabaseLocation::File(folder.path().join("emtihan.db")),
            Engine::Postgres => engine.place(&folder),
        };
        let app = app_of(folder.path(), &place);
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

    /// Tells a command of the program where the installation is.
    pub(crate) fn configure(&self, command: &mut Command) {
        command.env("EMTIHAN_DATA_DIR", self.folder.path());
        match &self.place {
            DatabaseLocation::File(path) => command.env("EMTIHAN_DATABASE_URL", path),
            DatabaseLocation::Address(url) => command.env("EMTIHAN_DATABASE_URL", url),
        };
    }

    pub(crate) fn start(&self) -> Server {
        self.start_with(&[])
    }

    /// Starts the program with these variables of the environment, and waits until it is ready.
    pub(crate) fn start_with(&self, variables: &[(&str, &Path)]) -> Server {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        // A file that may not grow is an error of writing for the program, as on a full disk, and not its end.
        let mut command = Command::new("sh");
        command.args(["-c", "trap '' XFSZ; exec \"$0\" serve", PROGRAM]);
        self.configure(command.env("EMTIHAN_LISTEN", address.to_string()));
        // The log is a file on the same disk, which is longer than the limit of the test with a full disk.
        let log = self.folder.path().join("log");
        fs::write(&log, [b'.'; 10_000]).unwrap();
        let log = fs::File::options().append(true).open(log).unwrap();
        command.env("RUST_LOG", "error").stdout(Stdio::null()).stdin(Stdio::null()).stderr(log);
        let child = command.envs(variables.iter().copied()).spawn().unwrap();
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
    pub(crate) fn check(&self) {
        let app = app_of(self.folder.path(), &self.place);
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
    pub(crate) fn send_until(&self, addresses: &[SocketAddr], end: impl FnOnce()) -> i64 {
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
    pub(crate) fn wait_for_a_choice(&self) {
        let (before, began) = (self.acknowledged(), Instant::now());
        while self.acknowledged() == before {
            assert!(began.elapsed() < Duration::from_mins(1), "no choice was acknowledged within a minute");
            thread::park_timeout(Duration::from_millis(5));
        }
    }

    fn acknowledged(&self) -> i64 {
        self.instructors.iter().map(|instructor| instructor.acknowledged.load(Ordering::SeqCst)).sum()
    }
}

pub(crate) fn app_of(folder: &Path, place: &DatabaseLocation) -> App {
    let vault = Vault::open(&folder.join("documents")).unwrap();
    App::new(Store::open(place).unwrap(), vault, Clock::machine())
}

/// A running program. It is killed when this value is dropped.
pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) address: SocketAddr,
}

impl Server {
    pub(crate) fn signal(&self, signal: &str) {
        let sent = Command::new("sh").args(["-c", &format!("kill {signal} {}", self.child.id())]).status();
        assert!(sent.unwrap().success());
    }

    /// Stops the program gracefully.
    pub(crate) fn stop(mut self) {
        self.signal("-TERM");
        let status = self.child.wait().unwrap();
        assert!(status.success(), "{status}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
