//! The text of a notification: a title, details and a link. The notifications page and emails use
//! the same text.

use crate::i18n::Texts;
use crate::routes;
use domain::limits::NOTIFICATION_OFFERINGS_NAMED;
use domain::notification::{ExamSummary, Notification, NotificationContent, NotificationKind, NotificationSubject};

/// The text of one notification, in the recipient's language.
pub(crate) struct NotificationText {
    /// The title of a notification: the event that it reports, on one line.
    pub(crate) title: String,
    /// The details of the event that a notification reports, one detail per line.
    pub(crate) lines: Vec<String>,
    /// The path of the web page to which a notification links.
    pub(crate) path: String,
}

/// Writes the text of a notification in the language of the given interface texts.
pub(crate) fn notification_text(t: Texts, notification: &Notification) -> NotificationText {
    let (kind, about) = (notification.kind, &notification.about);
    let what = t.code("notification", kind.code());
    let title = match (&about.unit, kind.names_exam()) {
        (Some(unit), _) => format!("{what}: {}", t.name(unit)),
        (None, true) => format!("{what}: {}", subjects(t, about).join("; ")),
        (None, false) => what,
    };
    let mut lines = match kind {
        NotificationKind::Returned
        | NotificationKind::ReturnedByRule
        | NotificationKind::Reopened
        | NotificationKind::BeingChanged
        | NotificationKind::Unchanged
        | NotificationKind::Approved
        | NotificationKind::ReopeningDeclined => decision(t, about),
        NotificationKind::Changed => change(t, about),
        NotificationKind::Moved => [vec![why(t, about)], change(t, about)].concat(),
        NotificationKind::Gap => vec![t.count("notification-waiting", about.total), t.get("nobody-decides-help")],
        NotificationKind::ToDecide
        | NotificationKind::DecidingEnds
        | NotificationKind::DecidingOver
        | NotificationKind::Overdue => {
            vec![approve_until(t, about), t.count("notification-waiting", about.total)]
        }
        NotificationKind::ReopeningAsked
        | NotificationKind::ExtensionAsked
        | NotificationKind::ExtensionEndorsed
        | NotificationKind::ExtensionDeclined => vec![why(t, about)],
        NotificationKind::Appointed => vec![
            about.until.map(|until| t.with("notification-until", "date", t.date(until))).unwrap_or_default(),
            why(t, about),
        ],
        NotificationKind::DeadlineExtended => [vec![why(t, about)], to_choose(t, about)].concat(),
        NotificationKind::WindowOpens
        | NotificationKind::DaysLeft
        | NotificationKind::PastDue
        | NotificationKind::Reminder => to_choose(t, about),
    };
    lines.retain(|line| !line.is_empty());
    NotificationText { title, lines, path: path(kind, about) }
}

fn approve_until(t: Texts, about: &NotificationContent) -> String {
    about.until.map(|until| t.with("approve-until", "date", t.date(until))).unwrap_or_default()
}

/// The details of a notification about a decision (returned, reopened or approved): the typed
/// reason, the name of the person who decided, and the exam.
fn decision(t: Texts, about: &NotificationContent) -> Vec<String> {
    let exam = about.now.as_ref().map(|exam| as_line(t, exam)).unwrap_or_default();
    vec![why(t, about), exam]
}

fn why(t: Texts, about: &NotificationContent) -> String {
    let reason = about.reason_in.as_ref().map_or(about.reason.as_str(), |reason| t.name(reason));
    match (reason, about.by.as_str()) {
        ("", by) => by.to_owned(),
        (reason, "") => t.quoted(reason),
        (reason, by) => format!("{} – {by}", t.quoted(reason)),
    }
}

/// The details of a notification about a changed exam: the previous and the current exam. The
/// programme documents are mentioned only if they are not the same file.
fn change(t: Texts, about: &NotificationContent) -> Vec<String> {
    let (Some(before), Some(now)) = (&about.before, &about.now) else { return Vec::new() };
    differences(t, before, now)
        .into_iter()
        .flat_map(|difference| [before_line(t, &difference), now_line(t, &difference)])
        .collect()
}

/// One difference between the previous and the current version of an exam. It concerns either how
/// the exam is held, or the file of the exam programme.
pub(crate) struct ExamDifference {
    pub(crate) before: String,
    pub(crate) now: String,
}

impl ExamDifference {
    fn differs(&self) -> bool {
        self.before != self.now
    }
}

/// The differences between the previous and the current version of an exam, in two respects: how
/// the exam is held, and the file of its exam programme.
pub(crate) fn differences(t: Texts, before: &ExamSummary, now: &ExamSummary) -> Vec<ExamDifference> {
    let how = ExamDifference { before: as_line(t, before), now: as_line(t, now) };
    let file = ExamDifference { before: before.programme.clone(), now: now.programme.clone() };
    // A new programme document can have the same file name as the previous one. If nothing else was
    // changed, no difference is visible. The notification then contains both the exam and the file
    // name, although they look unchanged.
    let is_silent = !how.differs() && !file.differs();
    [how, file].into_iter().filter(|difference| difference.differs() || is_silent).collect()
}

fn before_line(t: Texts, difference: &ExamDifference) -> String {
    format!("{}: {}", t.get("was"), difference.before)
}

fn now_line(t: Texts, difference: &ExamDifference) -> String {
    format!("{}: {}", t.get("now"), difference.now)
}

/// The details of a reminder to choose: the deadline, the number of exams to choose, and the groups
/// that have no choice yet.
fn to_choose(t: Texts, about: &NotificationContent) -> Vec<String> {
    let until = about.until.map(|until| t.with("deadline", "date", t.date(until))).unwrap_or_default();
    let mut lines = vec![until, t.count("notification-to-choose", about.total)];
    lines.extend(subjects(t, about));
    lines
}

/// Lists the groups that a notification is about, one line per discipline: «Алгоритмдер, CS-21-1,
/// CS-21-2». At most `NOTIFICATION_OFFERINGS_NAMED` groups are named.
fn subjects(t: Texts, about: &NotificationContent) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut last = None;
    for NotificationSubject { discipline, group, .. } in about.offerings.iter().take(NOTIFICATION_OFFERINGS_NAMED) {
        match lines.last_mut().filter(|_| last == Some(discipline)) {
            Some(line) => line.push_str(&format!(", {group}")),
            None => lines.push(format!("{}, {group}", t.name(discipline))),
        }
        last = Some(discipline);
    }
    let named = i64::try_from(about.offerings.len().min(NOTIFICATION_OFFERINGS_NAMED)).unwrap_or_default();
    if about.total > named {
        lines.push(t.count("notification-more", about.total - named));
    }
    lines
}

/// Describes an exam on one line: platform, exam format, type and additional information, «MOODLE
/// ҚОЖ · Жазбаша · Эссе · «инфо»».
pub(crate) fn as_line(t: Texts, exam: &ExamSummary) -> String {
    let mut line = format!("{} · {}", t.name(&exam.platform), t.name(&exam.form));
    if let Some(kind) = &exam.kind {
        line.push_str(&format!(" · {}", t.name(kind)));
    }
    if !exam.info.is_empty() {
        line.push_str(&format!(" · {}", t.quoted(&exam.info)));
    }
    line
}

fn path(kind: NotificationKind, about: &NotificationContent) -> String {
    match (kind, about.offerings.as_slice()) {
        _ if kind.is_for_students() => routes::EXAMS.to_owned(),
        (NotificationKind::Gap, _) => routes::GAPS.to_owned(),
        (NotificationKind::Overdue, _) => routes::PROGRESS.to_owned(),
        (
            NotificationKind::ExtensionAsked
            | NotificationKind::ExtensionEndorsed
            | NotificationKind::ExtensionDeclined,
            _,
        ) => routes::EXTENSION_REQUESTS.to_owned(),
        (
            NotificationKind::ToDecide
            | NotificationKind::DecidingEnds
            | NotificationKind::DecidingOver
            | NotificationKind::ReopeningAsked
            | NotificationKind::Appointed,
            _,
        ) => routes::QUEUE.to_owned(),
        (_, [NotificationSubject { offering: Some(id), .. }]) if kind.names_exam() => routes::offering(*id),
        _ => routes::GROUPS.to_owned(),
    }
}
