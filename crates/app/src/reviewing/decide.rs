//! What approving, returning and reopening have in common: the ticked ids with what was shown, and taking it back.

use crate::app::UnitOfWork;
use crate::failure::{Failure, Refusal, Stale};
use crate::history::record::tell_choice;
use crate::notifications::notify;
use crate::window::window_of;
use domain::answer::{AnswerError, Picked};
use domain::choice::{ChoiceAct, ChoiceVersion, REASON_LIMIT, Stage};
use domain::fingerprint::{Digest, fingerprint};
use domain::id::OfferingId;
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
    pub(crate) held: StoredChoice,
    pub(crate) deciders: Deciders,
    pub(crate) uniformity: Uniformity,
}

/// Finds a choice that the actor sees, within the time of deciding.
pub(crate) fn find(desk: &mut UnitOfWork<'_, '_>, actor: &Actor, id: OfferingId) -> Result<DecisionCase, Failure> {
    let found = offerings::find(desk.tx, id)?.filter(|offering| policy::sees(actor, offering));
    let offering = found.ok_or(Failure::NotFound)?;
    let window = window_of(desk, &offering)?;
    window.deciding()?;
    let held = choices::find(desk.tx, id)?;
    let deciders = deciders(desk, &offering, &held)?;
    Ok(DecisionCase { offering, held, deciders, uniformity: window.term.uniformity })
}

/// What the policy must know of a choice.
pub(crate) fn deciders(
    desk: &mut UnitOfWork<'_, '_>,
    offering: &Offering,
    held: &StoredChoice,
) -> Result<Deciders, Failure> {
    let today = desk.today();
    let heads = people::heads_of(desk.tx, offering.department, today)?;
    Ok(Deciders { heads, sent_by: held.choice.stand.as_ref().map(|stand| stand.sent_by) })
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
    desk: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    case: &DecisionCase,
    (act, reason): (&'static str, &str),
) -> Result<(), Failure> {
    choices::save(desk.tx, &case.held)?;
    let Some(stand) = &case.held.choice.stand else { return Ok(()) };
    let decided = match &stand.stage {
        Stage::InReview => None,
        other => Some(other.code()),
    };
    choices::mark_decided(desk.tx, case.offering.id, stand.version, decided)?;
    notify::decided(desk, actor, (&case.offering, &case.held.choice), (act, reason))?;
    let payload = json!({ "version": stand.version, "reason": reason });
    tell_choice(desk, actor, &case.offering, (act, payload.to_string()))
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
pub fn difference(desk: &mut UnitOfWork<'_, '_>, actor: &Actor, seen: ShownChoice) -> Result<ShownDifference, Failure> {
    let case = find(desk, actor, seen.offering)?;
    let versions = choices::versions(desk.tx, seen.offering)?;
    let then = versions.iter().find(|stand| fingerprint(seen.offering, stand) == seen.fingerprint);
    Ok(ShownDifference {
        then: as_read(desk, then)?,
        now: as_read(desk, case.held.choice.stand.as_ref())?,
        offering: case.offering,
    })
}

fn as_read(desk: &mut UnitOfWork<'_, '_>, stand: Option<&ChoiceVersion>) -> Result<Option<(Picked, String)>, Failure> {
    let Some(stand) = stand else { return Ok(None) };
    let catalogue = desk.catalogue(stand.catalogue)?;
    let document = documents::find(desk.tx, stand.answer.document)?;
    let name = document.map(|document| document.name).unwrap_or_default();
    Ok(Some((Picked::of(&catalogue, &stand.answer.row, &stand.answer.info), name)))
}

/// Takes a decision back: within ten minutes, by the one who took it and may still decide, while nobody has acted since.
pub fn undo(desk: &mut UnitOfWork<'_, '_>, actor: &Actor, deed: ChoiceAct, ids: &[OfferingId]) -> Result<(), Failure> {
    if ids.is_empty() {
        return Err(Refusal::NothingTicked.into());
    }
    for &id in ids {
        let mut case = find(desk, actor, id)?;
        let told_at = case.held.choice.last.as_ref().map(|last| last.at);
        let undoer = policy::reopener(actor, &case.offering, &case.deciders)?;
        case.held.choice.undo_decision(undoer, deed, desk.now).map_err(Stale::choice(id))?;
        notify::withdraw(desk, id, told_at)?;
        keep(desk, actor, &case, ("decision-undone", ""))?;
    }
    Ok(())
}
