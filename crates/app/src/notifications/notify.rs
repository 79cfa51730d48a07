//! Creates notifications in the same database transaction as the act of which they inform, so that
//! no notification is lost and none is created for an act that failed. The preferences of each
//! recipient determine whether the notification is emailed at once, in the daily digest, or not at
//! all.

use crate::failure::Failure;
use crate::notifications::draft::{NotificationDraft, subject};
use crate::reason::reason_in_languages;
use crate::unit_of_work::UnitOfWork;
use domain::catalogue::picked::Picked;
use domain::choice::{ChoiceVersion, Stage};
use domain::email::QueuedEmail;
use domain::history::Subject;
use domain::id::{NotificationId, OfferingId, PersonId};
use domain::name::Name;
use domain::notification::{
    ExamSummary, MailPreference, Notification, NotificationContent, NotificationKind, VersionAct, known_before,
};
use domain::offering::Offering;
use domain::person::Actor;
use serde_json::Value;
use store::history;
use store::notifications;
use store::notifications::{MailStatus, Recipient};
use store::{choices, documents, emails};

/// A choice that was just approved, returned, reopened, or moved to another catalogue row, or whose request
/// to reopen was declined, with the data that the notification about this act needs.
pub(crate) struct DecidedChoice<'a> {
    /// The person who approved, returned or reopened the choice, moved it to another catalogue row, or
    /// declined to reopen it.
    pub(crate) actor: &'a Actor,
    pub(crate) offering: &'a Offering,
    pub(crate) current: &'a ChoiceVersion,
    /// The reason typed by the person who decided on the choice; empty if no reason was typed.
    pub(crate) reason: &'a str,
}

/// Creates a notification for each person in `people`, except for people who already have the same
/// notification and people whose account is disabled.
pub(crate) fn notify(
    work: &mut UnitOfWork<'_, '_>,
    people: &[PersonId],
    draft: &NotificationDraft,
) -> Result<(), Failure> {
    for &person in people {
        if let Some(recipient) = notifications::recipient(work.tx, draft.kind, person)? {
            add(work, recipient, draft)?;
        }
    }
    Ok(())
}

/// Notifies the instructor that a choice was approved, returned or reopened, or that a request to reopen
/// it was declined. The students of the group are notified when an exam that they know begins to be
/// changed, and when it is approved again.
pub(crate) fn notify_decision(
    work: &mut UnitOfWork<'_, '_>,
    decided: &DecidedChoice<'_>,
    kind: NotificationKind,
) -> Result<(), Failure> {
    let content = content(work, decided)?;
    let draft = NotificationDraft::decision(kind, decided.offering, content, work.now);
    notify_instructor(work, decided, &draft)?;
    match &decided.current.stage {
        Stage::Approved { .. } if kind == NotificationKind::Approved => notify_approved(work, decided, draft),
        Stage::Returned { reopened: true, .. } => notify_being_changed(work, decided.offering, decided.current),
        _ => Ok(()),
    }
}

/// Notifies the instructor that a choice was moved to another catalogue row. `before` is the choice
/// version that existed before the move.
pub(crate) fn notify_moved(
    work: &mut UnitOfWork<'_, '_>,
    moved: &DecidedChoice<'_>,
    before: &ChoiceVersion,
) -> Result<(), Failure> {
    let summary = exam_summary(work, before)?;
    let content = content(work, moved)?;
    let draft = NotificationDraft::moved(moved.offering, content, summary, work.now);
    notify_instructor(work, moved, &draft)?;
    match before.stage {
        Stage::Approved { .. } => notify_being_changed(work, moved.offering, before),
        _ => Ok(()),
    }
}

fn content(work: &mut UnitOfWork<'_, '_>, decided: &DecidedChoice<'_>) -> Result<NotificationContent, Failure> {
    Ok(NotificationContent {
        offerings: vec![subject(decided.offering)],
        total: 1,
        by: decided.actor.short_name.clone(),
        reason: decided.reason.to_owned(),
        reason_in: reason_in(work, decided)?,
        now: Some(exam_summary(work, decided.current)?),
        ..NotificationContent::default()
    })
}

/// The reason of a decision in the languages in which it differs from the stored text.
fn reason_in(work: &mut UnitOfWork<'_, '_>, decided: &DecidedChoice<'_>) -> Result<Option<Name>, Failure> {
    if decided.reason.is_empty() {
        return Ok(None);
    }
    let read = reason_in_languages(work, decided.reason, decided.actor.person)?;
    Ok(Some(read).filter(|read| *read != Name::same(decided.reason)))
}

/// Notifies the offering's responsible instructor or, if the offering has no instructor, the person
/// who sent the choice. People are not notified of their own acts.
fn notify_instructor(
    work: &mut UnitOfWork<'_, '_>,
    decided: &DecidedChoice<'_>,
    draft: &NotificationDraft,
) -> Result<(), Failure> {
    let instructor = decided.offering.responsible.unwrap_or(decided.current.sent_by);
    if instructor == decided.actor.person { Ok(()) } else { notify(work, &[instructor], draft) }
}

/// Notifies the students of the group if an exam that they knew was approved again: changed, or as it was.
fn notify_approved(
    work: &mut UnitOfWork<'_, '_>,
    decided: &DecidedChoice<'_>,
    approved: NotificationDraft,
) -> Result<(), Failure> {
    let Some(known) = known_to_students(work, decided.offering.id, decided.current.version)? else { return Ok(()) };
    let before = exam_summary(work, &known)?;
    let draft = if is_other_exam(&known, decided.current) {
        NotificationDraft::changed(approved, before)
    } else {
        NotificationDraft::for_students(NotificationKind::Unchanged, decided.offering, before, work.now)
    };
    notify_students(work, decided.offering.id, &draft)
}

/// Notifies the students of the group that an exam that they know is being changed.
fn notify_being_changed(
    work: &mut UnitOfWork<'_, '_>,
    offering: &Offering,
    known: &ChoiceVersion,
) -> Result<(), Failure> {
    let exam = exam_summary(work, known)?;
    let draft = NotificationDraft::for_students(NotificationKind::BeingChanged, offering, exam, work.now);
    notify_students(work, offering.id, &draft)
}

fn notify_students(
    work: &mut UnitOfWork<'_, '_>,
    offering: OfferingId,
    draft: &NotificationDraft,
) -> Result<(), Failure> {
    for student in notifications::enrolled(work.tx, draft.kind, offering)? {
        add(work, student, draft)?;
    }
    Ok(())
}

/// Returns whether two versions of a choice are different exams for students.
pub(crate) fn is_other_exam(before: &ChoiceVersion, now: &ChoiceVersion) -> bool {
    before.answer != now.answer || before.document_sha != now.document_sha
}

/// Returns the latest version of a choice before `version` that students knew as approved; `None` if there
/// is none.
pub(crate) fn known_to_students(
    work: &mut UnitOfWork<'_, '_>,
    offering: OfferingId,
    version: i64,
) -> Result<Option<ChoiceVersion>, Failure> {
    if version <= 1 {
        return Ok(None);
    }
    let records = history::of_subject(work.tx, &Subject::Choice(offering).to_string())?;
    let acts =
        records.iter().map(|record| VersionAct { act: &record.line.act, version: version_in(&record.line.payload) });
    let Some(known) = known_before(acts, version) else { return Ok(None) };
    let versions = choices::versions(work.tx, offering)?;
    Ok(versions.into_iter().find(|current| current.version == known))
}

fn version_in(payload: &str) -> i64 {
    let payload: Value = serde_json::from_str(payload).unwrap_or_default();
    payload.get("version").and_then(Value::as_i64).unwrap_or_default()
}

/// Removes the notifications about a decision on a choice, because the decision was undone. Emails
/// about the decision are not sent before the time for undoing it is over, so none has been sent
/// yet.
pub(crate) fn withdraw(
    work: &mut UnitOfWork<'_, '_>,
    offering: OfferingId,
    at: Option<chrono::DateTime<chrono::Utc>>,
) -> Result<(), Failure> {
    at.map_or(Ok(()), |at| Ok(notifications::withdraw(work.tx, offering, at)?))
}

/// Removes the notification of this kind and key from a person's inbox and emails, because it is no
/// longer true.
pub(crate) fn withdraw_one(
    work: &mut UnitOfWork<'_, '_>,
    person: PersonId,
    kind: NotificationKind,
    key: &str,
) -> Result<(), Failure> {
    Ok(notifications::remove(work.tx, id_of(person, kind, key))?)
}

fn id_of(person: PersonId, kind: NotificationKind, key: &str) -> NotificationId {
    NotificationId::of(&[kind.code(), &person.to_string(), key])
}

/// Describes the exam of a choice version for a notification, with the names that the catalogue has
/// for the platform, exam format and type.
pub(crate) fn exam_summary(work: &mut UnitOfWork<'_, '_>, current: &ChoiceVersion) -> Result<ExamSummary, Failure> {
    let catalogue = work.catalogue(current.catalogue)?;
    let Picked { platform, form, kind, info, .. } = Picked::of(&catalogue, &current.answer.row, &current.answer.info);
    let programme =
        documents::find(work.tx, current.answer.document)?.map(|document| document.name).unwrap_or_default();
    Ok(ExamSummary { platform, form, kind, info, programme })
}

fn add(work: &mut UnitOfWork<'_, '_>, to: Recipient, draft: &NotificationDraft) -> Result<(), Failure> {
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
        id: id_of(to.person, draft.kind, &draft.key),
        person: to.person,
        kind: draft.kind,
        about: draft.content.clone(),
        at: work.now,
        read_at: None,
    };
    notifications::add(work.tx, &notification, draft.offering, mailed)?;
    Ok(())
}
