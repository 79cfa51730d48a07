//! The application handle: database, document storage, clock, and the methods that run a use case
//! in a database transaction.

use crate::clock::Clock;
use crate::failure::Failure;
use crate::roster::import_jobs::ImportJobs;
use crate::unit_of_work::{CatalogueCache, UnitOfWork};
use store::{Store, Tx};
use vault::Vault;

pub use vault::Incoming;

/// The application handle, which holds the database, the document storage, the clock and the caches
/// that use cases need. Cloning the handle is cheap.
#[derive(Clone)]
pub struct App {
    /// The database (SQLite or PostgreSQL), which holds all records except the bytes of documents.
    pub store: Store,
    /// The storage for the bytes of uploaded documents, which are found by their SHA-256 hash.
    pub vault: Vault,
    /// The source of the current time and of the university's time zone.
    pub clock: Clock,
    /// The roster imports that are running, or whose planned changes were recently shown to the
    /// registrar in a preview.
    pub(crate) import_jobs: ImportJobs,
    catalogues: CatalogueCache,
}

impl App {
    /// Creates the application handle from a database, a document storage and a clock.
    pub fn new(store: Store, vault: Vault, clock: Clock) -> Self {
        Self { store, vault, clock, import_jobs: ImportJobs::default(), catalogues: CatalogueCache::default() }
    }

    /// Returns a copy of the application handle with another clock. The demo uses such a copy to
    /// create data with dates in the past.
    #[must_use]
    pub fn at(&self, clock: Clock) -> Self {
        Self { clock, ..self.clone() }
    }

    /// Runs a read-only use case in one transaction, which sees one snapshot of the database.
    pub async fn read<T: Send + 'static>(
        &self,
        use_case: impl FnMut(&mut UnitOfWork<'_, '_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.store.read(self.in_transaction(use_case)).await
    }

    /// Runs a writing use case in one transaction. Returns when the changes are stored durably. Other
    /// crates write on behalf of a person with [`App::write_as`], which looks up the person's session
    /// and roles in the same transaction.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        use_case: impl FnMut(&mut UnitOfWork<'_, '_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.store.write(self.in_transaction(use_case)).await
    }

    /// Runs a read-only use case like [`App::read`], but waits for its result as long as it takes. For
    /// work in the background.
    pub(crate) async fn read_without_deadline<T: Send + 'static>(
        &self,
        use_case: impl FnMut(&mut UnitOfWork<'_, '_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.store.read_without_deadline(self.in_transaction(use_case)).await
    }

    /// Runs a writing use case like [`App::write`], but waits for its result as long as it takes. For
    /// work in the background.
    pub(crate) async fn write_without_deadline<T: Send + 'static>(
        &self,
        use_case: impl FnMut(&mut UnitOfWork<'_, '_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.store.write_without_deadline(self.in_transaction(use_case)).await
    }

    /// Runs a read-only use case in one transaction, like [`App::read`]. Blocks the thread until
    /// the use case has finished, for callers without an async runtime.
    pub fn read_now<T: Send + 'static>(
        &self,
        use_case: impl FnMut(&mut UnitOfWork<'_, '_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.store.read_now(self.in_transaction(use_case))
    }

    /// Runs a use case that changes data. Blocks the thread until the changes are stored durably,
    /// for callers without an async runtime.
    pub fn write_now<T: Send + 'static>(
        &self,
        use_case: impl FnMut(&mut UnitOfWork<'_, '_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.store.write_now(self.in_transaction(use_case))
    }

    /// Turns a use case into a function that needs only a database transaction. This function
    /// passes the current time, the time zone and the cached catalogue versions to the use case, and
    /// appends the acts that the use case has recorded to the history.
    fn in_transaction<T>(
        &self,
        mut use_case: impl FnMut(&mut UnitOfWork<'_, '_>) -> Result<T, Failure> + Send + 'static,
    ) -> impl FnMut(&mut Tx<'_>) -> Result<T, Failure> + Send + 'static {
        let (now, zone, catalogues) = (self.clock.now(), self.clock.zone(), CatalogueCache::clone(&self.catalogues));
        move |tx| {
            let mut work = UnitOfWork { tx, now, zone, catalogues: &catalogues, pending: Vec::new() };
            let done = use_case(&mut work)?;
            work.append_recorded()?;
            Ok(done)
        }
    }
}
