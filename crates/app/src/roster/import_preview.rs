//! The preview of an import: what a file would change, cut to what a page shows.

use crate::roster::import_report::ImportReport;
use domain::digest::Digest;
use domain::roster::BadLine;
use domain::roster::plan::ImportScope;
use domain::roster::plan_view::{PlanLines, PlanNote};
use exchange::roster_report::ReadingWarning;

/// The preview of an import.
#[derive(Debug, Clone)]
pub struct ImportPreview {
    /// How much, by kind.
    pub report: ImportReport,
    /// Stands for exactly this plan.
    pub fingerprint: Digest,
    /// The changed records by kind, in the order of the report.
    pub lines: [PlanLines; 7],
    /// Changes that concern offerings with a choice.
    pub notes: Vec<PlanNote>,
    /// How many of those there are.
    pub noted: usize,
    /// How many groups for which something was chosen are missing from the file.
    pub live_absent: usize,
    /// Rows that were refused.
    pub refused: Vec<BadLine>,
    /// How many of those there are.
    pub refusals: usize,
    /// Warnings from reading the file.
    pub warnings: Vec<ReadingWarning>,
    /// How much of the university the file speaks of.
    pub scope: ImportScope,
}

impl ImportPreview {
    /// Does the file speak of the whole university?
    pub fn is_whole(&self) -> bool {
        self.scope == ImportScope::Whole
    }
}
