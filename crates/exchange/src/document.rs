//! Checks uploaded programme documents, which have to be PDF or DOCX. The format is detected from
//! the content of the file, not from the name or the media type that the browser sends.
//!
//! Only one small part of a DOCX is unpacked, so that checking a document does not use more memory
//! than the size of the document.

mod office;
mod pdf;
mod scan;
pub mod text;

use domain::limits::PROGRAMME_SIZE_LIMIT;
use domain::programme::{Media, UploadError};
use scan::{find, read_at};
use std::io::{Read, Seek, SeekFrom};

/// The number of bytes at the start of a PDF within which `%PDF-` has to occur (PDF 1.7,
/// implementation note 13).
const HEAD: u64 = 1024;

/// The first bytes of a zip file with entries, and the first bytes of an empty zip file.
const ZIP_MAGIC: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// The first bytes of an OLE compound file, which is an old Word document or an Office document
/// with a password.
const OLE_MAGIC: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Detects whether an uploaded programme document is a PDF or a DOCX, and checks that the document
/// is complete and not protected.
///
/// # Errors The error for which the document is refused: any [`UploadError`] except `CutOff`, which
/// only the web server can detect. A document that cannot be read is `Damaged`.
pub fn inspect(file: &mut (impl Read + Seek)) -> Result<Media, UploadError> {
    let size = file.seek(SeekFrom::End(0)).map_err(|_| UploadError::Damaged)?;
    match size {
        0 => return Err(UploadError::Empty),
        size if size > PROGRAMME_SIZE_LIMIT => return Err(UploadError::TooLarge),
        _ => {}
    }
    let head = read_at(file, 0, HEAD)?;
    // A zip file that contains an uncompressed PDF also has `%PDF-` near its start, so the zip
    // signature is checked before the PDF signature.
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
