//! What happens to a choice is a line of its own chain.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use domain::offering::Offering;
use domain::person::Actor;
use domain::policy;
use store::history::{self, NewHistoryLine};

/// Writes an act on a choice down.
pub(crate) fn tell_choice(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    offering: &Offering,
    (act, payload): (&'static str, String),
) -> Result<(), Failure> {
    let event = NewHistoryLine {
        subject: format!("choice:{}", offering.id),
        at: work.now,
        actor: Some(actor.person),
        role: Some(policy::acting_as(actor, offering)),
        act,
        payload,
    };
    Ok(history::append(work.tx, event)?)
}
