//! Warnings about roster files that deviate from the standard but could be read.

use std::fmt;

/// A warning about a roster file that deviates from the standard but was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadingWarning {
    /// Warning about a roster file: it begins with a byte order mark.
    ByteOrderMark { file: &'static str },
    /// Warning about a roster file: it is not UTF-8; another encoding was used.
    Encoding {
        file: &'static str,
        /// The encoding in which the roster file was read.
        encoding: Encoding,
    },
    /// Warning about a roster file: its cells are not separated by commas.
    Separator {
        file: &'static str,
        /// The separator of cells in the roster file: `;` or a tab.
        separator: char,
    },
    /// Warning about a roster file: it has unknown columns, which were skipped.
    UnknownColumns {
        file: &'static str,
        /// The names of the unknown columns, in the order of the file.
        columns: Vec<String>,
    },
    /// Warning about a roster file: rows with the status `tobedeleted` were skipped.
    Deleted { file: &'static str, lines: u64 },
    /// Warning about a roster file: rows with a role of the standard that has no part in final exams were skipped.
    UnusedRole { file: &'static str, role: String, lines: u64 },
    /// Warning about a roster file: cells contain an invalid email address; these people were imported without an
    /// address.
    BadAddresses { file: &'static str, lines: u64 },
    /// Warning about a roster file: the manifest declares the file absent, but it is present; it was not read.
    NotAbsent { file: &'static str },
}

/// An encoding of a roster file with one byte per character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Encoding: the Cyrillic encoding of Windows for Russian.
    Windows1251,
    /// Encoding: the Cyrillic encoding of Windows for Kazakh (СТ РК 1048), like Windows-1251, but with Ә, Ғ, Қ, Ң, Ө,
    /// Ұ, Ү, Һ instead of Serbian and Ukrainian letters.
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
    /// The code of a warning about a roster file, which is also the second half of the translation key
    /// `import-notice-…`.
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

    /// The name of the roster file that the warning is about.
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
