//! Counts for reports: offerings of each instructor, exams of each catalogue row, offerings whose choice
//! is not approved, and the times at which choices were sent and approved.

use crate::progress::{ProgressScope, Responsible};
use crate::statement_macro::statements;
use crate::tx::Row;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use domain::catalogue::RowId;
use domain::id::{OfferingId, OrgId, PersonId, TermId};
use domain::name::Language;
use domain::person::short_name;
use domain::report::ChoiceState;
use uuid::Uuid;

/// Composes the SQL query that counts the offerings of one unit by faculty, language of
/// instruction, state of the choice and catalogue row. The parameter `scope` is the database column
/// that selects the unit: `o.faculty_id`, `o.department_id`, or `o.term_id` for the whole
/// university.
macro_rules! select_load {
    ($scope:literal) => {
        concat!(
            "SELECT o.faculty_id, o.language, c.stage, c.row_id, c.catalogue, COUNT(*), CAST(SUM(o.students) AS BIGINT)
               FROM offerings o LEFT JOIN choices c ON c.offering_id = o.id
              WHERE ",
            $scope,
            " = $1 AND o.term_id = $2 AND o.has_exam AND o.is_active
              GROUP BY o.faculty_id, o.language, c.stage, c.row_id, c.catalogue
              ORDER BY o.faculty_id, o.language, c.stage, c.row_id, c.catalogue"
        )
    };
}

/// Composes the SQL query for the offerings of one unit whose choice is not approved. The parameter
/// `scope` is the database column that selects the unit: `o.faculty_id`, `o.department_id`, or
/// `o.term_id` for the whole university.
macro_rules! select_unfinished {
    ($scope:literal) => {
        concat!(
            "SELECT o.id, o.faculty_id, o.department_id, o.responsible_id, p.family_name, p.given_name, p.middle_name,
                    COALESCE(c.stage, 'not-chosen')
               FROM offerings o
               LEFT JOIN choices c ON c.offering_id = o.id
               LEFT JOIN people p ON p.id = o.responsible_id
              WHERE ",
            $scope,
            " = $1 AND o.term_id = $2 AND o.has_exam AND o.is_active AND COALESCE(c.stage, 'not-chosen') <> 'approved'
              ORDER BY o.department_id, o.id"
        )
    };
}

/// Composes the SQL query for the days on which the choices of one unit were sent and approved. The parameter
/// `scope` is the database column that selects the unit: `o.faculty_id`, `o.department_id`, or `o.term_id` for the
/// whole university.
macro_rules! select_dates {
    ($scope:literal) => {
        concat!(
            "SELECT c.sent_at, CASE c.stage WHEN 'approved' THEN c.decided_at END
               FROM offerings o JOIN choices c ON c.offering_id = o.id
              WHERE ",
            $scope,
            " = $1 AND o.term_id = $2 AND o.has_exam AND o.is_active"
        )
    };
}

statements! {
    DATES_IN_UNIVERSITY = select_dates!("o.term_id");
    DATES_IN_FACULTY = select_dates!("o.faculty_id");
    DATES_IN_DEPARTMENT = select_dates!("o.department_id");
    INSTRUCTORS = "SELECT o.responsible_id, p.family_name, p.given_name, p.middle_name, COALESCE(c.stage, 'not-chosen'),
                          COUNT(*)
                     FROM offerings o
                     LEFT JOIN choices c ON c.offering_id = o.id
                     LEFT JOIN people p ON p.id = o.responsible_id
                    WHERE o.department_id = $1 AND o.term_id = $2 AND o.has_exam AND o.is_active
                    GROUP BY o.responsible_id, p.family_name, p.given_name, p.middle_name,
                             COALESCE(c.stage, 'not-chosen')
                    ORDER BY o.responsible_id, COALESCE(c.stage, 'not-chosen')";
    LOAD_OF_UNIVERSITY = select_load!("o.term_id");
    LOAD_OF_FACULTY = select_load!("o.faculty_id");
    LOAD_OF_DEPARTMENT = select_load!("o.department_id");
    UNFINISHED_IN_UNIVERSITY = select_unfinished!("o.term_id");
    UNFINISHED_IN_FACULTY = select_unfinished!("o.faculty_id");
    UNFINISHED_IN_DEPARTMENT = select_unfinished!("o.department_id");
}

/// The times at which a choice was sent and approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChoiceTimes {
    /// The time at which the current version of the choice was sent.
    pub sent: DateTime<Utc>,
    /// The time of the approval; `None` if the choice is not approved.
    pub approved: Option<DateTime<Utc>>,
}

/// Loads the times at which the choices of one unit were sent and approved, in no particular order.
pub fn choice_times(tx: &mut Tx<'_>, term: TermId, scope: ProgressScope) -> Result<Vec<ChoiceTimes>> {
    let (sql, unit) = match scope {
        ProgressScope::University => (DATES_IN_UNIVERSITY, term.0),
        ProgressScope::Faculty(faculty) => (DATES_IN_FACULTY, faculty.0),
        ProgressScope::Department(department) => (DATES_IN_DEPARTMENT, department.0),
    };
    tx.rows(sql, &[&unit, &term.0], |row| Ok(ChoiceTimes { sent: row.next()?, approved: row.next()? }))
}

/// The number of an instructor's offerings whose choices are in one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstructorShare {
    pub responsible: Responsible,
    /// The name of the instructor who is responsible for the offerings that the field `offerings`
    /// counts; empty if these offerings have no instructor.
    pub name: String,
    pub state: ChoiceState,
    /// The number of the instructor's offerings whose choices are in this state.
    pub offerings: i64,
}

/// The number of exams that use one catalogue row, are of one faculty and one language of
/// instruction, and whose choices are in one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowLoad {
    pub faculty: OrgId,
    /// The language of instruction of the offerings that the field `offerings` counts.
    pub language: Language,
    /// The state of the choices for the offerings that the field `offerings` counts.
    pub state: ChoiceState,
    /// The catalogue row that is chosen for the offerings that the field `offerings` counts, and
    /// the number of its catalogue version; `None` if these offerings have no choice.
    pub row: Option<(RowId, i64)>,
    /// The number of offerings whose choice uses the catalogue row; if there is no catalogue row,
    /// the number of offerings without a choice.
    pub offerings: i64,
    /// The total number of students in the offerings that the field `offerings` counts.
    pub students: i64,
}

/// An offering whose choice is not approved yet, with the responsible instructor and the state of
/// the choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnfinishedOffering {
    pub offering: OfferingId,
    pub faculty: OrgId,
    pub department: OrgId,
    pub responsible: Responsible,
    /// The name of the instructor who is responsible for the offering; empty if the offering has no
    /// instructor.
    pub name: String,
    /// The state of the offering's choice, for example returned.
    pub state: ChoiceState,
}

/// Counts the offerings of each instructor of a department by the state of the choice.
pub fn instructors(tx: &mut Tx<'_>, department: OrgId, term: TermId) -> Result<Vec<InstructorShare>> {
    tx.rows(INSTRUCTORS, &[&department.0, &term.0], |row| {
        let NamedResponsible { responsible, name } = read_responsible(row)?;
        Ok(InstructorShare { responsible, name, state: state(row)?, offerings: row.next()? })
    })
}

/// Counts the exams of a unit by catalogue row, faculty, language of instruction and state of the
/// choice.
pub fn load(tx: &mut Tx<'_>, term: TermId, scope: ProgressScope) -> Result<Vec<RowLoad>> {
    let (sql, unit) = match scope {
        ProgressScope::University => (LOAD_OF_UNIVERSITY, term.0),
        ProgressScope::Faculty(faculty) => (LOAD_OF_FACULTY, faculty.0),
        ProgressScope::Department(department) => (LOAD_OF_DEPARTMENT, department.0),
    };
    tx.rows(sql, &[&unit, &term.0], |row| {
        let (faculty, language) = (OrgId(row.next()?), row.next::<String>()?);
        let stage: Option<String> = row.next()?;
        let (chosen, catalogue): (Option<String>, Option<i64>) = (row.next()?, row.next()?);
        Ok(RowLoad {
            faculty,
            language: crate::tx::known(&language, Language::from_code)?,
            state: stage.as_deref().and_then(ChoiceState::from_code).unwrap_or(ChoiceState::NotChosen),
            row: chosen.map(RowId).zip(catalogue),
            offerings: row.next()?,
            students: row.next()?,
        })
    })
}

/// Loads the offerings of a unit whose choice is not approved, sorted by department.
pub fn unfinished(tx: &mut Tx<'_>, term: TermId, scope: ProgressScope) -> Result<Vec<UnfinishedOffering>> {
    let (sql, unit) = match scope {
        ProgressScope::University => (UNFINISHED_IN_UNIVERSITY, term.0),
        ProgressScope::Faculty(faculty) => (UNFINISHED_IN_FACULTY, faculty.0),
        ProgressScope::Department(department) => (UNFINISHED_IN_DEPARTMENT, department.0),
    };
    tx.rows(sql, &[&unit, &term.0], |row| {
        let (offering, faculty, department) = (OfferingId(row.next()?), OrgId(row.next()?), OrgId(row.next()?));
        let NamedResponsible { responsible, name } = read_responsible(row)?;
        Ok(UnfinishedOffering { offering, faculty, department, responsible, name, state: state(row)? })
    })
}

struct NamedResponsible {
    responsible: Responsible,
    /// The name of the instructor who is responsible for the offering; empty if the offering has no
    /// instructor.
    name: String,
}

fn read_responsible(row: &Row<'_>) -> Result<NamedResponsible> {
    let person: Option<Uuid> = row.next()?;
    let names: [Option<String>; 3] = [row.next()?, row.next()?, row.next()?];
    let [family, given, middle] = names.map(Option::unwrap_or_default);
    let responsible = person.map_or(Responsible::Vacancy, |person| Responsible::Person(PersonId(person)));
    Ok(NamedResponsible { responsible, name: short_name(&family, &given, &middle) })
}

fn state(row: &Row<'_>) -> Result<ChoiceState> {
    row.code(ChoiceState::from_code)
}
