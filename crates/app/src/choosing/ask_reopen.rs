//! The instructor asks for an approved choice to be opened again. The request stands above the head's queue until it is
//! answered: by reopening, or by leaving it as it is with a word why.

use crate::failure::{Failure, Stale};
use crate::history::record::tell_choice;
use crate::reviewing::decide::{find, reason};
use crate::unit_of_work::UnitOfWork;
use domain::id::OfferingId;
use domain::person::Actor;
use domain::policy;
use serde_json::json;
use store::choices;

/// Asks to reopen, with a reason.
pub fn ask_reopen(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: OfferingId, typed: &str) -> Result<(), Failure> {
    let reason = reason(typed)?;
    let mut case = find(work, actor, id)?;
    let chooser = policy::chooser(actor, &case.offering)?;
    case.stored.choice.ask_reopening(chooser, &reason).map_err(Stale::choice(id))?;
    choices::save(work.tx, &case.stored)?;
    tell_choice(work, actor, &case.offering, ("reopening-asked", json!({ "reason": reason }).to_string()))
}

/// Leaves the approved choice as it is, with a word why.
pub fn decline_reopen(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    id: OfferingId,
    typed: &str,
) -> Result<(), Failure> {
    let reason = reason(typed)?;
    let mut case = find(work, actor, id)?;
    let reopener = policy::reopener(actor, &case.offering, &case.deciders)?;
    case.stored.choice.decline_reopening(reopener).map_err(Stale::choice(id))?;
    choices::save(work.tx, &case.stored)?;
    tell_choice(work, actor, &case.offering, ("reopening-declined", json!({ "reason": reason }).to_string()))
}
