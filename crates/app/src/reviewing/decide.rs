//! What approving, returning and reopening have in common: the ticked ids with what was shown, and taking it back.

use crate::app::UnitOfWork;
use crate::failure::{Failure, Refusal, Stale};
use crate::history::record::tell_choice;
use crate::notifications::notify;
use crate::window::window_of;
use domain::answer::AnswerError;
use domain::catalogue::picked::Picked;
use domain::choice::{ChoiceAct, ChoiceVersion, Stage};
use domain::digest::Digest;
use domain::fingerprint::fingerprint;
use domain::id::OfferingId;
use domain::limits::REASON_LIMIT;
use domain::offering::Offering;
use domain::person::Actor;
use domain::policy::{self, Deciders};
use domain::term::Uniformity;
use serde_json::json;
use store::choices::{self, StoredChoice};
use store::{documents, offerings, people};

/// One ticked choice, with the fingerprint of what was on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShownChoice {
    /// Which offering.
    pub offering: OfferingId,
    /// What was shown of it.
    pub fingerprint: Digest,
}

/// A choice that is to be decided on.
pub(crate) struct DecisionCase {
    pub(crate) offering: Offering,
    pub(crate) stored: StoredChoice,
    pub(crate) deciders: Deciders,
    pub(crate) uniformity: Uniformity,
}

/// Finds a choice that the actor sees, within the time of deciding.
pub(crate) fn find(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: OfferingId) -> Result<DecisionCase, Failure> {
    let found = offerings::find(work.tx, id)?.filter(|offering| policy::sees(actor, offering));
    let offering = found.ok_or(Failure::NotFound)?;
    let window = window_of(work, &offering)?;
    window.deciding()?;
    let stored = choices::find(work.tx, id)?;
    let deciders = deciders(work, &offering, &stored)?;
    Ok(DecisionCase { offering, stored, deciders, uniformity: window.term.uniformity })
}

/// What the policy must know of a choice.
pub(crate) fn deciders(
    work: &mut UnitOfWork<'_, '_>,
    offering: &Offering,
    stored: &StoredChoice,
) -> Result<Deciders, Failure> {
    let today = work.today();
    let heads = people::heads_of(work.tx, offering.department, today)?;
    Ok(Deciders { heads, sent_by: stored.choice.current.as_ref().map(|current| current.sent_by) })
}

/// At least one must be ticked.
pub(crate) fn require_selection(seen: &[ShownChoice]) -> Result<(), Failure> {
    if seen.is_empty() { Err(Refusal::NothingTicked.into()) } else { Ok(()) }
}

/// A reason, trimmed; it must say something and not too much.
pub(crate) fn reason(typed: &str) -> Result<String, Failure> {
    let reason = typed.trim().replace("\r\n", "\n");
    match reason.chars().count() {
        0 => Err(Refusal::field(AnswerError::ReasonMissing).into()),
        long if long > REASON_LIMIT => Err(Refusal::field(AnswerError::ReasonTooLong).into()),
        _ => Ok(reason),
    }
}

/// Saves what was decided and writes it down.
pub(crate) fn keep(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    case: &DecisionCase,
    (act, reason): (&'static str, &str),
) -> Result<(), Failure> {
    choices::save(work.tx, &case.stored)?;
    let Some(current) = &case.stored.choice.current else { return Ok(()) };
    let decided = match &current.stage {
        Stage::InReview => None,
        other => Some(other.code()),
    };
    choices::mark_decided(work.tx, case.offering.id, current.version, decided)?;
    notify::decided(work, actor, (&case.offering, &case.stored.choice), (act, reason))?;
    let payload = json!({ "version": current.version, "reason": reason });
    tell_choice(work, actor, &case.offering, (act, payload.to_string()))
}

/// What was on the screen and what is there now, for a decision that came too late.
#[derive(Debug, Clone)]
pub struct ShownDifference {
    /// The offering.
    pub offering: Offering,
    /// What was shown; `None` when no version has this fingerprint.
    pub then: Option<(Picked, String)>,
    /// What is chosen now; `None` when nothing is.
    pub now: Option<(Picked, String)>,
}

/// Finds the difference between what was shown and what is there.
pub fn difference(work: &mut UnitOfWork<'_, '_>, actor: &Actor, seen: ShownChoice) -> Result<ShownDifference, Failure> {
    let case = find(work, actor, seen.offering)?;
    let versions = choices::versions(work.tx, seen.offering)?;
    let then = versions.iter().find(|current| fingerprint(seen.offering, current) == seen.fingerprint);
    Ok(ShownDifference {
        then: as_read(work, then)?,
        now: as_read(work, case.stored.choice.current.as_ref())?,
        offering: case.offering,
    })
}

fn as_read(
    work: &mut UnitOfWork<'_, '_>,
    current: Option<&ChoiceVersion>,
) -> Result<Option<(Picked, String)>, Failure> {
    let Some(current) = current else { return Ok(None) };
    let catalogue = work.catalogue(current.catalogue)?;
    let document = documents::find(work.tx, current.answer.document)?;
    let name = document.map(|document| document.name).unwrap_or_default();
    Ok(Some((Picked::of(&catalogue, &current.answer.row, &current.answer.info), name)))
}

/// Takes a decision back: within ten minutes, by the one who took it and may still decide, while nobody has acted since.
pub fn undo(work: &mut UnitOfWork<'_, '_>, actor: &Actor, act: ChoiceAct, ids: &[OfferingId]) -> Result<(), Failure> {
    if ids.is_empty() {
        return Err(Refusal::NothingTicked.into());
    }
    for &id in ids {
        let mut case = find(work, actor, id)?;
        let told_at = case.stored.choice.last.as_ref().map(|last| last.at);
        let undoer = policy::reopener(actor, &case.offering, &case.deciders)?;
        case.stored.choice.undo_decision(undoer, act, work.now).map_err(Stale::choice(id))?;
        notify::withdraw(work, id, told_at)?;
        keep(work, actor, &case, ("decision-undone", ""))?;
    }
    Ok(())
}
