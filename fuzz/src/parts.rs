//! Inputs with several files, for readers of zip files and PDF documents. The line `== name` begins
//! each file. A random change of such an input changes a file, whereas a random change of a zip
//! file only damages the zip file.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Cursor, Seek, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The beginning of the line before each file of an input.
const MARK: &[u8] = b"== ";

/// The largest number of characters in the name of a file, so that a zip file can hold the name.
const LONGEST_NAME: usize = 200;

/// A file of an input.
pub struct Part<'i> {
    pub name: String,
    pub content: &'i [u8],
}

/// Divides an input into its files; `None` if the input does not begin with the name of a file.
pub fn divided(input: &[u8]) -> Option<Vec<Part<'_>>> {
    let mut rest = input.strip_prefix(MARK)?;
    let mut parts = Vec::new();
    loop {
        let end = rest.windows(MARK.len() + 1).position(|text| text.starts_with(b"\n") && text.ends_with(MARK));
        let (part, next) = rest.split_at(end.unwrap_or(rest.len()));
        let line = part.iter().position(|byte| *byte == b'\n').unwrap_or(part.len());
        let (name, content) = part.split_at(line);
        let name = String::from_utf8_lossy(name).chars().take(LONGEST_NAME).collect();
        parts.push(Part { name, content: content.get(1..).unwrap_or_default() });
        let Some(next) = next.get(MARK.len() + 1..) else { return Some(parts) };
        rest = next;
    }
}

/// Returns a zip file with the files of an input, or the input itself if it is not divided into
/// files.
pub fn zipped(input: &[u8]) -> Vec<u8> {
    let Some(parts) = divided(input) else { return input.to_vec() };
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // A zip file cannot hold two files with the same name.
    for (name, content) in parts.into_iter().map(|part| (part.name, part.content)).collect::<BTreeMap<_, _>>() {
        zip.start_file(name, stored).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Returns an opened temporary file with these bytes.
pub fn opened(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.rewind().unwrap();
    file
}
