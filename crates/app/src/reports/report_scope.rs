//! The scope of a report: an academic term, and a unit (department, faculty or university) about
//! which the signed-in person is allowed to see reports.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use domain::id::{OrgId, TermId};
use domain::name::{Language, sort_key};
use domain::person::{Actor, Role};
use domain::policy::Denied;
use domain::roster::{Org, OrgKind};
use domain::term::Term;
use store::progress::ProgressScope;
use store::{orgs, terms};

/// The academic term and the unit that were requested for a report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScopeQuery {
    /// The code of the requested academic term; `None` for the current term.
    pub term: Option<String>,
    /// The requested faculty or department; `None` for the highest unit about which the signed-in
    /// person is allowed to see reports.
    pub org: Option<OrgId>,
}

/// The academic term and the unit that a report covers.
#[derive(Debug, Clone)]
pub struct ReportScope {
    pub term: Term,
    /// All academic terms, newest first, among which the person who reads the report can select.
    pub terms: Vec<Term>,
    /// The id of the current academic term, if the university has one today.
    pub current: Option<TermId>,
    /// The faculty or department that the report covers; `None` for the whole university.
    pub unit: Option<Org>,
    /// The units from the highest one that the signed-in person is allowed to see down to the unit
    /// of the report, for a breadcrumb navigation.
    pub path: Vec<Org>,
    /// All units of the university, from which a report takes the names of units.
    pub units: Vec<Org>,
    /// The units about which the signed-in person is allowed to see reports.
    pub open: Vec<OrgId>,
    /// Whether the signed-in person is allowed to see reports about the whole university.
    pub is_open_whole: bool,
}

/// A unit in the selection list of a report. The entry for the whole university has an empty id and
/// an empty name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitOption {
    pub id: String,
    pub name: String,
    /// The depth of the unit in the selection list: 0 for the university and its faculties, 1 for
    /// departments.
    pub depth: usize,
}

/// Determines the scope of a report. Heads see their department, the dean's office sees its
/// faculty, and people who are allowed to read everything see the whole university.
pub fn report_scope(work: &mut UnitOfWork<'_, '_>, actor: &Actor, asked: &ScopeQuery) -> Result<ReportScope, Failure> {
    let units = orgs::all(work.tx)?;
    let unit = looked_at(actor, &units, asked.org)?.cloned();
    let (all, today) = (terms::all(work.tx)?, work.today());
    let current = terms::current(work.tx, today)?;
    let term = match &asked.term {
        Some(code) => all.iter().find(|term| term.code == *code).cloned().ok_or(Failure::NotFound)?,
        None => current.clone().ok_or(Failure::NoTerm)?,
    };
    let current = current.map(|term| term.id);
    let path = path(&units, unit.as_ref()).into_iter().filter(|org| may_look(actor, org)).collect();
    let open = units.iter().filter(|org| may_look(actor, org)).map(|org| org.id).collect();
    Ok(ReportScope { term, terms: all, current, unit, path, units, open, is_open_whole: actor.reads_all() })
}

impl ReportScope {
    /// Returns the code of an academic term for the URL of a report. For the current term the code
    /// is empty, so that a filter saved with this URL always shows the term that is current when
    /// the filter is opened.
    pub fn code_of<'t>(&self, term: &'t Term) -> &'t str {
        if self.current == Some(term.id) { "" } else { term.code.as_str() }
    }

    /// Returns the code of the report's academic term for the URL of a saved filter. Returns `None`
    /// for the current term, even if the term was requested by its code.
    pub fn kept_term(&self) -> Option<String> {
        Some(self.code_of(&self.term)).filter(|code| !code.is_empty()).map(str::to_owned)
    }

    /// Returns the part of the university (a department, a faculty or the whole) whose offerings
    /// the report lists.
    pub fn scope(&self) -> ProgressScope {
        match &self.unit {
            None => ProgressScope::University,
            Some(org) if org.kind == OrgKind::Department => ProgressScope::Department(org.id),
            Some(org) => ProgressScope::Faculty(org.id),
        }
    }

    /// Returns the department that the report covers; `None` if the report covers a faculty or the
    /// university.
    pub fn department(&self) -> Option<&Org> {
        self.unit.as_ref().filter(|org| org.kind == OrgKind::Department)
    }

    /// Returns the faculty that the report covers, or the faculty of the department that the report
    /// covers; `None` for the whole university.
    pub fn faculty(&self) -> Option<OrgId> {
        let unit = self.unit.as_ref()?;
        if unit.kind == OrgKind::Faculty { Some(unit.id) } else { unit.parent }
    }

    /// Returns the units that the signed-in person can select for a report: each faculty followed
    /// by its departments, sorted by name in `language`. The whole university comes first, with an
    /// empty id and name, if the person is allowed to see it.
    pub fn choice(&self, language: &Language) -> Vec<UnitOption> {
        let language = *language;
        let mut found: Vec<UnitOption> = Vec::new();
        if self.is_open_whole {
            found.push(UnitOption::default());
        }
        let line = |org: &Org, depth| {
            let name = org.name.text(language).to_owned();
            UnitOption { id: org.id.to_string(), name, depth }
        };
        let of_kind = |kind, above: Option<OrgId>| {
            let fits = move |org: &&Org| org.kind == kind && (above.is_none() || org.parent == above);
            let mut some: Vec<&Org> = self.units.iter().filter(fits).collect();
            some.sort_by_cached_key(|org| sort_key(org.name.text(language)));
            some
        };
        for faculty in of_kind(OrgKind::Faculty, None) {
            let departments = of_kind(OrgKind::Department, Some(faculty.id));
            found.extend(self.open.contains(&faculty.id).then(|| line(faculty, 0)));
            found.extend(departments.into_iter().filter(|org| self.open.contains(&org.id)).map(|org| line(org, 1)));
        }
        found
    }

    /// Returns whether the report covers the unit with this id. An empty id means the whole
    /// university.
    pub fn is_at(&self, id: &str) -> bool {
        self.unit.as_ref().map(|org| org.id.to_string()).unwrap_or_default() == id
    }

    /// Finds a unit of the university (faculty or department) by its id.
    pub fn find(&self, id: OrgId) -> Option<&Org> {
        self.units.iter().find(|org| org.id == id)
    }
}

/// Returns the requested unit if the signed-in person is allowed to see reports about the unit;
/// `None` means the whole university.
fn looked_at<'o>(actor: &Actor, all: &'o [Org], asked: Option<OrgId>) -> Result<Option<&'o Org>, Failure> {
    let found = |id: OrgId| all.iter().find(|org| org.id == id).ok_or(Failure::NotFound);
    let org = asked.map(found).transpose()?.filter(|org| org.kind != OrgKind::University);
    if actor.reads_all() {
        return Ok(org);
    }
    let first = watched(actor).first().copied().ok_or(Failure::Denied(Denied::RoleMissing))?;
    match org {
        Some(org) if may_look(actor, org) => Ok(Some(org)),
        Some(_) => Err(Failure::NotFound),
        None => Ok(Some(found(first)?)),
    }
}

/// Returns the units in which the signed-in person has a role that is allowed to see reports.
fn watched(actor: &Actor) -> Vec<OrgId> {
    let roles = [Role::DeanOffice, Role::Dean, Role::Head, Role::ActingHead];
    roles.into_iter().flat_map(|role| actor.orgs_as(role).collect::<Vec<_>>()).collect()
}

fn may_look(actor: &Actor, org: &Org) -> bool {
    let mine = watched(actor);
    actor.reads_all() || mine.contains(&org.id) || org.parent.is_some_and(|up| mine.contains(&up))
}

fn path(all: &[Org], org: Option<&Org>) -> Vec<Org> {
    let Some(org) = org else { return Vec::new() };
    let above = all.iter().find(|up| Some(up.id) == org.parent && up.kind == OrgKind::Faculty);
    above.into_iter().chain([org]).cloned().collect()
}
