//! The uniformity report: lists the disciplines in which instructors chose different exams for
//! parallel groups. Parallel groups are student groups that are taught the same discipline.

use crate::failure::Failure;
use crate::reports::report_scope::{ReportScope, ScopeQuery, report_scope};
use crate::reviewing::uniformity::{Conflict, conflicts};
use crate::unit_of_work::UnitOfWork;
use domain::name::sort_key;
use domain::person::Actor;
use domain::roster::{Org, OrgKind};
use store::uniformity;

/// The content of the uniformity report: by faculty or department, the parallel groups (student
/// groups taught the same discipline) for which different exams were chosen.
#[derive(Debug, Clone)]
pub struct UniformityReport {
    /// The academic term of the report, and the unit (department, faculty or university) that the
    /// report covers.
    pub scope: ReportScope,
    /// All faculties, or only the selected faculty or department. Each comes with its parallel
    /// groups (student groups taught the same discipline) for which different exams were chosen.
    pub units: Vec<(Org, Vec<Conflict>)>,
}

/// Lists the parallel groups (student groups taught the same discipline) for which different exams
/// were chosen. Covers the selected faculty or department, or all faculties if none is selected.
pub fn uniformity_report(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    asked: &ScopeQuery,
) -> Result<UniformityReport, Failure> {
    let scope = report_scope(work, actor, asked)?;
    let mut shown: Vec<Org> = match &scope.unit {
        Some(org) => vec![org.clone()],
        None => scope.units.iter().filter(|org| org.kind == OrgKind::Faculty).cloned().collect(),
    };
    shown.sort_by_cached_key(|org| sort_key(&org.name.kk));
    let mut units = Vec::new();
    for unit in shown {
        let chosen = match unit.kind {
            OrgKind::Department => uniformity::of_department(work.tx, unit.id, scope.term.id)?,
            OrgKind::Faculty | OrgKind::University => uniformity::of_faculty(work.tx, unit.id, scope.term.id)?,
        };
        let found = conflicts(work, chosen)?;
        units.push((unit, found));
    }
    Ok(UniformityReport { scope, units })
}
