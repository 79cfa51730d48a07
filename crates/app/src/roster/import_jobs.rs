//! Roster imports that are running or were previewed recently. They exist only in this process; durable data is in the
//! database, so that after a restart a file is simply previewed again.

use crate::roster::import_preview::ImportPreview;
use domain::id::ImportId;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The number of roster imports that are remembered in this process; a registrar works on one at a time.
const REMEMBERED: usize = 8;

/// The state of a roster import in this process.
#[derive(Clone)]
pub enum ImportJob {
    /// State: the roster file is being compared with the stored records.
    Reading,
    /// State: the comparison is finished, and the preview of the roster import is ready.
    Ready(Arc<ImportPreview>),
    /// State: the roster import is being written or undone.
    Writing {
        /// The number of records that the import has written so far.
        written: Arc<AtomicU64>,
        /// The total number of records that the import writes.
        of: u64,
    },
    /// State: the roster import failed with this error code and changed nothing.
    Failed(&'static str),
}

/// The progress of a roster import: the number of records written so far, and the total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WritingProgress {
    /// The number of records that the import has written so far.
    pub written: u64,
    /// The total number of records that the import writes.
    pub of: u64,
}

impl ImportJob {
    /// The number of records that the import has written so far, and the total; `None` if it is not writing.
    pub fn progress(&self) -> Option<WritingProgress> {
        match self {
            Self::Writing { written, of } => {
                Some(WritingProgress { written: written.load(Ordering::Relaxed).min(*of), of: *of })
            }
            _ => None,
        }
    }

    /// Returns whether the roster import is being read or written now.
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Reading | Self::Writing { .. })
    }
}

/// All roster imports that this process remembers, by the id of the import.
#[derive(Clone, Default)]
pub struct ImportJobs(Arc<Mutex<HashMap<ImportId, ImportJob>>>);

impl ImportJobs {
    fn open(&self) -> MutexGuard<'_, HashMap<ImportId, ImportJob>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the state of a roster import, if this process remembers it.
    pub(super) fn get(&self, id: ImportId) -> Option<ImportJob> {
        self.open().get(&id).cloned()
    }

    /// Registers the state of a roster import; returns false if the import is already being processed.
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

    /// Replaces the state of a roster import, or removes it.
    pub(super) fn end(&self, id: ImportId, job: Option<ImportJob>) {
        let mut jobs = self.open();
        match job {
            Some(job) => jobs.insert(id, job),
            None => jobs.remove(&id),
        };
    }
}
