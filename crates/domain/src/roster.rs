//! A roster: the university's units, terms, people and offerings, as an administrative system exports them. Identifiers
//! are derived from the roster's own keys, so that reading a roster twice gives the same identifiers. The changes that
//! an import would make are a [`plan::Plan`].

mod adopted;
pub mod existing;
mod local_decisions;
pub mod plan;
pub mod plan_view;
pub mod undo;

use crate::id::{DisciplineId, OfferingId, OrgId, PersonId, TermId};
use crate::name::{Language, Name};
use crate::offering::{Level, StudyForm};
use crate::person::{Appointment, Person, Role};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The kind of a unit of the university.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum OrgKind {
    /// Kind of unit: the whole university (OneRoster `district`).
    University,
    /// Kind of unit: a faculty (OneRoster `school`).
    Faculty,
    /// Kind of unit: a department, кафедра (OneRoster `department`).
    Department,
}

impl OrgKind {
    /// The stored code of a kind of unit: university, faculty or department.
    pub fn code(self) -> &'static str {
        match self {
            Self::University => "university",
            Self::Faculty => "faculty",
            Self::Department => "department",
        }
    }

    /// Returns the kind of unit with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::University, Self::Faculty, Self::Department].into_iter().find(|kind| kind.code() == code)
    }
}

impl Role {
    /// Returns whether a role can be held in a unit of this kind: a head in a department, a dean in a faculty, and
    /// roles for the whole university in the university itself.
    pub fn is_held_in(self, kind: OrgKind) -> bool {
        match self {
            Self::Head | Self::ActingHead => kind == OrgKind::Department,
            Self::Dean | Self::DeanOffice => kind == OrgKind::Faculty,
            Self::Registrar | Self::Auditor | Self::Administrator => kind == OrgKind::University,
            Self::Instructor | Self::Student => true,
        }
    }
}

/// A unit of the university: the university itself, a faculty or a department.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Org {
    pub id: OrgId,
    /// The unit to which this unit belongs; `None` if there is none.
    pub parent: Option<OrgId>,
    /// The kind of a unit: university, faculty or department.
    pub kind: OrgKind,
    /// The short code of a unit (`identifier` in OneRoster), else the unit's key in the roster.
    pub code: String,
    pub name: Name,
}

/// A term (semester), as the roster contains it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterTerm {
    pub id: TermId,
    /// The key of a term in the roster.
    pub code: String,
    pub name: Name,
    pub starts: NaiveDate,
    pub ends: NaiveDate,
    /// The first day on which instructors may choose in the term.
    pub choose_from: NaiveDate,
    /// The last day on which instructors may choose in the term.
    pub choose_until: NaiveDate,
    /// The last day on which choices may be approved in the term.
    pub approve_until: NaiveDate,
}

/// A discipline, as the roster contains it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterDiscipline {
    pub id: DisciplineId,
    /// The department that teaches the discipline.
    pub department: OrgId,
    pub code: String,
    pub name: Name,
}

/// The department and faculty of a discipline. Stored as a JSON array of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(OrgId, OrgId)", into = "(OrgId, OrgId)")]
pub struct DisciplineHome {
    pub department: OrgId,
    /// The faculty of the department.
    pub faculty: OrgId,
}

impl From<(OrgId, OrgId)> for DisciplineHome {
    fn from((department, faculty): (OrgId, OrgId)) -> Self {
        Self { department, faculty }
    }
}

impl From<DisciplineHome> for (OrgId, OrgId) {
    fn from(home: DisciplineHome) -> Self {
        (home.department, home.faculty)
    }
}

/// An offering (one discipline taught to one student group in one term), as the roster contains it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterOffering {
    pub id: OfferingId,
    /// The term in which the offering is taught.
    pub term: TermId,
    pub discipline: DisciplineId,
    /// The discipline's department and its faculty, which determine the people who approve and the catalogue rows that
    /// are offered. Filled in by the import.
    pub home: Option<DisciplineHome>,
    pub group: String,
    /// The language in which the student group is taught.
    pub language: Language,
    pub study_form: StudyForm,
    pub level: Level,
    pub students: i64,
    /// The instructor who is responsible for the offering and chooses its exam form; `None` is a vacancy.
    pub responsible: Option<PersonId>,
    /// All people who teach the offering, sorted by identifier.
    pub teachers: Vec<PersonId>,
    /// Whether the offering has a final exam.
    pub has_exam: bool,
    /// Whether the offering is taught. An offering that the roster no longer contains may be deactivated, together with
    /// its choice.
    pub is_active: bool,
}

/// The enrolment of a student in an offering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Enrolment {
    /// The offering in which the student is enrolled.
    pub offering: OfferingId,
    pub person: PersonId,
}

/// A whole roster as lists of records; parent units come before their children.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roster {
    pub orgs: Vec<Org>,
    pub terms: Vec<RosterTerm>,
    pub people: Vec<Person>,
    pub appointments: Vec<Appointment>,
    pub disciplines: Vec<RosterDiscipline>,
    pub offerings: Vec<RosterOffering>,
    /// The enrolments of students in offerings.
    pub enrolments: Vec<Enrolment>,
}

impl Roster {
    /// The number of records of all kinds in the roster.
    pub fn size(&self) -> usize {
        let units = self.orgs.len() + self.terms.len() + self.people.len() + self.appointments.len();
        units + self.disciplines.len() + self.offerings.len() + self.enrolments.len()
    }
}

/// The reasons for which a row of a roster file is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum BadValue {
    /// Refused row of a roster file: a required cell is empty.
    #[error("empty cell")]
    Empty,
    /// Refused row of a roster file: it refers to a record that is not in the roster or was itself refused.
    #[error("no such key")]
    Unknown,
    /// Refused row of a roster file: the value of a cell is not one of the allowed values.
    #[error("not an allowed value")]
    NotAllowed,
    /// Refused row of a roster file: the value of a cell is not a date (YYYY-MM-DD or DD.MM.YYYY).
    #[error("not a date")]
    NotADate,
    /// Refused row of a roster file: the value of a cell is not a whole number from 0 to 100 000.
    #[error("not a whole number")]
    NotANumber,
    /// Refused row of a roster file: an earlier row has the same key.
    #[error("the key stands further up")]
    Duplicate,
    /// Refused row of a roster file: the value of a cell has more characters than allowed.
    #[error("too long")]
    TooLong,
    /// Refused row of a roster file: the unit of a discipline is not a department.
    #[error("not a department")]
    NotADepartment,
    /// Refused row of a roster file: a role cannot be held in a unit of this kind, such as a head in a faculty.
    #[error("the role is held in another kind of unit")]
    WrongUnit,
    /// Refused row of a roster file: an end date is before its start date.
    #[error("the end lies before the start")]
    WrongOrder,
    /// Refused row of a roster file: a class has several instructors, and not exactly one of them is primary.
    #[error("several instructors, not exactly one primary")]
    NoSinglePrimary,
    /// Refused row of a roster file: it has more or fewer cells than the header.
    #[error("wrong number of cells")]
    WrongCells,
}

impl BadValue {
    /// The code of a refused row's reason, which is also the second half of the translation key `import-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty-cell",
            Self::Unknown => "unknown-key",
            Self::NotAllowed => "not-allowed-value",
            Self::NotADate => "not-a-date",
            Self::NotANumber => "not-a-number",
            Self::Duplicate => "duplicate-key",
            Self::TooLong => "value-too-long",
            Self::NotADepartment => "not-a-department",
            Self::WrongUnit => "role-in-wrong-unit",
            Self::WrongOrder => "dates-out-of-order",
            Self::NoSinglePrimary => "no-single-primary",
            Self::WrongCells => "wrong-number-of-cells",
        }
    }
}

/// A refused row of a roster file, with the cell that caused the refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// The name of the roster file with the refused row, such as `classes.csv`.
    pub file: String,
    /// The line number of the refused row in the file; the header is line 1.
    pub line: u64,
    pub column: String,
    /// The value of the cell for which the row was refused.
    pub value: String,
    /// The reason for which the row of the roster file was refused.
    pub reason: BadValue,
}

/// The numbers of records of one kind that a roster import adds, changes and leaves unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Difference {
    /// The number of imported records that did not exist before.
    pub new: usize,
    /// The number of imported records that differ from the stored ones.
    pub changed: usize,
    /// The number of imported records that equal the stored ones.
    pub unchanged: usize,
    /// The number of stored records that the roster does not contain; the import leaves them unchanged.
    pub absent: usize,
}

/// A kind of records with the numbers of records that a roster import adds, changes and does not contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindDifference {
    /// The code of a kind of records, such as `orgs` or `people`.
    pub kind: &'static str,
    pub difference: Difference,
}
