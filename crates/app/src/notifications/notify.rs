//! Tells people what concerns them. What is told is queued in the transaction of the act, so it is told exactly when the
//! act happened; how it is mailed is decided here, by what each one wished.

use crate::app::UnitOfWork;
use crate::failure::Failure;
use domain::answer::Picked;
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
pub fn tell(desk: &mut UnitOfWork<'_, '_>, people: &[PersonId], news: &NotificationDraft) -> Result<(), Failure> {
    for &person in people {
        if let Some(recipient) = notifications::recipient(desk.tx, news.kind, person)? {
            tell_one(desk, recipient, news)?;
        }
    }
    Ok(())
}

/// Tells the office that nobody may decide in a department, once in a week.
pub fn tell_gap(
    desk: &mut UnitOfWork<'_, '_>,
    registrars: &[PersonId],
    (department, offerings): (&Org, i64),
) -> Result<(), Failure> {
    let about =
        NotificationContent { unit: Some(department.name.clone()), total: offerings, ..NotificationContent::default() };
    let key = format!("{}:{}", department.id, desk.today().format("%G-%V"));
    tell(desk, registrars, &NotificationDraft { kind: NotificationKind::Gap, about, offering: None, key })
}

/// Tells of a decision.
pub(crate) fn decided(
    desk: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    (offering, choice): (&Offering, &Choice),
    (act, reason): (&str, &str),
) -> Result<(), Failure> {
    let (Some(kind), Some(stand)) = (kind_of(act), &choice.stand) else { return Ok(()) };
    tell_choice(desk, actor, (offering, stand), (kind, reason))
}

/// Tells of what became of a choice: the instructor, and where an approved exam is another one now, every enrolled student.
pub(crate) fn tell_choice(
    desk: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    (offering, stand): (&Offering, &ChoiceVersion),
    (kind, reason): (NotificationKind, &str),
) -> Result<(), Failure> {
    let about = about_choice(desk, actor, (offering, stand), reason)?;
    let news = tell_instructor(desk, actor, (offering, stand), (kind, about))?;
    if kind == NotificationKind::Approved { changed(desk, offering, stand, news) } else { Ok(()) }
}

/// Tells the instructor that a choice was moved to another row, from what it was.
pub(crate) fn tell_moved(
    desk: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    (offering, stand): (&Offering, &ChoiceVersion),
    (before, reason): (&ChoiceVersion, &str),
) -> Result<(), Failure> {
    let before = Some(exam(desk, before)?);
    let about = NotificationContent { before, ..about_choice(desk, actor, (offering, stand), reason)? };
    tell_instructor(desk, actor, (offering, stand), (NotificationKind::Moved, about)).map(drop)
}

fn about_choice(
    desk: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    (offering, stand): (&Offering, &ChoiceVersion),
    reason: &str,
) -> Result<NotificationContent, Failure> {
    Ok(NotificationContent {
        offerings: vec![subject(offering)],
        total: 1,
        by: actor.short_name.clone(),
        reason: reason.to_owned(),
        now: Some(exam(desk, stand)?),
        ..NotificationContent::default()
    })
}

fn tell_instructor(
    desk: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    (offering, stand): (&Offering, &ChoiceVersion),
    (kind, about): (NotificationKind, NotificationContent),
) -> Result<NotificationDraft, Failure> {
    let key = format!("{}:{}", offering.id, desk.now.to_rfc3339());
    let news = NotificationDraft { kind, about, offering: Some(offering.id), key };
    let instructor = offering.responsible.unwrap_or(stand.sent_by);
    if instructor != actor.person {
        tell(desk, &[instructor], &news)?;
    }
    Ok(news)
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
    desk: &mut UnitOfWork<'_, '_>,
    offering: &Offering,
    stand: &ChoiceVersion,
    news: NotificationDraft,
) -> Result<(), Failure> {
    let Some(before) = known_to_students(desk, offering.id, stand)? else { return Ok(()) };
    let before = Some(exam(desk, &before)?);
    let about = NotificationContent { before, by: String::new(), ..news.about };
    let news = NotificationDraft { kind: NotificationKind::Changed, about, ..news };
    for student in notifications::enrolled(desk.tx, NotificationKind::Changed, offering.id)? {
        tell_one(desk, student, &news)?;
    }
    Ok(())
}

/// What students knew of an exam before this version was approved, if it was something else.
pub(crate) fn known_to_students(
    desk: &mut UnitOfWork<'_, '_>,
    offering: OfferingId,
    now: &ChoiceVersion,
) -> Result<Option<ChoiceVersion>, Failure> {
    if now.version <= 1 {
        return Ok(None);
    }
    let told = history::of_subject(desk.tx, &format!("choice:{offering}"))?;
    let acts = told.iter().map(|told| (told.line.act.as_str(), version_in(&told.line.payload)));
    let Some(known) = known_before(acts, now.version) else { return Ok(None) };
    let versions = choices::versions(desk.tx, offering)?;
    let is_other = |stand: &ChoiceVersion| stand.answer != now.answer || stand.document_sha != now.document_sha;
    Ok(versions.into_iter().find(|stand| stand.version == known).filter(is_other))
}

fn version_in(payload: &str) -> i64 {
    let payload: Value = serde_json::from_str(payload).unwrap_or_default();
    payload.get("version").and_then(Value::as_i64).unwrap_or_default()
}

/// Takes back what was told of a decision that is taken back. Its mail has not left: it is held for longer than that.
pub(crate) fn withdraw(
    desk: &mut UnitOfWork<'_, '_>,
    offering: OfferingId,
    at: Option<chrono::DateTime<chrono::Utc>>,
) -> Result<(), Failure> {
    at.map_or(Ok(()), |at| Ok(notifications::withdraw(desk.tx, offering, at)?))
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
pub(crate) fn exam(desk: &mut UnitOfWork<'_, '_>, stand: &ChoiceVersion) -> Result<ExamSummary, Failure> {
    let catalogue = desk.catalogue(stand.catalogue)?;
    let Picked { platform, form, kind, info, .. } = Picked::of(&catalogue, &stand.answer.row, &stand.answer.info);
    let programme = documents::find(desk.tx, stand.answer.document)?.map(|document| document.name).unwrap_or_default();
    Ok(ExamSummary { platform, form, kind, info, programme })
}

fn tell_one(desk: &mut UnitOfWork<'_, '_>, to: Recipient, news: &NotificationDraft) -> Result<(), Failure> {
    let wish = to.wish.unwrap_or(news.kind.usual());
    let mailed = match wish {
        _ if !to.has_address => MailStatus::Off,
        MailPreference::Off => MailStatus::Off,
        MailPreference::Digest => MailStatus::Digest,
        MailPreference::AtOnce => {
            let letter = QueuedEmail::at_once(to.person, news.kind, desk.now);
            emails::add(desk.tx, &letter, None, desk.now)?;
            MailStatus::Letter(letter.id)
        }
    };
    let notice = Notification {
        id: NotificationId::of(&[news.kind.code(), &to.person.to_string(), &news.key]),
        person: to.person,
        kind: news.kind,
        about: news.about.clone(),
        at: desk.now,
        read_at: None,
    };
    notifications::add(desk.tx, &notice, news.offering, mailed)?;
    Ok(())
}
