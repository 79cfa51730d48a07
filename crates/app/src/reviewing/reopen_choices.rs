//! The head or the registrar opens approved choices again, with a reason.

use crate::app::Desk;
use crate::failure::{Failure, Stale};
use crate::reviewing::decide::{Seen, find, keep, reason, some};
use domain::person::Actor;
use domain::policy;

/// Reopens all of them or none, with one reason. Where the instructor asked for it and nothing was typed, the
/// instructor's words are the reason.
pub fn reopen_choices(desk: &mut Desk<'_, '_>, actor: &Actor, seen: &[Seen], typed: &str) -> Result<(), Failure> {
    some(seen)?;
    for one in seen {
        let mut case = find(desk, actor, one.offering)?;
        let asked = case.held.choice.reopening_asked().filter(|_| typed.trim().is_empty());
        let reason = reason(asked.unwrap_or(typed))?;
        let reopener = policy::reopener(actor, &case.offering, &case.deciders)?;
        let reopened = case.held.choice.reopen(reopener, one.fingerprint, &reason, desk.now);
        reopened.map_err(Stale::choice(one.offering))?;
        keep(desk, actor, &case, ("choice-reopened", &reason))?;
    }
    Ok(())
}
