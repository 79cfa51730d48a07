//! Reads archives of catalogues: a zip file, an input that is divided into the files of a catalogue,
//! or the file `rows.toml` alone.

use crate::parts::{divided, zipped};
use domain::proofs::faults;
use domain::proofs::fixes::with_fix;
use exchange::catalogue::archive::{read_archive, write_archive};
use exchange::catalogue::{CatalogueFolder, parse_catalogue};
use std::io::Cursor;

/// Reads a catalogue and looks for faults in it. A catalogue without faults has to be the same after
/// it was written and read again.
pub fn read(input: &[u8]) {
    let Some(mut folder) = folder(input) else { return };
    let found = faults(&folder.catalogue);
    for fault in &found {
        with_fix(&folder.catalogue, &folder.catalogue, fault);
    }
    let written = write_archive(&folder);
    if !found.is_empty() {
        return;
    }
    // The number of a version is not part of the archive.
    folder.catalogue.version = 0;
    let again = read_archive(Cursor::new(written.expect("the catalogue cannot be written")));
    assert_eq!(again.as_ref(), Ok(&folder), "the catalogue is another one after it was written");
}

fn folder(input: &[u8]) -> Option<CatalogueFolder> {
    if input.starts_with(b"PK") || divided(input).is_some() {
        return read_archive(Cursor::new(zipped(input))).ok();
    }
    parse_catalogue(std::str::from_utf8(input).ok()?, &|_| None).ok()
}
