//! The report of changed exams: exams that were approved, approved again, or reopened since a
//! selected day.

use crate::failure::Failure;
use crate::reason::Reasons;
use crate::reports::report_scope::{ReportScope, ScopeQuery, report_scope};
use crate::unit_of_work::UnitOfWork;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::approvals::approvals;
use domain::catalogue::picked::Picked;
use domain::history::Subject;
use domain::limits::{CHANGES_LISTED, CHANGES_SINCE_DAYS};
use domain::name::Name;
use domain::offering::Offering;
use domain::person::Actor;
use domain::term::begins;
use store::history::{self, HistoryRecord};
use store::history_search::{ChangedChoice, MovedSince, moved_since};

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
    /// Type of change, such as approved for the first time or reopened.
    pub kind: ChangeKind,
    /// The exam as the instructor has currently chosen it: platform, exam format and type.
    pub picked: Picked,
    /// The time of the approval, or of the act by which the exam is no longer approved, and the name of
    /// the person who acted.
    pub last: (DateTime<Utc>, String),
    /// The reason for which the last approval but one, or the last approval, ended; empty if none was
    /// given or no approval ended.
    pub reason: Name,
}

/// The types of change by which the report of changed exams describes each exam.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// Type of change: the exam was approved for the first time.
    Approved,
    /// Type of change: the exam was no longer approved, and then approved again.
    Changed,
    /// Type of change: the exam was reopened and is not approved again yet.
    Reopened,
    /// Type of change: a new catalogue version no longer allows the exam, so it was returned to the
    /// instructor.
    ReturnedByRule,
    /// Type of change: a new catalogue version no longer allows the exam, so it was moved to another
    /// catalogue row and is not approved again yet.
    MovedByRule,
}

impl ChangeKind {
    /// Returns the code of a type of change of an exam, such as approved again. The translation key
    /// `change-…` ends with the code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Changed => "changed",
            Self::Reopened => "reopened",
            Self::ReturnedByRule => "returned-by-rule",
            Self::MovedByRule => "moved-by-rule",
        }
    }

    /// Returns the type of the change by which an approved exam is no longer approved, from the code of the
    /// recorded act; `None` for other acts.
    fn of_act(act: &str) -> Option<Self> {
        match act {
            "choice-reopened" => Some(Self::Reopened),
            "choice-returned-by-rule" => Some(Self::ReturnedByRule),
            "choice-moved-by-rule" => Some(Self::MovedByRule),
            _ => None,
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
    let (mut lines, mut offset, mut reasons) = (Vec::new(), 0, Reasons::default());
    // Some of the loaded choices were never approved, so more are loaded until the report is full.
    loop {
        let found = moved_since(work.tx, &MovedSince { term: scope.term.id, scope: scope.scope(), from, offset })?;
        let is_end = found.len() < CHANGES_LISTED;
        for moved in found {
            lines.extend(change(work, moved, from, &mut reasons)?);
        }
        if is_end || lines.len() > CHANGES_LISTED {
            break;
        }
        offset += CHANGES_LISTED;
    }
    let has_more = lines.len() > CHANGES_LISTED;
    lines.truncate(CHANGES_LISTED);
    Ok(Changes { scope, since, lines, has_more })
}

/// Finds in the history of a choice the approval that stands, or the act by which the exam is no longer
/// approved. Returns `None` if the exam was never approved, or if this was before `from`.
fn change(
    work: &mut UnitOfWork<'_, '_>,
    moved: ChangedChoice,
    from: DateTime<Utc>,
    reasons: &mut Reasons,
) -> Result<Option<ExamChange>, Failure> {
    let told = history::of_subject(work.tx, &Subject::Choice(moved.offering.id).to_string())?;
    let approvals = approvals(told.iter().map(|told| told.line.act.as_str()));
    let Some((standing, earlier)) = approvals.split_last() else { return Ok(None) };
    let (kind, last, ended) = match standing.ended {
        None if earlier.is_empty() => (Some(ChangeKind::Approved), standing.approved, None),
        None => (Some(ChangeKind::Changed), standing.approved, earlier.last().and_then(|one| one.ended)),
        Some(ended) => (told.get(ended).and_then(|told| ChangeKind::of_act(&told.line.act)), ended, Some(ended)),
    };
    let last = told.get(last).filter(|last| last.line.at >= from);
    let (Some(kind), Some(last)) = (kind, last) else { return Ok(None) };
    let reason = match ended.and_then(|place| told.get(place)) {
        Some(ended) => reasons.read(work, &typed_reason(ended), ended.line.actor)?,
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

fn typed_reason(told: &HistoryRecord) -> String {
    let payload: serde_json::Value = serde_json::from_str(&told.line.payload).unwrap_or_default();
    payload.get("reason").and_then(|reason| reason.as_str()).unwrap_or_default().to_owned()
}
