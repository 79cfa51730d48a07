//! Checks uploaded programme documents. The kind of file is detected from its content, not from its name or the media
//! type that the browser sends.
//!
//! Only one small list inside a DOCX is unpacked, so that checking a document never uses more memory than the
//! document's own size.

mod office;
mod pdf;
mod scan;
pub mod text;

use domain::limits::PROGRAMME_SIZE_LIMIT;
use domain::programme::{Media, UploadError};
use scan::{find, read_at};
use std::io::{Read, Seek, SeekFrom};

/// The distance from the start of a PDF within which a reader may find `%PDF-` (PDF 1.7, implementation note 13).
const HEAD: u64 = 1024;

/// The first bytes of a zip file with entries, and of a zip file without entries.
const ZIP_MAGIC: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// The first bytes of an OLE compound file: an old Word document, or any Office document with a password.
const OLE_MAGIC: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Detects the format of a programme document, or the reason for which the document is refused.
///
/// # Errors
/// Every [`UploadError`] except `CutOff`, which only the connection can detect; a document that cannot be read is
/// `Damaged`.
pub fn inspect(file: &mut (impl Read + Seek)) -> Result<Media, UploadError> {
    let size = file.seek(SeekFrom::End(0)).map_err(|_| UploadError::Damaged)?;
    match size {
        0 => return Err(UploadError::Empty),
        size if size > PROGRAMME_SIZE_LIMIT => return Err(UploadError::TooLarge),
        _ => {}
    }
    let head = read_at(file, 0, HEAD)?;
    // A zip file with a stored PDF inside also contains `%PDF-` near its start, so the zip signature is checked first.
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

#[cfg(test)]
mod tests;
