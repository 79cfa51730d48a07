//! Notifies the dean's offices, and later the registrars, of choices that have waited too long for a decision.

use crate::failure::Failure;
use crate::notifications::draft::NotificationDraft;
use crate::notifications::notify::notify;
use crate::staff::overdue::overdue;
use crate::unit_of_work::UnitOfWork;
use chrono::TimeDelta;
use domain::id::PersonId;
use domain::person::Role;
use domain::roster::Org;
use domain::term::Term;
use store::people;

/// Notifies the dean's offices of the departments in their faculty whose choices have waited too long, and the
/// registrars of those that have waited twice as long. Each is told of a department once a week.
pub(super) fn notify_overdue(work: &mut UnitOfWork<'_, '_>, term: &Term, units: &[Org]) -> Result<(), Failure> {
    let (Some(days), today) = (term.escalate_after, work.today()) else { return Ok(()) };
    let all = overdue(work, term, units)?;
    if all.is_empty() {
        return Ok(());
    }
    let offices = people::holding(work.tx, Role::DeanOffice, today)?;
    let registrars = people::holding(work.tx, Role::Registrar, today)?;
    let for_registrars = work.now - TimeDelta::days(2 * days);
    for one in all {
        let of_faculty = offices.iter().filter(|held| one.department.parent == Some(held.org));
        let also = registrars.iter().filter(|_| one.since < for_registrars);
        let mut told: Vec<PersonId> = of_faculty.chain(also).map(|held| held.person).collect();
        told.sort();
        told.dedup();
        let draft = NotificationDraft::overdue(&one.department, one.choices, term.approve_until, today);
        notify(work, &told, &draft)?;
    }
    Ok(())
}
