//! Checks of a Word document: a zip with certain entries (ECMA-376), without macros and without a password.

use super::scan::{BLOCK, find, places, read_at};
use domain::programme::UploadError;
use std::io::{Read, Seek};
use zip::ZipArchive;

/// The maximum number of parts in a Word document. A normal document has some dozens; a much longer list is an attack
/// on memory.
pub(super) const MOST_PARTS: usize = 10_000;

/// The maximum size of the list of content types in a Word document, which usually has a few KB.
const MOST_CONTENT_TYPES: u64 = 1024 * 1024;

/// The first bytes of every entry in the directory of a zip file.
const ENTRY_MAGIC: &[u8] = b"PK\x01\x02";

/// Properties of a Word document that follow from the names of its parts, without opening the parts.
#[derive(Default)]
struct Parts {
    content_types: Option<usize>,
    has_body: bool,
    has_macros: bool,
    has_password: bool,
}

/// Checks that this zip file is a Word document without macros and without a password.
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

/// The list of content types in a Word document, in lower case; without NUL bytes, so that UTF-16 can be read as well.
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

/// The reason for refusing an OLE compound file as a programme: encrypted if it is a document with a password, else a
/// wrong kind of file such as old Word.
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

/// The offset at which an OLE compound file lists its streams; in a long document it may be far from the start
/// ([MS-CFB] 2.2).
fn directory_start(head: &[u8]) -> Option<u64> {
    let shift = u16::from_le_bytes(head.get(30..32)?.try_into().ok()?);
    let sector = u32::from_le_bytes(head.get(48..52)?.try_into().ok()?);
    let size = 1u64.checked_shl(u32::from(shift)).filter(|_| shift <= 12)?;
    Some((u64::from(sector) + 1) * size)
}
