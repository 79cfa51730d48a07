//! The registrar makes a new version of the rule table: begins a draft, changes it step by step, throws it away. The proofs
//! run over every state of it.

use crate::catalogue_refusal::CatalogueRefusal;
use crate::failure::{Failure, Stale};
use crate::staff::people::name_of;
use crate::term::form_exceptions::form_exceptions_in_use;
use crate::unit_of_work::UnitOfWork;
use domain::catalogue::Catalogue;
use domain::catalogue::edit::Edit;
use domain::history::Act;
use domain::id::CatalogueDraftId;
use domain::limits::CATALOGUE_DRAFTS_LIMIT;
use domain::person::Actor;
use domain::policy;
use domain::proofs::CatalogueFault;
use domain::proofs::context_checks::{CatalogueContext, faults_within, warnings};
use domain::proofs::fixes::with_fix;
use domain::roster::{Org, OrgKind};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::catalogue_drafts::{self, CatalogueDraft, CatalogueDraftChange, CatalogueDraftHeader};
use store::dry_run_facts::RowUse;
use store::{catalogues, dry_run_facts, orgs, terms};

/// A draft with everything that is said about it.
#[derive(Debug, Clone)]
pub struct CatalogueDraftView {
    /// Id, base version and revision of the draft.
    pub head: CatalogueDraftHeader,
    pub catalogue: Arc<Catalogue>,
    pub changed_by: String,
    /// Faults that prevent publishing.
    pub faults: Vec<CatalogueFault>,
    /// Warnings that do not prevent publishing.
    pub warnings: Vec<CatalogueFault>,
    /// The faculties, and how many choices use each row.
    pub around: CatalogueContext,
    /// The faculties with their names.
    pub faculties: Vec<Org>,
    /// The newest version; newer than the draft's base when somebody published meanwhile.
    pub newest: i64,
}

/// A draft as it was on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShownDraft {
    /// The id of the draft.
    pub id: CatalogueDraftId,
    /// The revision that was shown; an edit of an earlier one is refused as stale.
    pub revision: i64,
}

/// A fault as it was on the screen: [`CatalogueFault`] in the words of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownFault {
    /// The code of the fault.
    pub code: String,
    /// The thing that is at fault, such as a label.
    pub what: String,
    /// The ids of the rows that it concerns.
    pub rows: Vec<String>,
}

/// Begins a draft from a version.
pub fn begin_draft(work: &mut UnitOfWork<'_, '_>, actor: &Actor, base: i64) -> Result<CatalogueDraftId, Failure> {
    policy::catalogue_editor(actor)?;
    if !(1..=catalogues::latest(work.tx)?).contains(&base) {
        return Err(Failure::NotFound);
    }
    let catalogue = work.catalogue(base)?;
    let draft = add_draft(work, actor, base, &catalogue)?;
    work.record_catalogue(actor, &Act::CatalogueDraftBegun { draft, base })?;
    Ok(draft)
}

/// Adds a draft that follows version `base`; recording it is up to the caller.
pub(crate) fn add_draft(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    base: i64,
    catalogue: &Catalogue,
) -> Result<CatalogueDraftId, Failure> {
    if catalogue_drafts::all(work.tx)?.len() >= CATALOGUE_DRAFTS_LIMIT {
        return Err(CatalogueRefusal::TooManyDrafts.into());
    }
    let id = CatalogueDraftId::of(&[&base.to_string(), &actor.person.to_string(), &work.now.to_rfc3339()]);
    let (begun_by, begun_at) = (actor.person, work.now);
    let head =
        CatalogueDraftHeader { id, base, revision: 1, begun_by, begun_at, changed_by: begun_by, changed_at: begun_at };
    catalogue_drafts::add(work.tx, &head, catalogue)?;
    Ok(id)
}

/// Throws a draft away.
pub fn discard_draft(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: CatalogueDraftId) -> Result<(), Failure> {
    policy::catalogue_editor(actor)?;
    find(work, id)?;
    catalogue_drafts::remove(work.tx, id)?;
    work.record_catalogue(actor, &Act::CatalogueDraftDiscarded { draft: id })
}

/// Opens a draft with its proofs.
pub fn open_draft(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    id: CatalogueDraftId,
) -> Result<CatalogueDraftView, Failure> {
    policy::catalogue_editor(actor)?;
    let CatalogueDraft { head, catalogue } = find(work, id)?;
    let DraftContext { around, faculties } = context(work)?;
    Ok(CatalogueDraftView {
        changed_by: name_of(work, head.changed_by)?,
        faults: faults_within(&catalogue, &around),
        warnings: warnings(&catalogue, &around),
        newest: catalogues::latest(work.tx)?,
        catalogue: Arc::new(catalogue),
        head,
        around,
        faculties,
    })
}

/// Carries out one edit of a draft as it was on the screen.
pub fn change_draft(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    shown: ShownDraft,
    edit: &Edit,
) -> Result<(), Failure> {
    policy::catalogue_editor(actor)?;
    let CatalogueDraft { head, mut catalogue } = find(work, shown.id)?;
    if head.revision != shown.revision {
        return Err(Stale::Lost.into());
    }
    let before = catalogue.clone();
    catalogue.edit(edit)?;
    if before == catalogue {
        return Ok(());
    }
    save(work, actor, &head, &catalogue)?;
    let act = Act::CatalogueDraftChanged { draft: shown.id, change: edit.code(), what: &edit.subject() };
    work.record_catalogue(actor, &act)
}

/// Fixes a fault that the proofs have named, where that is mechanical.
pub fn fix_draft(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    shown: ShownDraft,
    fault: &ShownFault,
) -> Result<(), Failure> {
    policy::catalogue_editor(actor)?;
    let CatalogueDraft { head, catalogue } = find(work, shown.id)?;
    if head.revision != shown.revision {
        return Err(Stale::Lost.into());
    }
    let around = context(work)?.around;
    let is_it = |found: &CatalogueFault| {
        found.code == fault.code && found.what == fault.what && found.rows.iter().map(|row| &row.0).eq(&fault.rows)
    };
    // Only a fault that the draft still has is fixed.
    let found = faults_within(&catalogue, &around).into_iter().find(is_it).ok_or(Failure::NotFound)?;
    let base = work.catalogue(head.base)?;
    let better = with_fix(&catalogue, &base, &found).ok_or(Failure::NotFound)?;
    save(work, actor, &head, &better)?;
    work.record_catalogue(actor, &Act::CatalogueDraftChanged { draft: shown.id, change: "mended", what: &fault.code })
}

fn save(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    head: &CatalogueDraftHeader,
    catalogue: &Catalogue,
) -> Result<(), Failure> {
    let change = CatalogueDraftChange { id: head.id, revision: head.revision, by: actor.person, at: work.now };
    Ok(catalogue_drafts::change(work.tx, &change, catalogue)?)
}

/// The draft with this id.
pub(crate) fn find(work: &mut UnitOfWork<'_, '_>, id: CatalogueDraftId) -> Result<CatalogueDraft, Failure> {
    catalogue_drafts::find(work.tx, id)?.ok_or(Failure::NotFound)
}

/// The data against which a draft is checked.
pub(crate) struct DraftContext {
    /// The faculties' codes, and the rows that choices and centrally set forms of open terms use.
    pub(crate) around: CatalogueContext,
    /// The faculties with their names.
    pub(crate) faculties: Vec<Org>,
}

/// Loads the data against which drafts are checked.
pub(crate) fn context(work: &mut UnitOfWork<'_, '_>) -> Result<DraftContext, Failure> {
    let mut faculties = orgs::all(work.tx)?;
    faculties.retain(|org| org.kind == OrgKind::Faculty);
    let (mut used, mut set) = (BTreeMap::new(), Vec::new());
    for term in terms::all(work.tx)?.into_iter().filter(|term| !term.is_closed) {
        for RowUse { row, choices } in dry_run_facts::used(work.tx, term.id)? {
            *used.entry(row).or_insert(0) += choices;
        }
        set.extend(form_exceptions_in_use(work, term.id)?);
    }
    let codes = faculties.iter().map(|org| org.code.clone()).collect();
    Ok(DraftContext { around: CatalogueContext { faculties: codes, used, set }, faculties })
}
