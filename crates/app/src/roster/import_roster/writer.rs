//! A plan, written: what is above before what is below, each record counted.

use crate::app::UnitOfWork;
use crate::failure::Failure;
use crate::roster::import_roster::reassigned::{replaced, tell_replaced};
use chrono::{DateTime, Utc};
use domain::id::PersonId;
use domain::person::{Person, Role};
use domain::roster::plan::{Plan, RecordChanges};
use std::sync::atomic::{AtomicU64, Ordering};
use store::history::{self, NewHistoryLine};
use store::roster::{offerings, put_disciplines, revert};
use store::{Tx, adopted, catalogues, documents, orgs, people, sessions, terms};

/// So many records are written between two looks of a progress bar.
const STEP: usize = 500;

/// Writes what a plan changes, and tells the histories of what was chosen.
pub(super) fn write(
    work: &mut UnitOfWork<'_, '_>,
    plan: &Plan,
    (by, written): (Option<PersonId>, &AtomicU64),
) -> Result<(), Failure> {
    let (tx, now) = (&mut *work.tx, work.now);
    in_steps(&afterwards(&plan.orgs), written, |some| some.iter().try_for_each(|org| orgs::put(tx, org)))?;
    write_people(tx, &plan.people, (now, written))?;
    plan.adopted.iter().try_for_each(|one| adopted::add(tx, (one.roster_id, one.person)))?;
    let appointments = in_order(afterwards(&plan.appointments), |one| one.id);
    in_steps(&appointments, written, |some| people::put_appointments(tx, some))?;
    let newest = catalogues::latest(tx)?;
    in_steps(&afterwards(&plan.terms), written, |some| some.iter().try_for_each(|term| terms::put(tx, term, newest)))?;
    in_steps(&in_order(afterwards(&plan.disciplines), |one| one.id), written, |some| put_disciplines(tx, some))?;
    if !plan.disciplines.changed.is_empty() {
        documents::forget_checks(tx)?;
    }
    let RecordChanges { new, changed, .. } = &plan.offerings;
    let new = in_order(new.iter().collect(), |one| one.id);
    in_steps(&new, written, |some| offerings::put_offerings(tx, some, true))?;
    let changed: Vec<_> = changed.iter().map(|(_, after)| after).collect();
    in_steps(&changed, written, |some| offerings::put_offerings(tx, some, false))?;
    let enrolments = in_order(plan.enrolments.new.iter().collect(), |one| (one.person, one.offering));
    in_steps(&enrolments, written, |some| offerings::add_enrolments(tx, some))?;
    for one in &plan.enrolments.removed {
        revert::enrolment(tx, *one)?;
        written.fetch_add(1, Ordering::Relaxed);
    }
    tell_let_in(work, by, &plan.people.changed)?;
    replaced(&plan.offerings.changed).iter().try_for_each(|one| tell_replaced(work, by, one))
}

/// Who may sign in again, or no longer, has that in their own history.
pub(super) fn tell_let_in(
    work: &mut UnitOfWork<'_, '_>,
    by: Option<PersonId>,
    changed: &[(Person, Person)],
) -> Result<(), Failure> {
    for (_, after) in changed.iter().filter(|(before, after)| before.is_enabled != after.is_enabled) {
        let act = if after.is_enabled { "person-enabled" } else { "person-disabled" };
        let (subject, payload) = (format!("person:{}", after.id), "{}".to_owned());
        let role = by.map(|_| Role::Registrar);
        history::append(work.tx, NewHistoryLine { subject, at: work.now, actor: by, role, act, payload })?;
    }
    Ok(())
}

/// The records of one kind as they will be.
fn afterwards<T>(changes: &RecordChanges<T>) -> Vec<&T> {
    changes.new.iter().chain(changes.changed.iter().map(|(_, after)| after)).collect()
}

/// In the order of the table's key: neighbours there are written one after another.
fn in_order<T, K: Ord>(mut records: Vec<&T>, key: impl Fn(&T) -> K) -> Vec<&T> {
    records.sort_unstable_by_key(|record| key(record));
    records
}

fn in_steps<T>(
    records: &[&T],
    written: &AtomicU64,
    mut write: impl FnMut(&[&T]) -> store::Result<()>,
) -> Result<(), Failure> {
    for some in records.chunks(STEP) {
        write(some)?;
        written.fetch_add(some.len() as u64, Ordering::Relaxed);
    }
    Ok(())
}

/// Two people may swap their usernames, so the old ones are given up first. Who may not sign in any more is signed out.
pub(super) fn write_people(
    tx: &mut Tx<'_>,
    changes: &RecordChanges<Person>,
    (now, written): (DateTime<Utc>, &AtomicU64),
) -> Result<(), Failure> {
    let renamed = changes.changed.iter().filter(|(before, after)| before.username != after.username);
    renamed.map(|(before, _)| before.id).try_for_each(|id| people::release_username(tx, id))?;
    let shut = changes.changed.iter().filter(|(before, after)| before.is_enabled && !after.is_enabled);
    shut.map(|(before, _)| before.id).try_for_each(|id| sessions::end_all(tx, id, now))?;
    in_steps(&in_order(afterwards(changes), |person| person.id), written, |some| people::put_all(tx, some))
}
