//! Opens the database and the folder of documents of an installation. Also contains the catalogue
//! that is compiled into the program.

use crate::config::Config;
use crate::private_files;
use anyhow::{Context, Result, bail};
use app::app::App;
use app::catalogue::load_catalogue::ensure_catalogue;
use app::clock::Clock;
use app::history::verify_records::begin_hashes;
use exchange::catalogue::{CatalogueFolder, ROWS_FILE, parse_catalogue};
use include_dir::{Dir, include_dir};
use std::path::Path;
use store::{DatabaseLocation, Store, integrity};
use vault::Vault;

static CATALOGUE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../catalogue");

/// Returns the catalogue (permitted combinations of platform, exam format and type) that is
/// compiled into the program.
pub(crate) fn shipped_catalogue() -> Result<CatalogueFolder> {
    let read = |path: &str| CATALOGUE.get_file(path).map(|file| file.contents().to_vec());
    let rules = CATALOGUE.get_file(ROWS_FILE).and_then(include_dir::File::contents_utf8);
    parse_catalogue(rules.context("the shipped catalogue is missing")?, &read).context("the shipped catalogue")
}

/// Opens the database and the documents of an installation. A new database gets the catalogue that
/// is compiled into the program. Files that other users of the machine could read become private.
pub(crate) fn open(data_dir: &Path, database: &DatabaseLocation) -> Result<App> {
    create(data_dir)?;
    private_files::restrict(data_dir, database)?;
    refuse_to_lose(data_dir, database)?;
    let store = Store::open(database).context("the database (EMTIHAN_DATABASE_URL) cannot be opened")?;
    with_store(data_dir, store)
}

fn create(data_dir: &Path) -> Result<()> {
    std::fs::create_dir_all(data_dir)
        .with_context(|| format!("data_dir (EMTIHAN_DATA_DIR) {} cannot be created", data_dir.display()))
}

/// Refuses to begin an empty university where documents of an earlier one lie: then the database was
/// lost or the settings name another one.
fn refuse_to_lose(data_dir: &Path, database: &DatabaseLocation) -> Result<()> {
    let documents = data_dir.join("documents");
    let is_new = Store::is_new(database).context("the database (EMTIHAN_DATABASE_URL) cannot be opened")?;
    if is_new && documents.is_dir() && !Vault::open(&documents)?.stored()?.is_empty() {
        bail!(
            "the database (EMTIHAN_DATABASE_URL) is missing or empty, but {} has documents of an earlier \
             installation: restore the database; or run `emtihan migrate --new` to begin an empty university",
            documents.display()
        );
    }
    Ok(())
}

/// Creates the tables of a new database, also where documents of an earlier installation lie.
pub(crate) fn begin_new(data_dir: &Path, database: &DatabaseLocation) -> Result<()> {
    create(data_dir)?;
    drop(Store::open(database).context("the database (EMTIHAN_DATABASE_URL) cannot be opened")?);
    Ok(())
}

/// Refuses to serve a database that was not closed properly and is damaged.
///
/// # Errors
/// An error that names the damage and says what to do.
pub(crate) fn refuse_damaged(database: &DatabaseLocation) -> Result<()> {
    match integrity::damage_after_sudden_end(database).context("the database (EMTIHAN_DATABASE_URL)")? {
        Some(damage) => bail!(
            "the database is damaged ({damage}): restore a backup, with no -wal and -shm files of another database beside \
             it; `emtihan verify` lists the damages"
        ),
        None => Ok(()),
    }
}

/// Opens the database and the documents that the settings name. Dates are calculated in the time
/// zone from the settings.
pub(crate) fn open_configured(config: &Config) -> Result<App> {
    let app = open(&config.data_dir, &config.database)?;
    Ok(app.at(app.clock.clone().in_zone(config.zone)))
}

/// Opens the database and the documents that the settings name, only for reading. Creates and changes
/// nothing.
pub(crate) fn open_read_only(config: &Config) -> Result<App> {
    let database = Store::open_read_only(&config.database);
    let store = database.context("the database (EMTIHAN_DATABASE_URL) cannot be verified")?;
    let documents = config.data_dir.join("documents");
    let vault = Vault::open_existing(&documents);
    let vault = vault.with_context(|| format!("the folder of documents {} cannot be read", documents.display()))?;
    Ok(App::new(store, vault, Clock::machine().in_zone(config.zone)))
}

/// Builds the application from a database that is already open and the folder of its documents.
pub(crate) fn with_store(data_dir: &Path, store: Store) -> Result<App> {
    let vault = Vault::open(&data_dir.join("documents")).context("the folder of documents cannot be opened")?;
    let app = App::new(store, vault, Clock::machine());
    ensure_catalogue(&app, &shipped_catalogue()?)?;
    app.write_now(begin_hashes)?;
    Ok(app)
}
