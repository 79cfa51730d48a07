//! Creates the notifications that depend on dates, and the daily digest emails. Only one server
//! process at a time does so: the one that holds the lease, a lock with an expiry time.

use crate::failure::Failure;
use crate::notifications::draft::NotificationDraft;
use crate::notifications::notify::notify;
use crate::notifications::notify_approvers::notify_approvers;
use crate::notifications::notify_overdue::notify_overdue;
use crate::notifications::remind::choosers;
use crate::staff::gaps::{gaps_of_term, open_terms};
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
use store::{emails, leases, notifications, orgs, people, terms};

/// Minutes after which another server process is allowed to take over the creation of the daily
/// notifications.
const LEASE_MINUTES: i64 = 5;
/// The settings that determine from which hour the daily notifications are created, and whether
/// digest emails are created.
#[derive(Debug, Clone, Copy)]
pub struct DailySchedule {
    /// The hour, in the university's time zone, after which the daily notifications and digest
    /// emails are created.
    pub hour: u32,
    /// Whether a mail server is configured, so that digest emails are created.
    pub has_mail: bool,
}

/// Creates today's notifications that depend on dates, and some of today's digest emails. Returns
/// whether digest emails were created; if so, the next call possibly creates more.
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
        let units = orgs::all(work.tx)?;
        for term in terms::all(work.tx)? {
            notify_dates(work, &term)?;
            notify_approvers(work, &term)?;
            notify_overdue(work, &term, &units)?;
        }
        notify_gaps(work)?;
    }
    if rounds.has_mail { write_digests(work) } else { Ok(false) }
}

/// Notifies the people who still have to choose that choosing has begun, ends soon or has ended. A
/// person gets each of these notifications once in an academic term.
fn notify_dates(work: &mut UnitOfWork<'_, '_>, term: &Term) -> Result<(), Failure> {
    let Some(kind) = notification_due_on(term, work.today()) else { return Ok(()) };
    for (person, offerings) in choosers(work, term, |_| true)? {
        notify(work, &[person], &NotificationDraft::date(kind, &offerings, term))?;
    }
    Ok(())
}

/// Notifies the registrars about each department in which some choices wait for a decision but no
/// person is allowed to decide.
fn notify_gaps(work: &mut UnitOfWork<'_, '_>) -> Result<(), Failure> {
    let today = work.today();
    let mut departments: BTreeMap<OrgId, (Org, BTreeSet<OfferingId>)> = BTreeMap::new();
    let units = orgs::all(work.tx)?;
    for term in open_terms(work)?.into_iter().filter(|term| term.choose_from <= today) {
        for found in gaps_of_term(work, &term, None, &units)? {
            let (_, offerings) = departments.entry(found.department.id).or_insert((found.department, BTreeSet::new()));
            offerings.extend(found.gap.offerings);
        }
    }
    let holding = people::holding(work.tx, Role::Registrar, today)?;
    let registrars: Vec<_> = holding.iter().map(|appointment| appointment.person).collect();
    departments.values().try_for_each(|(department, offerings)| {
        let count = i64::try_from(offerings.len()).unwrap_or(i64::MAX);
        notify(work, &registrars, &NotificationDraft::gap(department, count, today))
    })
}

/// Creates today's digest emails for at most 200 people who did not get a digest email today.
/// Notifications of the last few minutes, which can still be withdrawn, are left for the digest of
/// the next day. Returns whether there was at least one recipient.
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
