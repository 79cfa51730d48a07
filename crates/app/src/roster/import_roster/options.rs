//! Options of an import.

use domain::id::{ImportId, PersonId};
use domain::roster::plan::{Absent, ImportScope};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// Options of an import.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// Report what would change, and change nothing.
    pub dry_run: bool,
    /// The fate of records that the roster does not name.
    pub absent: Absent,
    /// The part of the university that the roster covers.
    pub scope: ImportScope,
    /// The person who imports; `None` for the command line.
    pub by: Option<PersonId>,
    /// The stored import, if it can be undone.
    pub import: Option<ImportId>,
    /// Counts written records, for a progress bar.
    pub written: Arc<AtomicU64>,
}
