//! Errors for which a whole roster file is refused. An error in a single roster row refuses only
//! that row.

use crate::zip_file::ZipOpenError;
use domain::limits::{
    ROSTER_CELLS_LIMIT, ROSTER_COLUMNS_LIMIT, ROSTER_LINES_LIMIT, ROSTER_ROWS_LIMIT, ROSTER_STRINGS_LIMIT,
    ROSTER_WAIT_SECONDS,
};
use std::io;
use zip::result::ZipError;

/// The error that a roster file cannot be read at all, so that no row of the file is imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {reason}")]
pub struct UnreadableRoster {
    /// The name of the unreadable file in the roster. If the roster as a whole is unreadable, this
    /// is the name of the zip file or of the group sheet.
    pub file: String,
    pub reason: UnreadableReason,
}

/// The errors for which a whole roster is refused, such as a missing file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableReason {
    /// Unreadable roster: a file of OneRoster is missing, and the manifest does not declare the
    /// file absent.
    #[error("the file is missing")]
    MissingFile,
    /// Unreadable roster: the manifest declares that the file of enrolments is absent, although the
    /// roster contains classes. An import would remove from all classes their instructors and
    /// students.
    #[error("there are classes, so it may not be called absent")]
    NotOptional,
    /// Unreadable roster: a required column is missing in a file, or a column occurs twice.
    #[error("the column {column} is missing or stands there twice")]
    WrongHeader { column: String },
    /// Unreadable roster: the encoding of a file is neither UTF-8 nor a Windows encoding for
    /// Russian or Kazakh.
    #[error("neither UTF-8 nor Windows-1251")]
    UnreadableEncoding,
    /// Unreadable roster: the source is neither a folder nor a zip file, or does not contain the
    /// files of OneRoster 1.2.
    #[error("not a roster in OneRoster 1.2 CSV")]
    NotARoster,
    /// Unreadable roster: the roster contains only changes since an earlier roster (`delta`), but a
    /// complete roster (`bulk`) is required.
    #[error("a delta file; export the whole roster (bulk) instead")]
    DeltaNotSupported,
    /// Unreadable roster: the zip file has more than [`domain::limits::ROSTER_UNPACKED_SIZE_LIMIT`]
    /// bytes after unpacking, or more than [`domain::limits::ROSTER_FILES_LIMIT`] files.
    #[error("more than 200 MB or more than 100 files")]
    ArchiveTooLarge,
    /// Unreadable roster: the zip file is truncated, damaged, or compressed with an unsupported
    /// method.
    #[error("the archive is damaged")]
    ArchiveDamaged,
    /// Unreadable roster: the zip file is protected by a password.
    #[error("the archive is encrypted")]
    ArchiveEncrypted,
    /// Unreadable roster: the path of a file in the zip leads out of the zip.
    #[error("the path leads out of the archive")]
    UnsafePath,
    /// Unreadable roster: the group sheet has more rows or columns than the maximum number allowed.
    #[error("more than {rows} rows or {columns} columns", rows = ROSTER_ROWS_LIMIT, columns = ROSTER_COLUMNS_LIMIT)]
    TooManyRows,
    /// Unreadable roster: the XLSX file of a group sheet has more cells, more texts or longer texts
    /// than are allowed, perhaps in a worksheet that is not read.
    #[error(
        "more than {cells} cells, {strings} texts or 64 MB of text",
        cells = ROSTER_CELLS_LIMIT,
        strings = ROSTER_STRINGS_LIMIT
    )]
    WorkbookTooLarge,
    /// Unreadable roster: the files of OneRoster have more rows or columns than are allowed.
    #[error("more than {rows} rows or {columns} columns", rows = ROSTER_LINES_LIMIT, columns = ROSTER_COLUMNS_LIMIT)]
    TooLong,
    /// Unreadable roster: other roster files are being read for a long time; a later attempt can
    /// succeed.
    #[error("other rosters have been read for {ROSTER_WAIT_SECONDS} seconds; try again later")]
    Busy,
    /// Unreadable roster: the operating system returned an error when a file of the roster was
    /// read.
    #[error("{0}")]
    Io(io::ErrorKind),
}

impl UnreadableReason {
    /// Returns the code of the error for which a whole roster is unreadable. The translation key
    /// `import-…` ends with this code.
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
            Self::WorkbookTooLarge => "workbook-too-large",
            Self::TooLong => "roster-too-long",
            Self::Busy => "unavailable",
            Self::Io(_) => "io",
        }
    }

    /// Creates the error that a roster file is unreadable, from the cause and the file.
    pub(crate) fn of(self, file: &str) -> UnreadableRoster {
        UnreadableRoster { file: file.to_owned(), reason: self }
    }
}

/// Converts an error that occurred while a roster file was read or unpacked to the cause for which
/// the roster is unreadable.
pub(crate) fn io_reason(error: &io::Error) -> UnreadableReason {
    match error.kind() {
        io::ErrorKind::NotFound => UnreadableReason::MissingFile,
        // The library that unpacks zip files returns the following kinds of errors if the
        // compressed bytes are invalid.
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
            UnreadableReason::ArchiveDamaged
        }
        kind => UnreadableReason::Io(kind),
    }
}

/// Converts an error of the library that reads zip files to the cause for which the roster is
/// unreadable.
pub(crate) fn zip_reason(error: &ZipError) -> UnreadableReason {
    match error {
        ZipError::Io(error) => io_reason(error),
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => UnreadableReason::ArchiveEncrypted,
        _ => UnreadableReason::ArchiveDamaged,
    }
}

impl From<ZipOpenError> for UnreadableReason {
    fn from(error: ZipOpenError) -> Self {
        match error {
            ZipOpenError::TooManyEntries => Self::ArchiveTooLarge,
            ZipOpenError::Zip(error) => zip_reason(&error),
        }
    }
}
