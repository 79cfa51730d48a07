//! The preview of a roster import: the changes that a roster file would make. The lists of the
//! preview have at most as many entries as a web page shows.

use crate::roster::import_report::ImportReport;
use domain::digest::Digest;
use domain::roster::BadLine;
use domain::roster::danger::PlanDanger;
use domain::roster::plan::ImportScope;
use domain::roster::plan_view::PlanLines;
use exchange::roster_report::ReadingWarning;

/// The preview of a roster import: the changes that the import would make, the refused roster rows,
/// and the warnings.
#[derive(Debug, Clone)]
pub struct ImportPreview {
    /// The numbers of records that the import would add or change, and of stored records that are
    /// missing from the roster file, by kind of record (such as people or groups).
    pub report: ImportReport,
    /// The fingerprint (a hash) of the previewed changes. The import is refused if its changes no
    /// longer have this fingerprint.
    pub fingerprint: Digest,
    /// The records that the roster import would change, by kind of record (such as people or
    /// groups). The kinds have the same sequence as in the report of the import.
    pub lines: [PlanLines; 7],
    /// The changes that have to be confirmed one kind at a time before the roster import is applied.
    pub dangers: Vec<PlanDanger>,
    /// The number of offerings that have a chosen exam and are missing from the roster file.
    pub live_absent: usize,
    /// The refused rows of the roster file, at most as many as the web page lists.
    pub refused: Vec<BadLine>,
    /// The total number of refused rows in the roster file.
    pub refusals: usize,
    /// The warnings about the roster file, such as unknown columns.
    pub warnings: Vec<ReadingWarning>,
    /// The part of the university that the roster file covers: the whole university, or only the
    /// groups that the file lists.
    pub scope: ImportScope,
}

impl ImportPreview {
    /// Returns whether the roster file covers the whole university.
    pub fn is_whole(&self) -> bool {
        self.scope == ImportScope::Whole
    }
}
