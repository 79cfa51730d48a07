//! The head of department approves exactly what was on the screen: one, the ticked ones, or the clean block.

use crate::decide::{Seen, find, keep, some};
use crate::desk::Desk;
use crate::failure::{Failure, Stale};
use domain::person::Actor;
use domain::policy;

/// Approves all of them or none.
pub fn approve_choices(desk: &mut Desk<'_, '_>, actor: &Actor, seen: &[Seen]) -> Result<(), Failure> {
    some(seen)?;
    for one in seen {
        let mut case = find(desk, actor, one.offering)?;
        let approver = policy::approver(actor, &case.offering, &case.deciders)?;
        case.held.choice.approve(approver, one.fingerprint, desk.now).map_err(Stale::choice(one.offering))?;
        keep(desk, actor, &case, ("choice-approved", ""))?;
    }
    Ok(())
}
