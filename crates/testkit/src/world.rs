//! The test university of one test: the sample university in a new database, with a clock that the
//! test sets.

use crate::clock::TestClock;
use crate::engine::Engine;
use crate::{files, sample};
use app::access::session::{SessionClaim, fresh_token, token_hash};
use app::app::App;
use app::catalogue::load_catalogue::ensure_catalogue;
use app::choosing::send_choices::{ChoiceSubmission, SendOutcome, send_choices};
use app::failure::Failure;
use app::history::verify_records::{RecordFault, begin_hashes, verify_records};
use app::programmes::upload_programme::{receive, record};
use app::reviewing::approve_choices::approve_choices;
use app::reviewing::decide::ShownChoice;
use app::reviewing::intact_documents::IntactDocuments;
use app::roster::import_roster::{ImportOptions, import_roster};
use app::staff::accounts;
use app::unit_of_work::UnitOfWork;
use domain::catalogue::RowId;
use domain::choice::Choice;
use domain::exam_entry::ExamEntry;
use domain::id::{DocumentId, OfferingId};
use domain::limits::PROGRAMME_SIZE_LIMIT;
use domain::offering::Discipline;
use domain::person::Actor;
use domain::roster::authority::ImportAuthority;
use exchange::catalogue::{CatalogueFolder, read_catalogue};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use store::sessions::SessionOrigin;
use store::{choices, documents, people, sessions};
use tempfile::TempDir;
use vault::Vault;

/// The test university of one test: the application, its clock and the folder of its data.
pub struct World {
    pub app: App,
    /// The clock of the test university. At first it shows a morning on which instructors are
    /// allowed to choose.
    pub clock: TestClock,
    pub folder: TempDir,
    is_changed_outside_program: AtomicBool,
}

/// The exam that a test chooses for an offering: catalogue row and additional information.
#[derive(Debug, Clone, Copy)]
pub struct Exam<'e> {
    /// The id of the catalogue row that the test chooses for the exam.
    pub row: &'e str,
    /// The additional information on the exam; empty if the catalogue row does not allow any.
    pub info: &'e str,
}

impl<'e> Exam<'e> {
    /// Returns an exam with this catalogue row and without additional information.
    pub fn row(row: &'e str) -> Self {
        Self { row, info: "" }
    }
}

/// Reads the catalogue that is shipped with the program.
pub fn shipped_catalogue() -> CatalogueFolder {
    read_catalogue(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogue/rows.toml")).unwrap()
}

impl Drop for World {
    /// Checks at the end of every test that the history agrees with all records.
    fn drop(&mut self) {
        if std::thread::panicking() || self.is_changed_outside_program.load(Ordering::Relaxed) {
            return;
        }
        if let Ok(verified) = self.app.read_now(verify_records) {
            let faults = verified.faults.into_iter().filter(|fault| *fault != RecordFault::NotBegun);
            assert_eq!(faults.collect::<Vec<_>>(), Vec::new(), "the history does not agree with the records");
        }
    }
}

impl World {
    /// Says that this test changes records outside the program, so that the history cannot agree with them.
    pub fn changes_outside_program(&self) {
        self.is_changed_outside_program.store(true, Ordering::Relaxed);
    }

    /// Creates a test university with the people and offerings of the sample university, on SQLite
    /// or PostgreSQL.
    pub fn on(engine: Engine) -> Self {
        let world = Self::empty(engine);
        let roster = sample::roster();
        let authority = ImportAuthority::CommandLineWithAdministrators;
        let how = ImportOptions { authority, ..ImportOptions::default() };
        world.app.write_now(move |work| import_roster(work, &roster, &how)).unwrap();
        world
    }

    /// Creates a test university with the shipped catalogue and no other data, on SQLite or
    /// PostgreSQL.
    pub fn empty(engine: Engine) -> Self {
        let world = Self::without_rows(engine);
        ensure_catalogue(&world.app, &shipped_catalogue()).unwrap();
        world.app.write_now(begin_hashes).unwrap();
        world
    }

    /// Creates a test university without any data, even without a catalogue, on SQLite or
    /// PostgreSQL.
    pub fn without_rows(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = TestClock::at("2026-09-15 09:00");
        let vault = Vault::open(&folder.path().join("documents")).unwrap();
        let app = App::new(engine.open(&folder), vault, clock.ask());
        Self { app, clock, folder, is_changed_outside_program: AtomicBool::new(false) }
    }

    /// Creates a test university with the people and offerings of the sample university, on SQLite.
    pub fn sqlite() -> Self {
        Self::on(Engine::Sqlite)
    }

    /// Returns the person with this username as the actor of a use case, with the roles that are
    /// valid today.
    pub fn actor(&self, username: &str) -> Actor {
        let username = username.to_owned();
        let found = self.app.read_now(move |work| {
            let person = accounts::by_username(work, &username)?;
            let today = work.today();
            Ok(people::actor(work.tx, &person, today)?)
        });
        found.unwrap()
    }

    /// Signs the person with this username in, without a password, and returns the claim of the new
    /// session.
    pub fn claim(&self, username: &str) -> SessionClaim {
        let (person, token) = (self.actor(username).person, token_hash(&fresh_token().unwrap()));
        self.app
            .write_now(move |work| Ok(sessions::add(work.tx, token, person, &SessionOrigin::default(), work.now)?))
            .unwrap();
        SessionClaim { token, may_skip_password_change: false }
    }

    /// Runs a use case in one transaction, as the person with this username.
    pub fn as_<T: Send + 'static>(
        &self,
        username: &str,
        mut task: impl FnMut(&mut UnitOfWork<'_, '_>, &Actor) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let actor = self.actor(username);
        self.app.write_now(move |work| task(work, &actor))
    }

    /// Uploads a valid programme document into the dossier of a discipline, and returns its id.
    /// `name` is its file name.
    pub fn upload(&self, username: &str, discipline: &str, name: &str) -> DocumentId {
        let about = self.discipline(discipline);
        self.upload_bytes(username, discipline, name, &files::good_programme(&about, name))
    }

    /// Uploads a file with these bytes into the dossier of a discipline, and returns its id. `name`
    /// is its file name.
    pub fn upload_bytes(&self, username: &str, discipline: &str, name: &str, bytes: &[u8]) -> DocumentId {
        let mut incoming = self.app.vault.begin(PROGRAMME_SIZE_LIMIT).unwrap();
        incoming.write(bytes).unwrap();
        let taken = receive(&self.app.vault, incoming, &self.discipline(discipline)).unwrap();
        let (id, name) = (sample::discipline(discipline), name.to_owned());
        let done = self.as_(username, move |work, actor| record(work, actor, id, &name, &taken));
        done.unwrap().document.id
    }

    /// Returns the discipline with this code from the database.
    pub fn discipline(&self, code: &str) -> Discipline {
        let id = sample::discipline(code);
        self.app.read_now(move |work| Ok(documents::discipline(work.tx, id)?.unwrap())).unwrap()
    }

    /// Sends the choice of an exam for offerings of the current term, as the person with this
    /// username. The submission names the current version number of each choice, so the application
    /// does not refuse it as outdated.
    pub fn send(
        &self,
        username: &str,
        classes: &[&str],
        Exam { row, info }: Exam<'_>,
        document: DocumentId,
    ) -> Result<SendOutcome, Failure> {
        let offerings = classes.iter().map(|class| (sample::offering(class), self.choice(class).version())).collect();
        let disciplines = classes.iter().map(|class| sample::discipline(&class[..3]));
        let documents: BTreeMap<_, _> = disciplines.map(|discipline| (discipline, document)).collect();
        let selected = Some(RowId(row.to_owned())).filter(|row| !row.0.is_empty());
        let exam = ExamEntry::of_row(selected, info.to_owned());
        let sending = ChoiceSubmission { offerings, exam, documents, may_repeat_returned: true };
        self.as_(username, move |work, actor| send_choices(work, actor, &sending))
    }

    /// Loads the choice for an offering of the current term, which is named by its group.
    pub fn choice(&self, class: &str) -> Choice {
        let id: OfferingId = sample::offering(class);
        self.app.read_now(move |work| Ok(choices::find(work.tx, id)?.choice)).unwrap()
    }

    /// Returns the offerings for these groups of the sample university in the current term, each
    /// with the fingerprint of its choice. The HTML form of the review queue submits the same data
    /// when a head of department approves choices.
    pub fn seen(&self, classes: &[&str]) -> Vec<ShownChoice> {
        let seen = classes.iter().map(|class| ShownChoice {
            offering: sample::offering(class),
            fingerprint: self.choice(class).fingerprint().expect("nothing was sent"),
        });
        seen.collect()
    }

    /// Approves the current choices for the offerings of these groups in the current term, as the
    /// person with this username.
    pub fn approve(&self, username: &str, classes: &[&str]) -> Result<(), Failure> {
        self.approve_shown(username, &self.seen(classes))
    }

    /// Compares the documents of choices with the uploaded ones, as every approval does first.
    pub fn intact(&self, seen: &[ShownChoice]) -> IntactDocuments {
        let offerings: Vec<_> = seen.iter().map(|shown| shown.offering).collect();
        let documents = self.app.read_now(move |work| {
            let find = |id: &OfferingId| Ok(choices::find(work.tx, *id)?.choice.current.map(|one| one.document_sha));
            offerings.iter().map(find).collect::<Result<Vec<_>, Failure>>()
        });
        IntactDocuments::verify(&self.app.vault, documents.unwrap().into_iter().flatten()).unwrap()
    }

    /// Approves choices as a page showed them.
    pub fn approve_shown(&self, username: &str, seen: &[ShownChoice]) -> Result<(), Failure> {
        let (seen, intact) = (seen.to_vec(), self.intact(seen));
        self.as_(username, move |work, actor| approve_choices(work, actor, &seen, &intact))
    }

    /// Sets the password of the person with this username.
    pub fn set_password(&self, username: &str, password: &str) {
        let hash = app::access::password_hash::hash_password(password).unwrap();
        let username = username.to_owned();
        self.app.write_now(move |work| accounts::set_password(work, &username, &hash)).unwrap();
    }
}
