//! Choices that have waited longer for a decision than the term allows.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use chrono::{DateTime, TimeDelta, Utc};
use domain::roster::Org;
use domain::term::Term;
use store::gaps;

/// A department whose choices have waited longer than the term allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overdue {
    pub department: Org,
    pub choices: i64,
    /// The time at which the first of these choices was sent.
    pub since: DateTime<Utc>,
}

/// Lists the departments whose choices have waited longer than the term allows, the longest first; empty if
/// the term has no such limit, is closed or is over. `units` are all units.
pub(crate) fn overdue(work: &mut UnitOfWork<'_, '_>, term: &Term, units: &[Org]) -> Result<Vec<Overdue>, Failure> {
    let is_over = term.is_closed || term.ends < work.today();
    let Some(days) = term.escalate_after.filter(|_| !is_over) else { return Ok(Vec::new()) };
    let found = gaps::overdue(work.tx, term.id, work.now - TimeDelta::days(days))?;
    let named = found.into_iter().filter_map(|one| {
        let department = units.iter().find(|org| org.id == one.department)?.clone();
        Some(Overdue { department, choices: one.choices, since: one.since })
    });
    Ok(named.collect())
}
