//! Damages an installation in many ways, and checks that `emtihan verify` names each damage.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use store::scratch;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_emtihan");

/// Creates the demo university in a folder, lets it serve, and stops it gracefully.
fn demo(folder: &Path) {
    let mut command = Command::new(PROGRAM);
    command.args(["demo", "--listen", "127.0.0.1:0", "--data-dir"]).arg(folder);
    let mut demo = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(demo.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains("http://")));
    while !catches_sigterm(demo.id()) {
        std::thread::yield_now();
    }
    let stopped = Command::new("sh").args(["-c", &format!("kill {}", demo.id())]).status().unwrap();
    assert!(stopped.success() && demo.wait().unwrap().success());
}

/// Returns whether a process has set up what it does when it is told to stop.
fn catches_sigterm(process: u32) -> bool {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap();
    u64::from_str_radix(caught.trim(), 16).unwrap() & (1 << 14) != 0
}

/// An installation that one test damages.
struct Installation {
    folder: TempDir,
}

struct Verified {
    succeeded: bool,
    output: String,
}

impl Installation {
    fn copy_of(original: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let copied = Command::new("cp").arg("-a").arg(format!("{}/.", original.display())).arg(folder.path()).status();
        assert!(copied.unwrap().success());
        Self { folder }
    }

    fn database(&self) -> PathBuf {
        self.folder.path().join("emtihan.db")
    }

    /// Changes the database outside the program.
    fn sql(&self, sql: &str) {
        scratch::change_file(&self.database(), sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    fn text(&self, sql: &str) -> String {
        scratch::text_in_file(&self.database(), sql).unwrap()
    }

    fn verify(&self, arguments: &[&str]) -> Verified {
        self.run(Command::new(PROGRAM).arg("verify").args(arguments))
    }

    /// Starts the server, which is expected to refuse the installation.
    fn serve(&self) -> Verified {
        self.run(Command::new("timeout").args(["60", PROGRAM, "serve"]).env("EMTIHAN_LISTEN", "127.0.0.1:0"))
    }

    fn run(&self, command: &mut Command) -> Verified {
        command.env("EMTIHAN_DATA_DIR", self.folder.path()).env("EMTIHAN_DATABASE_URL", self.database());
        let output = command.output().unwrap();
        let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
        Verified { succeeded: output.status.success(), output: text }
    }

    /// The file of a document.
    fn document(&self) -> PathBuf {
        let name = self.text("SELECT lower(hex(sha256)) FROM documents ORDER BY id LIMIT 1");
        let (first, rest) = name.split_at(2);
        self.folder.path().join("documents").join(first).join(rest)
    }
}

#[test]
fn verify_passes_on_an_installation_that_is_whole_and_names_every_damage() {
    let original = tempfile::tempdir().unwrap();
    demo(original.path());
    let whole = Installation::copy_of(original.path());
    // A graceful stop leaves everything in the database file.
    assert!(!whole.folder.path().join("emtihan.db-wal").exists());
    let before = fs::read(whole.database()).unwrap();
    let Verified { succeeded, output } = whole.verify(&[]);
    assert!(succeeded, "{output}");
    assert!(output.contains("Everything agrees."), "{output}");
    assert_eq!(fs::read(whole.database()).unwrap(), before);
    let checkpoint = whole.text("SELECT lower(hex(hash)) FROM checkpoints ORDER BY sequence DESC LIMIT 1");
    assert!(whole.verify(&["--checkpoint", &checkpoint]).succeeded);
    listed_subjects(&whole);

    named_changes(original.path());
    noticed_end(original.path(), &checkpoint);
    named_files(original.path());
}

/// Lists every subject with the line from which its records are proven.
fn listed_subjects(whole: &Installation) {
    let chains = whole.text("SELECT '' || count(DISTINCT subject) FROM history");
    let Verified { succeeded, output } = whole.verify(&["--subjects"]);
    let unproven = output.lines().filter(|line| line.ends_with("lines without hashes of records"));
    assert!(unproven.clone().all(|line| line.starts_with("roster: ")), "{output}");
    let listed = output.lines().filter(|line| line.contains(": proven from line ")).count() + unproven.count();
    assert!(succeeded && listed.to_string() == chains, "{chains} chains: {output}");

    let subject = whole.text("SELECT subject FROM history WHERE subject LIKE 'choice:%' AND sequence = 2 LIMIT 1");
    let lines = whole.text(&format!("SELECT '' || max(sequence) FROM history WHERE subject = '{subject}'"));
    assert!(output.contains(&format!("{subject}: proven from line 1 of {lines}\n")), "{output}");
    // As if the first line were of a version that did not hash the records yet.
    let older = Installation::copy_of(whole.folder.path());
    older.sql(&format!("UPDATE history SET payload = '{{}}' WHERE subject = '{subject}' AND sequence = 1"));
    let Verified { output, .. } = older.verify(&["--subjects"]);
    assert!(output.contains(&format!("{subject}: proven from line 2 of {lines}\n")), "{output}");
}

/// Changes records outside the program, and checks that each change is named.
fn named_changes(original: &Path) {
    let damages: [(&str, &str); 14] = [
        ("UPDATE choices SET stage = 'approved' WHERE stage = 'in-review'", "the records of choice:"),
        ("UPDATE choices SET row_id = 'moodle-essay' WHERE stage = 'approved'", "the records of choice:"),
        ("DELETE FROM choice_versions", "the records of choice:"),
        ("DELETE FROM choices", "the records of choice:"),
        (
            "INSERT INTO appointments (id, person_id, role, org_id)
             SELECT X'00', person_id, 'registrar', org_id FROM appointments WHERE role = 'instructor' LIMIT 1",
            "person:",
        ),
        ("UPDATE people SET is_enabled = 0 WHERE username = 'registrar'", "the records of person:"),
        ("UPDATE appointments SET ends_on = '2099-01-01' WHERE role = 'head'", "the records of person:"),
        ("UPDATE terms SET choose_until = '2099-01-01'", "the records of term:"),
        ("UPDATE documents SET name = name || '.pdf'", "the records of dossier:"),
        ("UPDATE catalogues SET content = replace(content, 'moodle', 'noodle')", "the records of catalogue"),
        (
            "DELETE FROM history; DELETE FROM chain_heads; DELETE FROM checkpoint_heads; DELETE FROM checkpoints",
            "no history",
        ),
        ("DELETE FROM history WHERE subject LIKE 'person:%'", "lines up to"),
        ("UPDATE history SET payload = '{}' WHERE act = 'choice-sent'", "the history is broken at"),
        ("DELETE FROM people WHERE username = 'student'", "refers to a row of people that does not exist"),
    ];
    for (sql, word) in damages {
        let damaged = Installation::copy_of(original);
        damaged.sql(sql);
        let Verified { succeeded, output } = damaged.verify(&[]);
        assert!(!succeeded && output.contains(word), "{sql}: {output}");
    }
}

/// Cuts off the last checkpoint, which only a checkpoint that was kept elsewhere shows.
fn noticed_end(original: &Path, checkpoint: &str) {
    let cut = Installation::copy_of(original);
    cut.sql(
        "DELETE FROM checkpoint_heads WHERE checkpoint = (SELECT MAX(sequence) FROM checkpoints);
             DELETE FROM checkpoints WHERE sequence = (SELECT MAX(sequence) FROM checkpoints)",
    );
    assert!(!cut.verify(&["--checkpoint", checkpoint]).succeeded);
}

/// Damages or removes files, and checks that each damage is named.
fn named_files(original: &Path) {
    let page = Installation::copy_of(original);
    let mut bytes = fs::read(page.database()).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes.get_mut(middle..middle + 4096).unwrap().fill(0xA5);
    fs::write(page.database(), bytes).unwrap();
    assert!(!page.verify(&[]).succeeded);

    let missing = Installation::copy_of(original);
    fs::remove_file(missing.document()).unwrap();
    let Verified { succeeded, output } = missing.verify(&[]);
    assert!(!succeeded && output.contains("is missing in the folder of documents"), "{output}");

    let altered = Installation::copy_of(original);
    fs::write(altered.document(), "other bytes").unwrap();
    let Verified { succeeded, output } = altered.verify(&[]);
    assert!(!succeeded && output.contains("was changed in the folder of documents"), "{output}");

    let gone = Installation { folder: tempfile::tempdir().unwrap() };
    let Verified { succeeded, output } = gone.verify(&[]);
    assert!(!succeeded && output.contains("there is no database of Emtihan"), "{output}");
    assert_eq!(fs::read_dir(gone.folder.path()).unwrap().count(), 0);
}

#[test]
fn a_database_that_is_damaged_after_a_sudden_end_is_not_served() {
    let original = tempfile::tempdir().unwrap();
    demo(original.path());
    let damaged = Installation::copy_of(original.path());
    let mut bytes = fs::read(damaged.database()).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes.get_mut(middle..middle + 4096).unwrap().fill(0xA5);
    fs::write(damaged.database(), bytes).unwrap();
    // A log is there after a sudden end. This one has no change in it.
    fs::write(damaged.folder.path().join("emtihan.db-wal"), [0; 32]).unwrap();
    let refused = damaged.serve();
    assert!(!refused.succeeded && refused.output.contains("the database is damaged"), "{}", refused.output);
}

#[test]
fn a_database_that_cannot_be_read_is_refused_with_advice() {
    let original = tempfile::tempdir().unwrap();
    demo(original.path());

    let unreadable = Installation::copy_of(original.path());
    let mut bytes = fs::read(unreadable.database()).unwrap();
    bytes.get_mut(4096..).unwrap().fill(0xA5);
    fs::write(unreadable.database(), bytes).unwrap();
    for Verified { succeeded, output } in [unreadable.serve(), unreadable.verify(&[])] {
        assert!(!succeeded && output.contains("the file is damaged: restore a copy"), "{output}");
    }

    let gone = Installation::copy_of(original.path());
    let log = gone.folder.path().join("emtihan.db-wal");
    fs::write(&log, [0; 32]).unwrap();
    fs::remove_file(gone.database()).unwrap();
    let Verified { succeeded, output } = gone.serve();
    assert!(!succeeded && output.contains("put the database file back beside it"), "{output}");
    assert!(log.exists() && !gone.database().exists(), "nothing is changed");
}

#[test]
fn an_empty_university_is_not_begun_where_documents_lie() {
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("documents").join("ab").join("c".repeat(62));
    fs::create_dir_all(document.parent().unwrap()).unwrap();
    fs::write(&document, "a programme").unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).env("EMTIHAN_DATA_DIR", folder.path());
        command.env("EMTIHAN_DATABASE_URL", folder.path().join("emtihan.db")).output().unwrap()
    };
    let refused = run(&["migrate"]);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("documents of an earlier"));
    assert!(!folder.path().join("emtihan.db").exists());
    assert!(run(&["migrate", "--new"]).status.success());
}
