//! Options of a roster import.

use domain::id::{ImportId, PersonId};
use domain::roster::plan::{Absent, ImportScope};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// Options of a roster import.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// Whether only to report what would change.
    pub dry_run: bool,
    /// The kinds of records that are deactivated if the roster lacks them.
    pub absent: Absent,
    /// The part of the university that the roster covers.
    pub scope: ImportScope,
    /// The person who imports; `None` for the command line.
    pub by: Option<PersonId>,
    /// The stored import, if it can be undone.
    pub import: Option<ImportId>,
    /// The number of records written so far, for a progress bar.
    pub written: Arc<AtomicU64>,
}
