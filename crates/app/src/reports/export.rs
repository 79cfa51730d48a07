//! Exports the tables of a report's web page as a file that a spreadsheet program opens.

use crate::failure::Failure;
use exchange::spreadsheet;

pub use exchange::spreadsheet::{Cell, Worksheet};

/// The format of an exported file: CSV or XLSX.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// File format CSV: a text file with separated values, which contains only one table.
    Csv,
    /// File format XLSX: an Excel workbook, which contains several tables with typed cells.
    Xlsx,
}

impl FileKind {
    /// Returns the file name extension of an exported file format. URLs of exports use the same
    /// value.
    pub fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// Returns the file format with this file name extension, if exports can have the format.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Csv, Self::Xlsx].into_iter().find(|kind| kind.code() == code)
    }

    /// Returns the media type (MIME type) of an exported file format.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// Writes tables as the bytes of a CSV or XLSX file. A CSV file contains only the first table.
pub fn write(kind: FileKind, sheets: &[Worksheet]) -> Result<Vec<u8>, Failure> {
    match kind {
        FileKind::Csv => Ok(sheets.first().map(spreadsheet::csv).unwrap_or_default()),
        FileKind::Xlsx => spreadsheet::xlsx(sheets).map_err(|error| Failure::Broken(error.to_string())),
    }
}
