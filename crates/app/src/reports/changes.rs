//! The report of changes since a day: exams that were approved, approved again, or reopened.

use crate::failure::Failure;
use crate::reports::report_scope::{ReportScope, ScopeQuery, report_scope};
use crate::unit_of_work::UnitOfWork;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::catalogue::picked::Picked;
use domain::limits::{CHANGES_LISTED, CHANGES_SINCE_DAYS};
use domain::offering::Offering;
use domain::person::Actor;
use domain::report::ChoiceState;
use domain::term::begins;
use store::history::{self, HistoryRecord};
use store::history_search::{ChangedChoice, moved_since};

/// The content of the report of changed exams.
#[derive(Debug, Clone)]
pub struct Changes {
    /// The term and the unit that the report covers.
    pub scope: ReportScope,
    /// The first day whose changed exams are listed.
    pub since: NaiveDate,
    /// The changed exams, by discipline and student group.
    pub lines: Vec<ExamChange>,
    /// Whether there are more changed exams than [`CHANGES_LISTED`].
    pub has_more: bool,
}

/// An entry in the report of changes: an exam that changed.
#[derive(Debug, Clone)]
pub struct ExamChange {
    pub offering: Offering,
    /// The kind of change of the exam.
    pub kind: ChangeKind,
    /// The current choice for the exam.
    pub picked: Picked,
    /// The time of the exam's last approval or reopening, and the name of the person.
    pub last: (DateTime<Utc>, String),
    /// The reason for reopening the exam; empty if it was not reopened.
    pub reason: String,
}

/// A kind of change of an exam.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// Change: the exam was approved for the first time.
    Approved,
    /// Change: the exam was approved again, after it had been reopened.
    Changed,
    /// Change: the exam was reopened, and not approved again.
    Reopened,
}

impl ChangeKind {
    /// The code of a kind of change of an exam, which is the second half of the translation key `change-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Changed => "changed",
            Self::Reopened => "reopened",
        }
    }
}

/// Lists the exams of a unit that have changed since a day, by default within the last week.
pub fn changes_since(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    asked: &ScopeQuery,
    since: Option<NaiveDate>,
) -> Result<Changes, Failure> {
    let scope = report_scope(work, actor, asked)?;
    let since = since.unwrap_or(work.today() - TimeDelta::days(CHANGES_SINCE_DAYS));
    let from = begins(since, work.zone);
    let mut found = moved_since(work.tx, scope.term.id, scope.scope(), from)?;
    let has_more = found.len() > CHANGES_LISTED;
    found.truncate(CHANGES_LISTED);
    let mut lines = Vec::new();
    for moved in found {
        lines.extend(change(work, moved, from)?);
    }
    Ok(Changes { scope, since, lines, has_more })
}

/// Finds the change of an exam in the history of its choice; `None` if the choice was only sent.
fn change(
    work: &mut UnitOfWork<'_, '_>,
    moved: ChangedChoice,
    from: DateTime<Utc>,
) -> Result<Option<ExamChange>, Failure> {
    let told = history::of_subject(work.tx, &format!("choice:{}", moved.offering.id))?;
    let last_of = |act| told.iter().rfind(|told| told.line.act == act);
    let reopened = last_of("choice-reopened");
    let (kind, last) = match (moved.state, last_of("choice-approved")) {
        (ChoiceState::Approved, Some(approved)) => {
            let is_again = reopened.is_some_and(|reopened| reopened.line.sequence < approved.line.sequence);
            (if is_again { ChangeKind::Changed } else { ChangeKind::Approved }, Some(approved))
        }
        _ => (ChangeKind::Reopened, reopened.filter(|reopened| reopened.line.at >= from)),
    };
    let Some(last) = last else { return Ok(None) };
    Ok(Some(ExamChange {
        kind,
        picked: Picked::of(&*work.catalogue(moved.catalogue)?, &moved.row, &moved.info),
        last: (last.line.at, last.actor_name.clone()),
        reason: reopened.map(reason).unwrap_or_default(),
        offering: moved.offering,
    }))
}

fn reason(told: &HistoryRecord) -> String {
    let payload: serde_json::Value = serde_json::from_str(&told.line.payload).unwrap_or_default();
    payload.get("reason").and_then(|reason| reason.as_str()).unwrap_or_default().to_owned()
}
