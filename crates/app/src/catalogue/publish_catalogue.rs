//! Publishes a catalogue draft. Publishing repeats the draft's checks and dry run, then makes all
//! changes in one transaction or none.

use crate::catalogue::catalogue_drafts::context;
use crate::catalogue::catalogue_dry_run::{DryRun, run_dry};
use crate::catalogue_refusal::CatalogueRefusal;
use crate::failure::{Failure, Stale};
use crate::history::record::Author;
use crate::notifications::notify::{DecidedChoice, notify_decision, notify_moved};
use crate::reviewing::decide::reason;
use crate::unit_of_work::UnitOfWork;
use domain::catalogue::{Catalogue, Row};
use domain::choice::ChoiceVersion;
use domain::digest::Digest;
use domain::dry_run::{BreakKind, Remedy, fits};
use domain::history::{Act, SentVersion, Subject};
use domain::id::{CatalogueDraftId, OfferingId, TermId};
use domain::notification::NotificationKind;
use domain::person::Actor;
use domain::policy::{self, CatalogueEditor};
use domain::proofs::context_checks::faults_within;
use domain::report::ChoiceState;
use std::collections::BTreeMap;
use store::choices::{self, StoredChoice};
use store::{catalogue_drafts, catalogues, offerings, terms};

/// A request to publish a catalogue draft. It names a remedy for each kind of broken choice, which
/// is an existing choice that the draft would no longer allow.
#[derive(Debug, Clone)]
pub struct PublishRequest {
    pub draft: CatalogueDraftId,
    /// The academic terms (semesters) in which the new catalogue version comes into force.
    pub terms: Vec<TermId>,
    /// The fingerprint (a hash) of the dry run's result that the person saw before publishing the
    /// catalogue draft.
    pub seen: Digest,
    /// The remedy for the choices that the catalogue draft would no longer allow: leave, return, or
    /// move to another catalogue row. There can be one remedy for each cause, such as a removed
    /// catalogue row. Choices without a remedy stay unchanged.
    pub remedies: BTreeMap<BreakKind, Remedy>,
    /// The typed reason for publishing the catalogue draft. It is sent to the instructors whose
    /// choices are returned or moved to another catalogue row.
    pub reason: String,
}

/// The result of publishing a catalogue draft: the version number, and how many choices were
/// returned, moved or left unchanged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PublishResult {
    /// The number of the catalogue version that was published.
    pub version: i64,
    /// Number of choices that were returned to their instructors when the catalogue draft was
    /// published.
    pub returned: usize,
    pub moved: usize,
    /// Number of choices that the new catalogue version does not allow and that were nevertheless
    /// left unchanged when the catalogue draft was published.
    pub left: usize,
}

/// The person who publishes a catalogue draft. The value `editor` proves that this person is
/// allowed to publish a catalogue version, and to return or move the choices that the new version
/// no longer allows.
#[derive(Clone, Copy)]
struct Publisher<'a> {
    actor: &'a Actor,
    editor: CatalogueEditor,
}

/// The catalogue row to which publishing moves choices that the new catalogue version would
/// otherwise not allow, and the number of the catalogue version that contains the row.
struct MoveTarget<'a> {
    row: &'a Row,
    catalogue: i64,
}

/// Publishes a catalogue draft as a new catalogue version.
///
/// # Errors
/// HTTP 422 if a check of the draft fails, no academic term is given, an exam format that is set
/// centrally could no longer be chosen, or a choice does not fit the catalogue row to which it
/// would move. HTTP 409 if the dry run's result has changed since the person saw it.
pub fn publish_catalogue(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    what: &PublishRequest,
) -> Result<PublishResult, Failure> {
    let by = Publisher { actor, editor: policy::catalogue_editor(actor)? };
    let run = run_dry(work, actor, what.draft, Some(&what.terms))?;
    let meant: Vec<TermId> = run.terms.iter().filter(|(_, is)| *is).map(|(term, _)| term.id).collect();
    if meant.is_empty() {
        return Err(CatalogueRefusal::NoTerm.into());
    }
    let around = context(work)?.around;
    if !faults_within(&run.catalogue, &around).is_empty() {
        return Err(CatalogueRefusal::Unsound.into());
    }
    if around.set.iter().any(|bound| meant.contains(&bound.set.term) && bound.is_broken_by(&run.catalogue)) {
        return Err(CatalogueRefusal::SetForm.into());
    }
    if run.seen != what.seen {
        return Err(Stale::DryRunChanged.into());
    }
    let reason = reason_of(&run, what)?;
    let targets = targets(&run, what)?;
    let version = catalogues::latest(work.tx)? + 1;
    catalogues::add(work.tx, &Catalogue { version, ..run.catalogue.as_ref().clone() }, work.now)?;
    for &term in &meant {
        terms::set_catalogue(work.tx, term, version)?;
        work.record_term(actor, term, &Act::CatalogueInForce { catalogue: version })?;
    }
    let mut done = PublishResult { version, ..PublishResult::default() };
    for one in &run.broken {
        let fact = &one.fact.fact;
        match (what.remedies.get(&one.how), targets.get(&one.how)) {
            // Publishing leaves a choice unchanged if the choice is already returned to its
            // instructor, because the instructor must choose anew anyway.
            _ if fact.state == ChoiceState::Returned => done.left += 1,
            (Some(Remedy::Return), _) => {
                give_back(work, by, fact.offering, version, &reason)?;
                done.returned += 1;
            }
            (Some(Remedy::Move(_)), Some(row)) => {
                move_to(work, by, fact.offering, MoveTarget { row, catalogue: version }, &reason)?;
                done.moved += 1;
            }
            _ => done.left += 1,
        }
    }
    catalogue_drafts::remove(work.tx, what.draft)?;
    work.record_catalogue(actor, &published(what, run.head.base, &meant, done))?;
    Ok(done)
}

fn published<'a>(what: &PublishRequest, base: i64, terms: &'a [TermId], done: PublishResult) -> Act<'a> {
    Act::CataloguePublished {
        version: done.version,
        draft: what.draft,
        base,
        terms,
        returned: done.returned,
        moved: done.moved,
        left: done.left,
        remedies: remedies(what),
    }
}

/// Returns the remedies that the registrar selected for choices that the published catalogue draft
/// no longer allows, as the history records them. The key of each remedy is the code of the cause
/// for which the choices are no longer allowed. The value is the code of the remedy; if choices
/// move to another catalogue row, the id of the row follows.
fn remedies(what: &PublishRequest) -> BTreeMap<&'static str, String> {
    let remedy = |(how, remedy): (&BreakKind, &Remedy)| match remedy {
        Remedy::Move(row) => (how.code(), format!("{} {row}", remedy.code())),
        _ => (how.code(), remedy.code().to_owned()),
    };
    what.remedies.iter().map(remedy).collect()
}

/// Checks the reason that the person typed for publishing a catalogue draft. The typed reason is
/// required if publishing returns choices to their instructors; otherwise it is optional.
fn reason_of(run: &DryRun, what: &PublishRequest) -> Result<String, Failure> {
    let returns = |how: &BreakKind| what.remedies.get(how) == Some(&Remedy::Return);
    let is_given = !what.reason.trim().is_empty();
    if is_given || run.kinds().iter().any(returns) { reason(&what.reason) } else { Ok(String::new()) }
}

/// Returns the catalogue rows to which publishing moves choices that the catalogue draft no longer
/// allows. The key of each row is the cause for which the choices are no longer allowed. Fails if a
/// choice does not fit the row to which it would move.
fn targets<'r>(run: &'r DryRun, what: &PublishRequest) -> Result<BTreeMap<BreakKind, &'r Row>, Failure> {
    let mut targets = BTreeMap::new();
    for how in run.kinds() {
        let Some(Remedy::Move(id)) = what.remedies.get(&how) else { continue };
        let row = run.catalogue.row(id).filter(|row| row.is_on).ok_or(CatalogueRefusal::TargetUnfit)?;
        let moves = |state: ChoiceState| state != ChoiceState::Returned;
        if run.of(how).any(|one| moves(one.fact.fact.state) && !fits(&one.fact.fact, row)) {
            return Err(CatalogueRefusal::TargetUnfit.into());
        }
        targets.insert(how, row);
    }
    Ok(targets)
}

/// Returns a choice to its instructor because the catalogue version with the number `catalogue` no
/// longer allows it.
fn give_back(
    work: &mut UnitOfWork<'_, '_>,
    by: Publisher<'_>,
    id: OfferingId,
    catalogue: i64,
    reason: &str,
) -> Result<(), Failure> {
    let mut stored = choices::find(work.tx, id)?;
    stored.choice.give_back_by_rule(by.editor, reason, work.now).map_err(Stale::choice(id))?;
    let current = save(work, &stored)?;
    choices::mark_decided(work.tx, id, current.version, Some(current.stage.code()))?;
    let act = Act::ChoiceReturnedByCatalogue { version: current.version, reason, rules: catalogue };
    work.record(Author::registrar(Some(by.actor.person)), Subject::Choice(id), &act)?;
    let offering = offerings::find(work.tx, id)?.ok_or(Failure::NotFound)?;
    let returned = DecidedChoice { actor: by.actor, offering: &offering, current: &current, reason };
    notify_decision(work, &returned, NotificationKind::ReturnedByRule)
}

/// Moves a choice from its catalogue row to the row `to.row` of the catalogue version that is being
/// published.
fn move_to(
    work: &mut UnitOfWork<'_, '_>,
    by: Publisher<'_>,
    id: OfferingId,
    to: MoveTarget<'_>,
    reason: &str,
) -> Result<(), Failure> {
    let mut stored = choices::find(work.tx, id)?;
    let from = stored.choice.version();
    let before = stored.choice.current.clone().ok_or_else(gone)?;
    stored.choice.move_by_rule(by.editor, to.row, to.catalogue, work.now).map_err(Stale::choice(id))?;
    let current = save(work, &stored)?;
    choices::add_version(work.tx, id, &current)?;
    let act = Act::ChoiceMovedByCatalogue { sent: SentVersion::of(from, &current) };
    work.record(Author::registrar(Some(by.actor.person)), Subject::Choice(id), &act)?;
    let offering = offerings::find(work.tx, id)?.ok_or(Failure::NotFound)?;
    let moved = DecidedChoice { actor: by.actor, offering: &offering, current: &current, reason };
    notify_moved(work, &moved, &before)
}

fn save(work: &mut UnitOfWork<'_, '_>, stored: &StoredChoice) -> Result<ChoiceVersion, Failure> {
    choices::save(work.tx, stored)?;
    stored.choice.current.clone().ok_or_else(gone)
}

fn gone() -> Failure {
    Failure::Broken("a choice does not exist any more".to_owned())
}
