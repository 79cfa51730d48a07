//! The head of department approves exactly what was on the screen: one, the ticked ones, or the clean block.

use crate::decide::{Seen, find, keep, some};
use crate::desk::Desk;
use crate::failure::{Failure, Stale};
use crate::uniform::must_agree;
use domain::id::OfferingId;
use domain::person::Actor;
use domain::policy;
use domain::term::Uniformity;
use std::collections::BTreeMap;

/// Approves all of them or none. Where the term asks for uniformity, kin must agree first.
pub fn approve_choices(desk: &mut Desk<'_, '_>, actor: &Actor, seen: &[Seen]) -> Result<(), Failure> {
    some(seen)?;
    let mut to_agree: BTreeMap<_, Vec<OfferingId>> = BTreeMap::new();
    for one in seen {
        let mut case = find(desk, actor, one.offering)?;
        let approver = policy::approver(actor, &case.offering, &case.deciders)?;
        case.held.choice.approve(approver, one.fingerprint, desk.now).map_err(Stale::choice(one.offering))?;
        keep(desk, actor, &case, ("choice-approved", ""))?;
        if case.uniformity == Uniformity::Refused {
            to_agree.entry((case.offering.department, case.offering.term)).or_default().push(one.offering);
        }
    }
    to_agree.into_iter().try_for_each(|(home, ids)| must_agree(desk, home, &ids))
}
