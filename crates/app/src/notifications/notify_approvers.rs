//! Notifies the people who may approve: heads, acting heads and deans. Every day on which choices wait for
//! their decision they get one notification per department; a request to reopen is reported at once.

use crate::choice_case::ChoiceCase;
use crate::failure::Failure;
use crate::notifications::draft::NotificationDraft;
use crate::notifications::notify::notify;
use crate::unit_of_work::UnitOfWork;
use chrono::NaiveDate;
use domain::eligibility::approvers;
use domain::id::{OfferingId, OrgId, PersonId};
use domain::limits::DAYS_LEFT;
use domain::notification::NotificationKind;
use domain::offering::Offering;
use domain::person::{Actor, Appointment, Role};
use domain::term::{Term, WindowClosed};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::gaps::{awaiting_decision, taught_by_deciders};
use store::offerings::OfferingTeacher;
use store::{deadline_extensions, notifications, orgs, people};

/// Notifies everybody who may decide on a waiting choice of the term: how many wait in which department, and
/// until when they can be decided. After the deadline each is told once.
pub(super) fn notify_approvers(work: &mut UnitOfWork<'_, '_>, term: &Term) -> Result<(), Failure> {
    let units = orgs::all(work.tx)?;
    for (Recipient { department, person, kind }, waiting) in waiting_by_recipient(work, term)? {
        let Some(unit) = units.iter().find(|unit| unit.id == department) else { continue };
        let key = match kind {
            NotificationKind::DecidingOver => term.id.to_string(),
            _ => work.today().to_string(),
        };
        notifications::read_kind(work.tx, person, NotificationKind::ToDecide, work.now)?;
        let draft = NotificationDraft::to_decide(kind, unit, waiting.count, waiting.until, &key);
        notify(work, &[person], &draft)?;
    }
    Ok(())
}

/// The person and the department for which choices wait, and whether the time for deciding on them goes on,
/// ends soon or is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Recipient {
    department: OrgId,
    person: PersonId,
    kind: NotificationKind,
}

/// The number of choices that wait for a person, and the last day on which the first of them can be decided.
struct WaitingChoices {
    count: i64,
    until: NaiveDate,
}

/// Counts the choices of a term that wait for each person. A deadline extension counts only for the choices
/// that it covers.
fn waiting_by_recipient(
    work: &mut UnitOfWork<'_, '_>,
    term: &Term,
) -> Result<BTreeMap<Recipient, WaitingChoices>, Failure> {
    let (today, deciders) = (work.today(), deciders_today(work)?);
    let extensions = deadline_extensions::of_term(work.tx, term.id)?;
    let mut taught: HashMap<OfferingId, Vec<PersonId>> = HashMap::new();
    for OfferingTeacher { offering, teacher } in taught_by_deciders(work.tx, term.id)? {
        taught.entry(offering).or_default().push(teacher);
    }
    let mut all: BTreeMap<Recipient, WaitingChoices> = BTreeMap::new();
    for one in awaiting_decision(work.tx, term.id)? {
        let covering = extensions.iter().filter(|extension| extension.scope.covers(one.department, one.id));
        let extended = covering.map(|extension| extension.until).max();
        let until = extended.map_or(term.approve_until, |extended| extended.max(term.approve_until));
        let Some(kind) = kind_due_on(term, extended, until, today) else { continue };
        let teachers = taught.get(&one.id).map(Vec::as_slice).unwrap_or_default();
        let is_own = |person| teachers.contains(&person) || [one.responsible, one.sent_by].contains(&Some(person));
        for person in approvers(one.department, one.faculty, &deciders, is_own) {
            let recipient = Recipient { department: one.department, person, kind };
            let waiting = all.entry(recipient).or_insert(WaitingChoices { count: 0, until });
            waiting.count += 1;
            waiting.until = waiting.until.min(until);
        }
    }
    Ok(all)
}

/// The kind of notification about a choice that can be decided until `until`; `None` before choosing begins
/// and after the term was closed.
fn kind_due_on(
    term: &Term,
    extended: Option<NaiveDate>,
    until: NaiveDate,
    today: NaiveDate,
) -> Option<NotificationKind> {
    match term.deciding(today, extended) {
        Ok(()) if (until - today).num_days() < DAYS_LEFT => Some(NotificationKind::DecidingEnds),
        Ok(()) => Some(NotificationKind::ToDecide),
        Err(WindowClosed::Over) => Some(NotificationKind::DecidingOver),
        Err(_) => None,
    }
}

/// Notifies everybody who may decide on a choice that its instructor asks to reopen it.
pub(crate) fn notify_reopening_asked(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    case: &ChoiceCase,
    reason: &str,
) -> Result<(), Failure> {
    let people = approvers_of(work, case, None)?;
    let draft = NotificationDraft::request(NotificationKind::ReopeningAsked, &case.offering, actor, reason, work.now);
    notify(work, &people, &draft)
}

/// Notifies everybody who may endorse a person's request to extend the deadline of an offering; if there is
/// nobody, the registrars.
pub(crate) fn notify_extension_asked(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    case: &ChoiceCase,
    reason: &str,
) -> Result<(), Failure> {
    let people = approvers_of(work, case, Some(actor.person))?;
    if people.is_empty() {
        return notify_registrars(work, actor, &case.offering, reason);
    }
    let draft = NotificationDraft::request(NotificationKind::ExtensionAsked, &case.offering, actor, reason, work.now);
    notify(work, &people, &draft)
}

/// Notifies the registrars of a request to extend the deadline of an offering that waits for their answer.
pub(crate) fn notify_registrars(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    offering: &Offering,
    reason: &str,
) -> Result<(), Failure> {
    let today = work.today();
    let registrars: BTreeSet<PersonId> =
        people::holding(work.tx, Role::Registrar, today)?.into_iter().map(|held| held.person).collect();
    let draft = NotificationDraft::request(NotificationKind::ExtensionEndorsed, offering, actor, reason, work.now);
    notify(work, &registrars.into_iter().collect::<Vec<_>>(), &draft)
}

/// The people who may decide on a choice, except `without`, who asks.
fn approvers_of(
    work: &mut UnitOfWork<'_, '_>,
    case: &ChoiceCase,
    without: Option<PersonId>,
) -> Result<Vec<PersonId>, Failure> {
    let offering = &case.offering;
    let is_own = |person| case.deciders.is_own(offering, person) || without == Some(person);
    let people = approvers(offering.department, offering.faculty, &deciders_today(work)?, is_own);
    Ok(people.into_iter().collect())
}

/// Loads the appointments of heads, acting heads and deans that hold today.
fn deciders_today(work: &mut UnitOfWork<'_, '_>) -> Result<Vec<Appointment>, Failure> {
    let today = work.today();
    let mut deciders = people::deciders(work.tx)?;
    deciders.retain(|held| held.holds_on(today));
    Ok(deciders)
}
