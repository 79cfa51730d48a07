//! The report of changed exams: exams that were approved, approved again, or reopened since a
//! selected day.

use crate::failure::Failure;
use crate::reason::recorded_reason;
use crate::reports::report_scope::{ReportScope, ScopeQuery, report_scope};
use crate::unit_of_work::UnitOfWork;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::catalogue::picked::Picked;
use domain::limits::{CHANGES_LISTED, CHANGES_SINCE_DAYS};
use domain::name::Name;
use domain::offering::Offering;
use domain::person::Actor;
use domain::report::ChoiceState;
use domain::term::begins;
use store::history::{self, HistoryRecord};
use store::history_search::{ChangedChoice, moved_since};

/// The content of the report of changed exams, which lists exams approved or reopened since a day.
#[derive(Debug, Clone)]
pub struct Changes {
    /// The academic term of the report, and the unit (department, faculty or university) that the
    /// report covers.
    pub scope: ReportScope,
    /// The first day of the report of changed exams; changes on earlier days are not listed.
    pub since: NaiveDate,
    /// The changed exams, sorted by discipline and student group.
    pub lines: Vec<ExamChange>,
    /// Whether more exams changed than the report lists. The report lists at most
    /// [`CHANGES_LISTED`] exams.
    pub has_more: bool,
}

/// One exam in the report of changed exams.
#[derive(Debug, Clone)]
pub struct ExamChange {
    pub offering: Offering,
    /// Type of change: the exam was approved for the first time, was approved again after a
    /// reopening, or is reopened.
    pub kind: ChangeKind,
    /// The exam as the instructor has currently chosen it: platform, exam format and type.
    pub picked: Picked,
    /// The time of the exam's last approval or reopening, and the name of the person who approved
    /// or reopened the exam.
    pub last: (DateTime<Utc>, String),
    /// The reason for which the exam was last reopened; empty if the exam was never reopened.
    pub reason: Name,
}

/// The types of change by which the report of changed exams describes each exam.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// Type of change: the exam was approved for the first time.
    Approved,
    /// Type of change: the exam was reopened and then approved again.
    Changed,
    /// Type of change: the exam was reopened and is not approved again yet.
    Reopened,
}

impl ChangeKind {
    /// Returns the code of a type of change of an exam, such as approved again. The translation key
    /// `change-…` ends with the code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Changed => "changed",
            Self::Reopened => "reopened",
        }
    }
}

/// Lists the exams of a department, faculty or university that changed since a selected day. If no
/// day is selected, lists the changes of the last week.
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

/// Finds the last approval or reopening of an exam in the history of its choice. Returns `None` if
/// the choice was sent to the head of department, but neither approved nor reopened.
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
    let reason = match reopened {
        Some(reopened) => reason(work, reopened)?,
        None => Name::default(),
    };
    Ok(Some(ExamChange {
        kind,
        picked: Picked::of(&*work.catalogue(moved.catalogue)?, &moved.row, &moved.info),
        last: (last.line.at, last.actor_name.clone()),
        reason,
        offering: moved.offering,
    }))
}

fn reason(work: &mut UnitOfWork<'_, '_>, told: &HistoryRecord) -> Result<Name, Failure> {
    let payload: serde_json::Value = serde_json::from_str(&told.line.payload).unwrap_or_default();
    let typed = payload.get("reason").and_then(|reason| reason.as_str()).unwrap_or_default();
    recorded_reason(work, typed, told.line.actor)
}
