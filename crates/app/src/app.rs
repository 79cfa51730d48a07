//! The program as its doors see it, and the desk at which a use case works.

use crate::clock::Clock;
use crate::failure::Failure;
use crate::roster::imports::ImportJobs;
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use domain::catalogue::Catalogue;
use domain::id::TermId;
use domain::term::{Term, day_of};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use store::{Store, Tx, catalogues, terms};
use vault::Vault;

pub use vault::Incoming;

/// Everything that a door needs; cheap to clone.
#[derive(Clone)]
pub struct App {
    /// Where it is kept.
    pub store: Store,
    /// Where documents are kept.
    pub vault: Vault,
    /// What time it is.
    pub clock: Clock,
    /// Imports that are under way.
    pub(crate) bench: ImportJobs,
    catalogues_cache: CatalogueCache,
}

/// Catalogue versions that were read before. A version never changes, so this never grows stale.
type CatalogueCache = Arc<RwLock<HashMap<i64, Arc<Catalogue>>>>;

/// What a use case has before it: one transaction, one time.
pub struct UnitOfWork<'a, 'tx> {
    /// The transaction.
    pub tx: &'a mut Tx<'tx>,
    /// When this is done; the same when the work runs again.
    pub now: DateTime<Utc>,
    /// The zone in which the university counts its days.
    pub zone: FixedOffset,
    catalogues_cache: &'a CatalogueCache,
}

impl App {
    /// Puts the parts together.
    pub fn new(store: Store, vault: Vault, clock: Clock) -> Self {
        Self { store, vault, clock, bench: ImportJobs::default(), catalogues_cache: CatalogueCache::default() }
    }

    /// The same program at another time: for the demo's past.
    #[must_use]
    pub fn at(&self, clock: Clock) -> Self {
        Self { clock, ..self.clone() }
    }

    /// Carries out something that only reads.
    pub async fn read<T: Send + 'static>(
        &self,
        mut task: impl FnMut(&mut UnitOfWork<'_, '_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let (now, zone, catalogues_cache) = (self.clock.now(), self.clock.zone(), Arc::clone(&self.catalogues_cache));
        self.store.read(move |tx| task(&mut UnitOfWork { tx, now, zone, catalogues_cache: &catalogues_cache })).await
    }

    /// Carries out something that writes; answered when it is durable.
    pub async fn write<T: Send + 'static>(
        &self,
        mut task: impl FnMut(&mut UnitOfWork<'_, '_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let (now, zone, catalogues_cache) = (self.clock.now(), self.clock.zone(), Arc::clone(&self.catalogues_cache));
        self.store.write(move |tx| task(&mut UnitOfWork { tx, now, zone, catalogues_cache: &catalogues_cache })).await
    }

    /// [`App::read`] for callers without a runtime.
    pub fn read_now<T: Send + 'static>(
        &self,
        mut task: impl FnMut(&mut UnitOfWork<'_, '_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let (now, zone, catalogues_cache) = (self.clock.now(), self.clock.zone(), Arc::clone(&self.catalogues_cache));
        self.store.read_now(move |tx| task(&mut UnitOfWork { tx, now, zone, catalogues_cache: &catalogues_cache }))
    }

    /// [`App::write`] for callers without a runtime.
    pub fn write_now<T: Send + 'static>(
        &self,
        mut task: impl FnMut(&mut UnitOfWork<'_, '_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let (now, zone, catalogues_cache) = (self.clock.now(), self.clock.zone(), Arc::clone(&self.catalogues_cache));
        self.store.write_now(move |tx| task(&mut UnitOfWork { tx, now, zone, catalogues_cache: &catalogues_cache }))
    }
}

impl UnitOfWork<'_, '_> {
    /// Today in the university's zone.
    pub fn today(&self) -> NaiveDate {
        day_of(self.now, self.zone)
    }

    /// A catalogue version.
    pub fn catalogue(&mut self, version: i64) -> Result<Arc<Catalogue>, Failure> {
        if let Some(known) = self.catalogues_cache.read().unwrap_or_else(PoisonError::into_inner).get(&version) {
            return Ok(Arc::clone(known));
        }
        let found = catalogues::find(self.tx, version)?;
        let found = Arc::new(found.ok_or_else(|| Failure::Broken(format!("catalogue {version} is missing")))?);
        self.catalogues_cache.write().unwrap_or_else(PoisonError::into_inner).insert(version, Arc::clone(&found));
        Ok(found)
    }

    /// The current term.
    pub fn current_term(&mut self) -> Result<Term, Failure> {
        let today = self.today();
        terms::current(self.tx, today)?.ok_or(Failure::NoTerm)
    }

    /// A term that something refers to.
    pub fn term(&mut self, id: TermId) -> Result<Term, Failure> {
        terms::find(self.tx, id)?.ok_or(Failure::NotFound)
    }
}
