//! Publishing a draft: the proofs and the dry run once more, then everything or nothing.

use crate::app::UnitOfWork;
use crate::catalogue::catalogue_drafts::{around, tell};
use crate::catalogue::catalogue_dry_run::{DryRun, run_dry};
use crate::catalogue_refusal::CatalogueRefusal;
use crate::failure::{Failure, Stale};
use crate::notifications::notify;
use crate::reviewing::decide::reason;
use domain::catalogue::{Catalogue, Row};
use domain::choice::ChoiceVersion;
use domain::digest::Digest;
use domain::dry_run::{BreakKind, Remedy, fits};
use domain::id::{CatalogueDraftId, OfferingId, TermId};
use domain::notification::NotificationKind;
use domain::person::{Actor, Role};
use domain::policy::{self, CatalogueEditor};
use domain::proofs::context_checks::faults_within;
use domain::report::ChoiceState;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::choices::{self, StoredChoice};
use store::history::{self, NewHistoryLine};
use store::{catalogue_drafts, catalogues, offerings, terms};

/// What is to be published, and what becomes of the choices that it breaks.
#[derive(Debug, Clone)]
pub struct PublishRequest {
    /// The draft.
    pub draft: CatalogueDraftId,
    /// The terms for which it comes into force.
    pub terms: Vec<TermId>,
    /// The fingerprint of the dry run that was on the screen.
    pub seen: Digest,
    /// What is done with each kind of broken choice; what is not named is left as it is.
    pub remedies: BTreeMap<BreakKind, Remedy>,
    /// What instructors are told whose choice comes back.
    pub reason: String,
}

/// What publishing did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PublishResult {
    /// The number of the new version.
    pub version: i64,
    /// Choices given back.
    pub returned: usize,
    /// Choices moved.
    pub moved: usize,
    /// Broken choices left as they are.
    pub left: usize,
}

/// Publishes a draft.
///
/// # Errors
/// A failing proof, no term, a form set centrally that could not be chosen, a target to which not all can move: 422.
/// A dry run that is not the one that was shown: 409.
pub fn publish_rules(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    what: &PublishRequest,
) -> Result<PublishResult, Failure> {
    let keeper = policy::catalogue_editor(actor)?;
    let run = run_dry(work, actor, what.draft, Some(&what.terms))?;
    let meant: Vec<TermId> = run.terms.iter().filter(|(_, is)| *is).map(|(term, _)| term.id).collect();
    if meant.is_empty() {
        return Err(CatalogueRefusal::NoTerm.into());
    }
    let (around, _) = around(work)?;
    if !faults_within(&run.catalogue, &around).is_empty() {
        return Err(CatalogueRefusal::Unsound.into());
    }
    if around.set.iter().any(|bound| meant.contains(&bound.set.term) && bound.is_broken_by(&run.catalogue)) {
        return Err(CatalogueRefusal::SetForm.into());
    }
    if run.seen != what.seen {
        return Err(Stale::DryRunChanged.into());
    }
    let said = reason_of(&run, what)?;
    let targets = targets(&run, what)?;
    let version = catalogues::latest(work.tx)? + 1;
    catalogues::add(work.tx, &Catalogue { version, ..run.catalogue.as_ref().clone() }, work.now)?;
    for &term in &meant {
        terms::set_catalogue(work.tx, term, version)?;
        crate::term::terms::tell(work, actor, term, ("rules-in-force", json!({ "catalogue": version }).to_string()))?;
    }
    let mut done = PublishResult { version, ..PublishResult::default() };
    for one in &run.broken {
        let fact = &one.fact.fact;
        match (what.remedies.get(&one.how), targets.get(&one.how)) {
            // What is back with its instructor is chosen anew anyway.
            _ if fact.state == ChoiceState::Returned => done.left += 1,
            (Some(Remedy::Return), _) => {
                give_back(work, (actor, keeper), fact.offering, (&said, version))?;
                done.returned += 1;
            }
            (Some(Remedy::Move(_)), Some(row)) => {
                move_to(work, (actor, keeper), fact.offering, (row, version, &said))?;
                done.moved += 1;
            }
            _ => done.left += 1,
        }
    }
    catalogue_drafts::remove(work.tx, what.draft)?;
    let payload = json!({
        "version": version, "draft": what.draft, "base": run.head.base, "terms": meant, "returned": done.returned,
        "moved": done.moved, "left": done.left, "remedies": remedies(what),
    });
    tell(work, actor, ("rules-published", payload.to_string()))?;
    Ok(done)
}

fn remedies(what: &PublishRequest) -> Value {
    let remedy = |(how, remedy): (&BreakKind, &Remedy)| match remedy {
        Remedy::Move(row) => (how.code().to_owned(), json!(format!("{} {row}", remedy.code()))),
        _ => (how.code().to_owned(), json!(remedy.code())),
    };
    what.remedies.iter().map(remedy).collect::<serde_json::Map<_, _>>().into()
}

/// The reason, which must be given where anything comes back and may be where anything moves.
fn reason_of(run: &DryRun, what: &PublishRequest) -> Result<String, Failure> {
    let returns = |how: &BreakKind| what.remedies.get(how) == Some(&Remedy::Return);
    let is_given = !what.reason.trim().is_empty();
    if is_given || run.kinds().iter().any(returns) { reason(&what.reason) } else { Ok(String::new()) }
}

/// The row to which each kind moves, if it does; every choice of the kind must be able to.
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

fn give_back(
    work: &mut UnitOfWork<'_, '_>,
    by: (&Actor, CatalogueEditor),
    id: OfferingId,
    (said, rules): (&str, i64),
) -> Result<(), Failure> {
    let mut stored = choices::find(work.tx, id)?;
    stored.choice.give_back_by_rule(by.1, said, work.now).map_err(Stale::choice(id))?;
    let current = save(work, &stored)?;
    choices::mark_decided(work.tx, id, current.version, Some(current.stage.code()))?;
    let payload = json!({ "version": current.version, "reason": said, "rules": rules });
    tell_choice(work, by.0, id, ("choice-returned-by-rule", payload))?;
    let offering = offerings::find(work.tx, id)?.ok_or(Failure::NotFound)?;
    notify::tell_choice(work, by.0, (&offering, &current), (NotificationKind::Returned, said))
}

fn move_to(
    work: &mut UnitOfWork<'_, '_>,
    by: (&Actor, CatalogueEditor),
    id: OfferingId,
    (row, version, said): (&Row, i64, &str),
) -> Result<(), Failure> {
    let mut stored = choices::find(work.tx, id)?;
    let from = stored.choice.version();
    let before = stored.choice.current.clone().ok_or_else(gone)?;
    stored.choice.move_by_rule(by.1, row, version, work.now).map_err(Stale::choice(id))?;
    let current = save(work, &stored)?;
    choices::add_version(work.tx, id, &current)?;
    let answer = &current.answer;
    let payload = json!({
        "from": from, "version": current.version, "catalogue": current.catalogue, "row": answer.row, "info": answer.info,
        "document": answer.document, "sha256": current.document_sha,
    });
    tell_choice(work, by.0, id, ("choice-moved-by-rule", payload))?;
    let offering = offerings::find(work.tx, id)?.ok_or(Failure::NotFound)?;
    notify::tell_moved(work, by.0, (&offering, &current), (&before, said))
}

fn save(work: &mut UnitOfWork<'_, '_>, stored: &StoredChoice) -> Result<ChoiceVersion, Failure> {
    choices::save(work.tx, stored)?;
    stored.choice.current.clone().ok_or_else(gone)
}

fn gone() -> Failure {
    Failure::Broken("a choice is gone".to_owned())
}

fn tell_choice(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    id: OfferingId,
    (act, payload): (&'static str, Value),
) -> Result<(), Failure> {
    let (subject, role) = (format!("choice:{id}"), Some(Role::Registrar));
    let payload = payload.to_string();
    Ok(history::append(
        work.tx,
        NewHistoryLine { subject, at: work.now, actor: Some(actor.person), role, act, payload },
    )?)
}
