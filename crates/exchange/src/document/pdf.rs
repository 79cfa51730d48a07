//! Checks that a PDF is complete and can be read without a password.

use super::scan::{BLOCK, find, places, read_at};
use domain::programme::UploadError;
use std::io::{Read, Seek};

/// The number of bytes at the end of a PDF within which `%%EOF` has to occur.
const TAIL: u64 = 2 * 1024;

/// Checks that a PDF is complete and not encrypted. The parameter `header` is the byte position of
/// `%PDF-`.
pub(super) fn check(file: &mut (impl Read + Seek), size: u64, header: u64) -> Result<(), UploadError> {
    let tail = read_at(file, size.saturating_sub(TAIL), TAIL)?;
    if find(&tail, b"%%EOF").is_none() {
        return Err(UploadError::Damaged);
    }
    let is_encrypted = match trailer(file, &tail, header)? {
        Some(trailer) => find(&trailer, b"/Encrypt").is_some(),
        // PDF readers search the whole file if its trailer is damaged, so the check also searches
        // the whole file for `/Encrypt`.
        None => !places(file, 0, b"/Encrypt", 1)?.is_empty(),
    };
    if is_encrypted { Err(UploadError::Encrypted) } else { Ok(()) }
}

/// Reads the dictionary in the newest trailer or cross-reference stream of a PDF; `None` if there
/// is none. This dictionary is never encrypted, and it has an entry `/Encrypt` whenever the
/// document is encrypted, so older dictionaries need no check (ISO 32000-1, 7.5.5 and 7.5.8).
fn trailer(file: &mut (impl Read + Seek), tail: &[u8], header: u64) -> Result<Option<Vec<u8>>, UploadError> {
    let Some(offset) = last_reference(tail) else { return Ok(None) };
    // The byte positions in a PDF count from `%PDF-`, but some programs count from the start of the
    // file, so the two possible positions are tried.
    for start in [offset.saturating_add(header), offset] {
        let section = read_at(file, start, BLOCK)?;
        let text = section.trim_ascii_start();
        if text.starts_with(b"xref") {
            let Some(&start) = places(file, start, b"trailer", 1)?.first() else { return Ok(None) };
            return Ok(Some(before(read_at(file, start, BLOCK)?, b"startxref")));
        }
        if is_object(text) {
            return Ok(Some(before(section, b"stream")));
        }
    }
    Ok(None)
}

/// Returns the number after the last `startxref` of a PDF: the byte position of the newest
/// cross-reference table or stream.
fn last_reference(tail: &[u8]) -> Option<u64> {
    const WORD: &[u8] = b"startxref";
    let place = tail.windows(WORD.len()).rposition(|window| window == WORD)?;
    let behind = tail.get(place + WORD.len()..)?.trim_ascii_start();
    let digits: Vec<u8> = behind.iter().copied().take_while(u8::is_ascii_digit).collect();
    std::str::from_utf8(&digits).ok()?.parse().ok()
}

/// Returns whether the bytes begin with a PDF object, such as `12 0 obj`.
fn is_object(text: &[u8]) -> bool {
    let digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    let mut words = text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    words.next().is_some_and(digits)
        && words.next().is_some_and(digits)
        && words.next().is_some_and(|word| word.starts_with(b"obj"))
}

fn before(mut section: Vec<u8>, end: &[u8]) -> Vec<u8> {
    section.truncate(find(&section, end).unwrap_or(section.len()));
    section
}
