//! The content of notifications, with one function for each kind of notification, such as an
//! approval or a reminder.

use chrono::{DateTime, NaiveDate, Utc};
use domain::id::OfferingId;
use domain::limits::NOTIFICATION_OFFERINGS_NAMED;
use domain::notification::{ExamSummary, NotificationContent, NotificationKind, NotificationSubject};
use domain::offering::Offering;
use domain::person::{Actor, Appointment};
use domain::roster::Org;
use domain::term::{DeadlineExtension, Term};

/// The content of a notification, from which one notification for each recipient is created.
#[derive(Debug, Clone)]
pub(crate) struct NotificationDraft {
    pub(crate) kind: NotificationKind,
    pub(crate) content: NotificationContent,
    pub(crate) offering: Option<OfferingId>,
    /// A key that prevents duplicate notifications: of several notifications of one kind (such as
    /// reminders) with the same key, a person gets only the first.
    pub(crate) key: String,
}

impl NotificationDraft {
    /// Creates the notification that a choice was approved, returned or reopened. The parameter
    /// `kind` selects one of these three events.
    pub(crate) fn decision(
        kind: NotificationKind,
        offering: &Offering,
        content: NotificationContent,
        now: DateTime<Utc>,
    ) -> Self {
        let key = format!("{}:{}", offering.id, now.to_rfc3339());
        Self { kind, content, offering: Some(offering.id), key }
    }

    /// Creates the notification that the registrar's publishing of a catalogue has moved a choice
    /// to another catalogue row. `before` is the exam that was chosen before the move.
    pub(crate) fn moved(
        offering: &Offering,
        content: NotificationContent,
        before: ExamSummary,
        now: DateTime<Utc>,
    ) -> Self {
        let content = NotificationContent { before: Some(before), ..content };
        Self::decision(NotificationKind::Moved, offering, content, now)
    }

    /// Creates the notification for students that the exam of a discipline has changed. `approved`
    /// describes the new exam; `before` is the exam that was approved earlier and known to the
    /// students.
    pub(crate) fn changed(approved: Self, before: ExamSummary) -> Self {
        let content = NotificationContent { before: Some(before), by: String::new(), ..approved.content };
        Self { kind: NotificationKind::Changed, content, ..approved }
    }

    /// Creates the notification for students that an approved exam is being changed, or is approved again as
    /// it was (`kind`). It names no person and no reason. `exam` is the exam that the students know.
    pub(crate) fn for_students(
        kind: NotificationKind,
        offering: &Offering,
        exam: ExamSummary,
        now: DateTime<Utc>,
    ) -> Self {
        let (offerings, total) = (vec![subject(offering)], 1);
        let content = NotificationContent { offerings, total, now: Some(exam), ..NotificationContent::default() };
        Self::decision(kind, offering, content, now)
    }

    /// Creates the notification that choosing has begun, ends soon or has ended. The parameter
    /// `kind` selects one of these three events. A person gets each of the three notifications once
    /// in an academic term.
    pub(crate) fn date(kind: NotificationKind, offerings: &[Offering], term: &Term) -> Self {
        let content = unfinished(offerings, term.choose_until);
        Self { kind, content, offering: None, key: term.id.to_string() }
    }

    /// Creates the reminder to choose that the registrar's or dean's office sends. `content` is the
    /// result of [`unfinished`], which lists the offerings without a choice.
    pub(crate) fn reminder(content: NotificationContent, actor: &Actor, now: DateTime<Utc>) -> Self {
        let content = NotificationContent { by: actor.short_name.clone(), ..content };
        Self { kind: NotificationKind::Reminder, content, offering: None, key: now.to_rfc3339() }
    }

    /// Creates the notification that choices of a department wait for a decision. The parameter `kind`
    /// says whether the time for approving goes on, ends soon or is over; `key` prevents duplicates.
    /// `until` is the last day for deciding.
    pub(crate) fn to_decide(
        kind: NotificationKind,
        department: &Org,
        waiting: i64,
        until: NaiveDate,
        key: &str,
    ) -> Self {
        let (unit, until) = (Some(department.name.clone()), Some(until));
        let content = NotificationContent { unit, total: waiting, until, ..NotificationContent::default() };
        Self { kind, content, offering: None, key: format!("{}:{key}", department.id) }
    }

    /// Creates the notification that choices of a department have waited too long for a decision. A person
    /// gets it at most once a week for each department.
    pub(crate) fn overdue(department: &Org, choices: i64, until: NaiveDate, today: NaiveDate) -> Self {
        Self::to_decide(NotificationKind::Overdue, department, choices, until, &today.format("%G-%V").to_string())
    }

    /// Creates the notification for a head, acting head or dean who was just appointed in a unit.
    pub(crate) fn appointed(unit: &Org, appointment: &Appointment, by: Option<&Actor>) -> Self {
        let content = NotificationContent {
            unit: Some(unit.name.clone()),
            until: appointment.until,
            by: by.map(|actor| actor.short_name.clone()).unwrap_or_default(),
            ..NotificationContent::default()
        };
        Self { kind: NotificationKind::Appointed, content, offering: None, key: appointment.id.to_string() }
    }

    /// Creates the notification of a request about an offering, or of its answer. The parameter `kind`
    /// says what is asked or answered; `reason` is the text that the person typed.
    pub(crate) fn request(
        kind: NotificationKind,
        offering: &Offering,
        actor: &Actor,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Self {
        let content = NotificationContent {
            offerings: vec![subject(offering)],
            total: 1,
            by: actor.short_name.clone(),
            reason: reason.to_owned(),
            ..NotificationContent::default()
        };
        Self::decision(kind, offering, content, now)
    }

    /// Creates the notification that the deadline for choosing was extended until a day.
    pub(crate) fn deadline_extended(offerings: &[Offering], extension: &DeadlineExtension, actor: &Actor) -> Self {
        let (by, reason) = (actor.short_name.clone(), extension.reason.clone());
        let content = NotificationContent { by, reason, ..unfinished(offerings, extension.until) };
        Self { kind: NotificationKind::DeadlineExtended, content, offering: None, key: extension.id.to_string() }
    }

    /// Creates the notification that a department has offerings on whose choices nobody is allowed
    /// to decide. A person gets this notification at most once a week for each department.
    pub(crate) fn gap(department: &Org, offerings: i64, today: NaiveDate) -> Self {
        let unit = Some(department.name.clone());
        let content = NotificationContent { unit, total: offerings, ..NotificationContent::default() };
        let key = format!("{}:{}", department.id, today.format("%G-%V"));
        Self { kind: NotificationKind::Gap, content, offering: None, key }
    }
}

/// Creates the content of a notification that lists the offerings still without a choice, and the
/// last day for choosing.
pub(crate) fn unfinished(offerings: &[Offering], until: NaiveDate) -> NotificationContent {
    NotificationContent {
        offerings: offerings.iter().take(NOTIFICATION_OFFERINGS_NAMED).map(subject).collect(),
        total: i64::try_from(offerings.len()).unwrap_or(i64::MAX),
        until: Some(until),
        ..NotificationContent::default()
    }
}

/// Returns the names of an offering's discipline and group, as a notification shows them.
pub(crate) fn subject(offering: &Offering) -> NotificationSubject {
    NotificationSubject {
        offering: Some(offering.id),
        discipline: offering.discipline.name.clone(),
        group: offering.group.clone(),
    }
}
