//! Reads a roster file of any supported kind: a OneRoster zip, or a group sheet (a table with one
//! row per student group) as XLSX or CSV. The kind is detected from the content of the file, not
//! from its name.

use crate::group_sheet::{GroupSheet, is_workbook};
use crate::oneroster::{read_zip, refused_rows_zip};
use crate::roster_report::{RosterReading, UnreadableReason, UnreadableRoster, io_reason};
use crate::slots::Slots;
use crate::table::ErrorColumn;
use domain::id::TermId;
use domain::limits::ROSTER_WAIT_SECONDS;
use domain::roster::plan::ImportScope;
use domain::roster::{BadLine, Roster, RosterTerm};
use std::borrow::Cow;
use std::fs::File;
use std::io::{Read, Seek};
use std::time::Duration;

/// The slot for reading a roster file. Only one file is read at a time, because reading a large one
/// needs much memory.
static READER: Slots = Slots::new(1);

/// The time for which reading a roster file waits until another one has been read.
const LONGEST_WAIT: Duration = Duration::from_secs(ROSTER_WAIT_SECONDS);

/// A roster file after reading: a OneRoster zip or a group sheet.
pub enum RosterFile {
    /// Kind of roster file: a OneRoster zip, which describes the whole university.
    OneRoster(Box<RosterReading>),
    /// Kind of roster file: a group sheet, which describes only the listed student groups.
    Sheet(Box<GroupSheet>),
}

impl RosterFile {
    /// Reads a roster file of any supported kind. The parameter `name` is the name of the file for
    /// error messages.
    ///
    /// # Errors
    /// [`UnreadableRoster`] with the error for which the whole roster file is refused; the reason is
    /// [`UnreadableReason::Busy`] if other roster files are being read.
    pub fn read(mut file: File, name: &str) -> Result<Self, UnreadableRoster> {
        let _slot = READER.take(LONGEST_WAIT).ok_or_else(|| UnreadableReason::Busy.of(name))?;
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

    /// Returns the ids of the academic terms whose data the roster file contains.
    pub fn terms(&self, known: &[RosterTerm]) -> Vec<TermId> {
        match self {
            Self::OneRoster(reading) => reading.roster.terms.iter().map(|term| term.id).collect(),
            Self::Sheet(sheet) => sheet.terms(known),
        }
    }

    /// Returns the roster that the file contains. Names and codes in a group sheet are looked up
    /// among the stored records `known`.
    pub fn reading(&self, known: &Roster) -> Cow<'_, RosterReading> {
        match self {
            Self::OneRoster(reading) => Cow::Borrowed(reading),
            Self::Sheet(sheet) => Cow::Owned(sheet.reading(known)),
        }
    }

    /// Returns the part of the university that the roster file covers: the whole university for a
    /// OneRoster zip, only the listed student groups for a group sheet.
    pub fn scope(&self) -> ImportScope {
        match self {
            Self::OneRoster(_) => ImportScope::Whole,
            Self::Sheet(_) => ImportScope::Sheet,
        }
    }

    /// Writes the refused rows of a roster file for correction in a spreadsheet, each row with its
    /// error in the language of the signed-in person. The corrected file can be imported again. For
    /// a group sheet, the result is a CSV file with the refused rows; for a OneRoster zip, the
    /// result is a zip with all its files.
    ///
    /// The parameter `file` is the roster file that was read, and `name` is its name for error
    /// messages.
    ///
    /// # Errors
    /// [`UnreadableRoster`] if the OneRoster zip cannot be read again.
    pub fn refused(
        &self,
        file: File,
        name: &str,
        refused: &[BadLine],
        column: ErrorColumn<'_>,
    ) -> Result<RefusedRows, UnreadableRoster> {
        match self {
            Self::OneRoster(_) => {
                let _slot = READER.take(LONGEST_WAIT).ok_or_else(|| UnreadableReason::Busy.of(name))?;
                Ok(RefusedRows::Zip(refused_rows_zip(file, name, refused, column)?))
            }
            Self::Sheet(sheet) => Ok(RefusedRows::Csv(sheet.refused_rows_csv(refused, column))),
        }
    }
}

/// The file for download that contains the refused rows of a roster file.
pub enum RefusedRows {
    /// Download of refused rows: the refused rows of a group sheet, as a CSV file.
    Csv(String),
    /// Download of refused rows: all files of a OneRoster roster, with the errors of refused rows,
    /// as a zip file.
    Zip(Vec<u8>),
}
