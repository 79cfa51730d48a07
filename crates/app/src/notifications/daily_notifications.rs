//! Notifications due because of the date, and the daily digest: made by one node at a time, under a lease.

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

/// How long a node keeps the lease.
const LEASE_MINUTES: i64 = 5;
/// How the rounds of an installation are made.
#[derive(Debug, Clone, Copy)]
pub struct DailySchedule {
    /// The hour of the university's day from which the day's notices and digests are made.
    pub hour: u32,
    /// There is a mail server.
    pub has_mail: bool,
}

/// Makes what is due of the day's round; says whether there may be more.
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

/// Tells whoever has something left to choose that the window opens, ends or is over; each once in a term.
fn notify_dates(work: &mut UnitOfWork<'_, '_>, term: &Term) -> Result<(), Failure> {
    let Some(kind) = notification_due_on(term, work.today()) else { return Ok(()) };
    for (person, offerings) in choosers(work, term, |_| true)? {
        notify(work, &[person], &NotificationDraft::date(kind, &offerings, term))?;
    }
    Ok(())
}

/// Tells the registrar's office where nobody may decide.
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

/// Writes the digests of at most 200 people who have none of this day; what may still be taken back waits for the next.
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
