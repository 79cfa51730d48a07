//! Opens zip files of other programs. The number of entries is limited before the list of entries
//! is held in memory, where it needs many times its size in the file.

use std::io::{self, Read, Seek};
use zip::ZipArchive;
use zip::result::ZipError;

/// The bytes with which every entry in the directory of a zip file begins.
const ENTRY_MAGIC: &[u8] = b"PK\x01\x02";

/// The number of bytes that are searched in one step.
const BLOCK: usize = 64 * 1024;

/// Reasons for which a zip file is not opened.
#[derive(Debug)]
pub(crate) enum ZipOpenError {
    /// Error of opening a zip file: it has more entries than are allowed.
    TooManyEntries,
    /// Error of opening a zip file: it cannot be read, is damaged or not a zip file.
    Zip(ZipError),
}

impl From<io::Error> for ZipOpenError {
    fn from(error: io::Error) -> Self {
        Self::Zip(ZipError::Io(error))
    }
}

/// Opens a zip file that has at most the given number of entries.
pub(crate) fn open_zip<F: Read + Seek>(mut file: F, most_entries: usize) -> Result<ZipArchive<F>, ZipOpenError> {
    file.rewind()?;
    if count(&mut file, ENTRY_MAGIC, most_entries + 1)? > most_entries {
        return Err(ZipOpenError::TooManyEntries);
    }
    file.rewind()?;
    ZipArchive::new(file).map_err(ZipOpenError::Zip)
}

/// Counts how often `wanted` occurs in a file from its current position to its end; at most `most`
/// occurrences are counted.
fn count(file: &mut impl Read, wanted: &[u8], most: usize) -> io::Result<usize> {
    let (mut found, mut block) = (0, Vec::with_capacity(BLOCK + wanted.len()));
    loop {
        // The end of a block is the start of the next, so that an occurrence at the boundary of two
        // blocks is found exactly once.
        let kept = block.len().saturating_sub(wanted.len().saturating_sub(1));
        block.drain(..kept);
        if file.take(BLOCK as u64).read_to_end(&mut block)? == 0 {
            return Ok(found);
        }
        found += block.windows(wanted.len()).filter(|window| *window == wanted).count();
        if found >= most {
            return Ok(most);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    #[test]
    fn entries_are_counted_before_the_zip_is_opened() {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for number in 0..30 {
            zip.start_file(format!("part{number}"), SimpleFileOptions::default()).unwrap();
            zip.write_all(b"x").unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        assert_eq!(open_zip(Cursor::new(&bytes), 30).unwrap().len(), 30);
        assert!(matches!(open_zip(Cursor::new(&bytes), 29), Err(ZipOpenError::TooManyEntries)));
        assert!(matches!(open_zip(Cursor::new(b"x"), 29), Err(ZipOpenError::Zip(_))));
    }

    #[test]
    fn occurrences_are_counted_across_the_boundaries_of_blocks_and_only_once() {
        for start in [0, 1, BLOCK - 3, BLOCK - 1, BLOCK, 2 * BLOCK - 2] {
            let mut bytes = vec![0; 3 * BLOCK];
            bytes[start..start + 4].copy_from_slice(b"seam");
            assert_eq!(count(&mut Cursor::new(bytes), b"seam", 5).unwrap(), 1, "{start}");
        }
        assert_eq!(count(&mut Cursor::new(b"ab".repeat(BLOCK)), b"ab", 3 * BLOCK).unwrap(), BLOCK);
    }
}
