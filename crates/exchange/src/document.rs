//! What an uploaded file is. Its content decides, never its name or what the browser said about it.
//!
//! Nothing is unpacked but one small list inside a DOCX, so that no file can cost more than its own size.

mod office;
mod pdf;
pub mod text;

use domain::limits::PROGRAMME_SIZE_LIMIT;
use domain::programme::{Media, UploadError};
use std::io::{Read, Seek, SeekFrom};

/// How much is read at a time.
const BLOCK: u64 = 64 * 1024;

/// A reader may expect `%PDF-` this far behind the start (PDF 1.7, implementation note 13).
const HEAD: u64 = 1024;

/// The first bytes of a zip entry, and of a zip without entries.
const ZIP_MAGIC: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// The first bytes of an OLE compound file: old Word, or anything of Office behind a password.
const OLE_MAGIC: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Says what kind of document this is, or why it is not taken as a programme.
///
/// # Errors
/// Every [`UploadError`] but `CutOff`, which only the connection knows; a file that cannot be read is `Damaged`.
pub fn inspect(file: &mut (impl Read + Seek)) -> Result<Media, UploadError> {
    let size = file.seek(SeekFrom::End(0)).map_err(|_| UploadError::Damaged)?;
    match size {
        0 => return Err(UploadError::Empty),
        size if size > PROGRAMME_SIZE_LIMIT => return Err(UploadError::TooLarge),
        _ => {}
    }
    let head = read_at(file, 0, HEAD)?;
    // A zip with a stored PDF inside also has `%PDF-` near its start: what the file begins with comes first.
    if ZIP_MAGIC.iter().any(|magic| head.starts_with(magic)) {
        return office::package(file).map(|()| Media::Docx);
    }
    if head.starts_with(OLE_MAGIC) {
        return Err(office::compound(file, &head)?);
    }
    match find(&head, b"%PDF-") {
        Some(start) => pdf::check(file, size, start as u64).map(|()| Media::Pdf),
        None => Err(UploadError::WrongKind),
    }
}

/// At most `length` bytes from `start` on.
fn read_at(file: &mut (impl Read + Seek), start: u64, length: u64) -> Result<Vec<u8>, UploadError> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(start)).map_err(|_| UploadError::Damaged)?;
    file.by_ref().take(length).read_to_end(&mut bytes).map_err(|_| UploadError::Damaged)?;
    Ok(bytes)
}

/// Where the bytes stand for the first time.
fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// Where the bytes stand in the file, from `start` on, block by block; stops after `most` places.
fn places(file: &mut (impl Read + Seek), start: u64, wanted: &[u8], most: usize) -> Result<Vec<u64>, UploadError> {
    let mut found = Vec::new();
    let mut at = start;
    loop {
        // Blocks overlap, so that nothing is missed at a seam and nothing is found twice.
        let block = read_at(file, at, BLOCK + wanted.len() as u64 - 1)?;
        let here = block.windows(wanted.len()).zip(at..).filter(|(window, _)| *window == wanted);
        found.extend(here.map(|(_, place)| place).take(most - found.len()));
        if found.len() == most || (block.len() as u64) < BLOCK {
            return Ok(found);
        }
        at += BLOCK;
    }
}

#[cfg(test)]
mod tests;
