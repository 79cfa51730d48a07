//! A file that brings a roster, whatever it turns out to be: a OneRoster zip, or one sheet of groups as XLSX or CSV. Its
//! content decides, never its name.

use crate::group_sheet::{GroupSheet, is_workbook};
use crate::oneroster::bundle::io_reason;
use crate::oneroster::{RosterReading, UnreadableRoster, for_mending, read_zip};
use crate::table::{ReasonColumn, refused_rows_csv};
use domain::id::TermId;
use domain::roster::plan::ImportScope;
use domain::roster::{BadLine, Roster, RosterTerm};
use std::borrow::Cow;
use std::fs::File;
use std::io::{Read, Seek};

/// A file that could be read.
pub enum RosterFile {
    /// A whole university.
    OneRoster(Box<RosterReading>),
    /// One sheet of groups.
    Sheet(Box<GroupSheet>),
}

impl RosterFile {
    /// Reads it.
    ///
    /// # Errors
    /// What refuses the file as a whole.
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

    /// The terms of which it has groups.
    pub fn terms(&self, known: &[RosterTerm]) -> Vec<TermId> {
        match self {
            Self::OneRoster(reading) => reading.roster.terms.iter().map(|term| term.id).collect(),
            Self::Sheet(sheet) => sheet.terms(known),
        }
    }

    /// The roster that it stands for, beside what is there.
    pub fn reading(&self, known: &Roster) -> Cow<'_, RosterReading> {
        match self {
            Self::OneRoster(reading) => Cow::Borrowed(reading),
            Self::Sheet(sheet) => Cow::Owned(sheet.reading(known)),
        }
    }

    /// How much of the university it speaks of.
    pub fn scope(&self) -> ImportScope {
        match self {
            Self::OneRoster(_) => ImportScope::Whole,
            Self::Sheet(_) => ImportScope::Sheet,
        }
    }

    /// The refused rows for a spreadsheet, each with what is wrong in the reader's words, so that they can be mended and brought
    /// again: of a sheet as they stand there, of a roster in all its files. `file` is what this was read from.
    ///
    /// # Errors
    /// What refuses the file as a whole.
    pub fn refused(
        &self,
        (file, name): (File, &str),
        refused: &[BadLine],
        words: ReasonColumn<'_>,
    ) -> Result<RefusedRows, UnreadableRoster> {
        match self {
            Self::OneRoster(_) => Ok(RefusedRows::Zip(for_mending((file, name), refused, words)?)),
            Self::Sheet(sheet) => Ok(RefusedRows::Csv(refused_rows_csv(sheet, refused, words))),
        }
    }
}

/// Refused rows to be mended.
pub enum RefusedRows {
    /// Rows of a sheet.
    Csv(String),
    /// All files of a roster.
    Zip(Vec<u8>),
}
