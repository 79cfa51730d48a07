//! Reads every file of `fuzz/corpus` that belongs to a reader of this crate, as the fuzz targets do.
//! Inputs that once failed are among the files.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    unreachable_pub,
    reason = "tests"
)]

#[path = "../../../fuzz/src/catalogue_files.rs"]
mod catalogue_files;
#[path = "../../../fuzz/src/documents.rs"]
mod documents;
#[path = "../../../fuzz/src/group_sheets.rs"]
mod group_sheets;
#[path = "../../../fuzz/src/parts.rs"]
mod parts;
#[path = "../../../fuzz/src/roster_files.rs"]
mod roster_files;
#[path = "../../../fuzz/src/roster_import.rs"]
mod roster_import;

use std::fs;
use std::path::Path;
use testkit::sample;

/// Calls a reader with each file of a folder of the corpus. The names of the files are printed, so
/// that a failure shows which file was read last.
fn each(folder: &str, read: impl Fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(folder);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() > 5, "{files:?}");
    for file in files {
        println!("{}", file.display());
        read(&fs::read(&file).unwrap());
    }
}

#[test]
fn every_roster_file_of_the_corpus_is_read() {
    each("roster_files", roster_files::read);
}

#[test]
fn every_group_sheet_of_the_corpus_is_read() {
    let stored = sample::roster();
    each("group_sheets", |input| group_sheets::read(input, &stored));
}

#[test]
fn every_document_of_the_corpus_is_read() {
    each("documents", documents::read);
}

#[test]
fn every_catalogue_of_the_corpus_is_read() {
    each("catalogue_files", catalogue_files::read);
}
