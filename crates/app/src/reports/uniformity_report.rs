//! Where instructors of one discipline chose differently: by faculty, for those who watch it.

use crate::desk::Desk;
use crate::failure::Failure;
use crate::reports::outlook::{looked_at, may_look, path};
use crate::reviewing::uniform::{Conflict, conflicts};
use domain::id::OrgId;
use domain::name::sort_key;
use domain::person::Actor;
use domain::roster::{Org, OrgKind};
use domain::term::Term;
use store::{kin, orgs};

/// The report.
#[derive(Debug, Clone)]
pub struct Report {
    /// The term.
    pub term: Term,
    /// The units from the top to the one looked at; empty for the whole university.
    pub path: Vec<Org>,
    /// Faculties, or the one department looked at, each with its conflicts.
    pub units: Vec<(Org, Vec<Conflict>)>,
}

/// Lists the conflicts of a faculty or department, or of everything that the reader watches.
pub fn uniformity_report(desk: &mut Desk<'_, '_>, actor: &Actor, asked: Option<OrgId>) -> Result<Report, Failure> {
    let term = desk.current_term()?;
    let all = orgs::all(desk.tx)?;
    let org = looked_at(actor, &all, asked)?;
    let mut shown: Vec<Org> = match org {
        Some(org) => vec![org.clone()],
        None => all.iter().filter(|org| org.kind == OrgKind::Faculty).cloned().collect(),
    };
    shown.sort_by_key(|org| sort_key(&org.name.kk));
    let mut units = Vec::new();
    for unit in shown {
        let chosen = match unit.kind {
            OrgKind::Department => kin::of_department(desk.tx, unit.id, term.id)?,
            OrgKind::Faculty | OrgKind::University => kin::of_faculty(desk.tx, unit.id, term.id)?,
        };
        let found = conflicts(desk, chosen)?;
        units.push((unit, found));
    }
    let path = path(&all, org).into_iter().filter(|org| may_look(actor, org)).collect();
    Ok(Report { term, path, units })
}
