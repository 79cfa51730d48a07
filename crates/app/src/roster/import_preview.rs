//! The preview of an import: the changes that a file would make, limited to what a page shows.

use crate::roster::import_report::ImportReport;
use domain::digest::Digest;
use domain::roster::BadLine;
use domain::roster::plan::ImportScope;
use domain::roster::plan_view::{PlanLines, PlanNote};
use exchange::roster_report::ReadingWarning;

/// The preview of a roster import.
#[derive(Debug, Clone)]
pub struct ImportPreview {
    /// The number of changes, by kind.
    pub report: ImportReport,
    /// The fingerprint of exactly this plan.
    pub fingerprint: Digest,
    /// The changed records by kind, in the order of the report.
    pub lines: [PlanLines; 7],
    /// Changes to offerings that have a choice.
    pub notes: Vec<PlanNote>,
    /// The total number of those changes.
    pub noted: usize,
    /// The number of groups with a choice that are missing from the file.
    pub live_absent: usize,
    /// The rows of the file that were refused.
    pub refused: Vec<BadLine>,
    /// The total number of refused rows.
    pub refusals: usize,
    /// The warnings from reading the file.
    pub warnings: Vec<ReadingWarning>,
    /// The part of the university that the file covers.
    pub scope: ImportScope,
}

impl ImportPreview {
    /// Returns whether the file covers the whole university.
    pub fn is_whole(&self) -> bool {
        self.scope == ImportScope::Whole
    }
}
