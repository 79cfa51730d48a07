//! Notifies the people who may approve: heads, acting heads and deans. Every day on which choices wait for
//! their decision they get one notification per department; a request to reopen is reported at once.

use crate::choice_case::ChoiceCase;
use crate::failure::Failure;
use crate::notifications::draft::{NotificationDraft, subject};
use crate::notifications::notify::notify;
use crate::unit_of_work::UnitOfWork;
use chrono::NaiveDate;
use domain::eligibility::approvers;
use domain::id::{OfferingId, OrgId, PersonId};
use domain::limits::DAYS_LEFT;
use domain::notification::{NotificationContent, NotificationKind};
use domain::person::{Actor, Appointment};
use domain::term::{DeadlineExtension, Term, WindowClosed};
use std::collections::{BTreeMap, HashMap};
use store::gaps::{awaiting_decision, taught_by_deciders};
use store::offerings::OfferingTeacher;
use store::{deadline_extensions, notifications, orgs, people};

/// Notifies everybody who may decide on a waiting choice of the term: how many wait in which department, and
/// in the last days until when. After the deadline each is told once.
pub(super) fn notify_approvers(work: &mut UnitOfWork<'_, '_>, term: &Term) -> Result<(), Failure> {
    let extended = deadline_extensions::of_term(work.tx, term.id)?;
    let Some(kind) = kind_due_on(term, &extended, work.today()) else { return Ok(()) };
    let units = orgs::all(work.tx)?;
    for (Approver { department, person }, waiting) in waiting_by_approver(work, term)? {
        let Some(unit) = units.iter().find(|unit| unit.id == department) else { continue };
        let key = match kind {
            NotificationKind::DecidingOver => term.id.to_string(),
            _ => work.today().to_string(),
        };
        notifications::read_kind(work.tx, person, NotificationKind::ToDecide, work.now)?;
        notify(work, &[person], &NotificationDraft::to_decide(kind, unit, waiting, term, key))?;
    }
    Ok(())
}

/// The kind of notification for approvers on this day; `None` before choosing begins and after the term
/// was closed.
fn kind_due_on(term: &Term, extended: &[DeadlineExtension], today: NaiveDate) -> Option<NotificationKind> {
    let until = extended.iter().map(|extension| extension.until).max();
    match term.deciding(today, until) {
        Ok(()) if (0..DAYS_LEFT).contains(&(term.approve_until - today).num_days()) => {
            Some(NotificationKind::DecidingEnds)
        }
        Ok(()) => Some(NotificationKind::ToDecide),
        Err(WindowClosed::Over) => Some(NotificationKind::DecidingOver),
        Err(_) => None,
    }
}

/// A person who may decide on waiting choices of a department.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Approver {
    department: OrgId,
    person: PersonId,
}

/// Counts for every approver the choices of a term that wait for them.
fn waiting_by_approver(work: &mut UnitOfWork<'_, '_>, term: &Term) -> Result<BTreeMap<Approver, i64>, Failure> {
    let deciders = deciders_today(work)?;
    let mut taught: HashMap<OfferingId, Vec<PersonId>> = HashMap::new();
    for OfferingTeacher { offering, teacher } in taught_by_deciders(work.tx, term.id)? {
        taught.entry(offering).or_default().push(teacher);
    }
    let mut waiting: BTreeMap<Approver, i64> = BTreeMap::new();
    for one in awaiting_decision(work.tx, term.id)? {
        let teachers = taught.get(&one.id).map(Vec::as_slice).unwrap_or_default();
        let is_own = |person| teachers.contains(&person) || [one.responsible, one.sent_by].contains(&Some(person));
        for person in approvers(one.department, one.faculty, &deciders, is_own) {
            *waiting.entry(Approver { department: one.department, person }).or_default() += 1;
        }
    }
    Ok(waiting)
}

/// Notifies everybody who may decide on a choice that its instructor asks to reopen it.
pub(crate) fn notify_reopening_asked(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    case: &ChoiceCase,
    reason: &str,
) -> Result<(), Failure> {
    let offering = &case.offering;
    let is_own = |person| case.deciders.is_own(offering, person);
    let people = approvers(offering.department, offering.faculty, &deciders_today(work)?, is_own);
    let content = NotificationContent {
        offerings: vec![subject(offering)],
        total: 1,
        by: actor.short_name.clone(),
        reason: reason.to_owned(),
        ..NotificationContent::default()
    };
    let draft = NotificationDraft::decision(NotificationKind::ReopeningAsked, offering, content, work.now);
    notify(work, &people.into_iter().collect::<Vec<_>>(), &draft)
}

/// Loads the appointments of heads, acting heads and deans that hold today.
fn deciders_today(work: &mut UnitOfWork<'_, '_>) -> Result<Vec<Appointment>, Failure> {
    let today = work.today();
    let mut deciders = people::deciders(work.tx)?;
    deciders.retain(|held| held.holds_on(today));
    Ok(deciders)
}
