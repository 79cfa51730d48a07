//! Sends every request of `fuzz/corpus` to the site, as the fuzz targets do. Inputs that once failed
//! are among the requests.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    unreachable_pub,
    reason = "tests"
)]

#[path = "../../../fuzz/src/cookies.rs"]
mod cookies;
#[path = "../../../fuzz/src/forms.rs"]
mod forms;
#[path = "../../../fuzz/src/site.rs"]
mod site;

use site::Site;
use std::fs;
use std::path::Path;

/// Calls a function with each file of a folder of the corpus. The names of the files are printed, so
/// that a failure shows which file was read last.
fn each(folder: &str, mut send: impl FnMut(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(folder);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() > 5, "{files:?}");
    for file in files {
        println!("{}", file.display());
        send(&fs::read(&file).unwrap());
    }
}

#[test]
fn every_form_of_the_corpus_is_answered() {
    let mut site = Site::new(false);
    each("forms", |input| forms::send(input, &mut site));
}

#[test]
fn every_request_with_cookies_of_the_corpus_is_answered() {
    let mut site = Site::new(true);
    each("cookies", |input| cookies::send(input, &mut site));
}
