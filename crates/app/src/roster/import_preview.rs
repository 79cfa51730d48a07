//! The preview of a roster import: the changes that a file would make, limited to the number that a web page shows.

use crate::roster::import_report::ImportReport;
use domain::digest::Digest;
use domain::roster::BadLine;
use domain::roster::plan::ImportScope;
use domain::roster::plan_view::{PlanLines, PlanNote};
use exchange::roster_report::ReadingWarning;

/// The preview of a roster import: the changes, refused rows and warnings.
#[derive(Debug, Clone)]
pub struct ImportPreview {
    /// The number of changed records, by kind.
    pub report: ImportReport,
    /// The fingerprint of the previewed import plan.
    pub fingerprint: Digest,
    /// The changed records by kind, in the sequence of the import report.
    pub lines: [PlanLines; 7],
    /// Changes of the roster import to offerings that have a choice.
    pub notes: Vec<PlanNote>,
    /// The total number of changes to offerings that have a choice.
    pub noted: usize,
    /// The number of student groups with a choice that are missing from the roster file.
    pub live_absent: usize,
    /// The rows of the roster file that were refused.
    pub refused: Vec<BadLine>,
    /// The total number of refused rows of the roster file.
    pub refusals: usize,
    /// The warnings from reading the roster file.
    pub warnings: Vec<ReadingWarning>,
    /// The part of the university that the roster file covers.
    pub scope: ImportScope,
}

impl ImportPreview {
    /// Returns whether the roster file covers the whole university.
    pub fn is_whole(&self) -> bool {
        self.scope == ImportScope::Whole
    }
}
