//! Choices that have waited longer for a decision than the term allows. The dean's office is told of them, and
//! after twice the time the registrar, too.

use crate::failure::Failure;
use crate::notifications::draft::NotificationDraft;
use crate::notifications::notify::notify;
use crate::unit_of_work::UnitOfWork;
use chrono::{DateTime, TimeDelta, Utc};
use domain::id::PersonId;
use domain::person::Role;
use domain::roster::Org;
use domain::term::Term;
use store::{gaps, people};

/// A department whose choices have waited longer than the term allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overdue {
    pub department: Org,
    pub choices: i64,
    /// The time at which the first of these choices was sent.
    pub since: DateTime<Utc>,
}

/// Lists the departments whose choices have waited longer than the term allows, the longest first; empty if
/// the term has no such limit or choices cannot be decided any more. `units` are all units.
pub(crate) fn overdue(work: &mut UnitOfWork<'_, '_>, term: &Term, units: &[Org]) -> Result<Vec<Overdue>, Failure> {
    let Some(days) = term.escalate_after.filter(|_| !term.is_closed) else { return Ok(Vec::new()) };
    let found = gaps::overdue(work.tx, term.id, work.now - TimeDelta::days(days))?;
    let named = found.into_iter().filter_map(|one| {
        let department = units.iter().find(|org| org.id == one.department)?.clone();
        Some(Overdue { department, choices: one.choices, since: one.since })
    });
    Ok(named.collect())
}

/// Notifies the dean's offices of the departments in their faculty whose choices have waited too long, and the
/// registrars of those that have waited twice as long. Each is told of a department once a week.
pub(crate) fn notify_overdue(work: &mut UnitOfWork<'_, '_>, term: &Term, units: &[Org]) -> Result<(), Failure> {
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
