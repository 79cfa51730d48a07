//! Counts and lists of offerings in a department, a faculty or the whole university, for the report
//! on the progress of choosing.

use crate::offerings::{offering, select_offering};
use crate::statement_macro::statements;
use crate::tx::{Param, Row};
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use domain::catalogue::RowId;
use domain::id::{OrgId, PersonId, TermId};
use domain::offering::Offering;
use domain::person::short_name;
use domain::progress_order::Sort;
use domain::report::{ChoiceState, Tally};
use uuid::Uuid;

/// An SQL expression that converts the state of a choice to a digit, so that lists can be sorted by
/// it: 1 for a returned choice, 2 for no choice, 3 for a choice in review, 4 for an approved
/// choice.
macro_rules! urgency {
    () => {
        "CASE COALESCE(c.stage, 'not-chosen') WHEN 'returned' THEN '1' WHEN 'not-chosen' THEN '2'
                                              WHEN 'in-review' THEN '3' ELSE '4' END"
    };
}

/// The conditions of the list of offerings, after the database column of the unit: the term, state, search
/// text and instructor.
macro_rules! where_listed {
    () => {
        " = $1 AND o.term_id = $2 AND o.has_exam AND o.is_active
          AND ($3 = '' OR COALESCE(c.stage, 'not-chosen') = $4)
          AND ($5 = '' OR d.search_key LIKE $6 OR p.search_key LIKE $7 OR o.group_key LIKE $8)
          AND ($9 = '' OR ($10 = 'vacancy' AND o.responsible_id IS NULL) OR o.responsible_id = $11)"
    };
}

/// Composes the SQL query for the number of offerings in the filtered list.
macro_rules! count_listed {
    ($scope:literal) => {
        concat!(
            "SELECT COUNT(*)
               FROM offerings o
               JOIN disciplines d ON d.id = o.discipline_id
               LEFT JOIN choices c ON c.offering_id = o.id
               LEFT JOIN people p ON p.id = o.responsible_id
              WHERE ",
            $scope,
            where_listed!()
        )
    };
}

/// Composes the SQL query for a filtered and sorted list of offerings, each with its choice and its
/// instructor. `scope` is the database column of the unit to which the list is limited.
macro_rules! select_listed {
    ($scope:literal) => {
        concat!(
            "SELECT o.id, o.term_id, d.id, d.code, d.name_kk, d.name_ru, d.name_en, o.department_id, o.faculty_id, f.code,
                    o.group_code, o.language, o.study_form, o.level, o.students, o.responsible_id,
                    c.stage, c.row_id, c.info, c.catalogue, p.family_name, p.given_name, p.middle_name,
                    c.sent_at, c.decided_at
               FROM offerings o
               JOIN disciplines d ON d.id = o.discipline_id
               JOIN orgs f ON f.id = o.faculty_id
               LEFT JOIN choices c ON c.offering_id = o.id
               LEFT JOIN people p ON p.id = o.responsible_id
              WHERE ",
            $scope,
            where_listed!(),
            " ORDER BY
                CASE $12 WHEN 'discipline asc' THEN d.sort_key WHEN 'group asc' THEN o.group_code
                         WHEN 'instructor asc' THEN COALESCE(p.sort_key, '') WHEN 'state asc' THEN ",
            urgency!(),
            " END,
                CASE $13 WHEN 'discipline desc' THEN d.sort_key WHEN 'group desc' THEN o.group_code
                         WHEN 'instructor desc' THEN COALESCE(p.sort_key, '') WHEN 'state desc' THEN ",
            urgency!(),
            " END DESC,
                CASE $14 WHEN 'students asc' THEN o.students WHEN 'students desc' THEN -o.students END,
                d.sort_key, o.group_code, o.id LIMIT $15 OFFSET $16"
        )
    };
}

/// Composes the SQL query for the numbers of offerings by department and state. `scope` limits it to a unit. The
/// result has the order of an index, so the database counts without sorting.
macro_rules! select_counts {
    ($scope:literal) => {
        concat!(
            "SELECT o.faculty_id, o.department_id,
                    COUNT(*) FILTER (WHERE c.stage IS NULL), COUNT(*) FILTER (WHERE c.stage = 'in-review'),
                    COUNT(*) FILTER (WHERE c.stage = 'returned'), COUNT(*) FILTER (WHERE c.stage = 'approved')
               FROM offerings o LEFT JOIN choices c ON c.offering_id = o.id
              WHERE ",
            $scope,
            " AND o.has_exam AND o.is_active
              GROUP BY o.department_id, o.faculty_id ORDER BY o.department_id, o.faculty_id"
        )
    };
}

statements! {
    COUNTS = select_counts!("o.term_id = $1");
    FACULTY_COUNTS = select_counts!("o.faculty_id = $1 AND o.term_id = $2");
    IN_UNIVERSITY = select_listed!("o.term_id");
    IN_FACULTY = select_listed!("o.faculty_id");
    IN_DEPARTMENT = select_listed!("o.department_id");
    COUNT_IN_UNIVERSITY = count_listed!("o.term_id");
    COUNT_IN_FACULTY = count_listed!("o.faculty_id");
    COUNT_IN_DEPARTMENT = count_listed!("o.department_id");
    UNFINISHED = select_offering!(
        "LEFT JOIN choices c ON c.offering_id = o.id
         WHERE o.term_id = $1 AND o.has_exam AND o.is_active AND (c.stage IS NULL OR c.stage = 'returned')
         ORDER BY d.sort_key, o.group_code, o.id");
    VACANT = select_offering!(
        "WHERE o.department_id = $1 AND o.term_id = $2 AND o.has_exam AND o.is_active AND o.responsible_id IS NULL
         ORDER BY d.sort_key, o.group_code, o.id");
}

/// The numbers of offerings of one department that belong to one faculty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepartmentCount {
    pub faculty: OrgId,
    pub department: OrgId,
    /// The numbers of the offerings by the state of their choice.
    pub tally: Tally,
}

/// The unit to which a list or a count of offerings is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProgressScope {
    /// Scope of a list or a count: all offerings of the university.
    University,
    Faculty(OrgId),
    Department(OrgId),
}

/// The filter and the sort order of the progress report's list of offerings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressFilter {
    pub scope: ProgressScope,
    /// The state by which the list of offerings is filtered: only offerings whose choice has this
    /// state are listed; `None` for all states.
    pub state: Option<ChoiceState>,
    /// A part of the name of a discipline, group or instructor, converted by `search_key` to a
    /// Latin spelling that is the same for common spellings of a name; empty if the list is not
    /// limited by text.
    pub text: String,
    /// The responsible instructor to whom the list is limited: only the offerings of this
    /// instructor are listed, or only vacancies (offerings without an instructor). `None` lists all
    /// offerings.
    pub instructor: Option<Responsible>,
    /// The column and direction by which the list of offerings is sorted.
    pub sort: Sort,
    /// The maximum number of offerings that the query loads.
    pub limit: i64,
    /// The number of offerings to skip before the first one that is loaded, for later result pages.
    pub offset: i64,
}

/// The instructor who is responsible for an offering; a vacancy is an offering without an
/// instructor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Responsible {
    Vacancy,
    Person(PersonId),
}

/// An offering in the progress report's list, with its choice and its instructor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressListItem {
    /// The offering that this item of the list describes. The list of the teachers of the offering
    /// is empty.
    pub offering: Offering,
    /// The state of the offering's choice.
    pub state: ChoiceState,
    /// The catalogue row, the additional information and the catalogue version of the choice;
    /// `None` if no choice was made.
    pub chosen: Option<(RowId, String, i64)>,
    /// The name of the instructor who is responsible for the offering; empty if the offering has no
    /// instructor.
    pub instructor: String,
    /// The time at which the choice was sent; `None` if no choice was made.
    pub sent_at: Option<DateTime<Utc>>,
    /// The time at which the choice was approved or returned; `None` if nobody has decided on it.
    pub decided_at: Option<DateTime<Utc>>,
}

/// Counts the offerings of a term by department and state of the choice, in one faculty or in all
/// faculties.
pub fn counts(tx: &mut Tx<'_>, term: TermId, faculty: Option<OrgId>) -> Result<Vec<DepartmentCount>> {
    match faculty {
        Some(faculty) => tx.rows(FACULTY_COUNTS, &[&faculty.0, &term.0], count),
        None => tx.rows(COUNTS, &[&term.0], count),
    }
}

/// Loads the filtered and sorted list of offerings for the progress report.
pub fn list(tx: &mut Tx<'_>, term: TermId, filter: &ProgressFilter) -> Result<Vec<ProgressListItem>> {
    let (sql, scope) = match filter.scope {
        ProgressScope::University => (IN_UNIVERSITY, term.0),
        ProgressScope::Faculty(faculty) => (IN_FACULTY, faculty.0),
        ProgressScope::Department(department) => (IN_DEPARTMENT, department.0),
    };
    let sort = format!("{} {}", filter.sort.column.code(), filter.sort.direction());
    let narrowed = Narrowed::of(filter);
    let ordered: [&dyn Param; 5] = [&sort, &sort, &sort, &filter.limit, &filter.offset];
    tx.rows(sql, &[narrowed.values(&scope, &term.0).as_slice(), &ordered].concat(), listed)
}

/// Counts the offerings of the filtered list for the progress report, on all its result pages.
pub fn count_listed(tx: &mut Tx<'_>, term: TermId, filter: &ProgressFilter) -> Result<i64> {
    let (sql, scope) = match filter.scope {
        ProgressScope::University => (COUNT_IN_UNIVERSITY, term.0),
        ProgressScope::Faculty(faculty) => (COUNT_IN_FACULTY, faculty.0),
        ProgressScope::Department(department) => (COUNT_IN_DEPARTMENT, department.0),
    };
    let narrowed = Narrowed::of(filter);
    Ok(tx.row(sql, &narrowed.values(&scope, &term.0), |row| row.next())?.unwrap_or(0))
}

/// The values of a filter as parameters of the queries.
struct Narrowed<'f> {
    state: &'static str,
    text: &'f str,
    /// The text between two wildcards of LIKE. The function `search_key` has converted the text to letters,
    /// digits and single spaces, none of which is a wildcard, so the text needs no escaping.
    part: String,
    responsible: &'static str,
    person: Option<Uuid>,
}

impl<'f> Narrowed<'f> {
    fn of(filter: &'f ProgressFilter) -> Self {
        let (responsible, person) = match filter.instructor {
            None => ("", None),
            Some(Responsible::Vacancy) => ("vacancy", None),
            Some(Responsible::Person(person)) => ("person", Some(person.0)),
        };
        let (state, part) = (filter.state.map(ChoiceState::code).unwrap_or_default(), format!("%{}%", filter.text));
        Self { state, text: &filter.text, part, responsible, person }
    }

    /// The parameters $1 to $11.
    fn values<'v>(&'v self, scope: &'v Uuid, term: &'v Uuid) -> [&'v dyn Param; 11] {
        let Self { state, text, part, responsible, person } = self;
        [scope, term, state, state, text, part, part, part, responsible, responsible, person]
    }
}

/// Loads the offerings of a term for which a choice is still to be sent, because there is none or
/// it was returned. Their lists of teachers are empty.
pub fn unfinished(tx: &mut Tx<'_>, term: TermId) -> Result<Vec<Offering>> {
    tx.rows(UNFINISHED, &[&term.0], offering)
}

/// Loads the vacancies of a department in a term, which are its offerings without an instructor.
pub fn vacancies(tx: &mut Tx<'_>, department: OrgId, term: TermId) -> Result<Vec<Offering>> {
    tx.rows(VACANT, &[&department.0, &term.0], offering)
}

fn count(row: &Row<'_>) -> Result<DepartmentCount> {
    Ok(DepartmentCount {
        faculty: OrgId(row.next()?),
        department: OrgId(row.next()?),
        tally: Tally { not_chosen: row.next()?, in_review: row.next()?, returned: row.next()?, approved: row.next()? },
    })
}

fn listed(row: &Row<'_>) -> Result<ProgressListItem> {
    let offering = offering(row)?;
    let stage: Option<String> = row.next()?;
    let (chosen, info, catalogue): (Option<String>, Option<String>, Option<i64>) =
        (row.next()?, row.next()?, row.next()?);
    let names: [Option<String>; 3] = [row.next()?, row.next()?, row.next()?];
    let [family, given, middle] = names.map(Option::unwrap_or_default);
    Ok(ProgressListItem {
        offering,
        state: stage.as_deref().and_then(ChoiceState::from_code).unwrap_or(ChoiceState::NotChosen),
        chosen: chosen.map(|chosen| (RowId(chosen), info.unwrap_or_default(), catalogue.unwrap_or_default())),
        instructor: short_name(&family, &given, &middle),
        sent_at: row.next()?,
        decided_at: row.next()?,
    })
}
