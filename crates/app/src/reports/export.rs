//! Tables as files: what a page shows, for a spreadsheet.

use crate::failure::Failure;
use exchange::spreadsheet;

pub use exchange::spreadsheet::{Cell, Worksheet};

/// The kind of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// One table, as text.
    Csv,
    /// Several tables, with typed cells.
    Xlsx,
}

impl FileKind {
    /// The end of the file's name, by which an address asks for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Csv, Self::Xlsx].into_iter().find(|kind| kind.code() == code)
    }

    /// The media type.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// The file's bytes. CSV holds the first table alone.
pub fn write(kind: FileKind, sheets: &[Worksheet]) -> Result<Vec<u8>, Failure> {
    match kind {
        FileKind::Csv => Ok(sheets.first().map(spreadsheet::csv).unwrap_or_default()),
        FileKind::Xlsx => spreadsheet::xlsx(sheets).map_err(|error| Failure::Broken(error.to_string())),
    }
}
