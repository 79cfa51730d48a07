//! Reads a roster file of any supported kind: a OneRoster zip, or a group sheet as XLSX or CSV. The kind is detected
//! from the content, never from the name.

use crate::group_sheet::{GroupSheet, is_workbook};
use crate::oneroster::{read_zip, refused_rows_zip};
use crate::roster_report::{RosterReading, UnreadableRoster, io_reason};
use crate::table::ErrorColumn;
use domain::id::TermId;
use domain::roster::plan::ImportScope;
use domain::roster::{BadLine, Roster, RosterTerm};
use std::borrow::Cow;
use std::fs::File;
use std::io::{Read, Seek};

/// A roster file that was read: a OneRoster zip or a group sheet.
pub enum RosterFile {
    /// Roster file: a OneRoster zip, which covers the whole university.
    OneRoster(Box<RosterReading>),
    /// Roster file: a group sheet, which covers some groups of its terms and departments.
    Sheet(Box<GroupSheet>),
}

impl RosterFile {
    /// Reads a roster file of any supported kind; `name` is the name of the file for error messages.
    ///
    /// # Errors
    /// [`UnreadableRoster`] with the reason for which the whole file is refused.
    pub fn read(mut file: File, name: &str) -> Result<Self, UnreadableRoster> {
        let mut magic = Vec::new();
        let start = file.by_ref().take(2).read_to_end(&mut magic).and_then(|_| file.rewind());
        start.map_err(|error| io_reason(&error).of(name))?;
        let is_zip = magic == b"PK";
        let is_sheet = !is_zip || is_workbook(&mut file);
        file.rewind().map_err(|error| io_reason(&error).of(name))?;
        if is_sheet {
            return Ok(Self::Sheet(Box::new(GroupSheet::read(file, name, is_zip)?)));
        }
        Ok(Self::OneRoster(Box::new(read_zip(file, name)?)))
    }

    /// The terms (semesters) of the groups in the roster file.
    pub fn terms(&self, known: &[RosterTerm]) -> Vec<TermId> {
        match self {
            Self::OneRoster(reading) => reading.roster.terms.iter().map(|term| term.id).collect(),
            Self::Sheet(sheet) => sheet.terms(known),
        }
    }

    /// The roster that the file contains; names and codes in a group sheet are looked up among the `known` records.
    pub fn reading(&self, known: &Roster) -> Cow<'_, RosterReading> {
        match self {
            Self::OneRoster(reading) => Cow::Borrowed(reading),
            Self::Sheet(sheet) => Cow::Owned(sheet.reading(known)),
        }
    }

    /// The part of the university that the roster file covers.
    pub fn scope(&self) -> ImportScope {
        match self {
            Self::OneRoster(_) => ImportScope::Whole,
            Self::Sheet(_) => ImportScope::Sheet,
        }
    }

    /// Writes the refused rows of a roster file for correction in a spreadsheet, each with its error in the reader's
    /// language. The result can be imported again. A group sheet gives its refused rows as CSV; a OneRoster zip gives
    /// all its files.
    ///
    /// `file` is the roster file that was read, and `name` is its name for error messages.
    ///
    /// # Errors
    /// [`UnreadableRoster`] if the zip cannot be read again.
    pub fn refused(
        &self,
        file: File,
        name: &str,
        refused: &[BadLine],
        column: ErrorColumn<'_>,
    ) -> Result<RefusedRows, UnreadableRoster> {
        match self {
            Self::OneRoster(_) => Ok(RefusedRows::Zip(refused_rows_zip(file, name, refused, column)?)),
            Self::Sheet(sheet) => Ok(RefusedRows::Csv(sheet.refused_rows_csv(refused, column))),
        }
    }
}

/// Refused rows of a roster file, ready for download.
pub enum RefusedRows {
    /// Refused rows: those of a group sheet, as CSV.
    Csv(String),
    /// Refused rows: all files of a OneRoster roster, as a zip.
    Zip(Vec<u8>),
}
