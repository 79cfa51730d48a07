//! Imports a roster. The import compares the roster with the stored records, makes a plan of the
//! changes, and applies the plan in one transaction. Importing the same roster twice changes
//! nothing. Stored records that are missing from the roster remain unchanged, unless the options of
//! the import say that missing records of this kind (such as people) are deactivated.

mod existing;
mod options;
mod reassigned;
mod revert;
mod writer;

pub use crate::roster::import_report::ImportReport;
pub(crate) use existing::{as_roster, existing_data};
pub use options::ImportOptions;
pub use revert::undo_import;

use crate::failure::Failure;
use crate::history::record::Author;
use crate::notifications::notify_appointed::notify_appointed;
use crate::unit_of_work::UnitOfWork;
use domain::history::{Act, Subject};
use domain::roster::Roster;
use domain::roster::plan::Plan;
use domain::roster::undo::Reverse;
use std::collections::HashSet;
use std::sync::atomic::Ordering;
use store::imports;

/// Imports a roster. In a dry run, only reports the changes that the import would make. Changes of
/// roles and accounts that the authority of the import does not cover are left out.
pub fn import_roster(
    work: &mut UnitOfWork<'_, '_>,
    roster: &Roster,
    how: &ImportOptions,
) -> Result<ImportReport, Failure> {
    let before = existing_data(work, roster.terms.iter().map(|term| term.id))?;
    let (today, stored) = (work.today(), before.known.roster.appointments.clone());
    let mut plan = Plan::between(roster, before.known, how.scope, today);
    plan.keep_within(&how.authority, &stored, today);
    carry_out(work, plan, how)
}

/// Applies the plan of a roster import. In a dry run, only reports the changes that the plan would
/// make.
pub fn carry_out(work: &mut UnitOfWork<'_, '_>, plan: Plan, how: &ImportOptions) -> Result<ImportReport, Failure> {
    how.written.store(0, Ordering::Relaxed);
    let found = ImportReport::of(&plan);
    if how.dry_run {
        return Ok(found);
    }
    let plan = plan.putting_aside(how.absent, work.today());
    let report = ImportReport::of(&plan);
    if report.changes() == 0 && plan.adopted.is_empty() {
        return Ok(found);
    }
    if let Some(id) = how.import {
        imports::apply(work.tx, id, &report.json(), work.now, &Reverse::of(&plan))?;
    }
    writer::write(work, &plan, how.by(), &how.written)?;
    notify_appointments(work, &plan, how)?;
    work.record(Author::registrar(how.by()), Subject::Roster, &Act::RosterImported { counts: report.counts() })?;
    // The report of the import counts every stored record that is missing from the roster, even if
    // the import deactivated the record.
    Ok(found)
}

/// Tells people who were in the database before the import that it appoints them to decide on choices.
/// New people are told by the slip with their one-time password, and cannot sign in before that.
fn notify_appointments(work: &mut UnitOfWork<'_, '_>, plan: &Plan, how: &ImportOptions) -> Result<(), Failure> {
    let new: HashSet<_> = plan.people.new.iter().map(|person| person.id).collect();
    let made = plan.appointments.new.iter().map(|after| (None, after));
    let changed = plan.appointments.changed.iter().map(|change| (Some(&change.before), &change.after));
    let of_known = made.chain(changed).filter(|(_, after)| !new.contains(&after.person));
    of_known.into_iter().try_for_each(|(before, after)| notify_appointed(work, before, after, how.actor()))
}

/// Removes the offerings and enrolments of all other academic terms from a roster, so that only the
/// term with this code remains.
pub fn only_term(roster: &mut Roster, code: &str) -> Result<(), Failure> {
    let term = roster.terms.iter().find(|term| term.code == code).ok_or(Failure::NotFound)?.id;
    roster.terms.retain(|existing_data| existing_data.id == term);
    roster.offerings.retain(|offering| offering.term == term);
    let kept: HashSet<_> = roster.offerings.iter().map(|offering| offering.id).collect();
    roster.enrolments.retain(|enrolment| kept.contains(&enrolment.offering));
    Ok(())
}
