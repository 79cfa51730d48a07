//! Functions that approving, returning and reopening choices have in common: checking the selected
//! choices and the typed reason, saving a decision, and undoing a decision.

use crate::choice_case::ChoiceCase;
use crate::failure::{Failure, Refusal, Stale};
use crate::notifications::notify::{self, DecidedChoice};
use crate::unit_of_work::UnitOfWork;
use domain::answer::AnswerError;
use domain::catalogue::picked::Picked;
use domain::choice::{ChoiceAct, ChoiceVersion, Stage};
use domain::digest::Digest;
use domain::fingerprint::fingerprint;
use domain::history::Act;
use domain::id::OfferingId;
use domain::limits::REASON_LIMIT;
use domain::notification::NotificationKind;
use domain::offering::Offering;
use domain::person::Actor;
use domain::policy;
use store::{choices, documents};

/// A choice that was selected in order to approve, return or reopen it, with the fingerprint of the
/// choice version that the web page showed. The fingerprint prevents decisions on a version that
/// the deciding person has not seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShownChoice {
    pub offering: OfferingId,
    /// The fingerprint (SHA-256) of the choice version that the web page showed.
    pub fingerprint: Digest,
}

/// Refuses a decision if the person has selected no choice.
pub(crate) fn require_selection(seen: &[ShownChoice]) -> Result<(), Failure> {
    if seen.is_empty() { Err(Refusal::NothingTicked.into()) } else { Ok(()) }
}

/// Trims the typed reason for a decision, and refuses a reason that is empty or too long.
pub(crate) fn reason(typed: &str) -> Result<String, Failure> {
    let reason = typed.trim().replace("\r\n", "\n");
    match reason.chars().count() {
        0 => Err(Refusal::field(AnswerError::ReasonMissing).into()),
        long if long > REASON_LIMIT => Err(Refusal::field(AnswerError::ReasonTooLong).into()),
        _ => Ok(reason),
    }
}

/// A decision on a choice. Returning and reopening a choice require a typed reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision<'a> {
    Approved,
    Returned { reason: &'a str },
    Reopened { reason: &'a str },
    Undone,
}

/// The notification that tells the instructor about a decision on a choice.
struct DecisionNotification<'a> {
    kind: NotificationKind,
    /// The typed reason for the decision on the choice; empty for an approval.
    reason: &'a str,
}

impl<'a> Decision<'a> {
    /// Returns the act (such as approving) that the history records for a decision on this version
    /// of the choice.
    fn act(self, version: i64) -> Act<'a> {
        match self {
            Self::Approved => Act::ChoiceApproved { version, reason: "" },
            Self::Returned { reason } => Act::ChoiceReturned { version, reason },
            Self::Reopened { reason } => Act::ChoiceReopened { version, reason },
            Self::Undone => Act::DecisionUndone { version, reason: "" },
        }
    }

    /// Returns the notification of the decision for the instructor. An undone decision has no
    /// notification.
    fn notification(self) -> Option<DecisionNotification<'a>> {
        let (kind, reason) = match self {
            Self::Approved => (NotificationKind::Approved, ""),
            Self::Returned { reason } => (NotificationKind::Returned, reason),
            Self::Reopened { reason } => (NotificationKind::Reopened, reason),
            Self::Undone => return None,
        };
        Some(DecisionNotification { kind, reason })
    }
}

/// Saves a choice after a decision, notifies the instructor and, if an exam that students knew has
/// changed, the students, and records the decision in the history.
pub(crate) fn save_decision(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    case: &ChoiceCase,
    decision: Decision<'_>,
) -> Result<(), Failure> {
    choices::save(work.tx, &case.stored)?;
    let Some(current) = &case.stored.choice.current else { return Ok(()) };
    let decided = match &current.stage {
        Stage::InReview => None,
        other => Some(other.code()),
    };
    choices::mark_decided(work.tx, case.offering.id, current.version, decided)?;
    if let Some(DecisionNotification { kind, reason }) = decision.notification() {
        let decided = DecidedChoice { actor, offering: &case.offering, current, reason };
        notify::notify_decision(work, &decided, kind)?;
    }
    work.record_choice(actor, &case.offering, &decision.act(current.version))
}

/// A version of a choice as the web page displays it: the names of its platform, exam format and
/// type, and the file name of its programme document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadableVersion {
    pub picked: Picked,
    /// The file name of the choice version's programme document.
    pub document_name: String,
}

/// The two versions of a choice that the web page shows if a decision was refused because the
/// choice has changed: the version on which the person wanted to decide, and the current version.
#[derive(Debug, Clone)]
pub struct ShownDifference {
    pub offering: Offering,
    /// The choice version that the web page showed to the person who wanted to decide; `None` if no
    /// stored version of the choice has the fingerprint that the request contained.
    pub then: Option<ReadableVersion>,
    /// The current version of the choice; `None` if the offering has no choice any more, for
    /// example because the instructor has undone sending it for review.
    pub now: Option<ReadableVersion>,
}

/// Finds the two versions of a choice that the web page compares after a refused decision: the
/// version that the page showed before, and the current version.
pub fn difference(work: &mut UnitOfWork<'_, '_>, actor: &Actor, seen: ShownChoice) -> Result<ShownDifference, Failure> {
    let case = ChoiceCase::load_to_decide(work, actor, seen.offering)?;
    let versions = choices::versions(work.tx, seen.offering)?;
    let then = versions.iter().find(|current| fingerprint(seen.offering, current) == seen.fingerprint);
    Ok(ShownDifference {
        then: as_read(work, then)?,
        now: as_read(work, case.stored.choice.current.as_ref())?,
        offering: case.offering,
    })
}

fn as_read(work: &mut UnitOfWork<'_, '_>, current: Option<&ChoiceVersion>) -> Result<Option<ReadableVersion>, Failure> {
    let Some(current) = current else { return Ok(None) };
    let catalogue = work.catalogue(current.catalogue)?;
    let document = documents::find(work.tx, current.answer.document)?;
    let picked = Picked::of(&catalogue, &current.answer.row, &current.answer.info);
    let document_name = document.map(|document| document.name).unwrap_or_default();
    Ok(Some(ReadableVersion { picked, document_name }))
}

/// Undoes a decision on choices. Only the person who made the decision is allowed to undo it, and
/// only within ten minutes. The undo is refused if this person is no longer allowed to decide on
/// the choices, or if another act on one of the choices has followed.
pub fn undo(work: &mut UnitOfWork<'_, '_>, actor: &Actor, act: ChoiceAct, ids: &[OfferingId]) -> Result<(), Failure> {
    if ids.is_empty() {
        return Err(Refusal::NothingTicked.into());
    }
    for &id in ids {
        let mut case = ChoiceCase::load_to_decide(work, actor, id)?;
        let decided_at = case.stored.choice.last.as_ref().map(|last| last.at);
        let undoer = policy::decision_undoer(actor, &case.offering, &case.deciders)?;
        case.stored.choice.undo_decision(undoer, act, work.now).map_err(Stale::choice(id))?;
        notify::withdraw(work, id, decided_at)?;
        save_decision(work, actor, &case, Decision::Undone)?;
    }
    Ok(())
}
