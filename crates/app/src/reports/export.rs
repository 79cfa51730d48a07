//! Exports tables of a web page as files for a spreadsheet.

use crate::failure::Failure;
use exchange::spreadsheet;

pub use exchange::spreadsheet::{Cell, Worksheet};

/// The kind of an exported file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A text file with separated values (CSV), which contains one table.
    Csv,
    /// An Excel workbook, which contains several tables with typed cells.
    Xlsx,
}

impl FileKind {
    /// The file name extension of an exported file, which is also the value in the URL.
    pub fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// Returns the kind of exported file with this extension.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Csv, Self::Xlsx].into_iter().find(|kind| kind.code() == code)
    }

    /// The media type of a kind of exported file.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// Writes tables as the bytes of a file. CSV contains only the first table.
pub fn write(kind: FileKind, sheets: &[Worksheet]) -> Result<Vec<u8>, Failure> {
    match kind {
        FileKind::Csv => Ok(sheets.first().map(spreadsheet::csv).unwrap_or_default()),
        FileKind::Xlsx => spreadsheet::xlsx(sheets).map_err(|error| Failure::Broken(error.to_string())),
    }
}
