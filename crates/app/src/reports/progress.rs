//! The progress report of a department, a faculty or the university: counts by unit, instructor and state, and the
//! offerings behind each count.

use crate::failure::{Failure, Refusal};
use crate::reports::report_scope::{ReportScope, ScopeQuery, report_scope};
use crate::staff::gaps::{DepartmentGap, gaps_of_term};
use crate::unit_of_work::UnitOfWork;
use domain::catalogue::picked::Picked;
use domain::id::OrgId;
use domain::limits::{PROGRESS_PAGE_SIZE, REPORT_LINES_LIMIT};
use domain::name::{Language, Name, search_key, sort_key};
use domain::person::Actor;
use domain::policy;
use domain::progress_order::{Column, Sort, in_order};
use domain::report::{ChoiceState, Tally};
use domain::roster::{Org, OrgKind};
use std::collections::BTreeMap;
use store::progress::{self, ProgressFilter, ProgressListItem};
use store::{orgs, workload as counted};

pub use store::progress::Responsible;

/// The filters and the sort order of the progress report.
#[derive(Debug, Clone, Default)]
pub struct ProgressQuery {
    /// The unit and term that were requested for the progress report.
    pub place: ScopeQuery,
    /// The instructor of a department to whom the progress report is limited.
    pub instructor: Option<Responsible>,
    /// The state of choices to which the list of offerings is limited.
    pub state: Option<ChoiceState>,
    /// The text that the name of the group, discipline or instructor must contain.
    pub text: String,
    /// The sort order of the progress report; `None` puts the units with the most unfinished offerings first and sorts
    /// groups by discipline.
    pub sort: Option<Sort>,
    /// The language by whose names the units are sorted.
    pub language: Option<Language>,
    /// The number of the page of the list of offerings, from 0.
    pub page: i64,
    /// Whether to return the whole list of offerings instead of one page, for a file.
    pub is_whole: bool,
}

/// The content of the progress report.
#[derive(Debug, Clone)]
pub struct ProgressBoard {
    /// The term and the unit that the report covers.
    pub scope: ReportScope,
    /// The instructor to whom the progress report is limited, with the name (empty for a vacancy).
    pub instructor: Option<(Responsible, String)>,
    /// The counts of the whole progress report.
    pub total: Tally,
    /// The units directly below the unit of the report, or the instructors of a department.
    pub units: Vec<ProgressUnit>,
    /// Days on which no person may decide on some of the offerings, the most urgent first.
    pub gaps: Vec<DepartmentGap>,
    /// Whether the reader may open the web page of all days on which no person may decide.
    pub sees_gaps: bool,
    /// Whether the reader may open the web page of exceptions (no exam, or exam form set centrally).
    pub sees_exceptions: bool,
    /// The listed offerings, if a filter is set or the unit is a department.
    pub lines: Vec<ProgressRow>,
    /// Whether there are more offerings after this page of the list.
    pub has_more: bool,
}

/// A row of the progress table: a faculty, a department or an instructor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressUnit {
    pub below: ProgressLink,
    /// The name of the unit or instructor; an instructor's name is the same in all languages, a vacancy's is empty.
    pub name: Name,
    pub tally: Tally,
}

/// The target of a link in the table of the progress report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProgressLink {
    /// The link leads to the report of this faculty or department.
    Org(OrgId),
    /// The link leads to the offerings of this instructor.
    Instructor(Responsible),
}

/// An offering in the list of the progress report.
#[derive(Debug, Clone)]
pub struct ProgressRow {
    /// The listed offering with the state of its choice and its instructor.
    pub listed: ProgressListItem,
    pub picked: Option<Picked>,
}

/// Builds the progress report for heads (their department), the dean's office (its faculty) and people who may read the
/// whole university.
pub fn board(work: &mut UnitOfWork<'_, '_>, actor: &Actor, asked: &ProgressQuery) -> Result<ProgressBoard, Failure> {
    let scope = report_scope(work, actor, &asked.place)?;
    let Tallies { mut total, units, departments } = tallies(work, &scope)?;
    let with_unit = |(id, tally)| Some((scope.find(id)?.clone(), tally));
    let mut gaps = gaps_of_term(work, &scope.term, scope.faculty())?;
    gaps.retain(|gap| departments.contains_key(&gap.department.id));
    let (sees_gaps, sees_exceptions) = (policy::sees_gaps(actor).is_ok(), policy::sees_exceptions(actor).is_ok());
    let (mut units, mut instructor) = match scope.department() {
        Some(department) => (instructors(work, department, &scope)?, None),
        None => {
            (units.into_iter().filter_map(with_unit).map(|(org, tally)| ProgressUnit::of(org, tally)).collect(), None)
        }
    };
    if let (Some(whose), Some(_)) = (asked.instructor, scope.department()) {
        let found =
            units.into_iter().find(|unit| unit.below == ProgressLink::Instructor(whose)).ok_or(Failure::NotFound)?;
        (total, instructor, units) = (found.tally, Some((whose, found.name.kk)), Vec::new());
    }
    arrange(&mut units, asked);
    let is_list = asked.is_whole || scope.department().is_some() || has_filter(asked);
    let mut lines = if is_list { list(work, &scope, asked)? } else { Vec::new() };
    if asked.is_whole && lines.len() > REPORT_LINES_LIMIT {
        return Err(Refusal::TooManyLines.into());
    }
    let has_more = !asked.is_whole && lines.len() > PROGRESS_PAGE_SIZE;
    lines.truncate(if asked.is_whole { REPORT_LINES_LIMIT } else { PROGRESS_PAGE_SIZE });
    Ok(ProgressBoard { scope, instructor, total, units, gaps, sees_gaps, sees_exceptions, lines, has_more })
}

impl ProgressUnit {
    fn of(org: Org, tally: Tally) -> Self {
        Self { below: ProgressLink::Org(org.id), name: org.name, tally }
    }
}

/// The counts of the progress report: in total and by unit.
#[derive(Default)]
struct Tallies {
    total: Tally,
    /// Counts of the units directly below the unit of the report: faculties or departments.
    units: BTreeMap<OrgId, Tally>,
    departments: BTreeMap<OrgId, Tally>,
}

fn tallies(work: &mut UnitOfWork<'_, '_>, scope: &ReportScope) -> Result<Tallies, Failure> {
    let mut tallies = Tallies::default();
    for count in progress::counts(work.tx, scope.term.id, scope.faculty())? {
        if scope.department().is_some_and(|department| department.id != count.department) {
            continue;
        }
        let below = if scope.unit.is_none() { count.faculty } else { count.department };
        tallies.total.add(count.state, count.offerings);
        tallies.units.entry(below).or_default().add(count.state, count.offerings);
        tallies.departments.entry(count.department).or_default().add(count.state, count.offerings);
    }
    Ok(tallies)
}

fn instructors(
    work: &mut UnitOfWork<'_, '_>,
    department: &Org,
    scope: &ReportScope,
) -> Result<Vec<ProgressUnit>, Failure> {
    let mut found: BTreeMap<Responsible, (Name, Tally)> = BTreeMap::new();
    for share in counted::instructors(work.tx, department.id, scope.term.id)? {
        let (_, tally) = found.entry(share.responsible).or_insert_with(|| (Name::same(&share.name), Tally::default()));
        tally.add(share.state, share.offerings);
    }
    let unit = |(whose, (name, tally))| ProgressUnit { below: ProgressLink::Instructor(whose), name, tally };
    Ok(found.into_iter().map(unit).collect())
}

fn arrange(units: &mut [ProgressUnit], asked: &ProgressQuery) {
    let sort = asked.sort.filter(|sort| !sort.column.is_of_groups()).unwrap_or_default();
    let language = asked.language.unwrap_or(Language::Kk);
    units.sort_by(|one, other| {
        in_order(sort, one.name.text(language), &one.tally, other.name.text(language), &other.tally)
    });
}

fn has_filter(asked: &ProgressQuery) -> bool {
    asked.state.is_some() || !search_key(&asked.text).is_empty()
}

/// All departments of the university, in Kazakh alphabetical order.
pub fn departments(work: &mut UnitOfWork<'_, '_>) -> Result<Vec<Org>, Failure> {
    let mut all = orgs::all(work.tx)?;
    all.retain(|org| org.kind == OrgKind::Department);
    all.sort_by_key(|org| sort_key(&org.name.kk));
    Ok(all)
}

fn list(
    work: &mut UnitOfWork<'_, '_>,
    scope: &ReportScope,
    asked: &ProgressQuery,
) -> Result<Vec<ProgressRow>, Failure> {
    let size = |lines: usize| i64::try_from(lines).unwrap_or(i64::MAX);
    let (most, page) =
        if asked.is_whole { (REPORT_LINES_LIMIT, 0) } else { (PROGRESS_PAGE_SIZE, asked.page.clamp(0, 10_000)) };
    let filter = ProgressFilter {
        scope: scope.scope(),
        state: asked.state,
        text: search_key(&asked.text),
        instructor: asked.instructor.filter(|_| scope.department().is_some()),
        sort: asked.sort.filter(|sort| sort.column.is_of_groups()).unwrap_or(Sort::by(Column::Discipline)),
        // One offering more than is shown, to find out whether there are more.
        limit: size(most + 1),
        offset: page * size(PROGRESS_PAGE_SIZE),
    };
    let mut lines = Vec::new();
    for listed in progress::list(work.tx, scope.term.id, &filter)? {
        let picked = match &listed.chosen {
            Some((row, info, version)) => Some(Picked::of(&*work.catalogue(*version)?, row, info)),
            None => None,
        };
        lines.push(ProgressRow { listed, picked });
    }
    Ok(lines)
}
