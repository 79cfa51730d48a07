//! Offerings that a roster gives to another instructor.

use crate::failure::Failure;
use crate::staff::people::name_of;
use crate::unit_of_work::UnitOfWork;
use domain::id::{OfferingId, PersonId};
use domain::person::Role;
use domain::roster::RosterOffering;
use serde_json::json;
use store::choices;
use store::history::{self, NewHistoryLine};

/// An offering that gets another responsible instructor.
pub(super) struct Replaced {
    offering: OfferingId,
    before: Option<PersonId>,
    after: Option<PersonId>,
}

/// Finds them.
pub(super) fn replaced(changed: &[(RosterOffering, RosterOffering)]) -> Vec<Replaced> {
    let others = changed.iter().filter(|(before, after)| before.responsible != after.responsible);
    let replaced = |(before, after): &(RosterOffering, RosterOffering)| Replaced {
        offering: before.id,
        before: before.responsible,
        after: after.responsible,
    };
    others.map(replaced).collect()
}

/// Where something is chosen already, its history says who answers for it from now on.
pub(super) fn tell_replaced(
    work: &mut UnitOfWork<'_, '_>,
    by: Option<PersonId>,
    replaced: &Replaced,
) -> Result<(), Failure> {
    if choices::find(work.tx, replaced.offering)?.choice.latest_version == 0 {
        return Ok(());
    }
    let mut name = |person: Option<PersonId>| person.map_or(Ok(String::new()), |person| name_of(work, person));
    let (before, after) = (name(replaced.before)?, name(replaced.after)?);
    let payload = json!({ "before": before, "after": after }).to_string();
    let subject = format!("choice:{}", replaced.offering);
    let role = by.map(|_| Role::Registrar);
    let event = NewHistoryLine { subject, at: work.now, actor: by, role, act: "instructor-replaced", payload };
    Ok(history::append(work.tx, event)?)
}
