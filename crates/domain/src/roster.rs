//! A roster: the university's units, terms, people and offerings, with identifiers derived from the roster's own keys,
//! so that reading it twice gives the same identifiers. The changes that an import would make are a [`plan::Plan`].

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
    /// The whole university (OneRoster `district`).
    University,
    /// A faculty (OneRoster `school`).
    Faculty,
    /// A department, кафедра (OneRoster `department`).
    Department,
}

impl OrgKind {
    /// The stored code of the kind.
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
    /// Returns whether the role can be held in a unit of this kind: a head in a department, a dean in a faculty, and
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
    /// The parent unit; `None` if there is none.
    pub parent: Option<OrgId>,
    /// The kind of the unit: university, faculty or department.
    pub kind: OrgKind,
    /// The short code (`identifier`) of the unit, else the roster's key.
    pub code: String,
    pub name: Name,
}

/// A term, as the roster contains it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterTerm {
    pub id: TermId,
    /// The key of the term in the roster.
    pub code: String,
    pub name: Name,
    pub starts: NaiveDate,
    pub ends: NaiveDate,
    /// The first day of choosing.
    pub choose_from: NaiveDate,
    /// The last day of choosing.
    pub choose_until: NaiveDate,
    /// The last day of approving.
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

/// An offering, as the roster contains it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterOffering {
    pub id: OfferingId,
    /// The term in which the offering is taught.
    pub term: TermId,
    pub discipline: DisciplineId,
    /// The discipline's department and its faculty, which determine the approvers and the offered rows.
    /// Filled in by the import.
    pub home: Option<DisciplineHome>,
    pub group: String,
    /// The language of instruction.
    pub language: Language,
    pub study_form: StudyForm,
    pub level: Level,
    pub students: i64,
    /// The responsible instructor, who chooses; `None` is a vacancy.
    pub responsible: Option<PersonId>,
    /// All people who teach the offering, sorted.
    pub teachers: Vec<PersonId>,
    /// Whether the offering has a final exam.
    pub has_exam: bool,
    /// Whether the offering is taught. An offering that the roster no longer contains may be
    /// deactivated, with its choice.
    pub is_active: bool,
}

/// The enrolment of a student in an offering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Enrolment {
    /// The offering in which the student is enrolled.
    pub offering: OfferingId,
    pub person: PersonId,
}

/// A whole roster; parent units come before their children.
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
    /// The number of records in the roster.
    pub fn size(&self) -> usize {
        let units = self.orgs.len() + self.terms.len() + self.people.len() + self.appointments.len();
        units + self.disciplines.len() + self.offerings.len() + self.enrolments.len()
    }
}

/// The reasons for which a row of a roster is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum BadValue {
    /// A required cell is empty.
    #[error("empty cell")]
    Empty,
    /// The row refers to a record that is not in the roster or was itself refused.
    #[error("no such key")]
    Unknown,
    /// The value is not one of those allowed here.
    #[error("not an allowed value")]
    NotAllowed,
    /// The value is not a date (YYYY-MM-DD).
    #[error("not a date")]
    NotADate,
    /// The value is not a whole number from 0 to 100 000.
    #[error("not a whole number")]
    NotANumber,
    /// An earlier row has the same key.
    #[error("the key stands further up")]
    Duplicate,
    /// The value has more characters than allowed.
    #[error("too long")]
    TooLong,
    /// The discipline's unit is not a department.
    #[error("not a department")]
    NotADepartment,
    /// The role cannot be held in a unit of this kind, such as a head in a faculty.
    #[error("the role is held in another kind of unit")]
    WrongUnit,
    /// The end is before the start.
    #[error("the end lies before the start")]
    WrongOrder,
    /// There are several instructors and not exactly one of them is primary.
    #[error("several instructors, not exactly one primary")]
    NoSinglePrimary,
    /// The row has more or fewer cells than the header.
    #[error("wrong number of cells")]
    WrongCells,
}

impl BadValue {
    /// The unique code of this refusal, which is also the second half of the translation key `import-…`.
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

/// A refused row of a roster file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// The name of the file, such as `classes.csv`.
    pub file: String,
    /// The line number in the file; the header is line 1.
    pub line: u64,
    pub column: String,
    /// The value that was refused.
    pub value: String,
    /// The reason for which the value was refused.
    pub reason: BadValue,
}

/// The number of records of one kind by the effect of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Difference {
    /// Records that did not exist before.
    pub new: usize,
    /// Records that exist with other values.
    pub changed: usize,
    /// Records that exist with the same values.
    pub unchanged: usize,
    /// Stored records that the roster does not contain; they are left unchanged.
    pub absent: usize,
}

/// A kind of records with the number of records that an import adds, changes and misses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindDifference {
    /// The code of the kind: `orgs`, `people`.
    pub kind: &'static str,
    pub difference: Difference,
}
