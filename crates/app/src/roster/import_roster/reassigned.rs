//! Finds and records the offerings that get another responsible instructor through a roster import.

use crate::failure::Failure;
use crate::history::record::Author;
use crate::staff::people::name_of;
use crate::unit_of_work::UnitOfWork;
use domain::history::{Act, Subject};
use domain::id::{OfferingId, PersonId};
use domain::roster::RosterOffering;
use domain::roster::plan::RecordChange;
use store::choices;

/// An offering that gets another responsible instructor through a roster import: the instructor
/// before the import and the instructor after the import.
pub(super) struct Replaced {
    offering: OfferingId,
    before: Option<PersonId>,
    after: Option<PersonId>,
}

/// Finds the changed offerings whose responsible instructor is different after the roster import.
pub(super) fn replaced(changed: &[RecordChange<RosterOffering>]) -> Vec<Replaced> {
    let others = changed.iter().filter(|change| change.before.responsible != change.after.responsible);
    let replaced = |RecordChange { before, after }: &RecordChange<RosterOffering>| Replaced {
        offering: before.id,
        before: before.responsible,
        after: after.responsible,
    };
    others.map(replaced).collect()
}

/// Records in the history of an offering's choice that the offering has another instructor. Does
/// nothing if no exam was ever chosen for the offering.
pub(super) fn record_reassigned(
    work: &mut UnitOfWork<'_, '_>,
    by: Option<PersonId>,
    replaced: &Replaced,
) -> Result<(), Failure> {
    if choices::find(work.tx, replaced.offering)?.choice.latest_version == 0 {
        return Ok(());
    }
    let mut name = |person: Option<PersonId>| person.map_or(Ok(String::new()), |person| name_of(work, person));
    let (before, after) = (name(replaced.before)?, name(replaced.after)?);
    let act = Act::InstructorReplaced { before: &before, after: &after };
    work.record(Author::registrar(by), Subject::Choice(replaced.offering), &act)
}
