//! The results of reading a roster file (OneRoster or group sheet): the roster with its refused
//! rows and warnings, or the error that makes the whole file unreadable.

mod unreadable;
mod warning;

pub use unreadable::{UnreadableReason, UnreadableRoster};
pub(crate) use unreadable::{io_reason, zip_reason};
pub use warning::{Encoding, ReadingWarning};

use domain::id::{AppointmentId, PersonId};
use domain::roster::authority::{RosterRecord, UnauthorizedChange};
use domain::roster::{BadLine, Roster};
use std::collections::HashMap;

/// A roster after reading, with the rows that were refused and the warnings about its files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RosterReading {
    /// The records from all accepted rows of the roster files.
    pub roster: Roster,
    /// The refused rows of all roster files, file by file in the sequence of reading. Within a file
    /// they are sorted by line number.
    pub refused: Vec<BadLine>,
    /// The line numbers of the rows from which people and appointments were read.
    pub account_rows: AccountRows,
    /// Warnings about deviations from the OneRoster standard that did not prevent the reading of a
    /// roster file.
    pub warnings: Vec<ReadingWarning>,
}

/// A row of a roster file that describes a person or an appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// The line number of the row in its roster file; the header is line 1.
    pub line: u64,
    /// The username of the person, or the role of the appointment, as the roster file spells it.
    pub value: String,
}

/// The rows of a roster from which people and appointments were read, by the identifiers that the
/// roster gives them. A group sheet has none, because it changes no people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountRows {
    pub people: HashMap<PersonId, AccountRow>,
    pub appointments: HashMap<AppointmentId, AccountRow>,
}

impl AccountRows {
    /// Describes a person or an appointment as a refused row of `users.csv` or `roles.csv`.
    pub fn refused(&self, change: &UnauthorizedChange) -> BadLine {
        let (file, column, row) = match change.record {
            RosterRecord::Person(id) => ("users.csv", "username", self.people.get(&id)),
            RosterRecord::Appointment(id) => ("roles.csv", "role", self.appointments.get(&id)),
        };
        let (line, value) = row.map_or((0, String::new()), |row| (row.line, row.value.clone()));
        BadLine { file: file.to_owned(), line, column: column.to_owned(), value, reason: change.reason }
    }
}

/// Collects refused rows and warnings while the files of a roster are being read.
#[derive(Default)]
pub(crate) struct ReadingReport {
    pub(crate) account_rows: AccountRows,
    pub(crate) refused: Vec<BadLine>,
    pub(crate) warnings: Vec<ReadingWarning>,
    /// The number of rows in the roster files that have been opened so far.
    pub(crate) rows: usize,
}
