//! The uniformity report: lists, by faculty, the disciplines whose instructors chose different
//! exams for parallel groups.

use crate::failure::Failure;
use crate::reports::report_scope::{ReportScope, ScopeQuery, report_scope};
use crate::reviewing::uniformity::{Conflict, conflicts};
use crate::unit_of_work::UnitOfWork;
use domain::name::sort_key;
use domain::person::Actor;
use domain::roster::{Org, OrgKind};
use store::uniformity;

/// The content of the uniformity report: the conflicts between the choices of parallel groups, by
/// unit.
#[derive(Debug, Clone)]
pub struct UniformityReport {
    /// The academic term of the report, and the unit (department, faculty or university) that the
    /// report covers.
    pub scope: ReportScope,
    /// All faculties, or only the selected unit, each with the conflicts between choices of its
    /// parallel groups.
    pub units: Vec<(Org, Vec<Conflict>)>,
}

/// Lists the conflicts between the choices of parallel groups in the selected faculty or
/// department, or in all faculties if no unit is selected.
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
    shown.sort_by_key(|org| sort_key(&org.name.kk));
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
