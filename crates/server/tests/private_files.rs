//! Tests that other users of the machine cannot read the files of an installation, whatever permissions the files had
//! before, and whatever the user's shell gives to new files.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs a command of the program on a data folder, from a shell that lets everybody read new files.
fn emtihan(data_dir: &Path, database: &str, arguments: &str) -> Output {
    let program = env!("CARGO_BIN_EXE_emtihan");
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("umask 0000; exec '{program}' {arguments}")]);
    let environment = [("EMTIHAN_DATA_DIR", data_dir.to_str().unwrap()), ("EMTIHAN_DATABASE_URL", database)];
    let answer = shell.envs(environment).env_remove("EMTIHAN_CONFIG").env_remove("RUST_LOG").output().unwrap();
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    answer
}

fn everything(folder: &Path) -> Vec<PathBuf> {
    let mut found = vec![folder.to_owned()];
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        found.extend(if path.is_dir() { everything(&path) } else { vec![path] });
    }
    found
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn is_private(path: &Path) -> bool {
    mode(path) == if path.is_dir() { 0o700 } else { 0o600 }
}

fn open_to_everybody(path: &Path) {
    let mode = if path.is_dir() { 0o755 } else { 0o644 };
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn warnings(answer: &Output) -> Vec<String> {
    let log = String::from_utf8_lossy(&answer.stderr);
    log.lines().filter(|line| line.contains("WARN")).map(str::to_owned).collect()
}

#[test]
fn a_new_installation_is_private() {
    let folder = tempfile::tempdir().unwrap();
    let data_dir = folder.path().join("data");
    let answer = emtihan(&data_dir, "", "migrate");
    let found = everything(&data_dir);
    assert!(found.len() >= 4 && found.iter().all(|path| is_private(path)), "{found:?}");
    assert!(warnings(&answer).is_empty(), "{answer:?}");
}

#[test]
fn wider_permissions_of_an_earlier_release_are_mended_with_one_warning() {
    let folder = tempfile::tempdir().unwrap();
    let data_dir = folder.path().join("data");
    emtihan(&data_dir, "", "migrate");
    for inside in ["documents/ab", "documents/imports/cd", "backups/2026"] {
        fs::create_dir_all(data_dir.join(inside)).unwrap();
        fs::write(data_dir.join(inside).join("file"), "personal data").unwrap();
    }
    for beside in ["emtihan.db-wal", "emtihan.db-shm", "emtihan.log"] {
        fs::write(data_dir.join(beside), "").unwrap();
    }
    let all = everything(&data_dir);
    for path in &all {
        open_to_everybody(path);
    }
    fs::set_permissions(data_dir.join("emtihan.log"), Permissions::from_mode(0o600)).unwrap();

    let warned = warnings(&emtihan(&data_dir, "", "migrate"));
    let found = everything(&data_dir);
    assert!(found.iter().all(|path| is_private(path)), "{found:?}");
    assert_eq!(warned.len(), 1, "{warned:?}");
    let named = [data_dir.to_str().unwrap().to_owned(), format!("changed={}", all.len() - 1), "failed=0".to_owned()];
    assert!(named.iter().all(|part| warned[0].contains(part)), "{warned:?}: {named:?}");
    assert!(warnings(&emtihan(&data_dir, "", "migrate")).is_empty());
}

#[test]
fn a_database_and_documents_elsewhere_are_mended_and_the_folder_around_them_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let [data_dir, elsewhere] = ["data", "elsewhere"].map(|name| folder.path().join(name));
    let [documents, database] = ["documents", "exams.db"].map(|name| elsewhere.join(name));
    fs::create_dir_all(documents.join("ab")).unwrap();
    fs::create_dir(&data_dir).unwrap();
    fs::write(documents.join("ab/cd"), "a programme").unwrap();
    fs::write(elsewhere.join("other"), "not of this program").unwrap();
    symlink(&documents, data_dir.join("documents")).unwrap();
    symlink(elsewhere.join("other"), data_dir.join("link")).unwrap();
    emtihan(&data_dir, database.to_str().unwrap(), "migrate");
    for path in &everything(&elsewhere) {
        open_to_everybody(path);
    }

    assert_eq!(warnings(&emtihan(&data_dir, database.to_str().unwrap(), "migrate")).len(), 1);
    assert!(everything(&documents).iter().all(|path| is_private(path)) && is_private(&database));
    assert_eq!([mode(&elsewhere), mode(&elsewhere.join("other"))], [0o755, 0o644]);
}
