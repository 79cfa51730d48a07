//! A notice in words: a line that says what happened, then what there is to know, then where to go. The inbox and the
//! letters say the same.

use crate::i18n::Texts;
use crate::routes;
use domain::notification::{
    ExamSummary, NAMED, Notification, NotificationContent, NotificationKind, NotificationSubject,
};

/// A notice in words.
pub(crate) struct NotificationText {
    /// What happened.
    pub(crate) title: String,
    /// What there is to know.
    pub(crate) lines: Vec<String>,
    /// Where to go.
    pub(crate) path: String,
}

/// Says a notice in words.
pub(crate) fn notification_text(w: Texts, notice: &Notification) -> NotificationText {
    let (kind, about) = (notice.kind, &notice.about);
    let what = w.code("notice", kind.code());
    let title = match (&about.unit, kind.is_decision()) {
        (Some(unit), _) => format!("{what}: {}", w.name(unit)),
        (None, true) => format!("{what}: {}", subjects(w, about).join("; ")),
        (None, false) => what,
    };
    let mut lines = match kind {
        NotificationKind::Returned | NotificationKind::Reopened | NotificationKind::Approved => decision(w, about),
        NotificationKind::Changed => change(w, about),
        NotificationKind::Moved => [vec![why(about)], change(w, about)].concat(),
        NotificationKind::Gap => vec![w.n("notice-waiting", about.total), w.t("nobody-decides-help")],
        NotificationKind::WindowOpens
        | NotificationKind::DaysLeft
        | NotificationKind::PastDue
        | NotificationKind::Reminder => to_choose(w, about),
    };
    lines.retain(|line| !line.is_empty());
    NotificationText { title, lines, path: path(kind, about) }
}

/// Who decided, why, and on what.
fn decision(w: Texts, about: &NotificationContent) -> Vec<String> {
    let exam = about.now.as_ref().map(|exam| as_line(w, exam)).unwrap_or_default();
    vec![why(about), exam]
}

fn why(about: &NotificationContent) -> String {
    match (about.reason.as_str(), about.by.as_str()) {
        ("", by) => by.to_owned(),
        (reason, "") => format!("«{reason}»"),
        (reason, by) => format!("«{reason}» – {by}"),
    }
}

/// Before and now; the programme only where it is another one.
fn change(w: Texts, about: &NotificationContent) -> Vec<String> {
    let (Some(before), Some(now)) = (&about.before, &about.now) else { return Vec::new() };
    differences(w, before, now).into_iter().flat_map(|(was, is)| [w_was(w, &was), w_now(w, &is)]).collect()
}

/// What is otherwise: as it was, and as it is.
pub(crate) fn differences(w: Texts, before: &ExamSummary, now: &ExamSummary) -> Vec<(String, String)> {
    let pairs = [(as_line(w, before), as_line(w, now)), (before.programme.clone(), now.programme.clone())];
    let [how, file] = pairs;
    // The same file name can hold other words: then both are told as they are.
    let is_silent = how.0 == how.1 && file.0 == file.1;
    [how, file].into_iter().filter(|(was, is)| was != is || is_silent).collect()
}

fn w_was(w: Texts, text: &str) -> String {
    format!("{}: {text}", w.t("was"))
}

fn w_now(w: Texts, text: &str) -> String {
    format!("{}: {text}", w.t("now"))
}

/// Until when what is to be chosen.
fn to_choose(w: Texts, about: &NotificationContent) -> Vec<String> {
    let until = about.until.map(|until| w.with("deadline", "date", w.date(until))).unwrap_or_default();
    let mut lines = vec![until, w.n("notice-to-choose", about.total)];
    lines.extend(subjects(w, about));
    lines
}

/// «Алгоритмдер, CS-21-1, CS-21-2», a discipline each; at most as many groups as a notice names.
fn subjects(w: Texts, about: &NotificationContent) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut last = None;
    for NotificationSubject { discipline, group, .. } in about.offerings.iter().take(NAMED) {
        match lines.last_mut().filter(|_| last == Some(discipline)) {
            Some(line) => line.push_str(&format!(", {group}")),
            None => lines.push(format!("{}, {group}", w.name(discipline))),
        }
        last = Some(discipline);
    }
    let named = i64::try_from(about.offerings.len().min(NAMED)).unwrap_or_default();
    if about.total > named {
        lines.push(w.n("notice-more", about.total - named));
    }
    lines
}

/// «MOODLE ҚОЖ · Жазбаша · Эссе · «инфо»».
pub(crate) fn as_line(w: Texts, exam: &ExamSummary) -> String {
    let mut line = format!("{} · {}", w.name(&exam.platform), w.name(&exam.form));
    if let Some(kind) = &exam.kind {
        line.push_str(&format!(" · {}", w.name(kind)));
    }
    if !exam.info.is_empty() {
        line.push_str(&format!(" · «{}»", exam.info));
    }
    line
}

fn path(kind: NotificationKind, about: &NotificationContent) -> String {
    match (kind, about.offerings.as_slice()) {
        (NotificationKind::Changed, _) => routes::EXAMS.to_owned(),
        (NotificationKind::Gap, _) => routes::GAPS.to_owned(),
        (_, [NotificationSubject { offering: Some(id), .. }]) if kind.is_decision() => routes::offering(*id),
        _ => routes::GROUPS.to_owned(),
    }
}
