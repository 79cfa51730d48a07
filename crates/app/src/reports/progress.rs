//! The progress report of a department, a faculty or the university: the number of offerings by
//! unit, instructor and state of the choice, and the list of the counted offerings.

use crate::failure::{Failure, Refusal};
use crate::reports::progress_figures::{ProgressFigures, progress_figures};
use crate::reports::report_scope::{ReportScope, ScopeQuery, report_scope};
use crate::staff::gaps::{DepartmentGap, gaps_of_term};
use crate::staff::overdue::{Overdue, overdue};
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

/// The filters and the sort order that a person selected for the progress report.
#[derive(Debug, Clone, Default)]
pub struct ProgressQuery {
    /// The academic term and the unit that were requested for the progress report.
    pub place: ScopeQuery,
    /// The instructor to whose offerings the progress report is limited; only in the report of one
    /// department.
    pub instructor: Option<Responsible>,
    /// The state of choices (such as sent or approved) to which the list of offerings is limited.
    pub state: Option<ChoiceState>,
    /// The search text that the name of the group, discipline or instructor has to contain.
    pub text: String,
    /// The column by which the progress report is sorted. Without a column, units with the most
    /// unfinished offerings come first, and offerings are sorted by discipline.
    pub sort: Option<Sort>,
    /// The language in whose alphabet the names of units are sorted.
    pub language: Option<Language>,
    /// The number of the result page in the list of offerings, counted from 1. The nearest page is shown
    /// instead of one that does not exist.
    pub page: usize,
    /// Whether the whole list of offerings is returned instead of one result page. Exported files
    /// contain the whole list.
    pub is_whole: bool,
}

/// The content of the progress report.
#[derive(Debug, Clone)]
pub struct ProgressBoard {
    /// The academic term of the report, and the unit (department, faculty or university) that the
    /// report covers.
    pub scope: ReportScope,
    /// The instructor to whose offerings the progress report is limited, with the instructor's
    /// name; the name is empty for offerings without an instructor.
    pub instructor: Option<(Responsible, String)>,
    /// The number of all offerings in the progress report, by the state of their choice.
    pub total: Tally,
    /// The figures that are drawn above the lists; `None` if the report is limited to an instructor, a
    /// state or a search text, and in exported files.
    pub figures: Option<ProgressFigures>,
    /// The faculties of the university, the departments of a faculty, or the instructors of a
    /// department, each with the counts of their offerings.
    pub units: Vec<ProgressUnit>,
    /// The days on which no person is allowed to approve or return the choices of some offerings in
    /// the report, the most urgent days first.
    pub gaps: Vec<DepartmentGap>,
    /// The departments in the report whose choices have waited longer for a decision than the term allows,
    /// the longest first.
    pub overdue: Vec<Overdue>,
    /// Whether the signed-in person is allowed to open the web page of gaps, which are days on
    /// which no person is allowed to approve or return some choices.
    pub sees_gaps: bool,
    /// Whether the signed-in person is allowed to open the web page of exceptions, which are groups
    /// without an exam and centrally set exam formats.
    pub sees_exceptions: bool,
    /// The offerings (groups with their disciplines) that the progress report lists. The list is
    /// empty unless a filter is set or the report covers one department.
    pub lines: Vec<ProgressRow>,
    /// The number of the shown result page of the list, counted from 1.
    pub page: usize,
    /// The number of offerings on all result pages of the list.
    pub listed: usize,
}

/// A table row of the progress report: a faculty, a department or an instructor, with counts of
/// offerings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressUnit {
    pub below: ProgressLink,
    /// The name of the unit or instructor. An instructor's name is the same in all languages;
    /// offerings without an instructor have an empty name.
    pub name: Name,
    pub tally: Tally,
}

/// The web page to which a table row of the progress report links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProgressLink {
    /// Target of a link in the progress report: the same report for this faculty or department.
    Org(OrgId),
    /// Target of a link in the progress report: the list of the offerings of this instructor.
    Instructor(Responsible),
}

/// An offering (a discipline taught to one group) in the list of the progress report.
#[derive(Debug, Clone)]
pub struct ProgressRow {
    /// The offering (a discipline taught to one group), with the state of its choice and its
    /// instructor.
    pub listed: ProgressListItem,
    pub picked: Option<Picked>,
}

/// Builds the progress report. Heads see their department, the dean's office sees its faculty, and
/// people who are allowed to read everything see the whole university.
pub fn board(work: &mut UnitOfWork<'_, '_>, actor: &Actor, asked: &ProgressQuery) -> Result<ProgressBoard, Failure> {
    let scope = report_scope(work, actor, &asked.place)?;
    let Tallies { mut total, units, departments } = tallies(work, &scope)?;
    let with_unit = |(id, tally)| Some((scope.find(id)?.clone(), tally));
    let mut gaps = gaps_of_term(work, &scope.term, scope.faculty(), &scope.units)?;
    gaps.retain(|gap| departments.contains_key(&gap.department.id));
    let mut overdue = overdue(work, &scope.term, &scope.units)?;
    overdue.retain(|one| departments.contains_key(&one.department.id));
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
    let is_drawn = instructor.is_none() && !asked.is_whole && !has_filter(asked);
    let figures = if is_drawn { Some(progress_figures(work, &scope)?) } else { None };
    let is_list = asked.is_whole || scope.department().is_some() || has_filter(asked);
    let ListPage { page, listed, lines } =
        if is_list { list(work, &scope, asked, &total)? } else { ListPage::default() };
    Ok(ProgressBoard {
        scope,
        instructor,
        total,
        figures,
        units,
        gaps,
        overdue,
        sees_gaps,
        sees_exceptions,
        lines,
        page,
        listed,
    })
}

impl ProgressUnit {
    fn of(org: Org, tally: Tally) -> Self {
        Self { below: ProgressLink::Org(org.id), name: org.name, tally }
    }
}

/// The counts of offerings in the progress report: in total, by unit and by department.
#[derive(Default)]
struct Tallies {
    total: Tally,
    /// The counts of offerings by the units directly below the unit that the report covers: by
    /// faculty if the report covers the university, by department if it covers a faculty.
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
        tallies.total += count.tally;
        *tallies.units.entry(below).or_default() += count.tally;
        *tallies.departments.entry(count.department).or_default() += count.tally;
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

/// Returns all departments of the university, sorted by the Kazakh alphabet.
pub fn departments(work: &mut UnitOfWork<'_, '_>) -> Result<Vec<Org>, Failure> {
    let mut all = orgs::all(work.tx)?;
    all.retain(|org| org.kind == OrgKind::Department);
    all.sort_by_cached_key(|org| sort_key(&org.name.kk));
    Ok(all)
}

/// One result page of the list of offerings.
#[derive(Default)]
struct ListPage {
    /// The number of the result page, counted from 1.
    page: usize,
    /// The number of offerings on all result pages.
    listed: usize,
    lines: Vec<ProgressRow>,
}

/// Loads one result page of the list of offerings, or the whole list. `total` are the numbers of the offerings
/// without state and search text.
fn list(
    work: &mut UnitOfWork<'_, '_>,
    scope: &ReportScope,
    asked: &ProgressQuery,
    total: &Tally,
) -> Result<ListPage, Failure> {
    let number = |lines: usize| i64::try_from(lines).unwrap_or(i64::MAX);
    let size = if asked.is_whole { REPORT_LINES_LIMIT } else { PROGRESS_PAGE_SIZE };
    let mut filter = ProgressFilter {
        scope: scope.scope(),
        state: asked.state,
        text: search_key(&asked.text),
        instructor: asked.instructor.filter(|_| scope.department().is_some()),
        sort: asked.sort.filter(|sort| sort.column.is_of_groups()).unwrap_or(Sort::by(Column::Discipline)),
        limit: number(size),
        offset: 0,
    };
    let listed = match (filter.text.as_str(), asked.state) {
        ("", None) => total.total(),
        ("", Some(state)) => total.of(state),
        _ => progress::count_listed(work.tx, scope.term.id, &filter)?,
    };
    let listed = usize::try_from(listed).unwrap_or(0);
    if asked.is_whole && listed > REPORT_LINES_LIMIT {
        return Err(Refusal::TooManyLines.into());
    }
    let page = if asked.is_whole { 1 } else { asked.page.clamp(1, listed.div_ceil(size).max(1)) };
    filter.offset = number((page - 1) * size);
    let mut lines = Vec::new();
    for listed in progress::list(work.tx, scope.term.id, &filter)? {
        let picked = match &listed.chosen {
            Some((row, info, version)) => Some(Picked::of(&*work.catalogue(*version)?, row, info)),
            None => None,
        };
        lines.push(ProgressRow { listed, picked });
    }
    Ok(ListPage { page, listed, lines })
}
