//! Offerings that a roster gives to another instructor.

use crate::desk::Desk;
use crate::failure::Failure;
use crate::my_offerings::name_of;
use domain::id::{OfferingId, PersonId};
use domain::roster::RosterOffering;
use serde_json::json;
use std::collections::HashMap;
use store::choices;
use store::history::{self, Event};

/// An offering that gets another responsible instructor.
pub(super) struct Replaced {
    offering: OfferingId,
    before: Option<PersonId>,
    after: Option<PersonId>,
}

/// Finds them.
pub(super) fn replaced(wanted: &[RosterOffering], known: &[RosterOffering]) -> Vec<Replaced> {
    let known: HashMap<_, _> = known.iter().map(|offering| (offering.id, offering.responsible)).collect();
    let pairs = wanted.iter().filter_map(|offering| Some((offering, *known.get(&offering.id)?)));
    let changed = pairs.filter(|(offering, before)| *before != offering.responsible);
    let replaced = |(offering, before): (&RosterOffering, _)| Replaced {
        offering: offering.id,
        before,
        after: offering.responsible,
    };
    changed.map(replaced).collect()
}

/// Where something is chosen already, its history says who answers for it from now on.
pub(super) fn tell_replaced(desk: &mut Desk<'_, '_>, replaced: &Replaced) -> Result<(), Failure> {
    if choices::find(desk.tx, replaced.offering)?.choice.latest_version == 0 {
        return Ok(());
    }
    let mut name = |person: Option<PersonId>| person.map_or(Ok(String::new()), |person| name_of(desk, person));
    let (before, after) = (name(replaced.before)?, name(replaced.after)?);
    let payload = json!({ "before": before, "after": after }).to_string();
    let subject = format!("choice:{}", replaced.offering);
    let event = Event { subject, at: desk.now, actor: None, role: None, act: "instructor-replaced", payload };
    Ok(history::append(desk.tx, event)?)
}
