//! Where instructors of one discipline chose differently: by faculty, for those who watch it.

use crate::app::Desk;
use crate::failure::Failure;
use crate::reports::report_scope::{Outlook, Where, outlook};
use crate::reviewing::uniformity::{Conflict, conflicts};
use domain::name::sort_key;
use domain::person::Actor;
use domain::roster::{Org, OrgKind};
use store::uniformity;

/// Where choices differ, by unit.
#[derive(Debug, Clone)]
pub struct Uniformity {
    /// The term and the unit.
    pub outlook: Outlook,
    /// Faculties, or the one unit looked at, each with its conflicts.
    pub units: Vec<(Org, Vec<Conflict>)>,
}

/// Lists the conflicts of a faculty or department, or of everything that the reader watches.
pub fn uniformity_report(desk: &mut Desk<'_, '_>, actor: &Actor, asked: &Where) -> Result<Uniformity, Failure> {
    let outlook = outlook(desk, actor, asked)?;
    let mut shown: Vec<Org> = match &outlook.unit {
        Some(org) => vec![org.clone()],
        None => outlook.units.iter().filter(|org| org.kind == OrgKind::Faculty).cloned().collect(),
    };
    shown.sort_by_key(|org| sort_key(&org.name.kk));
    let mut units = Vec::new();
    for unit in shown {
        let chosen = match unit.kind {
            OrgKind::Department => uniformity::of_department(desk.tx, unit.id, outlook.term.id)?,
            OrgKind::Faculty | OrgKind::University => uniformity::of_faculty(desk.tx, unit.id, outlook.term.id)?,
        };
        let found = conflicts(desk, chosen)?;
        units.push((unit, found));
    }
    Ok(Uniformity { outlook, units })
}
