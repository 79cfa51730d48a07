//! The results of reading a roster file (OneRoster or group sheet): the roster with its refused
//! rows and warnings, or the error that makes the whole file unreadable.

mod unreadable;
mod warning;

pub use unreadable::{UnreadableReason, UnreadableRoster};
pub(crate) use unreadable::{io_reason, zip_reason};
pub use warning::{Encoding, ReadingWarning};

use domain::roster::{BadLine, Roster};

/// A roster after reading, with the rows that were refused and the warnings about its files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RosterReading {
    /// The records from all accepted rows of the roster files.
    pub roster: Roster,
    /// The refused rows of all roster files, file by file in the sequence of reading. Within a file
    /// they are sorted by line number.
    pub refused: Vec<BadLine>,
    /// Warnings about deviations from the OneRoster standard that did not prevent the reading of a
    /// roster file.
    pub warnings: Vec<ReadingWarning>,
}

/// Collects refused rows and warnings while the files of a roster are being read.
#[derive(Default)]
pub(crate) struct ReadingReport {
    pub(crate) refused: Vec<BadLine>,
    pub(crate) warnings: Vec<ReadingWarning>,
}
