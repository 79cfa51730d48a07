//! Notifications (хабарлама / уведомление): messages that each person reads in their inbox in
//! Emtihan. The module defines the content of a notification and the days on which reminders about
//! choosing are due.
//!
//! A notification contains the details of the act that caused it, so that the recipient understands
//! it without opening another page.

mod kind;

pub use kind::{MailPreference, NotificationKind};

use crate::id::{NotificationId, OfferingId, PersonId};
use crate::limits::{DAYS_LEFT, WINDOW_OPENS_DAYS};
use crate::name::{Name, sort_key};
use crate::term::Term;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A notification in the inbox of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    pub id: NotificationId,
    pub person: PersonId,
    pub kind: NotificationKind,
    pub about: NotificationContent,
    /// The time of the act that caused the notification.
    pub at: DateTime<Utc>,
    /// The time at which the recipient read the notification; `None` if it is unread.
    pub read_at: Option<DateTime<Utc>>,
}

/// The content of a notification. Some of the fields are empty, depending on the kind of
/// notification.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NotificationContent {
    /// The exams that the notification lists by name: at most
    /// [`crate::limits::NOTIFICATION_OFFERINGS_NAMED`] of the exams that it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub offerings: Vec<NotificationSubject>,
    /// The number of all exams that the notification is about, including those that it does not
    /// list by name.
    pub total: i64,
    /// The short name of the person whose act caused the notification, such as «Мысалов Қ.».
    #[serde(skip_serializing_if = "String::is_empty")]
    pub by: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The reason in three languages, if it begins with a phrase (a frequent reason for returning).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_in: Option<Name>,
    /// The platform, format and type of the exam before the act that caused the notification.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<ExamSummary>,
    /// The platform, format and type of the exam after the act that caused the notification.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<ExamSummary>,
    /// The last day on which instructors can choose; only in notifications about the period for
    /// choosing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// The name of the department that the notification is about; `None` if it is not about a
    /// department.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Name>,
}

/// An exam that a notification lists by name: its discipline and its student group.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NotificationSubject {
    pub offering: Option<OfferingId>,
    pub discipline: Name,
    pub group: String,
}

/// A description of an exam (platform, format, type and programme) inside a notification. It
/// contains names instead of codes, so that old notifications stay readable when the catalogue
/// changes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExamSummary {
    pub platform: Name,
    pub form: Name,
    /// The name of the exam type in a notification; `None` if the exam has no type.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<Name>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub info: String,
    /// The file name of the programme document, as a notification shows it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub programme: String,
}

/// Several notifications of one recipient that have the same content about different exams; the
/// inbox shows them as one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotificationGroup {
    /// The notification that the inbox shows for the whole group: the first notification of the
    /// group, which also lists the exams of the other notifications.
    pub notification: Notification,
    /// The ids of all notifications that the inbox combines into one message.
    pub ids: Vec<NotificationId>,
}

/// Combines notifications into one group if one act sent them to the same recipient with the same
/// content about different exams. The sequence of the groups is that of their first notifications
/// in the list `notifications`.
pub fn grouped(notifications: Vec<Notification>) -> Vec<NotificationGroup> {
    let mut groups: Vec<NotificationGroup> = Vec::new();
    for mut notification in notifications {
        match groups.iter_mut().find(|group| group.notification.says_the_same_as(&notification)) {
            Some(group) => {
                group.ids.push(notification.id);
                group.notification.about.total += notification.about.total;
                group.notification.about.offerings.append(&mut notification.about.offerings);
            }
            None => groups.push(NotificationGroup { ids: vec![notification.id], notification }),
        }
    }
    for group in &mut groups {
        let offerings = &mut group.notification.about.offerings;
        offerings.sort_by_cached_key(|subject| (sort_key(&subject.discipline.kk), subject.group.clone()));
    }
    groups
}

impl Notification {
    fn says_the_same_as(&self, other: &Self) -> bool {
        let of = |notification: &Self| {
            (notification.kind, notification.at, notification.person, notification.read_at.is_some())
        };
        let words =
            |about: &NotificationContent| NotificationContent { offerings: Vec::new(), total: 0, ..about.clone() };
        of(self) == of(other) && words(&self.about) == words(&other.about)
    }
}

/// Returns the kind of notification about the period for choosing that is due on the day `today`;
/// `None` if none is due. People who still have to choose receive each kind at most once in an
/// academic term.
pub fn notification_due_on(term: &Term, today: NaiveDate) -> Option<NotificationKind> {
    let opened = (today - term.choose_from).num_days();
    match (term.days_left(today), opened) {
        (Some(left), _) if left <= DAYS_LEFT => Some(NotificationKind::DaysLeft),
        // If the notification that choosing has begun was not sent on the first day of choosing,
        // for example because the server was stopped, it is sent at most `WINDOW_OPENS_DAYS` days
        // late.
        (Some(_), 0..=WINDOW_OPENS_DAYS) => Some(NotificationKind::WindowOpens),
        (None, _) if !term.is_closed && today > term.choose_until && today <= term.approve_until => {
            Some(NotificationKind::PastDue)
        }
        _ => None,
    }
}

/// The setting of one person that decides whether and when notifications of one kind are emailed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindPreference {
    pub kind: NotificationKind,
    pub preference: MailPreference,
}

/// One entry in the history of a choice: the act, and the version of the choice on which the act
/// was performed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VersionAct<'a> {
    /// The code of the act in the entry of the history, such as `choice-approved`.
    pub act: &'a str,
    /// The number of the choice's version on which the act of the history entry was performed; 1 is
    /// the first version that was sent.
    pub version: i64,
}

/// Returns the latest version of a choice before `version` that students could read. Students can
/// read a version once it is approved, unless the approval was undone. `acts` are the entries in
/// the history of the choice, oldest first.
pub fn known_before<'a>(acts: impl Iterator<Item = VersionAct<'a>>, version: i64) -> Option<i64> {
    let (mut known, mut last) = (Vec::new(), "");
    for VersionAct { act, version } in acts {
        match act {
            "choice-approved" => known.push(version),
            "decision-undone" if last == "choice-approved" => drop(known.pop()),
            _ => {}
        }
        last = act;
    }
    known.into_iter().rfind(|known| *known < version)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notification(group: &str, reason: &str, minute: i64) -> Notification {
        let about = NotificationContent {
            offerings: vec![NotificationSubject { group: group.into(), ..NotificationSubject::default() }],
            total: 1,
            reason: reason.into(),
            ..NotificationContent::default()
        };
        let at = DateTime::UNIX_EPOCH + chrono::TimeDelta::minutes(minute);
        let (id, person) = (NotificationId::of(&[group, reason]), PersonId::of(&["aliya"]));
        Notification { id, person, kind: NotificationKind::Returned, about, at, read_at: None }
    }

    #[test]
    fn what_one_act_told_of_several_groups_is_read_as_one() {
        let groups = grouped(vec![
            notification("2", "a", 0),
            notification("1", "a", 0),
            notification("3", "b", 0),
            notification("4", "a", 1),
        ]);
        let totals: Vec<_> = groups.iter().map(|group| (group.notification.about.total, group.ids.len())).collect();
        assert_eq!(totals, [(2, 2), (1, 1), (1, 1)]);
        assert_eq!(groups[0].notification.about.offerings[0].group, "1", "in the order in which groups are read");
    }

    #[test]
    fn a_decision_is_mailed_only_when_it_cannot_be_taken_back() {
        for kind in NotificationKind::ALL {
            assert_eq!(kind.held_minutes() > crate::limits::UNDO_MINUTES, kind.is_decision(), "{kind:?}");
        }
    }

    #[test]
    fn students_knew_what_was_approved_and_not_taken_back() {
        let acts = [
            ("choice-sent", 1),
            ("choice-approved", 1),
            ("decision-undone", 1),
            ("choice-approved", 1),
            ("choice-reopened", 1),
            ("choice-sent", 2),
            ("choice-approved", 2),
            ("decision-undone", 2),
            ("choice-returned", 2),
            ("choice-sent", 3),
        ];
        let acts = acts.map(|(act, version)| VersionAct { act, version });
        let known = |many: usize, version| known_before(acts.into_iter().take(many), version);
        assert_eq!((known(3, 2), known(6, 2), known(10, 3), known(10, 1)), (None, Some(1), Some(1), None));
    }

    #[test]
    fn the_date_tells_once_that_it_opens_ends_and_is_over() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let term = Term {
            id: crate::id::TermId::of(&["autumn"]),
            code: "autumn".into(),
            name: Name::default(),
            starts: day("2026-09-01"),
            ends: day("2026-12-20"),
            choose_from: day("2026-09-01"),
            choose_until: day("2026-10-01"),
            approve_until: day("2026-10-08"),
            catalogue: 1,
            is_closed: false,
            uniformity: crate::term::Uniformity::Shown,
            escalate_after: None,
            is_kept_here: false,
        };
        let told = |text| notification_due_on(&term, day(text));
        assert_eq!(
            [told("2026-08-31"), told("2026-09-01"), told("2026-09-03"), told("2026-09-04")].map(|kind| kind.is_some()),
            [false, true, true, false]
        );
        assert_eq!(
            (told("2026-09-28"), told("2026-09-29"), told("2026-10-01")),
            (None, Some(NotificationKind::DaysLeft), Some(NotificationKind::DaysLeft))
        );
        assert_eq!(
            (told("2026-10-02"), told("2026-10-08"), told("2026-10-09")),
            (Some(NotificationKind::PastDue), Some(NotificationKind::PastDue), None)
        );
    }

    #[test]
    fn codes_lead_back() {
        assert!(NotificationKind::ALL.into_iter().all(|kind| NotificationKind::from_code(kind.code()) == Some(kind)));
        assert!(
            MailPreference::ALL
                .into_iter()
                .all(|preference| MailPreference::from_code(preference.code()) == Some(preference))
        );
    }
}
