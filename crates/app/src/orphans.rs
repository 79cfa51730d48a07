//! Offerings on which nobody may decide today: no head, acting head or dean, or only such whose own choice it is. Those
//! who watch see them in time, since somebody has to be appointed.

use crate::desk::Desk;
use crate::failure::Failure;
use domain::id::{OfferingId, OrgId, PersonId};
use domain::policy::nobody_decides;
use domain::report::Tally;
use domain::roster::Org;
use domain::term::Term;
use std::collections::BTreeMap;
use store::{people, progress};

/// A department with offerings on which nobody may decide today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Orphaned {
    /// The department.
    pub department: Org,
    /// How many of its unfinished offerings nobody may decide on.
    pub offerings: i64,
}

/// Finds them among these departments.
pub(crate) fn orphans(
    desk: &mut Desk<'_, '_>,
    term: &Term,
    departments: &[(Org, Tally)],
) -> Result<Vec<Orphaned>, Failure> {
    let today = desk.today();
    let deciders = people::deciders(desk.tx, today)?;
    let mut own: BTreeMap<(OrgId, OfferingId), Vec<PersonId>> = BTreeMap::new();
    for (department, offering, person) in progress::own_of_deciders(desk.tx, term.id)? {
        own.entry((department, offering)).or_default().push(person);
    }
    let mut orphaned = Vec::new();
    for (department, tally) in departments {
        let decides = |org: OrgId| org == department.id || Some(org) == department.parent;
        let candidates: Vec<PersonId> =
            deciders.iter().filter(|(org, _)| decides(*org)).map(|(_, person)| *person).collect();
        let own = own.iter().filter(|((home, _), _)| *home == department.id);
        let offerings = match candidates.as_slice() {
            [] => tally.unfinished(),
            some => i64::try_from(own.filter(|(_, own)| nobody_decides(some, own)).count()).unwrap_or(0),
        };
        if offerings > 0 {
            orphaned.push(Orphaned { department: department.clone(), offerings });
        }
    }
    Ok(orphaned)
}
