//! Options of a roster import.

use domain::id::{ImportId, PersonId};
use domain::roster::plan::{Absent, ImportScope};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// Options of a roster import: dry run, treatment of absent records, scope, author and progress counter.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// Whether the roster import only reports the changes that it would make.
    pub dry_run: bool,
    /// The kinds of records that are deactivated if the roster lacks them.
    pub absent: Absent,
    /// The part of the university that the roster covers.
    pub scope: ImportScope,
    /// The person who imports the roster; `None` for the command line.
    pub by: Option<PersonId>,
    /// The id under which the roster import is stored, if the import can be undone.
    pub import: Option<ImportId>,
    /// The number of records that the roster import has written so far, for a progress bar.
    pub written: Arc<AtomicU64>,
}
