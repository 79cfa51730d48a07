//! Checks that a PDF is complete and readable without a password.

use super::scan::{BLOCK, find, places, read_at};
use domain::programme::UploadError;
use std::io::{Read, Seek};

/// The distance from the end of a PDF within which `%%EOF` must occur.
const TAIL: u64 = 2 * 1024;

/// Checks that a PDF file is complete and not encrypted; `header` is the offset of `%PDF-`.
pub(super) fn check(file: &mut (impl Read + Seek), size: u64, header: u64) -> Result<(), UploadError> {
    let tail = read_at(file, size.saturating_sub(TAIL), TAIL)?;
    if find(&tail, b"%%EOF").is_none() {
        return Err(UploadError::Damaged);
    }
    let is_encrypted = match trailer(file, &tail, header)? {
        Some(trailer) => find(&trailer, b"/Encrypt").is_some(),
        // A PDF reader repairs a file without a valid trailer by searching it, so the check searches the file too.
        None => !places(file, 0, b"/Encrypt", 1)?.is_empty(),
    };
    if is_encrypted { Err(UploadError::Encrypted) } else { Ok(()) }
}

/// Reads the dictionary of a PDF's newest trailer or cross-reference stream. The dictionary is never encrypted or
/// packed itself, and every newer one repeats `/Encrypt`, so that checking one is enough (ISO 32000-1, 7.5.5 and
/// 7.5.8).
fn trailer(file: &mut (impl Read + Seek), tail: &[u8], header: u64) -> Result<Option<Vec<u8>>, UploadError> {
    let Some(offset) = last_reference(tail) else { return Ok(None) };
    // Offsets in a PDF count from `%PDF-`, though some programs count from the start of the file.
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

/// The number after the last `startxref` in the end of a PDF: the offset of the newest cross-reference.
fn last_reference(tail: &[u8]) -> Option<u64> {
    const WORD: &[u8] = b"startxref";
    let place = tail.windows(WORD.len()).rposition(|window| window == WORD)?;
    let behind = tail.get(place + WORD.len()..)?.trim_ascii_start();
    let digits: Vec<u8> = behind.iter().copied().take_while(u8::is_ascii_digit).collect();
    std::str::from_utf8(&digits).ok()?.parse().ok()
}

/// Returns whether a PDF object such as `12 0 obj` begins at the start of these bytes.
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
