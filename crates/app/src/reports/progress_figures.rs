//! The figures of the progress report: the progress of choosing by day, and the load of the exam
//! platforms.

use crate::failure::Failure;
use crate::reports::platforms::{PlatformLoad, platform_loads};
use crate::reports::report_scope::ReportScope;
use crate::unit_of_work::UnitOfWork;
use chrono::TimeDelta;
use domain::limits::PROGRESS_DAYS_LIMIT;
use domain::progress_days::{ChoiceDays, DayCount, by_day};
use domain::term::day_of;
use store::workload::{ChoiceTimes, choice_times};

/// The figures of a unit (department, faculty or university) in an academic term.
#[derive(Debug, Clone)]
pub struct ProgressFigures {
    /// The numbers of sent and of approved choices for each day from the first day of choosing until
    /// today or the end of the term, at most the last [`PROGRESS_DAYS_LIMIT`] days. Empty before the first
    /// day of choosing.
    pub days: Vec<DayCount>,
    /// The exams that are approved or wait for a decision, by exam platform.
    pub platforms: Vec<PlatformLoad>,
}

/// Counts the figures of the progress report.
pub(super) fn progress_figures(work: &mut UnitOfWork<'_, '_>, scope: &ReportScope) -> Result<ProgressFigures, Failure> {
    let zone = work.zone;
    let days = |times: ChoiceTimes| ChoiceDays {
        sent: day_of(times.sent, zone),
        approved: times.approved.map(|at| day_of(at, zone)),
    };
    let choices = choice_times(work.tx, scope.term.id, scope.scope())?;
    let choices: Vec<_> = choices.into_iter().map(days).collect();
    let until = work.today().min(scope.term.ends.max(scope.term.approve_until));
    let from = scope.term.choose_from.max(until - TimeDelta::days(PROGRESS_DAYS_LIMIT - 1));
    Ok(ProgressFigures { days: by_day(&choices, from, until), platforms: platform_loads(work, scope)? })
}
