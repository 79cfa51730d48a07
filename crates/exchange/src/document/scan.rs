//! Searches a file for bytes without reading the whole file into memory.

use domain::programme::UploadError;
use std::io::{Read, Seek, SeekFrom};

/// The number of bytes of an uploaded document that are read into memory at a time.
pub(super) const BLOCK: u64 = 64 * 1024;

/// Reads at most `length` bytes of a file, beginning at the byte position `start`.
pub(super) fn read_at(file: &mut (impl Read + Seek), start: u64, length: u64) -> Result<Vec<u8>, UploadError> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(start)).map_err(|_| UploadError::Damaged)?;
    file.by_ref().take(length).read_to_end(&mut bytes).map_err(|_| UploadError::Damaged)?;
    Ok(bytes)
}

/// Returns the position at which the bytes `wanted` first occur in `bytes`; `None` if they do not
/// occur.
pub(in crate::document) fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// Finds the byte positions at which the bytes `wanted` occur in a file, searching from the
/// position `start`. Returns at most `most` positions.
pub(super) fn places(
    file: &mut (impl Read + Seek),
    start: u64,
    wanted: &[u8],
    most: usize,
) -> Result<Vec<u64>, UploadError> {
    let mut found = Vec::new();
    let mut at = start;
    loop {
        // Each block is read together with the first bytes of the next block, so that an occurrence
        // at the boundary of two blocks is found exactly once.
        let block = read_at(file, at, BLOCK + wanted.len() as u64 - 1)?;
        let here = block.windows(wanted.len()).zip(at..).filter(|(window, _)| *window == wanted);
        found.extend(here.map(|(_, place)| place).take(most - found.len()));
        if found.len() == most || (block.len() as u64) < BLOCK {
            return Ok(found);
        }
        at += BLOCK;
    }
}
