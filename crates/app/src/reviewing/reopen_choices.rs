//! Reopens approved choices, so that their instructors can change them. Heads of department and the
//! registrar are allowed to reopen a choice, and have to type a reason.

use crate::choice_case::ChoiceCase;
use crate::failure::{Failure, Stale};
use crate::reviewing::decide::{Decision, ShownChoice, reason, require_selection, save_decision};
use crate::unit_of_work::UnitOfWork;
use domain::person::Actor;
use domain::policy;

/// Reopens all selected choices, or none of them if one cannot be reopened. The typed reason
/// applies to every choice. Without a typed reason, a choice is reopened for the reason that its
/// instructor gave when asking for the reopening.
pub fn reopen_choices(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    seen: &[ShownChoice],
    typed: &str,
) -> Result<(), Failure> {
    require_selection(seen)?;
    for one in seen {
        let mut case = ChoiceCase::load_to_decide(work, actor, one.offering)?;
        let asked = case.stored.choice.reopening_asked().filter(|_| typed.trim().is_empty());
        let reason = reason(asked.unwrap_or(typed))?;
        let reopener = policy::reopener(actor, &case.offering, &case.deciders)?;
        let reopened = case.stored.choice.reopen(reopener, one.fingerprint, &reason, work.now);
        reopened.map_err(Stale::choice(one.offering))?;
        save_decision(work, actor, &case, Decision::Reopened { reason: &reason })?;
    }
    Ok(())
}
