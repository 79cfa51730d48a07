//! The content of every kind of notification, one function per kind.

use chrono::{DateTime, NaiveDate, Utc};
use domain::id::OfferingId;
use domain::limits::NOTIFICATION_OFFERINGS_NAMED;
use domain::notification::{ExamSummary, NotificationContent, NotificationKind, NotificationSubject};
use domain::offering::Offering;
use domain::person::Actor;
use domain::roster::Org;
use domain::term::Term;

/// The content of a notification whose recipients are not known yet.
#[derive(Debug, Clone)]
pub(crate) struct NotificationDraft {
    pub(crate) kind: NotificationKind,
    pub(crate) content: NotificationContent,
    pub(crate) offering: Option<OfferingId>,
    /// The deduplication key of a notification: a person gets at most one notification of a kind with the same key.
    pub(crate) key: String,
}

impl NotificationDraft {
    /// The notification that a choice was approved, returned or reopened, according to `kind`.
    pub(crate) fn decision(
        kind: NotificationKind,
        offering: &Offering,
        content: NotificationContent,
        now: DateTime<Utc>,
    ) -> Self {
        let key = format!("{}:{}", offering.id, now.to_rfc3339());
        Self { kind, content, offering: Some(offering.id), key }
    }

    /// The notification that publishing a catalogue moved a choice to another row; `before` is the exam before the
    /// move.
    pub(crate) fn moved(
        offering: &Offering,
        content: NotificationContent,
        before: ExamSummary,
        now: DateTime<Utc>,
    ) -> Self {
        let content = NotificationContent { before: Some(before), ..content };
        Self::decision(NotificationKind::Moved, offering, content, now)
    }

    /// The notification for students that an approved exam differs from the one known to them, based on the
    /// notification of the approval.
    pub(crate) fn changed(approved: Self, before: ExamSummary) -> Self {
        let content = NotificationContent { before: Some(before), by: String::new(), ..approved.content };
        Self { kind: NotificationKind::Changed, content, ..approved }
    }

    /// The notification that the window for choosing opens, closes soon or is closed, according to `kind`; once per
    /// person and term.
    pub(crate) fn date(kind: NotificationKind, offerings: &[Offering], term: &Term) -> Self {
        let content = unfinished(offerings, term.choose_until);
        Self { kind, content, offering: None, key: term.id.to_string() }
    }

    /// The reminder to choose, sent by the registrar's or dean's office; `content` comes from [`unfinished`].
    pub(crate) fn reminder(content: NotificationContent, actor: &Actor, now: DateTime<Utc>) -> Self {
        let content = NotificationContent { by: actor.short_name.clone(), ..content };
        Self { kind: NotificationKind::Reminder, content, offering: None, key: now.to_rfc3339() }
    }

    /// The notification that a department has offerings on which no person may decide; once per person and week.
    pub(crate) fn gap(department: &Org, offerings: i64, today: NaiveDate) -> Self {
        let unit = Some(department.name.clone());
        let content = NotificationContent { unit, total: offerings, ..NotificationContent::default() };
        let key = format!("{}:{}", department.id, today.format("%G-%V"));
        Self { kind: NotificationKind::Gap, content, offering: None, key }
    }
}

/// The notification content that lists the offerings still to be chosen, and the last day for choosing.
pub(crate) fn unfinished(offerings: &[Offering], until: NaiveDate) -> NotificationContent {
    NotificationContent {
        offerings: offerings.iter().take(NOTIFICATION_OFFERINGS_NAMED).map(subject).collect(),
        total: i64::try_from(offerings.len()).unwrap_or(i64::MAX),
        until: Some(until),
        ..NotificationContent::default()
    }
}

/// An offering as a notification names it.
pub(crate) fn subject(offering: &Offering) -> NotificationSubject {
    NotificationSubject {
        offering: Some(offering.id),
        discipline: offering.discipline.name.clone(),
        group: offering.group.clone(),
    }
}
