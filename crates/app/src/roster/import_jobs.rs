//! Imports that are under way or were looked at a moment ago. Only this process knows them; what is to last is in the
//! store, so after a restart a file is simply looked at again.

use crate::roster::import_preview::ImportPreview;
use domain::id::ImportId;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// So many files are remembered; a registrar looks at one.
const REMEMBERED: usize = 8;

/// The state of an import in this process.
#[derive(Clone)]
pub enum ImportJob {
    /// It is being compared with what is there.
    Reading,
    /// The preview is ready.
    Ready(Arc<ImportPreview>),
    /// It is being written, or taken back.
    Writing {
        /// Records written so far.
        written: Arc<AtomicU64>,
        /// Records to write.
        of: u64,
    },
    /// It was not carried out; the code says why. Nothing of it is there.
    Failed(&'static str),
}

/// The number of records that an import has written so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WritingProgress {
    /// Records written so far.
    pub written: u64,
    /// Records to write.
    pub of: u64,
}

impl ImportJob {
    /// The progress of an import that is being written.
    pub fn progress(&self) -> Option<WritingProgress> {
        match self {
            Self::Writing { written, of } => {
                Some(WritingProgress { written: written.load(Ordering::Relaxed).min(*of), of: *of })
            }
            _ => None,
        }
    }

    /// Is somebody at it right now?
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Reading | Self::Writing { .. })
    }
}

/// Everything that is under way.
#[derive(Clone, Default)]
pub struct ImportJobs(Arc<Mutex<HashMap<ImportId, ImportJob>>>);

impl ImportJobs {
    fn open(&self) -> MutexGuard<'_, HashMap<ImportId, ImportJob>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The job of this import, if there is one.
    pub(super) fn get(&self, id: ImportId) -> Option<ImportJob> {
        self.open().get(&id).cloned()
    }

    /// Begins something, unless somebody is at this file.
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

    /// Replaces the job, or removes it.
    pub(super) fn end(&self, id: ImportId, job: Option<ImportJob>) {
        let mut jobs = self.open();
        match job {
            Some(job) => jobs.insert(id, job),
            None => jobs.remove(&id),
        };
    }
}
