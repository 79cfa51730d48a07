//! Warnings about roster files that deviate from the OneRoster standard but could be read.

use std::fmt;

/// A warning about a roster file that deviates from the OneRoster standard but was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadingWarning {
    /// Warning about a roster file: the file begins with a byte order mark, an invisible mark of
    /// the encoding, which was ignored.
    ByteOrderMark { file: &'static str },
    /// Warning about a roster file: the file is not UTF-8 and was read in another encoding.
    Encoding {
        file: &'static str,
        /// The encoding in which the roster file was read.
        encoding: Encoding,
    },
    /// Warning about a roster file: the cells are separated by semicolons or tabs instead of
    /// commas.
    Separator {
        file: &'static str,
        /// The character that separates the cells of the roster file: a semicolon or a tab.
        separator: char,
    },
    /// Warning about a roster file: the file has unknown columns, which were skipped.
    UnknownColumns {
        file: &'static str,
        /// The names of the unknown columns, in the sequence of the roster file.
        columns: Vec<String>,
    },
    /// Warning about a roster file: rows with the status `tobedeleted` were skipped.
    Deleted { file: &'static str, lines: u64 },
    /// Warning about a roster file: rows were skipped because their role, though part of the
    /// OneRoster standard, has no meaning for final exams.
    UnusedRole { file: &'static str, role: String, lines: u64 },
    /// Warning about a roster file: some email addresses are invalid. The people with these
    /// addresses were imported without an email address.
    BadAddresses { file: &'static str, lines: u64 },
    /// Warning about a roster file: the file was not read, because the file `manifest.csv` says
    /// that the roster does not contain it.
    NotAbsent { file: &'static str },
}

/// An encoding for the text of a roster file that uses one byte for each character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Encoding of a roster file: Windows-1251, the encoding of Windows for Russian.
    Windows1251,
    /// Encoding of a roster file: KZ-1048 (СТ РК 1048), the encoding of Windows for Kazakh. It has
    /// the letters Ә, Ғ, Қ, Ң, Ө, Ұ, Ү, Һ in place of the Serbian and Ukrainian letters of
    /// Windows-1251.
    Kz1048,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Windows1251 => "Windows-1251",
            Self::Kz1048 => "KZ-1048",
        })
    }
}

impl ReadingWarning {
    /// Returns the code of a warning about a roster file. The translation key `import-notice-…`
    /// ends with this code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::ByteOrderMark { .. } => "byte-order-mark",
            Self::Encoding { .. } => "other-encoding",
            Self::Separator { .. } => "other-separator",
            Self::UnknownColumns { .. } => "unknown-columns",
            Self::Deleted { .. } => "rows-to-be-deleted",
            Self::UnusedRole { .. } => "unused-role",
            Self::BadAddresses { .. } => "bad-addresses",
            Self::NotAbsent { .. } => "not-absent",
        }
    }

    /// Returns the name of the roster file that the warning is about; empty for a group sheet.
    pub fn file(&self) -> &'static str {
        match self {
            Self::ByteOrderMark { file }
            | Self::Encoding { file, .. }
            | Self::Separator { file, .. }
            | Self::UnknownColumns { file, .. }
            | Self::Deleted { file, .. }
            | Self::UnusedRole { file, .. }
            | Self::BadAddresses { file, .. }
            | Self::NotAbsent { file } => file,
        }
    }
}

impl fmt::Display for ReadingWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.file())?;
        match self {
            Self::ByteOrderMark { .. } => f.write_str("begins with a byte order mark"),
            Self::Encoding { encoding, .. } => write!(f, "is not UTF-8, read as {encoding}"),
            Self::Separator { separator: '\t', .. } => f.write_str("cells are separated by tabs"),
            Self::Separator { separator, .. } => write!(f, "cells are separated by `{separator}`"),
            Self::UnknownColumns { columns, .. } => write!(f, "unknown columns passed over: {}", columns.join(", ")),
            Self::Deleted { lines, .. } => write!(f, "rows with the status tobedeleted passed over: {lines}"),
            Self::UnusedRole { role, lines, .. } => write!(f, "rows with the role {role} passed over: {lines}"),
            Self::BadAddresses { lines, .. } => write!(f, "not a mail address, left out: {lines}"),
            Self::NotAbsent { .. } => f.write_str("called absent by the manifest, so it was not read"),
        }
    }
}
