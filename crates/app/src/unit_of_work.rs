//! The unit of work of a use case: one database transaction with one fixed time.

use crate::failure::Failure;
use crate::history::pending_line::PendingLine;
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use domain::catalogue::Catalogue;
use domain::id::TermId;
use domain::term::{Term, day_of};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use store::{Tx, catalogues, terms};

/// Cache of the catalogue versions that were read before, by version number. A published version
/// never changes, so the cached versions never become outdated.
pub(crate) type CatalogueCache = Arc<RwLock<HashMap<i64, Arc<Catalogue>>>>;

/// The database transaction in which a use case runs, and the time at which it runs.
///
/// PostgreSQL aborts a transaction that collides with another one. The use case then runs a second
/// time, and the stored time stays the same.
pub struct UnitOfWork<'a, 'tx> {
    /// The database transaction in which the use case reads and writes.
    pub tx: &'a mut Tx<'tx>,
    /// The time of the request. It stays the same if the use case runs again because its
    /// transaction collided with another one.
    pub now: DateTime<Utc>,
    /// The university's time zone, which determines the day on which a time falls.
    pub zone: FixedOffset,
    pub(crate) catalogues: &'a CatalogueCache,
    /// The acts of this transaction that are not in the history yet.
    pub(crate) pending: Vec<PendingLine>,
}

impl UnitOfWork<'_, '_> {
    /// Returns today's date in the university's time zone, computed from the time of the request.
    pub fn today(&self) -> NaiveDate {
        day_of(self.now, self.zone)
    }

    /// Returns the catalogue version with this number, from the cache if the version was read
    /// before.
    ///
    /// # Errors
    /// [`Failure::Broken`] if the database lacks the version, although a choice or an academic term
    /// refers to it.
    pub fn catalogue(&mut self, version: i64) -> Result<Arc<Catalogue>, Failure> {
        if let Some(known) = self.catalogues.read().unwrap_or_else(PoisonError::into_inner).get(&version) {
            return Ok(Arc::clone(known));
        }
        let found = catalogues::find(self.tx, version)?;
        let found = Arc::new(found.ok_or_else(|| Failure::Broken(format!("catalogue {version} is missing")))?);
        self.catalogues.write().unwrap_or_else(PoisonError::into_inner).insert(version, Arc::clone(&found));
        Ok(found)
    }

    /// Returns the current academic term (semester).
    ///
    /// # Errors
    /// [`Failure::NoTerm`] if no academic term has been created or imported yet.
    pub fn current_term(&mut self) -> Result<Term, Failure> {
        let today = self.today();
        terms::current(self.tx, today)?.ok_or(Failure::NoTerm)
    }

    /// Returns the academic term (semester) with this id.
    ///
    /// # Errors
    /// [`Failure::NotFound`] if no academic term has this id.
    pub fn term(&mut self, id: TermId) -> Result<Term, Failure> {
        terms::find(self.tx, id)?.ok_or(Failure::NotFound)
    }
}
