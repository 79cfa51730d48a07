//! The application handle: the store, the vault, the clock, and the two ways to run a use case.

use crate::clock::Clock;
use crate::failure::Failure;
use crate::roster::import_jobs::ImportJobs;
use crate::unit_of_work::{CatalogueCache, UnitOfWork};
use store::{Store, Tx};
use vault::Vault;

pub use vault::Incoming;

/// The application; cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The store: every record, in SQLite or PostgreSQL.
    pub store: Store,
    /// The documents' bytes.
    pub vault: Vault,
    /// The current time.
    pub clock: Clock,
    /// Roster imports that are running or were previewed a moment ago.
    pub(crate) import_jobs: ImportJobs,
    catalogues: CatalogueCache,
}

impl App {
    /// Puts the parts together.
    pub fn new(store: Store, vault: Vault, clock: Clock) -> Self {
        Self { store, vault, clock, import_jobs: ImportJobs::default(), catalogues: CatalogueCache::default() }
    }

    /// The same application with another clock; the demo fills its past with it.
    #[must_use]
    pub fn at(&self, clock: Clock) -> Self {
        Self { clock, ..self.clone() }
    }

    /// Runs a use case that only reads, in one snapshot.
    pub async fn read<T: Send + 'static>(
        &self,
        use_case: impl FnMut(&mut UnitOfWork<'_, '_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.store.read(self.in_transaction(use_case)).await
    }

    /// Runs a use case that writes; returns when its changes are durable.
    pub async fn write<T: Send + 'static>(
        &self,
        use_case: impl FnMut(&mut UnitOfWork<'_, '_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.store.write(self.in_transaction(use_case)).await
    }

    /// [`App::read`] for callers without a runtime.
    pub fn read_now<T: Send + 'static>(
        &self,
        use_case: impl FnMut(&mut UnitOfWork<'_, '_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.store.read_now(self.in_transaction(use_case))
    }

    /// [`App::write`] for callers without a runtime.
    pub fn write_now<T: Send + 'static>(
        &self,
        use_case: impl FnMut(&mut UnitOfWork<'_, '_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.store.write_now(self.in_transaction(use_case))
    }

    /// The use case as the store runs it: with the instant of the request and the cached catalogues.
    fn in_transaction<T>(
        &self,
        mut use_case: impl FnMut(&mut UnitOfWork<'_, '_>) -> Result<T, Failure> + Send + 'static,
    ) -> impl FnMut(&mut Tx<'_>) -> Result<T, Failure> + Send + 'static {
        let (now, zone, catalogues) = (self.clock.now(), self.clock.zone(), CatalogueCache::clone(&self.catalogues));
        move |tx| use_case(&mut UnitOfWork { tx, now, zone, catalogues: &catalogues })
    }
}
