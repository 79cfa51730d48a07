//! Writes the changes of a roster import to the database, parent records before child records, and
//! counts the written records.

use crate::failure::Failure;
use crate::history::record::Author;
use crate::roster::import_roster::reassigned::{record_reassigned, replaced};
use crate::unit_of_work::UnitOfWork;
use chrono::{DateTime, Utc};
use domain::history::{Act, AppointmentPeriod, Subject};
use domain::id::{OrgId, PersonId};
use domain::person::{Appointment, Person, Role};
use domain::roster::plan::{Plan, RecordChange, RecordChanges};
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use store::roster::{offerings, put_disciplines, revert};
use store::{Tx, adopted, catalogues, documents, orgs, people, sessions, terms};

/// The number of imported records that are written between two updates of the progress bar.
const STEP: usize = 500;
/// The number of imported records from which on the database has to count its rows again.
const MANY_CHANGES: usize = 500;

/// Writes all changes in the plan of a roster import. Records in the history which accounts were
/// disabled or enabled, and which offerings with a choice got another instructor.
pub(super) fn write(
    work: &mut UnitOfWork<'_, '_>,
    plan: &Plan,
    by: Option<PersonId>,
    written: &AtomicU64,
) -> Result<(), Failure> {
    let (tx, now) = (&mut *work.tx, work.now);
    in_steps(&afterwards(&plan.orgs), written, |records| records.iter().try_for_each(|org| orgs::put(tx, org)))?;
    write_people(tx, &plan.people, now, written)?;
    plan.adopted.iter().try_for_each(|one| adopted::add(tx, one.roster_id, one.person))?;
    let appointments = in_order(afterwards(&plan.appointments), |one| one.id);
    in_steps(&appointments, written, |records| people::put_appointments(tx, records))?;
    let newest = catalogues::latest(tx)?;
    in_steps(&afterwards(&plan.terms), written, |records| {
        records.iter().try_for_each(|term| terms::put(tx, term, newest))
    })?;
    in_steps(&in_order(afterwards(&plan.disciplines), |one| one.id), written, |records| put_disciplines(tx, records))?;
    if !plan.disciplines.changed.is_empty() {
        documents::forget_checks(tx)?;
    }
    let RecordChanges { new, changed, .. } = &plan.offerings;
    let new = in_order(new.iter().collect(), |one| one.id);
    in_steps(&new, written, |records| offerings::put_offerings(tx, records, true))?;
    let changed: Vec<_> = changed.iter().map(|change| &change.after).collect();
    in_steps(&changed, written, |records| offerings::put_offerings(tx, records, false))?;
    let enrolments = in_order(plan.enrolments.new.iter().collect(), |one| (one.person, one.offering));
    in_steps(&enrolments, written, |records| offerings::add_enrolments(tx, records))?;
    for one in &plan.enrolments.removed {
        revert::enrolment(tx, *one)?;
        written.fetch_add(1, Ordering::Relaxed);
    }
    if plan.changes() >= MANY_CHANGES {
        tx.refresh_statistics()?;
    }
    afterwards(&plan.terms).iter().try_for_each(|term| work.record_state(Subject::Term(term.id)))?;
    record_account_changes(work, by, &plan.people.changed)?;
    record_role_changes(work, by, &plan.appointments, &newcomers(plan))?;
    let people = afterwards(&plan.people).into_iter().map(|person| person.id);
    work.record_state_of_people(people.chain(afterwards(&plan.appointments).into_iter().map(|one| one.person)))?;
    replaced(&plan.offerings.changed).iter().try_for_each(|one| record_reassigned(work, by, one))
}

/// Records in the history of each changed person that a roster import or its undo disabled or enabled
/// the person's account, or changed the username.
pub(super) fn record_account_changes(
    work: &mut UnitOfWork<'_, '_>,
    by: Option<PersonId>,
    changed: &[RecordChange<Person>],
) -> Result<(), Failure> {
    for RecordChange { before, after } in changed {
        if before.is_enabled != after.is_enabled {
            work.record(Author::registrar(by), Subject::Person(after.id), &Act::account_enabled(after.is_enabled))?;
        }
        if before.username != after.username {
            let act = Act::UsernameChanged { before: &before.username, after: &after.username };
            work.record(Author::registrar(by), Subject::Person(after.id), &act)?;
        }
    }
    Ok(())
}

/// Returns the people whom a roster import adds.
fn newcomers(plan: &Plan) -> HashSet<PersonId> {
    plan.people.new.iter().map(|person| person.id).collect()
}

/// Records in the history of each person that a roster import or its undo appointed the person to a
/// role, changed the appointment or ended it. The role of a student, and the role of an instructor who
/// is new to the university, give no power over others and are not recorded.
pub(super) fn record_role_changes(
    work: &mut UnitOfWork<'_, '_>,
    by: Option<PersonId>,
    appointments: &RecordChanges<Appointment>,
    newcomers: &HashSet<PersonId>,
) -> Result<(), Failure> {
    let today = work.today();
    let units: HashMap<OrgId, String> = orgs::all(work.tx)?.into_iter().map(|org| (org.id, org.code)).collect();
    let is_recorded = |one: &Appointment| match one.role {
        Role::Student => false,
        Role::Instructor => !newcomers.contains(&one.person),
        _ => true,
    };
    let made = appointments.new.iter().map(|one| (one, true));
    let changed = appointments.changed.iter().map(|change| (&change.after, false));
    for (appointment, is_new) in made.chain(changed).filter(|(one, _)| is_recorded(one)) {
        let (role, org) = (appointment.role.code(), units.get(&appointment.org).map_or("", String::as_str));
        let dates = AppointmentPeriod { from: appointment.from, until: appointment.until };
        let act = if appointment.until.is_some_and(|until| until < today) {
            Act::PersonDismissed { role, org }
        } else if is_new {
            Act::PersonAppointed { role, org, dates: Some(dates), order: None }
        } else {
            Act::AppointmentChanged { role, org, dates, order: &appointment.order }
        };
        work.record(Author::registrar(by), Subject::Person(appointment.person), &act)?;
    }
    Ok(())
}

/// Returns the new and changed records of one kind (such as people), with the values that they have
/// after the roster import.
fn afterwards<T>(changes: &RecordChanges<T>) -> Vec<&T> {
    changes.new.iter().chain(changes.changed.iter().map(|change| &change.after)).collect()
}

/// Sorts records by the primary key of their database table, so that neighbouring database rows are
/// written one after another.
fn in_order<T, K: Ord>(mut records: Vec<&T>, key: impl Fn(&T) -> K) -> Vec<&T> {
    records.sort_unstable_by_key(|record| key(record));
    records
}

fn in_steps<T>(
    records: &[&T],
    written: &AtomicU64,
    mut write: impl FnMut(&[&T]) -> store::Result<()>,
) -> Result<(), Failure> {
    for step in records.chunks(STEP) {
        write(step)?;
        written.fetch_add(step.len() as u64, Ordering::Relaxed);
    }
    Ok(())
}

/// Writes new and changed people. Two people can swap their usernames in one import, so the old
/// usernames are released before the new ones are written. People whose account becomes disabled
/// are signed out.
pub(super) fn write_people(
    tx: &mut Tx<'_>,
    changes: &RecordChanges<Person>,
    now: DateTime<Utc>,
    written: &AtomicU64,
) -> Result<(), Failure> {
    let renamed = changes.changed.iter().filter(|change| change.before.username != change.after.username);
    renamed.map(|change| change.before.id).try_for_each(|id| people::release_username(tx, id))?;
    let disabled = changes.changed.iter().filter(|change| change.before.is_enabled && !change.after.is_enabled);
    disabled.map(|change| change.before.id).try_for_each(|id| sessions::end_all(tx, id, now))?;
    in_steps(&in_order(afterwards(changes), |person| person.id), written, |records| people::put_all(tx, records))
}
