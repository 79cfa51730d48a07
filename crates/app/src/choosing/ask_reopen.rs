//! Requests of instructors to reopen an approved choice. The head's review queue shows such a
//! request at the top, until the head either reopens the choice or declines the request with an
//! explanation.

use crate::choice_case::ChoiceCase;
use crate::failure::{Failure, Stale};
use crate::notifications::notify::{DecidedChoice, notify_decision};
use crate::notifications::notify_approvers::notify_reopening_asked;
use crate::reviewing::decide::reason;
use crate::unit_of_work::UnitOfWork;
use domain::history::Act;
use domain::id::OfferingId;
use domain::notification::NotificationKind;
use domain::person::Actor;
use domain::policy;
use store::choices;

/// Asks the head of department to reopen an approved choice, with the reason that the instructor
/// typed.
pub fn ask_reopen(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: OfferingId, typed: &str) -> Result<(), Failure> {
    let reason = reason(typed)?;
    let mut case = ChoiceCase::load_to_decide(work, actor, id)?;
    let chooser = policy::chooser(actor, &case.offering)?;
    case.stored.choice.ask_reopening(chooser, &reason).map_err(Stale::choice(id))?;
    choices::save(work.tx, &case.stored)?;
    notify_reopening_asked(work, actor, &case, &reason)?;
    work.record_choice(actor, &case.offering, &Act::ReopenRequested { reason: &reason })
}

/// Declines an instructor's request to reopen an approved choice, with an explanation for the
/// instructor. The choice stays approved.
pub fn decline_reopen(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    id: OfferingId,
    typed: &str,
) -> Result<(), Failure> {
    let reason = reason(typed)?;
    let mut case = ChoiceCase::load_to_decide(work, actor, id)?;
    let decliner = policy::reopen_decliner(actor, &case.offering, &case.deciders)?;
    case.stored.choice.decline_reopening(decliner).map_err(Stale::choice(id))?;
    choices::save(work.tx, &case.stored)?;
    if let Some(current) = &case.stored.choice.current {
        let declined = DecidedChoice { actor, offering: &case.offering, current, reason: &reason };
        notify_decision(work, &declined, NotificationKind::ReopeningDeclined)?;
    }
    work.record_choice(actor, &case.offering, &Act::ReopenDeclined { reason: &reason })
}
