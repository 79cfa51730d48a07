//! The instructor asks for an approved choice to be opened again. The request stands above the head's queue until it is
//! answered: by reopening, or by leaving it as it is with a word why.

use crate::decide::{find, reason};
use crate::desk::Desk;
use crate::failure::{Failure, Stale};
use crate::send_choices::tell;
use domain::choice::{Refused, Stage};
use domain::id::OfferingId;
use domain::person::Actor;
use domain::policy;
use serde_json::json;
use store::choices;

/// Asks to reopen, with a reason.
pub fn ask_reopen(desk: &mut Desk<'_, '_>, actor: &Actor, id: OfferingId, typed: &str) -> Result<(), Failure> {
    let reason = reason(typed)?;
    let mut case = find(desk, actor, id)?;
    policy::chooser(actor, &case.offering)?;
    let approved = case.held.choice.stand.as_ref().is_some_and(|stand| matches!(stand.stage, Stage::Approved { .. }));
    if !approved {
        return Err(Stale::Choice { offering: id, refused: Refused::NotApproved }.into());
    }
    case.held.reopen_asked = Some(reason.clone());
    choices::save(desk.tx, &case.held)?;
    tell(desk, actor, &case.offering, ("reopening-asked", json!({ "reason": reason }).to_string()))
}

/// Leaves the approved choice as it is, with a word why.
pub fn decline_reopen(desk: &mut Desk<'_, '_>, actor: &Actor, id: OfferingId, typed: &str) -> Result<(), Failure> {
    let reason = reason(typed)?;
    let mut case = find(desk, actor, id)?;
    policy::reopener(actor, &case.offering, &case.deciders)?;
    if case.held.reopen_asked.take().is_none() {
        return Err(Stale::Lost.into());
    }
    choices::save(desk.tx, &case.held)?;
    tell(desk, actor, &case.offering, ("reopening-declined", json!({ "reason": reason }).to_string()))
}
