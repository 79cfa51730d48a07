//! Tells people what concerns them. What is told is queued in the transaction of the act, so it is told exactly when the
//! act happened; how it is mailed is decided here, by what each one wished.

use crate::app::UnitOfWork;
use crate::failure::Failure;
use domain::catalogue::picked::Picked;
use domain::choice::{Choice, ChoiceVersion};
use domain::email::QueuedEmail;
use domain::id::{NotificationId, OfferingId, PersonId};
use domain::notification::{
    ExamSummary, MailPreference, Notification, NotificationContent, NotificationKind, NotificationSubject, known_before,
};
use domain::offering::Offering;
use domain::person::Actor;
use domain::roster::Org;
use serde_json::Value;
use store::history;
use store::notifications;
use store::notifications::{MailStatus, Recipient};
use store::{choices, documents, emails};

/// What is told.
#[derive(Debug, Clone)]
pub struct NotificationDraft {
    /// What kind of thing.
    pub kind: NotificationKind,
    /// What it says.
    pub about: NotificationContent,
    /// The offering that it is about, where it is one.
    pub offering: Option<OfferingId>,
    /// What makes it one and the same: nobody is told twice of this kind with this key.
    pub key: String,
}

/// Tells these people, inside the caller's transaction. Who has been told already, or may not sign in, is passed over.
pub fn tell(work: &mut UnitOfWork<'_, '_>, people: &[PersonId], draft: &NotificationDraft) -> Result<(), Failure> {
    for &person in people {
        if let Some(recipient) = notifications::recipient(work.tx, draft.kind, person)? {
            tell_one(work, recipient, draft)?;
        }
    }
    Ok(())
}

/// Tells the office that nobody may decide in a department, once in a week.
pub fn tell_gap(
    work: &mut UnitOfWork<'_, '_>,
    registrars: &[PersonId],
    (department, offerings): (&Org, i64),
) -> Result<(), Failure> {
    let about =
        NotificationContent { unit: Some(department.name.clone()), total: offerings, ..NotificationContent::default() };
    let key = format!("{}:{}", department.id, work.today().format("%G-%V"));
    tell(work, registrars, &NotificationDraft { kind: NotificationKind::Gap, about, offering: None, key })
}

/// Tells of a decision.
pub(crate) fn decided(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    (offering, choice): (&Offering, &Choice),
    (act, reason): (&str, &str),
) -> Result<(), Failure> {
    let (Some(kind), Some(current)) = (kind_of(act), &choice.current) else { return Ok(()) };
    tell_choice(work, actor, (offering, current), (kind, reason))
}

/// Tells of what became of a choice: the instructor, and where an approved exam is another one now, every enrolled student.
pub(crate) fn tell_choice(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    (offering, current): (&Offering, &ChoiceVersion),
    (kind, reason): (NotificationKind, &str),
) -> Result<(), Failure> {
    let about = about_choice(work, actor, (offering, current), reason)?;
    let draft = tell_instructor(work, actor, (offering, current), (kind, about))?;
    if kind == NotificationKind::Approved { changed(work, offering, current, draft) } else { Ok(()) }
}

/// Tells the instructor that a choice was moved to another row, from what it was.
pub(crate) fn tell_moved(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    (offering, current): (&Offering, &ChoiceVersion),
    (before, reason): (&ChoiceVersion, &str),
) -> Result<(), Failure> {
    let before = Some(exam(work, before)?);
    let about = NotificationContent { before, ..about_choice(work, actor, (offering, current), reason)? };
    tell_instructor(work, actor, (offering, current), (NotificationKind::Moved, about)).map(drop)
}

fn about_choice(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    (offering, current): (&Offering, &ChoiceVersion),
    reason: &str,
) -> Result<NotificationContent, Failure> {
    Ok(NotificationContent {
        offerings: vec![subject(offering)],
        total: 1,
        by: actor.short_name.clone(),
        reason: reason.to_owned(),
        now: Some(exam(work, current)?),
        ..NotificationContent::default()
    })
}

fn tell_instructor(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    (offering, current): (&Offering, &ChoiceVersion),
    (kind, about): (NotificationKind, NotificationContent),
) -> Result<NotificationDraft, Failure> {
    let key = format!("{}:{}", offering.id, work.now.to_rfc3339());
    let draft = NotificationDraft { kind, about, offering: Some(offering.id), key };
    let instructor = offering.responsible.unwrap_or(current.sent_by);
    if instructor != actor.person {
        tell(work, &[instructor], &draft)?;
    }
    Ok(draft)
}

fn kind_of(act: &str) -> Option<NotificationKind> {
    match act {
        "choice-approved" => Some(NotificationKind::Approved),
        "choice-returned" => Some(NotificationKind::Returned),
        "choice-reopened" => Some(NotificationKind::Reopened),
        _ => None,
    }
}

/// Tells the students of an offering what their exam was and what it is.
fn changed(
    work: &mut UnitOfWork<'_, '_>,
    offering: &Offering,
    current: &ChoiceVersion,
    draft: NotificationDraft,
) -> Result<(), Failure> {
    let Some(before) = known_to_students(work, offering.id, current)? else { return Ok(()) };
    let before = Some(exam(work, &before)?);
    let about = NotificationContent { before, by: String::new(), ..draft.about };
    let draft = NotificationDraft { kind: NotificationKind::Changed, about, ..draft };
    for student in notifications::enrolled(work.tx, NotificationKind::Changed, offering.id)? {
        tell_one(work, student, &draft)?;
    }
    Ok(())
}

/// What students knew of an exam before this version was approved, if it was something else.
pub(crate) fn known_to_students(
    work: &mut UnitOfWork<'_, '_>,
    offering: OfferingId,
    now: &ChoiceVersion,
) -> Result<Option<ChoiceVersion>, Failure> {
    if now.version <= 1 {
        return Ok(None);
    }
    let told = history::of_subject(work.tx, &format!("choice:{offering}"))?;
    let acts = told.iter().map(|told| (told.line.act.as_str(), version_in(&told.line.payload)));
    let Some(known) = known_before(acts, now.version) else { return Ok(None) };
    let versions = choices::versions(work.tx, offering)?;
    let is_other = |current: &ChoiceVersion| current.answer != now.answer || current.document_sha != now.document_sha;
    Ok(versions.into_iter().find(|current| current.version == known).filter(is_other))
}

fn version_in(payload: &str) -> i64 {
    let payload: Value = serde_json::from_str(payload).unwrap_or_default();
    payload.get("version").and_then(Value::as_i64).unwrap_or_default()
}

/// Takes back what was told of a decision that is taken back. Its mail has not left: it is held for longer than that.
pub(crate) fn withdraw(
    work: &mut UnitOfWork<'_, '_>,
    offering: OfferingId,
    at: Option<chrono::DateTime<chrono::Utc>>,
) -> Result<(), Failure> {
    at.map_or(Ok(()), |at| Ok(notifications::withdraw(work.tx, offering, at)?))
}

/// An offering as a notice names it.
pub(crate) fn subject(offering: &Offering) -> NotificationSubject {
    NotificationSubject {
        offering: Some(offering.id),
        discipline: offering.discipline.name.clone(),
        group: offering.group.clone(),
    }
}

/// An exam as a notice tells it.
pub(crate) fn exam(work: &mut UnitOfWork<'_, '_>, current: &ChoiceVersion) -> Result<ExamSummary, Failure> {
    let catalogue = work.catalogue(current.catalogue)?;
    let Picked { platform, form, kind, info, .. } = Picked::of(&catalogue, &current.answer.row, &current.answer.info);
    let programme =
        documents::find(work.tx, current.answer.document)?.map(|document| document.name).unwrap_or_default();
    Ok(ExamSummary { platform, form, kind, info, programme })
}

fn tell_one(work: &mut UnitOfWork<'_, '_>, to: Recipient, draft: &NotificationDraft) -> Result<(), Failure> {
    let preference = to.preference.unwrap_or(draft.kind.usual());
    let mailed = match preference {
        _ if !to.has_address => MailStatus::Off,
        MailPreference::Off => MailStatus::Off,
        MailPreference::Digest => MailStatus::Digest,
        MailPreference::AtOnce => {
            let email = QueuedEmail::at_once(to.person, draft.kind, work.now);
            emails::add(work.tx, &email, None, work.now)?;
            MailStatus::Letter(email.id)
        }
    };
    let notification = Notification {
        id: NotificationId::of(&[draft.kind.code(), &to.person.to_string(), &draft.key]),
        person: to.person,
        kind: draft.kind,
        about: draft.about.clone(),
        at: work.now,
        read_at: None,
    };
    notifications::add(work.tx, &notification, draft.offering, mailed)?;
    Ok(())
}
