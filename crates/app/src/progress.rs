//! How far a department, a faculty or the university has come: counts by unit and state, and the offerings behind each count.

use crate::desk::Desk;
use crate::failure::Failure;
use crate::orphans::{Orphaned, orphans};
use domain::answer::Picked;
use domain::id::OrgId;
use domain::name::{search_key, sort_key};
use domain::person::{Actor, Role};
use domain::policy::Denied;
use domain::report::{State, Tally};
use domain::roster::{Org, OrgKind};
use domain::term::Term;
use std::collections::BTreeMap;
use store::orgs;
use store::progress::{self, Filter, Listed, Scope};

/// How many lines a page of a list shows.
pub const PAGE: usize = 50;

/// What is looked at.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// A faculty or department; `None` for the top of what one may see.
    pub org: Option<OrgId>,
    /// One state only.
    pub state: Option<State>,
    /// A part of a group's, discipline's or instructor's name.
    pub text: String,
    /// Which page of the list, from 0.
    pub page: i64,
}

/// Everything on the board.
#[derive(Debug, Clone)]
pub struct Board {
    /// The term.
    pub term: Term,
    /// The units from the top to the one looked at.
    pub path: Vec<Org>,
    /// The counts of what is looked at.
    pub total: Tally,
    /// The units below, most unfinished first.
    pub units: Vec<(Org, Tally)>,
    /// Departments in it with offerings on which nobody may decide today.
    pub orphaned: Vec<Orphaned>,
    /// The offerings, where something is filtered or a department is looked at.
    pub lines: Vec<Line>,
    /// There are more lines.
    pub has_more: bool,
}

/// One offering.
#[derive(Debug, Clone)]
pub struct Line {
    /// The offering with its state and instructor.
    pub listed: Listed,
    /// What is chosen.
    pub picked: Option<Picked>,
}

/// Shows the board to heads (their department), the dean's office (its faculty) and those who read the whole university.
pub fn board(desk: &mut Desk<'_, '_>, actor: &Actor, asked: &Asked) -> Result<Board, Failure> {
    let term = desk.current_term()?;
    let all = orgs::all(desk.tx)?;
    let org = looked_at(actor, &all, asked.org)?;
    let faculty = org.and_then(|org| if org.kind == OrgKind::Faculty { Some(org.id) } else { org.parent });
    let (mut total, mut units, mut departments) = (Tally::default(), Tallies::new(), Tallies::new());
    for count in progress::counts(desk.tx, term.id, faculty)? {
        let below = match org.map(|org| org.kind) {
            None | Some(OrgKind::University) => count.faculty,
            Some(_) => count.department,
        };
        if org.is_none_or(|org| org.kind != OrgKind::Department || org.id == count.department) {
            total.add(count.state, count.offerings);
            units.entry(below).or_default().add(count.state, count.offerings);
            departments.entry(count.department).or_default().add(count.state, count.offerings);
        }
    }
    let orphaned = orphans(desk, &term, &with_units(&all, departments))?;
    let mut units = with_units(&all, units);
    units.sort_by_key(|(org, tally)| (std::cmp::Reverse(tally.unfinished()), org.code.clone()));
    units.retain(|(unit, _)| Some(unit.id) != org.map(|org| org.id));
    let is_department = org.is_some_and(|org| org.kind == OrgKind::Department);
    let mut lines = if is_department || has_filter(asked) { list(desk, &term, org, asked)? } else { Vec::new() };
    let has_more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let path = path(&all, org).into_iter().filter(|org| may_look(actor, org)).collect();
    Ok(Board { term, path, total, units, orphaned, lines, has_more })
}

type Tallies = BTreeMap<OrgId, Tally>;

fn with_units(all: &[Org], tallies: Tallies) -> Vec<(Org, Tally)> {
    let unit = |(id, tally)| Some((all.iter().find(|org| org.id == id)?.clone(), tally));
    tallies.into_iter().filter_map(unit).collect()
}

fn has_filter(asked: &Asked) -> bool {
    asked.state.is_some() || !search_key(&asked.text).is_empty()
}

/// All departments, in Kazakh order.
pub fn departments(desk: &mut Desk<'_, '_>) -> Result<Vec<Org>, Failure> {
    let mut all = orgs::all(desk.tx)?;
    all.retain(|org| org.kind == OrgKind::Department);
    all.sort_by_key(|org| sort_key(&org.name.kk));
    Ok(all)
}

/// The unit that is looked at, within what the actor may see; `None` is the whole university.
pub(crate) fn looked_at<'o>(actor: &Actor, all: &'o [Org], asked: Option<OrgId>) -> Result<Option<&'o Org>, Failure> {
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

/// The units that the actor watches.
fn watched(actor: &Actor) -> Vec<OrgId> {
    let roles = [Role::DeanOffice, Role::Dean, Role::Head, Role::ActingHead];
    roles.into_iter().flat_map(|role| actor.orgs_as(role).collect::<Vec<_>>()).collect()
}

pub(crate) fn may_look(actor: &Actor, org: &Org) -> bool {
    let mine = watched(actor);
    actor.reads_all() || mine.contains(&org.id) || org.parent.is_some_and(|up| mine.contains(&up))
}

pub(crate) fn path(all: &[Org], org: Option<&Org>) -> Vec<Org> {
    let Some(org) = org else { return Vec::new() };
    let above = all.iter().find(|up| Some(up.id) == org.parent && up.kind == OrgKind::Faculty);
    above.into_iter().chain([org]).cloned().collect()
}

fn list(desk: &mut Desk<'_, '_>, term: &Term, org: Option<&Org>, asked: &Asked) -> Result<Vec<Line>, Failure> {
    let filter = Filter {
        scope: match org {
            None => Scope::University,
            Some(org) if org.kind == OrgKind::Department => Scope::Department(org.id),
            Some(org) => Scope::Faculty(org.id),
        },
        state: asked.state,
        text: search_key(&asked.text),
        offset: asked.page.clamp(0, 10_000) * i64::try_from(PAGE).unwrap_or(50),
    };
    let mut lines = Vec::new();
    for listed in progress::list(desk.tx, term.id, &filter)? {
        let picked = match &listed.chosen {
            Some((row, info, version)) => Some(Picked::of(&*desk.catalogue(*version)?, row, info)),
            None => None,
        };
        lines.push(Line { listed, picked });
    }
    Ok(lines)
}
