//! The head or the registrar opens approved choices again, with a reason.

use crate::decide::{Seen, find, keep, reason, some};
use crate::desk::Desk;
use crate::failure::{Failure, Stale};
use domain::person::Actor;
use domain::policy;

/// Reopens all of them or none, with one reason.
pub fn reopen_choices(desk: &mut Desk<'_, '_>, actor: &Actor, seen: &[Seen], typed: &str) -> Result<(), Failure> {
    some(seen)?;
    let reason = reason(typed)?;
    for one in seen {
        let mut case = find(desk, actor, one.offering)?;
        let reopener = policy::reopener(actor, &case.offering, &case.deciders)?;
        let reopened = case.held.choice.reopen(reopener, one.fingerprint, &reason, desk.now);
        reopened.map_err(Stale::choice(one.offering))?;
        case.held.reopen_asked = None;
        keep(desk, actor, &case, ("choice-reopened", &reason))?;
    }
    Ok(())
}
