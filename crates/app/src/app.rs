//! The application handle: database, document storage, clock, and the methods that run a use case in a transaction.

use crate::clock::Clock;
use crate::failure::Failure;
use crate::roster::import_jobs::ImportJobs;
use crate::unit_of_work::{CatalogueCache, UnitOfWork};
use store::{Store, Tx};
use vault::Vault;

pub use vault::Incoming;

/// The application handle: everything that use cases need. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The database of all records, SQLite or PostgreSQL.
    pub store: Store,
    /// The storage of the bytes of uploaded documents, addressed by their hash.
    pub vault: Vault,
    /// The source of the current time.
    pub clock: Clock,
    /// Roster imports that are running or were previewed recently.
    pub(crate) import_jobs: ImportJobs,
    catalogues: CatalogueCache,
}

impl App {
    /// Creates the application from its database, document storage and clock.
    pub fn new(store: Store, vault: Vault, clock: Clock) -> Self {
        Self { store, vault, clock, import_jobs: ImportJobs::default(), catalogues: CatalogueCache::default() }
    }

    /// Returns the same application with another clock, which the demo uses to create past data.
    #[must_use]
    pub fn at(&self, clock: Clock) -> Self {
        Self { clock, ..self.clone() }
    }

    /// Runs a read-only use case in one snapshot of the database.
    pub async fn read<T: Send + 'static>(
        &self,
        use_case: impl FnMut(&mut UnitOfWork<'_, '_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.store.read(self.in_transaction(use_case)).await
    }

    /// Runs a writing use case; returns when its changes are durable.
    pub async fn write<T: Send + 'static>(
        &self,
        use_case: impl FnMut(&mut UnitOfWork<'_, '_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.store.write(self.in_transaction(use_case)).await
    }

    /// Like [`App::read`], for callers without an async runtime. Blocks.
    pub fn read_now<T: Send + 'static>(
        &self,
        use_case: impl FnMut(&mut UnitOfWork<'_, '_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.store.read_now(self.in_transaction(use_case))
    }

    /// Like [`App::write`], for callers without an async runtime. Blocks.
    pub fn write_now<T: Send + 'static>(
        &self,
        use_case: impl FnMut(&mut UnitOfWork<'_, '_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.store.write_now(self.in_transaction(use_case))
    }

    /// Wraps a use case for the store: adds the time of the request and the cached catalogue versions.
    fn in_transaction<T>(
        &self,
        mut use_case: impl FnMut(&mut UnitOfWork<'_, '_>) -> Result<T, Failure> + Send + 'static,
    ) -> impl FnMut(&mut Tx<'_>) -> Result<T, Failure> + Send + 'static {
        let (now, zone, catalogues) = (self.clock.now(), self.clock.zone(), CatalogueCache::clone(&self.catalogues));
        move |tx| use_case(&mut UnitOfWork { tx, now, zone, catalogues: &catalogues })
    }
}
