//! Loads a catalogue from a folder of files. A catalogue without errors becomes the next catalogue
//! version.

use crate::app::App;
use crate::catalogue::catalogue_dry_run::has_choices;
use crate::catalogue_refusal::CatalogueRefusal;
use crate::failure::Failure;
use crate::history::record::Author;
use crate::term::form_exceptions::breaks_form_exception;
use crate::unit_of_work::UnitOfWork;
use domain::catalogue::Catalogue;
use domain::digest::Digest;
use domain::history::{Act, Subject};
use domain::limits::CATALOGUE_VIDEO_SIZE_LIMIT;
use domain::proofs::{CatalogueFault, faults};
use exchange::catalogue::CatalogueFolder;
use exchange::catalogue::archive::renamed;
use std::collections::BTreeMap;
use store::{catalogues, terms};

/// The causes for which a catalogue is not loaded from a folder of files.
#[derive(Debug, thiserror::Error)]
pub enum NotLoaded {
    #[error("the catalogue has {} faults", .0.len())]
    Unsound(Vec<CatalogueFault>),
    /// Loading of a catalogue that failed for a technical reason, such as an unavailable database,
    /// and not because of the content of the catalogue folder.
    #[error(transparent)]
    Failed(#[from] Failure),
}

/// Loads a catalogue from a folder of files as the next catalogue version, and returns the version
/// number. If the code of an academic term is given, the version comes into force in that term.
/// Blocks the thread.
pub fn load_catalogue(app: &App, folder: &CatalogueFolder, term: Option<&str>) -> Result<i64, NotLoaded> {
    let failed = faults(&folder.catalogue);
    if !failed.is_empty() {
        return Err(NotLoaded::Unsound(failed));
    }
    let catalogue = with_media(app, folder)?;
    let term = term.map(str::to_owned);
    Ok(app.write_now(move |work| record(work, &catalogue, term.as_deref()))?)
}

/// Loads the catalogue that ships with the application if the database contains no catalogue yet.
/// Blocks the thread.
pub fn ensure_catalogue(app: &App, shipped: &CatalogueFolder) -> Result<(), NotLoaded> {
    let is_missing = |work: &mut UnitOfWork<'_, '_>| Ok(catalogues::latest(work.tx)? == 0);
    if app.read_now(is_missing)? {
        let catalogue = with_media(app, shipped)?;
        // Another program that starts at the same time can have loaded the catalogue meanwhile.
        app.write_now(move |work| if is_missing(work)? { record(work, &catalogue, None).map(drop) } else { Ok(()) })?;
    }
    Ok(())
}

fn record(work: &mut UnitOfWork<'_, '_>, catalogue: &Catalogue, term: Option<&str>) -> Result<i64, Failure> {
    let version = catalogues::latest(work.tx)? + 1;
    catalogues::add(work.tx, &Catalogue { version, ..catalogue.clone() }, work.now)?;
    if let Some(code) = term {
        let all = terms::all(work.tx)?;
        let term = all.iter().find(|term| term.code == code).ok_or(Failure::NotFound)?;
        if has_choices(work, term.id)? {
            return Err(CatalogueRefusal::DryRunNeeded.into());
        }
        if breaks_form_exception(work, term.id, catalogue)? {
            return Err(CatalogueRefusal::SetForm.into());
        }
        terms::set_catalogue(work.tx, term.id, version)?;
        work.record_state(Subject::Term(term.id))?;
    }
    work.record(Author::PROGRAM, Subject::Catalogue, &Act::CatalogueLoaded { version, term })?;
    Ok(version)
}

/// Puts the videos and captions of a catalogue folder into the document storage, and returns the
/// catalogue with the files' hashes in place of their paths.
pub(crate) fn with_media(app: &App, folder: &CatalogueFolder) -> Result<Catalogue, Failure> {
    let mut addresses = BTreeMap::new();
    for (path, bytes) in &folder.media {
        let mut incoming = app.vault.begin(CATALOGUE_VIDEO_SIZE_LIMIT)?;
        incoming.write(bytes)?;
        addresses.insert(path.clone(), Digest(app.vault.keep(incoming)?.sha256).to_string());
    }
    Ok(renamed(&folder.catalogue, &addresses))
}
