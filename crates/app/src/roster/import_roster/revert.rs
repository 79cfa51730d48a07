//! Undoes a roster import: restores the records that the import changed, and removes the records
//! that the import added. The undo is refused if a changed record was changed again after the
//! import, or if another record depends on an added record.

use crate::failure::Failure;
use crate::history::record::Author;
use crate::notifications::notify_appointed::withdraw_appointed;
use crate::roster::import_roster::existing::existing_data;
use crate::roster::import_roster::options::ImportOptions;
use crate::roster::import_roster::reassigned::{record_reassigned, replaced};
use crate::roster::import_roster::writer::{record_account_changes, record_role_changes, write_people};
use crate::staff::accounts::never_empty;
use crate::unit_of_work::UnitOfWork;
use chrono::TimeDelta;
use domain::history::{Act, Subject};
use domain::id::{ImportId, TermId};
use domain::person::{Appointment, Role};
use domain::policy::Denied;
use domain::roster::Roster;
use domain::roster::authority::ImportAuthority;
use domain::roster::plan::{RecordChange, RecordChanges};
use domain::roster::undo::{ImportConflict, ImportState, Reverse, ReverseChanges, may_be_undone};
use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};
use store::roster::{offerings, put_disciplines, revert};
use store::{Tx, adopted, catalogues, imports, orgs, people, terms};

/// Undoes the newest roster import. The undo is allowed for 24 hours after the import.
pub fn undo_import(work: &mut UnitOfWork<'_, '_>, id: ImportId, how: &ImportOptions) -> Result<(), Failure> {
    how.written.store(0, Ordering::Relaxed);
    let import = imports::find(work.tx, id)?.ok_or(Failure::NotFound)?;
    let applied_at =
        import.applied_at.filter(|_| import.state == ImportState::Applied).ok_or(ImportConflict::NothingToUndo)?;
    if !may_be_undone(applied_at, work.now) {
        return Err(ImportConflict::TooLate.into());
    }
    if imports::is_followed(work.tx, applied_at)? {
        return Err(ImportConflict::NotNewest.into());
    }
    let did = imports::reverse(work.tx, id)?.ok_or(ImportConflict::NothingToUndo)?;
    check_untouched(work, &did)?;
    let (keepers, administrators) = (people::keepers(work.tx)?, administrators(work)?);
    let roles = reversed_roles(work, &did)?;
    restore(work, &did, &how.written)?;
    let left = people::keepers(work.tx)?;
    never_empty(work, &keepers, &left)?;
    check_administrators(work, &did, &administrators, how)?;
    imports::undo(work.tx, id, work.now)?;
    let changed = did.terms.changed.iter().map(|change| change.after.id);
    let terms: Vec<TermId> = changed.chain(did.terms.added.iter().copied()).collect();
    terms.into_iter().try_for_each(|term| work.record_state(Subject::Term(term)))?;
    let people: Vec<_> = did.people.changed.iter().map(RecordChange::reversed).collect();
    record_account_changes(work, how.by(), &people)?;
    record_role_changes(work, how.by(), &roles, &HashSet::new())?;
    roles.changed.iter().try_for_each(|change| withdraw_appointed(work, &change.before, &change.after))?;
    let changed = did.people.changed.iter().map(|change| change.after.id);
    let changed = changed.chain(did.people.added.iter().copied());
    work.record_state_of_people(changed.chain(roles.changed.iter().map(|change| change.after.person)))?;
    let back: Vec<_> = did.offerings.changed.iter().map(RecordChange::reversed).collect();
    replaced(&back).iter().try_for_each(|one| record_reassigned(work, how.by(), one))?;
    let act = Act::RosterImportUndone { import: id, file: &import.name };
    work.record(Author::registrar(how.by()), Subject::Roster, &act)
}

/// Returns all appointments of administrators, past ones too.
fn administrators(work: &mut UnitOfWork<'_, '_>) -> Result<Vec<Appointment>, Failure> {
    let mut all = people::appointments(work.tx)?;
    all.retain(|one| one.role == Role::Administrator);
    Ok(all)
}

/// Refuses the undo of a roster import if it changes administrators or their accounts, and the
/// authority of the undo does not cover that. `before` are the administrators before the undo.
fn check_administrators(
    work: &mut UnitOfWork<'_, '_>,
    did: &Reverse,
    before: &[Appointment],
    how: &ImportOptions,
) -> Result<(), Failure> {
    let after = administrators(work)?;
    let is_one = |person| before.iter().chain(&after).any(|one| one.person == person);
    let touches_account = did.people.changed.iter().any(|change| is_one(change.after.id));
    let touches = before != after || touches_account || did.people.added.iter().any(|person| is_one(*person));
    let is_allowed = match &how.authority {
        ImportAuthority::Person(actor) => actor.is(Role::Administrator),
        ImportAuthority::CommandLine => false,
        ImportAuthority::CommandLineWithAdministrators => true,
    };
    if touches && !is_allowed { Err(Denied::AdministratorOnly.into()) } else { Ok(()) }
}

/// Returns the changes of appointments that undoing a roster import makes: appointments that the
/// import added end, and changed ones get their earlier dates.
fn reversed_roles(work: &mut UnitOfWork<'_, '_>, did: &Reverse) -> Result<RecordChanges<Appointment>, Failure> {
    let yesterday = work.today() - TimeDelta::days(1);
    let mut changed: Vec<_> = did.appointments.changed.iter().map(RecordChange::reversed).collect();
    for &id in &did.appointments.added {
        if let Some(before) = people::find_appointment(work.tx, id)? {
            changed.push(RecordChange { after: before.ended(yesterday), before });
        }
    }
    Ok(RecordChanges { changed, ..RecordChanges::default() })
}

/// Refuses the undo of a roster import if a record was changed again after the import, or if an
/// exam was chosen for an offering that the import added.
fn check_untouched(work: &mut UnitOfWork<'_, '_>, did: &Reverse) -> Result<(), Failure> {
    for id in &did.offerings.added {
        if revert::is_chosen(work.tx, *id)? {
            return Err(ImportConflict::Chosen.into());
        }
    }
    let touched: HashSet<TermId> = did.offerings.changed.iter().map(|change| change.after.term).collect();
    let Roster { orgs, terms, people, appointments, disciplines, offerings, .. } =
        existing_data(work, touched)?.known.roster;
    let is_untouched = as_left(&did.orgs, orgs, |org| org.id)
        && as_left(&did.terms, terms, |term| term.id)
        && as_left(&did.people, people, |person| person.id)
        && as_left(&did.appointments, appointments, |appointment| appointment.id)
        && as_left(&did.disciplines, disciplines, |discipline| discipline.id)
        && as_left(&did.offerings, offerings, |offering| offering.id);
    if is_untouched { Ok(()) } else { Err(ImportConflict::ChangedSince.into()) }
}

/// Returns whether the stored records are still as the roster import has written them.
fn as_left<I, T: PartialEq, K: Eq + Hash>(did: &ReverseChanges<I, T>, there: Vec<T>, key: impl Fn(&T) -> K) -> bool {
    if did.changed.is_empty() {
        return true;
    }
    let there: HashMap<K, T> = there.into_iter().map(|record| (key(&record), record)).collect();
    did.changed.iter().all(|change| there.get(&key(&change.after)) == Some(&change.after))
}

/// Restores the state from before a roster import. The sequence respects references between
/// records: a record is removed before the record to which it refers, and restored after that
/// record.
fn restore(work: &mut UnitOfWork<'_, '_>, did: &Reverse, written: &AtomicU64) -> Result<(), Failure> {
    let (tx, now) = (&mut *work.tx, work.now);
    let count = |tx: &mut Tx<'_>, task: &mut dyn FnMut(&mut Tx<'_>) -> store::Result<()>| {
        written.fetch_add(1, Ordering::Relaxed);
        task(tx).map_err(in_use)
    };
    did.enrolled.iter().try_for_each(|one| count(tx, &mut |tx| revert::enrolment(tx, *one)))?;
    did.offerings.added.iter().try_for_each(|id| count(tx, &mut |tx| revert::offering(tx, *id)))?;
    let newest = catalogues::latest(tx)?;
    before(&did.orgs).try_for_each(|org| count(tx, &mut |tx| orgs::put(tx, org)))?;
    before(&did.terms).try_for_each(|term| count(tx, &mut |tx| terms::put(tx, term, newest)))?;
    before(&did.disciplines).try_for_each(|one| count(tx, &mut |tx| put_disciplines(tx, &[one])))?;
    before(&did.offerings).try_for_each(|one| count(tx, &mut |tx| offerings::put_offerings(tx, &[one], false)))?;
    offerings::add_enrolments(tx, &did.left.iter().collect::<Vec<_>>())?;
    did.disciplines.added.iter().try_for_each(|id| count(tx, &mut |tx| revert::discipline(tx, *id)))?;
    did.terms.added.iter().try_for_each(|id| count(tx, &mut |tx| revert::term(tx, *id)))?;
    before(&did.appointments).try_for_each(|one| count(tx, &mut |tx| people::put_appointment(tx, one)))?;
    did.appointments.added.iter().try_for_each(|id| count(tx, &mut |tx| revert::appointment(tx, *id)))?;
    for id in &did.people.added {
        written.fetch_add(1, Ordering::Relaxed);
        if !revert::person(tx, *id).map_err(in_use)? {
            return Err(ImportConflict::InUse.into());
        }
    }
    did.adopted.iter().try_for_each(|theirs| adopted::remove(tx, *theirs))?;
    let back = did.people.changed.iter().map(RecordChange::reversed).collect();
    write_people(tx, &RecordChanges { changed: back, ..RecordChanges::default() }, now, written)?;
    // The roster import added each unit after its parent unit, so the reverse sequence removes
    // child units first.
    did.orgs.added.iter().rev().try_for_each(|id| count(tx, &mut |tx| revert::org(tx, *id)))
}

fn before<I, T>(did: &ReverseChanges<I, T>) -> impl Iterator<Item = &T> {
    did.changed.iter().map(|change| &change.before)
}

fn in_use(error: store::Error) -> Failure {
    match error {
        store::Error::Referred(_) => ImportConflict::InUse.into(),
        other => other.into(),
    }
}
