//! Notifications that depend on dates, and the daily digest emails, created by one node at a time under a lease.

use crate::failure::Failure;
use crate::notifications::draft::NotificationDraft;
use crate::notifications::notify::notify;
use crate::notifications::remind::choosers;
use crate::staff::gaps::gaps_of_term;
use crate::unit_of_work::UnitOfWork;
use chrono::{TimeDelta, Timelike};
use domain::email::QueuedEmail;
use domain::id::{OfferingId, OrgId};
use domain::limits::{MAIL_HOLD_MINUTES, NOTIFICATION_STALE_DAYS};
use domain::notification::notification_due_on;
use domain::person::Role;
use domain::roster::Org;
use domain::term::Term;
use std::collections::{BTreeMap, BTreeSet};
use store::{emails, leases, notifications, people, terms};

/// Minutes for which a node holds the lease on the daily notifications.
const LEASE_MINUTES: i64 = 5;
/// The schedule of the daily notifications of an installation.
#[derive(Debug, Clone, Copy)]
pub struct DailySchedule {
    /// The hour, in the university's time zone, from which the day's notifications and digest emails are created.
    pub hour: u32,
    /// Whether a mail server is configured, so that digest emails are written.
    pub has_mail: bool,
}

/// Creates those notifications and digest emails of the day that are due; returns whether there may be more.
pub fn run_daily_notifications(
    work: &mut UnitOfWork<'_, '_>,
    holder: &str,
    rounds: DailySchedule,
) -> Result<bool, Failure> {
    let until = work.now + TimeDelta::minutes(LEASE_MINUTES);
    if !leases::take(work.tx, "rounds", holder, work.now, until)? {
        return Ok(false);
    }
    let stale = work.now - TimeDelta::days(NOTIFICATION_STALE_DAYS);
    notifications::forget_before(work.tx, stale)?;
    emails::forget_before(work.tx, stale)?;
    if work.now.with_timezone(&work.zone).hour() < rounds.hour {
        return Ok(false);
    }
    let today = work.today();
    if emails::begin_round(work.tx, today, work.now)? {
        for term in terms::all(work.tx)? {
            notify_dates(work, &term)?;
        }
        notify_gaps(work)?;
    }
    if rounds.has_mail { write_digests(work) } else { Ok(false) }
}

/// Notifies the people who still have to choose that the window for choosing opens, closes soon or is closed; each kind
/// of notification once per term.
fn notify_dates(work: &mut UnitOfWork<'_, '_>, term: &Term) -> Result<(), Failure> {
    let Some(kind) = notification_due_on(term, work.today()) else { return Ok(()) };
    for (person, offerings) in choosers(work, term, |_| true)? {
        notify(work, &[person], &NotificationDraft::date(kind, &offerings, term))?;
    }
    Ok(())
}

/// Notifies the registrars of departments in which nobody may decide.
fn notify_gaps(work: &mut UnitOfWork<'_, '_>) -> Result<(), Failure> {
    let today = work.today();
    let Some(term) = terms::current(work.tx, today)?.filter(|term| term.deciding(today, None).is_ok()) else {
        return Ok(());
    };
    let mut departments: BTreeMap<OrgId, (Org, BTreeSet<OfferingId>)> = BTreeMap::new();
    for found in gaps_of_term(work, &term, None)? {
        let (_, offerings) = departments.entry(found.department.id).or_insert((found.department, BTreeSet::new()));
        offerings.extend(found.gap.offerings);
    }
    let holding = people::holding(work.tx, Role::Registrar, today)?;
    let registrars: Vec<_> = holding.iter().map(|appointment| appointment.person).collect();
    departments.values().try_for_each(|(department, offerings)| {
        let count = i64::try_from(offerings.len()).unwrap_or(i64::MAX);
        notify(work, &registrars, &NotificationDraft::gap(department, count, today))
    })
}

/// Writes the digest emails of at most 200 people who have none for today. Notifications that can still be withdrawn
/// wait for the next digest. Returns whether a digest was written.
fn write_digests(work: &mut UnitOfWork<'_, '_>) -> Result<bool, Failure> {
    let (today, until) = (work.today(), work.now - TimeDelta::minutes(MAIL_HOLD_MINUTES));
    let people = notifications::digest_people(work.tx, until, today)?;
    for &person in &people {
        let email = QueuedEmail::digest(person, today, work.now);
        if emails::add(work.tx, &email, Some(today), work.now)? {
            notifications::to_letter(work.tx, email.id, person, until)?;
        }
    }
    Ok(!people.is_empty())
}
