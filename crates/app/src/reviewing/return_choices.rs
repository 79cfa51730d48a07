//! Returns submitted choices to their instructors for correction. The head of department has to
//! type a reason.

use crate::choice_case::ChoiceCase;
use crate::failure::{Failure, Stale};
use crate::reviewing::decide::{Decision, ShownChoice, reason, require_selection, save_decision};
use crate::unit_of_work::UnitOfWork;
use domain::person::Actor;
use domain::policy;

/// Returns all selected choices to their instructors with the same typed reason, or none of them if
/// one cannot be returned.
pub fn return_choices(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    seen: &[ShownChoice],
    typed: &str,
) -> Result<(), Failure> {
    require_selection(seen)?;
    let reason = reason(typed)?;
    for one in seen {
        let mut case = ChoiceCase::load_to_decide(work, actor, one.offering)?;
        let approver = policy::approver(actor, &case.offering, &case.deciders)?;
        let returned = case.stored.choice.send_back(approver, one.fingerprint, &reason, work.now);
        returned.map_err(Stale::choice(one.offering))?;
        save_decision(work, actor, &case, Decision::Returned { reason: &reason })?;
    }
    Ok(())
}
