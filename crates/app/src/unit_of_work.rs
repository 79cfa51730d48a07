//! The unit of work of a use case: one transaction at one instant.

use crate::failure::Failure;
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use domain::catalogue::Catalogue;
use domain::id::TermId;
use domain::term::{Term, day_of};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use store::{Tx, catalogues, terms};

/// Catalogue versions that were read before, by number. A version never changes, so that an entry of the cache never
/// becomes stale.
pub(crate) type CatalogueCache = Arc<RwLock<HashMap<i64, Arc<Catalogue>>>>;

/// The transaction and the instant in which a use case runs.
///
/// A use case may run twice (PostgreSQL runs a transaction again after a serialization failure), each
/// time with the same `now`.
pub struct UnitOfWork<'a, 'tx> {
    /// The transaction in which the use case reads and writes.
    pub tx: &'a mut Tx<'tx>,
    /// The time of the request; the same if the use case runs again after a serialization failure.
    pub now: DateTime<Utc>,
    /// The time zone in which the university counts its days.
    pub zone: FixedOffset,
    pub(crate) catalogues: &'a CatalogueCache,
}

impl UnitOfWork<'_, '_> {
    /// Today in the university's time zone.
    pub fn today(&self) -> NaiveDate {
        day_of(self.now, self.zone)
    }

    /// Returns a catalogue version, from the cache if it was read before.
    ///
    /// # Errors
    /// [`Failure::Broken`] if the version is not stored, although a choice or a term refers to it.
    pub fn catalogue(&mut self, version: i64) -> Result<Arc<Catalogue>, Failure> {
        if let Some(known) = self.catalogues.read().unwrap_or_else(PoisonError::into_inner).get(&version) {
            return Ok(Arc::clone(known));
        }
        let found = catalogues::find(self.tx, version)?;
        let found = Arc::new(found.ok_or_else(|| Failure::Broken(format!("catalogue {version} is missing")))?);
        self.catalogues.write().unwrap_or_else(PoisonError::into_inner).insert(version, Arc::clone(&found));
        Ok(found)
    }

    /// Returns the current term (semester).
    ///
    /// # Errors
    /// [`Failure::NoTerm`] if no term has been created or imported yet.
    pub fn current_term(&mut self) -> Result<Term, Failure> {
        let today = self.today();
        terms::current(self.tx, today)?.ok_or(Failure::NoTerm)
    }

    /// Returns the term (semester) with this id.
    ///
    /// # Errors
    /// [`Failure::NotFound`] if there is no such term.
    pub fn term(&mut self, id: TermId) -> Result<Term, Failure> {
        terms::find(self.tx, id)?.ok_or(Failure::NotFound)
    }
}
