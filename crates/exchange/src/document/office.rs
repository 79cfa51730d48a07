//! Checks a Word document (DOCX), which is a zip file with certain entries (ECMA-376). Documents
//! with macros or with a password are refused.

use super::scan::{BLOCK, find, places, read_at};
use domain::programme::UploadError;
use std::io::{Read, Seek};
use zip::ZipArchive;

/// Maximum number of entries in the zip of a Word document. A normal document has some dozens; a
/// file with very many entries is probably an attempt to exhaust the server's memory.
pub(super) const MOST_PARTS: usize = 10_000;

/// Maximum size of the part `[Content_Types].xml` of a Word document, in bytes. The part usually
/// has a few KB.
const MOST_CONTENT_TYPES: u64 = 1024 * 1024;

/// The bytes with which every entry in the directory of a zip file begins.
const ENTRY_MAGIC: &[u8] = b"PK\x01\x02";

/// Properties of a Word document that can be recognised by the names of the entries in its zip
/// file.
#[derive(Default)]
struct Parts {
    content_types: Option<usize>,
    has_body: bool,
    has_macros: bool,
    has_password: bool,
}

/// Checks that a zip file is a Word document (DOCX) without macros and without a password.
pub(super) fn package(file: &mut (impl Read + Seek)) -> Result<(), UploadError> {
    if places(file, 0, ENTRY_MAGIC, MOST_PARTS + 1)?.len() > MOST_PARTS {
        return Err(UploadError::WrongKind);
    }
    let mut archive = ZipArchive::new(file).map_err(|_| UploadError::Damaged)?;
    let parts = Parts::of(&archive)?;
    let Some(content_types) = parts.content_types.filter(|_| !parts.has_password) else {
        return Err(if parts.has_password { UploadError::Encrypted } else { UploadError::WrongKind });
    };
    let types = content_types_text(&mut archive, content_types)?;
    let declares = |wanted: &str| find(&types, wanted.as_bytes()).is_some();
    if parts.has_macros || declares("macroenabled") || declares("vbaproject") {
        Err(UploadError::Macros)
    } else if parts.has_body || declares("wordprocessingml.document.main+xml") {
        Ok(())
    } else {
        Err(UploadError::WrongKind)
    }
}

impl Parts {
    fn of<R: Read + Seek>(archive: &ZipArchive<R>) -> Result<Self, UploadError> {
        let mut parts = Self::default();
        for place in 0..archive.len() {
            let entry = archive.by_index_data(place).map_err(|_| UploadError::Damaged)?;
            let name = String::from_utf8_lossy(entry.name_raw()).to_ascii_lowercase();
            parts.has_password |= entry.encrypted();
            parts.has_body |= name == "word/document.xml";
            parts.has_macros |= name.ends_with("vbaproject.bin");
            if name == "[content_types].xml" {
                parts.content_types = Some(place);
            }
        }
        Ok(parts)
    }
}

/// Reads the content types that a Word document declares, in lower case. NUL bytes are removed, so
/// that a search for ASCII words also works in UTF-16 text.
fn content_types_text<R: Read + Seek>(archive: &mut ZipArchive<R>, place: usize) -> Result<Vec<u8>, UploadError> {
    let entry = archive.by_index(place).map_err(|_| UploadError::Damaged)?;
    let mut text = Vec::new();
    entry.take(MOST_CONTENT_TYPES + 1).read_to_end(&mut text).map_err(|_| UploadError::Damaged)?;
    if text.len() as u64 > MOST_CONTENT_TYPES {
        return Err(UploadError::Damaged);
    }
    text.retain(|&byte| byte != 0);
    text.make_ascii_lowercase();
    Ok(text)
}

/// Returns the error for a file in the old format OLE. If the file is an Office document protected
/// by a password, the error says that the document is encrypted; for any other file, such as an old
/// Word document, that the format is wrong.
pub(super) fn compound(file: &mut (impl Read + Seek), head: &[u8]) -> Result<UploadError, UploadError> {
    let wanted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let start = read_at(file, 0, BLOCK)?;
    let directory = match directory_start(head) {
        Some(place) => read_at(file, place, BLOCK)?,
        None => Vec::new(),
    };
    let is_encrypted = [start, directory].iter().any(|bytes| find(bytes, &wanted).is_some());
    Ok(if is_encrypted { UploadError::Encrypted } else { UploadError::WrongKind })
}

/// Returns the byte position at which an OLE compound file (the old Office format) lists its
/// streams. In a long file this list can be far from the start ([MS-CFB] 2.2).
fn directory_start(head: &[u8]) -> Option<u64> {
    let shift = u16::from_le_bytes(head.get(30..32)?.try_into().ok()?);
    let sector = u32::from_le_bytes(head.get(48..52)?.try_into().ok()?);
    let size = 1u64.checked_shl(u32::from(shift)).filter(|_| shift <= 12)?;
    Some((u64::from(sector) + 1) * size)
}
