//! The results of reading a OneRoster roster or a group sheet: the roster with its refused rows and warnings, and the
//! errors that make a whole file unreadable.

mod unreadable;
mod warning;

pub use unreadable::{UnreadableReason, UnreadableRoster};
pub(crate) use unreadable::{io_reason, zip_reason};
pub use warning::{Encoding, ReadingWarning};

use domain::roster::{BadLine, Roster};

/// A roster that was read, with the rows that were refused and the warnings about its files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RosterReading {
    /// The records of all accepted rows of the roster files.
    pub roster: Roster,
    /// The refused rows of the roster files, by file in the order of reading, then by line.
    pub refused: Vec<BadLine>,
    /// Warnings about deviations from the standard that did not prevent reading.
    pub warnings: Vec<ReadingWarning>,
}

/// Collects refused rows and warnings while the files of a roster are read.
#[derive(Default)]
pub(crate) struct ReadingReport {
    pub(crate) refused: Vec<BadLine>,
    pub(crate) warnings: Vec<ReadingWarning>,
}
