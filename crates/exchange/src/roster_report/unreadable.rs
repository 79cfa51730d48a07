//! Errors that make a whole roster unreadable.

use domain::limits::{ROSTER_COLUMNS_LIMIT, ROSTER_ROWS_LIMIT};
use std::io;
use zip::result::ZipError;

/// A roster that cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {reason}")]
pub struct UnreadableRoster {
    /// The file concerned; for the roster as a whole the name that was given.
    pub file: String,
    pub reason: UnreadableReason,
}

/// Why a roster cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableReason {
    /// There is no such file, and the manifest does not call it absent.
    #[error("the file is missing")]
    MissingFile,
    /// Called absent although there are classes: they would all lose their instructors and students.
    #[error("there are classes, so it may not be called absent")]
    NotOptional,
    /// A required column is missing, or one stands there twice.
    #[error("the column {column} is missing or stands there twice")]
    WrongHeader { column: String },
    /// Neither UTF-8 nor an 8-bit Cyrillic encoding.
    #[error("neither UTF-8 nor Windows-1251")]
    UnreadableEncoding,
    /// Neither a folder nor a zip, or not one of OneRoster 1.2 files.
    #[error("not a roster in OneRoster 1.2 CSV")]
    NotARoster,
    /// Only what changed (`delta`); a whole roster (`bulk`) is needed.
    #[error("a delta file; export the whole roster (bulk) instead")]
    DeltaNotSupported,
    /// More than [`domain::limits::ROSTER_UNPACKED_SIZE_LIMIT`] bytes unpacked, or more than [`domain::limits::ROSTER_FILES_LIMIT`] files.
    #[error("more than 200 MB or more than 100 files")]
    ArchiveTooLarge,
    /// A zip that is cut off, broken, or packed in a way that we do not read.
    #[error("the archive is damaged")]
    ArchiveDamaged,
    /// A zip behind a password.
    #[error("the archive is encrypted")]
    ArchiveEncrypted,
    /// A path in a zip that leads out of it.
    #[error("the path leads out of the archive")]
    UnsafePath,
    /// A sheet with more rows or columns than we read.
    #[error("more than {rows} rows or {columns} columns", rows = ROSTER_ROWS_LIMIT, columns = ROSTER_COLUMNS_LIMIT)]
    TooManyRows,
    /// The operating system refused.
    #[error("{0}")]
    Io(io::ErrorKind),
}

impl UnreadableReason {
    /// The one code of this refusal; also the second half of the translation key `import-…`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::MissingFile => "missing-file",
            Self::NotOptional => "file-not-optional",
            Self::WrongHeader { .. } => "wrong-header",
            Self::UnreadableEncoding => "unreadable-encoding",
            Self::NotARoster => "not-a-roster",
            Self::DeltaNotSupported => "delta-not-supported",
            Self::ArchiveTooLarge => "archive-too-large",
            Self::ArchiveDamaged => "archive-damaged",
            Self::ArchiveEncrypted => "archive-encrypted",
            Self::UnsafePath => "unsafe-path",
            Self::TooManyRows => "too-many-rows",
            Self::Io(_) => "io",
        }
    }

    /// This reason, for this file.
    pub(crate) fn of(self, file: &str) -> UnreadableRoster {
        UnreadableRoster { file: file.to_owned(), reason: self }
    }
}

/// The reason behind an error of reading a file or of unpacking one.
pub(crate) fn io_reason(error: &io::Error) -> UnreadableReason {
    match error.kind() {
        io::ErrorKind::NotFound => UnreadableReason::MissingFile,
        // What the unpacker says when the packed bytes make no sense.
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
            UnreadableReason::ArchiveDamaged
        }
        kind => UnreadableReason::Io(kind),
    }
}

/// The reason behind an error of a zip archive.
pub(crate) fn zip_reason(error: &ZipError) -> UnreadableReason {
    match error {
        ZipError::Io(error) => io_reason(error),
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => UnreadableReason::ArchiveEncrypted,
        _ => UnreadableReason::ArchiveDamaged,
    }
}
