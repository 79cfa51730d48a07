//! Catalogue versions: lists the versions with the academic terms that use them, shows one version,
//! and compares two versions.

use crate::failure::Failure;
use crate::staff::people::name_of;
use crate::unit_of_work::UnitOfWork;
use chrono::{DateTime, Utc};
use domain::catalogue::Catalogue;
use domain::catalogue::compare::{CatalogueChange, compare};
use domain::id::CatalogueDraftId;
use domain::person::Actor;
use domain::policy;
use domain::term::Term;
use std::sync::Arc;
use store::catalogue_drafts::{self, CatalogueDraftHeader};
use store::catalogues::LoadedCatalogue;
use store::{catalogues, terms};

/// The content of the catalogue's HTML page: all published catalogue versions and all catalogue
/// drafts.
#[derive(Debug, Clone)]
pub struct CatalogueOverview {
    pub versions: Vec<CatalogueVersion>,
    /// All catalogue drafts, each with the name of the person who last edited it. Empty if the
    /// signed-in person is not allowed to edit catalogue drafts.
    pub drafts: Vec<(CatalogueDraftHeader, String)>,
    /// Whether the signed-in person is allowed to begin a new catalogue version.
    pub may_change: bool,
}

/// One published catalogue version in the list of all versions.
#[derive(Debug, Clone)]
pub struct CatalogueVersion {
    pub number: i64,
    /// The time at which the catalogue version was published or loaded.
    pub at: DateTime<Utc>,
    /// The academic terms (semesters) in which the catalogue version is in force.
    pub terms: Vec<Term>,
}

/// A reference to a published catalogue version or to a catalogue draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CatalogueSource {
    /// The published catalogue version with this number.
    Version(i64),
    Draft(CatalogueDraftId),
}

/// Lists all published catalogue versions and, for people who are allowed to edit the catalogue,
/// all catalogue drafts.
pub fn overview(work: &mut UnitOfWork<'_, '_>, actor: &Actor) -> Result<CatalogueOverview, Failure> {
    policy::reads_catalogue(actor)?;
    let terms = terms::all(work.tx)?;
    let version = |LoadedCatalogue { version, loaded_at }| {
        let terms = terms.iter().filter(|term| term.catalogue == version).cloned().collect();
        CatalogueVersion { number: version, at: loaded_at, terms }
    };
    let versions = catalogues::all(work.tx)?.into_iter().map(version).collect();
    let may_change = policy::catalogue_editor(actor).is_ok();
    let mut drafts = Vec::new();
    for head in if may_change { catalogue_drafts::all(work.tx)? } else { Vec::new() } {
        let name = name_of(work, head.changed_by)?;
        drafts.push((head, name));
    }
    Ok(CatalogueOverview { versions, drafts, may_change })
}

/// Loads one catalogue version or catalogue draft. Only people who are allowed to edit catalogue
/// drafts can load a draft.
pub fn table(work: &mut UnitOfWork<'_, '_>, actor: &Actor, which: CatalogueSource) -> Result<Arc<Catalogue>, Failure> {
    policy::reads_catalogue(actor)?;
    match which {
        CatalogueSource::Version(number) if (1..=catalogues::latest(work.tx)?).contains(&number) => {
            work.catalogue(number)
        }
        CatalogueSource::Version(_) => Err(Failure::NotFound),
        CatalogueSource::Draft(id) => {
            policy::catalogue_editor(actor)?;
            let draft = catalogue_drafts::find(work.tx, id)?.ok_or(Failure::NotFound)?;
            Ok(Arc::new(draft.catalogue))
        }
    }
}

/// Lists all differences between two compared catalogues. Each of them is a published version or a
/// draft.
pub fn compared(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    from: CatalogueSource,
    to: CatalogueSource,
) -> Result<Vec<CatalogueChange>, Failure> {
    let (from, to) = (table(work, actor, from)?, table(work, actor, to)?);
    Ok(compare(&from, &to))
}
