//! The versions of the rule table: which there are, which term uses which, and how two of them differ.

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

/// All versions and drafts.
#[derive(Debug, Clone)]
pub struct CatalogueOverview {
    pub versions: Vec<CatalogueVersion>,
    /// Drafts with the name of who changed them last; only for those who may change them.
    pub drafts: Vec<(CatalogueDraftHeader, String)>,
    /// The reader may make a new version.
    pub may_change: bool,
}

/// A version of the catalogue in the list.
#[derive(Debug, Clone)]
pub struct CatalogueVersion {
    pub number: i64,
    /// When it came in.
    pub at: DateTime<Utc>,
    /// The terms in which it is in force.
    pub terms: Vec<Term>,
}

/// A version or a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CatalogueSource {
    /// A published version.
    Version(i64),
    Draft(CatalogueDraftId),
}

/// Lists versions and drafts.
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

/// One version or draft. Drafts are seen by those who may change them.
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

/// Everything in which two versions differ.
pub fn compared(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    from: CatalogueSource,
    to: CatalogueSource,
) -> Result<Vec<CatalogueChange>, Failure> {
    let (from, to) = (table(work, actor, from)?, table(work, actor, to)?);
    Ok(compare(&from, &to))
}
