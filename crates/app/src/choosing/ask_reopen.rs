//! Requests to reopen an approved choice. A request is shown at the top of the head's review queue until the head
//! either reopens the choice or declines with an explanation.

use crate::choice_case::ChoiceCase;
use crate::failure::{Failure, Stale};
use crate::reviewing::decide::reason;
use crate::unit_of_work::UnitOfWork;
use domain::history::Act;
use domain::id::OfferingId;
use domain::person::Actor;
use domain::policy;
use store::choices;

/// Requests that an approved choice be reopened, with a reason.
pub fn ask_reopen(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: OfferingId, typed: &str) -> Result<(), Failure> {
    let reason = reason(typed)?;
    let mut case = ChoiceCase::load_to_decide(work, actor, id)?;
    let chooser = policy::chooser(actor, &case.offering)?;
    case.stored.choice.ask_reopening(chooser, &reason).map_err(Stale::choice(id))?;
    choices::save(work.tx, &case.stored)?;
    work.record_choice(actor, &case.offering, &Act::ReopenRequested { reason: &reason })
}

/// Declines a request to reopen and leaves the choice approved, with an explanation for the instructor.
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
    work.record_choice(actor, &case.offering, &Act::ReopenDeclined { reason: &reason })
}
