//! Remembers the state of roster imports that are running or were previewed recently. The state is
//! only in the memory of the server process. After a restart, the stored roster file is previewed
//! again.

use crate::roster::import_preview::ImportPreview;
use domain::id::ImportId;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Number of roster imports whose state the server process remembers. If there are more, the state
/// of finished imports is dropped. A registrar works on one import at a time.
const REMEMBERED: usize = 8;

/// The state of one roster import in the memory of the server process.
#[derive(Clone)]
pub enum ImportJob {
    /// State of a roster import: the roster file is being read and compared with the stored
    /// records.
    Reading,
    /// State of a roster import: the roster file was compared with the stored records, and the
    /// preview of the changes is ready to be shown.
    Ready(Arc<ImportPreview>),
    /// State of a roster import: the changes are being written to the database, or undone.
    Writing {
        /// The number of records that the roster import has written so far.
        written: Arc<AtomicU64>,
        /// The total number of records that the roster import is going to write.
        of: u64,
    },
    /// State of a roster import: previewing, applying or undoing the import failed with this error
    /// code and changed nothing.
    Failed(&'static str),
}

/// The progress of a roster import that is being written: the number of records written so far, and
/// the total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WritingProgress {
    /// The number of records that the roster import has written so far.
    pub written: u64,
    /// The total number of records that the roster import is going to write.
    pub of: u64,
}

impl ImportJob {
    /// Returns the progress of writing the roster import; `None` if the import is not being
    /// written.
    pub fn progress(&self) -> Option<WritingProgress> {
        match self {
            Self::Writing { written, of } => {
                Some(WritingProgress { written: written.load(Ordering::Relaxed).min(*of), of: *of })
            }
            _ => None,
        }
    }

    /// Returns whether the roster import is being read, written or undone at the moment.
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Reading | Self::Writing { .. })
    }
}

/// The states of all roster imports that the server process remembers, by the id of the import.
#[derive(Clone, Default)]
pub struct ImportJobs(Arc<Mutex<HashMap<ImportId, ImportJob>>>);

impl ImportJobs {
    fn open(&self) -> MutexGuard<'_, HashMap<ImportId, ImportJob>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the state of a roster import; `None` if the server process does not remember the
    /// import.
    pub(super) fn get(&self, id: ImportId) -> Option<ImportJob> {
        self.open().get(&id).cloned()
    }

    /// Registers the state of a roster import. Returns false and changes nothing if the import is
    /// already being read or written.
    pub(super) fn begin(&self, id: ImportId, job: ImportJob) -> bool {
        let mut jobs = self.open();
        if jobs.get(&id).is_some_and(ImportJob::is_busy) {
            return false;
        }
        if jobs.len() >= REMEMBERED {
            jobs.retain(|_, job| job.is_busy());
        }
        jobs.insert(id, job);
        true
    }

    /// Replaces the state of a roster import in the memory of the server process. Without a new
    /// state, the process forgets the import.
    pub(super) fn end(&self, id: ImportId, job: Option<ImportJob>) {
        let mut jobs = self.open();
        match job {
            Some(job) => jobs.insert(id, job),
            None => jobs.remove(&id),
        };
    }
}
