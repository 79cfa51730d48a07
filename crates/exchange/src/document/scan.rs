//! Searches for bytes in a file without reading all of it into memory.

use domain::programme::UploadError;
use std::io::{Read, Seek, SeekFrom};

/// The number of bytes of a file that are read at a time.
pub(super) const BLOCK: u64 = 64 * 1024;

/// Reads at most `length` bytes of a file from offset `start`.
pub(super) fn read_at(file: &mut (impl Read + Seek), start: u64, length: u64) -> Result<Vec<u8>, UploadError> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(start)).map_err(|_| UploadError::Damaged)?;
    file.by_ref().take(length).read_to_end(&mut bytes).map_err(|_| UploadError::Damaged)?;
    Ok(bytes)
}

/// The position of the first occurrence of `wanted` in `bytes`.
pub(in crate::document) fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// The positions of all occurrences of some bytes in a file from `start` on, read block by block; at most `most` of
/// them.
pub(super) fn places(
    file: &mut (impl Read + Seek),
    start: u64,
    wanted: &[u8],
    most: usize,
) -> Result<Vec<u64>, UploadError> {
    let mut found = Vec::new();
    let mut at = start;
    loop {
        // Blocks of the file overlap, so that an occurrence at a boundary is found, and found only once.
        let block = read_at(file, at, BLOCK + wanted.len() as u64 - 1)?;
        let here = block.windows(wanted.len()).zip(at..).filter(|(window, _)| *window == wanted);
        found.extend(here.map(|(_, place)| place).take(most - found.len()));
        if found.len() == most || (block.len() as u64) < BLOCK {
            return Ok(found);
        }
        at += BLOCK;
    }
}
