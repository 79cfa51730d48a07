//! Reminders to choose. The registrar's or dean's office sends reminders to people who have not
//! chosen an exam yet, and first sees a preview with the recipients. A person is reminded at most
//! once a day.

use crate::failure::{Failure, Stale};
use crate::history::record::Author;
use crate::notifications::draft::{NotificationDraft, unfinished};
use crate::notifications::notify::notify;
use crate::unit_of_work::UnitOfWork;
use chrono::{DateTime, TimeDelta, Utc};
use domain::history::{Act, Subject};
use domain::id::{OrgId, PersonId};
use domain::limits::REMINDER_HOURS;
use domain::notification::NotificationContent;
use domain::offering::Offering;
use domain::person::{Actor, Person, Role};
use domain::policy;
use domain::roster::{Org, OrgKind};
use domain::term::{Term, WindowClosed};
use std::collections::BTreeMap;
use store::{notifications, orgs, people, progress};

/// The preview of a reminder to choose exams, with the people who would receive the reminder.
#[derive(Debug, Clone)]
pub struct ReminderPreview {
    pub term: Term,
    /// The faculty or department to which the reminder is limited; `None` for the whole university.
    pub org: Option<Org>,
    /// The recipients of the reminder, each with the content that this person would receive.
    pub people: Vec<(Person, NotificationContent)>,
    /// The people who get no reminder now because they were reminded within the last
    /// [`REMINDER_HOURS`] hours, each with the time of the previous reminder.
    pub lately: Vec<(Person, DateTime<Utc>)>,
}

/// Builds the preview of a reminder for a faculty, a department or the whole university.
pub fn reminding(work: &mut UnitOfWork<'_, '_>, actor: &Actor, org: Option<OrgId>) -> Result<ReminderPreview, Failure> {
    let org = asked(work, actor, org)?;
    let term = work.current_term()?;
    if term.is_closed {
        return Err(Stale::Window(WindowClosed::TermClosed).into());
    }
    let since = work.now - TimeDelta::hours(REMINDER_HOURS);
    let reminders = notifications::reminded_since(work.tx, since)?;
    let reminded: BTreeMap<PersonId, DateTime<Utc>> = reminders.iter().map(|one| (one.person, one.at)).collect();
    let is_in = |offering: &Offering| match &org {
        None => true,
        Some(org) if org.kind == OrgKind::Department => offering.department == org.id,
        Some(org) => offering.faculty == org.id,
    };
    let (mut to_remind, mut lately) = (Vec::new(), Vec::new());
    for (person, offerings) in choosers(work, &term, is_in)? {
        let Some(person) = people::find(work.tx, person)?.filter(|person| person.is_enabled) else { continue };
        match reminded.get(&person.id) {
            Some(at) => lately.push((person, *at)),
            None => to_remind.push((person, unfinished(&offerings, term.choose_until))),
        }
    }
    to_remind.sort_by_cached_key(|(person, _)| domain::name::sort_key(&person.short_name()));
    Ok(ReminderPreview { term, org, people: to_remind, lately })
}

/// Sends a reminder to the people who have not chosen an exam yet, except to people who were
/// reminded within the last [`REMINDER_HOURS`] hours. Returns the number of recipients.
pub fn remind(work: &mut UnitOfWork<'_, '_>, actor: &Actor, org: Option<OrgId>) -> Result<usize, Failure> {
    let ReminderPreview { term, org, people, .. } = reminding(work, actor, org)?;
    for (person, about) in &people {
        let draft = NotificationDraft::reminder(about.clone(), actor, work.now);
        notify(work, &[person.id], &draft)?;
    }
    if !people.is_empty() {
        let act = Act::RemindersSent { org: org.map(|org| org.id), people: people.len() };
        let role = if actor.is(Role::Registrar) { Role::Registrar } else { Role::DeanOffice };
        work.record(Author::new(actor, Some(role)), Subject::Term(term.id), &act)?;
    }
    Ok(people.len())
}

/// Returns the faculty or department to which a reminder is limited; `None` for the whole
/// university. If a dean's office names no unit, its own faculty is returned. Fails if the
/// signed-in person is not allowed to send reminders there.
fn asked(work: &mut UnitOfWork<'_, '_>, actor: &Actor, org: Option<OrgId>) -> Result<Option<Org>, Failure> {
    let own = || if actor.is(Role::Registrar) { None } else { actor.orgs_as(Role::DeanOffice).next() };
    let Some(id) = org.or_else(own) else {
        policy::reminds(actor, None)?;
        return Ok(None);
    };
    let found = orgs::all(work.tx)?.into_iter().find(|org| org.id == id);
    let org = found.ok_or(Failure::NotFound)?;
    let faculty = match org.kind {
        OrgKind::University => None,
        OrgKind::Faculty => Some(org.id),
        OrgKind::Department => org.parent,
    };
    policy::reminds(actor, faculty)?;
    Ok(Some(org).filter(|org| org.kind != OrgKind::University))
}

/// Finds the people who still have to choose an exam, with the offerings for which they have to
/// choose. For an offering without an instructor, these people are the heads of the department.
pub(crate) fn choosers(
    work: &mut UnitOfWork<'_, '_>,
    term: &Term,
    is_in: impl Fn(&Offering) -> bool,
) -> Result<BTreeMap<PersonId, Vec<Offering>>, Failure> {
    let today = work.today();
    let mut heads = people::holding(work.tx, Role::Head, today)?;
    heads.extend(people::holding(work.tx, Role::ActingHead, today)?);
    let mut choosers: BTreeMap<PersonId, Vec<Offering>> = BTreeMap::new();
    for offering in progress::unfinished(work.tx, term.id)?.into_iter().filter(is_in) {
        let of_vacancy = heads.iter().filter(|head| offering.responsible.is_none() && head.org == offering.department);
        let who: Vec<PersonId> = of_vacancy.map(|head| head.person).chain(offering.responsible).collect();
        for person in who {
            choosers.entry(person).or_default().push(offering.clone());
        }
    }
    Ok(choosers)
}
