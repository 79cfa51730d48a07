//! Catalogue drafts. The registrar begins a new catalogue version as a draft and edits the draft
//! step by step, until the draft is published or discarded. Each time a draft is opened, the checks
//! of the catalogue run on it.

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

/// The content of a catalogue draft's HTML page: the draft and the results of its checks.
#[derive(Debug, Clone)]
pub struct CatalogueDraftView {
    /// Data of the catalogue draft: its id, the published catalogue version from which it was
    /// begun, and the number of its current revision.
    pub head: CatalogueDraftHeader,
    pub catalogue: Arc<Catalogue>,
    pub changed_by: String,
    /// The errors that the checks found in the catalogue draft and that prevent publishing it.
    pub faults: Vec<CatalogueFault>,
    /// The warnings that the checks gave about the catalogue draft, which do not prevent publishing
    /// it.
    pub warnings: Vec<CatalogueFault>,
    /// The data of the university against which the catalogue draft is checked: the faculties, the
    /// number of choices that use each catalogue row, and the exam formats that the registrar has
    /// set centrally.
    pub around: CatalogueContext,
    /// All faculties of the university, whose names the catalogue draft's page displays.
    pub faculties: Vec<Org>,
    /// The number of the newest published catalogue version. If it is higher than the number of the
    /// version from which the draft was begun, another version was published in the meantime.
    pub newest: i64,
}

/// The id of a catalogue draft, with the revision that the user's HTML page showed. The revision
/// tells whether the draft has changed since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShownDraft {
    /// The id of the catalogue draft that the HTML page showed.
    pub id: CatalogueDraftId,
    /// The revision of the catalogue draft that the HTML page showed. An edit is refused if the
    /// draft has a newer revision.
    pub revision: i64,
}

/// An error that the checks found in a catalogue draft, as the draft's HTML page sends it to the
/// server when the registrar asks to correct the error. Its fields are those of a
/// [`CatalogueFault`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownFault {
    /// The code of the catalogue check that found the error in the catalogue draft.
    pub code: String,
    /// The platform, exam format, exam type, language or topic of the instructions that has the
    /// error, if the error is not in catalogue rows.
    pub what: String,
    /// The ids of the catalogue rows in which the check found the error.
    pub rows: Vec<String>,
}

/// Begins a catalogue draft as a copy of the published catalogue version whose number is `base`.
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

/// Adds a catalogue draft that is based on the catalogue version whose number is `base`. The
/// calling function must record the new draft in the history.
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

/// Discards the catalogue draft with this id.
pub fn discard_draft(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: CatalogueDraftId) -> Result<(), Failure> {
    policy::catalogue_editor(actor)?;
    find(work, id)?;
    catalogue_drafts::remove(work.tx, id)?;
    work.record_catalogue(actor, &Act::CatalogueDraftDiscarded { draft: id })
}

/// Loads a catalogue draft and runs the checks of the catalogue on it.
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

/// Applies one edit to a catalogue draft. The edit is refused if the draft has changed since the
/// user's HTML page showed it.
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

/// Corrects an error that the checks found in a catalogue draft. Only some kinds of error can be
/// corrected without a person's decision; any other kind is refused.
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
    // The request only describes an error, so the checks run again. The error is corrected only if
    // the checks still find it in the catalogue draft.
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

/// Finds a catalogue draft by its id.
pub(crate) fn find(work: &mut UnitOfWork<'_, '_>, id: CatalogueDraftId) -> Result<CatalogueDraft, Failure> {
    catalogue_drafts::find(work.tx, id)?.ok_or(Failure::NotFound)
}

/// The data of the university against which a catalogue draft is checked.
pub(crate) struct DraftContext {
    /// The data of the university that the checks of a catalogue draft need: the codes of the
    /// faculties, the catalogue rows that existing choices use, and the exam formats that the
    /// registrar has set centrally. Choices and exam formats of closed academic terms are left out.
    pub(crate) around: CatalogueContext,
    /// All faculties of the university with their names.
    pub(crate) faculties: Vec<Org>,
}

/// Loads the data of the university against which a catalogue draft is checked.
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
