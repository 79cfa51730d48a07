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
#[path = "../../../fuzz/src/corpus.rs"]
mod corpus;
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

use corpus::each;
use testkit::sample;

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
