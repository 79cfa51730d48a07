//! The inputs of `fuzz/corpus`, for the tests that read all of them.

use std::fs;
use std::path::Path;

/// Calls a function with each file of a folder of the corpus. The names of the files are printed, so
/// that a failure shows which file was read last.
pub fn each(folder: &str, mut read: impl FnMut(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(folder);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() > 5, "{files:?}");
    for file in files {
        println!("{}", file.display());
        read(&fs::read(&file).unwrap());
    }
}
