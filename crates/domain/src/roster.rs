//! A roster: the units, academic terms, people and offerings of the university, as an
//! administrative system exports them. The identifiers of all records are derived from the keys in
//! the roster, so that reading the same roster again gives the same identifiers. The changes that
//! an import of the roster would make are a [`plan::Plan`].

mod adopted;
pub mod authority;
mod bad_line;
pub mod danger;
pub mod existing;
mod local_decisions;
pub mod plan;
pub mod plan_view;
pub mod undo;

pub use bad_line::{BadLine, BadValue};

use crate::id::{DisciplineId, OfferingId, OrgId, PersonId, TermId};
use crate::name::{Language, Name};
use crate::offering::{Level, StudyForm};
use crate::person::{Appointment, Person, Role};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The kind of a unit: university, faculty or department.
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
    /// Returns the stored code of the kind of unit: `university`, `faculty` or `department`.
    pub fn code(self) -> &'static str {
        match self {
            Self::University => "university",
            Self::Faculty => "faculty",
            Self::Department => "department",
        }
    }

    /// Returns the kind of unit that has the stored code `code`; `None` if the code is unknown.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::University, Self::Faculty, Self::Department].into_iter().find(|kind| kind.code() == code)
    }
}

impl Role {
    /// Returns whether a person can have this role in a unit of this kind. Heads belong to a
    /// department, deans to a faculty, and registrars, auditors and administrators to the
    /// university.
    pub fn is_held_in(self, kind: OrgKind) -> bool {
        match self {
            Self::Head | Self::ActingHead => kind == OrgKind::Department,
            Self::Dean | Self::DeanOffice => kind == OrgKind::Faculty,
            Self::Registrar | Self::Auditor | Self::Administrator => kind == OrgKind::University,
            Self::Instructor | Self::Student => true,
        }
    }
}

/// A unit of the university: a department, a faculty or the whole university.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Org {
    pub id: OrgId,
    /// The unit that contains this unit, such as the faculty of a department; `None` for the
    /// university.
    pub parent: Option<OrgId>,
    /// The kind of the unit: university, faculty or department.
    pub kind: OrgKind,
    /// The short code of the unit (`identifier` in OneRoster); if the roster has none, the key of
    /// the unit in the roster.
    pub code: String,
    pub name: Name,
}

impl Org {
    /// Returns the names of a unit in Kazakh, Russian and English, and its code.
    pub fn names_and_code(&self) -> [String; 4] {
        [self.name.kk.clone(), self.name.ru.clone(), self.name.en.clone(), self.code.clone()]
    }
}

/// An academic term (semester), with the values that the roster contains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterTerm {
    pub id: TermId,
    /// The key by which the roster identifies the academic term.
    pub code: String,
    pub name: Name,
    pub starts: NaiveDate,
    pub ends: NaiveDate,
    /// The first day on which instructors can choose exams of the academic term.
    pub choose_from: NaiveDate,
    /// The last day on which instructors can choose exams of the academic term.
    pub choose_until: NaiveDate,
    /// The last day on which heads of department can approve choices of the academic term.
    pub approve_until: NaiveDate,
}

/// A discipline, with the values that the roster contains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterDiscipline {
    pub id: DisciplineId,
    /// The department that teaches the discipline of the roster.
    pub department: OrgId,
    pub code: String,
    pub name: Name,
}

/// The department that teaches a discipline, and the faculty of that department. Stored as a JSON
/// array of two identifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(OrgId, OrgId)", into = "(OrgId, OrgId)")]
pub struct DisciplineHome {
    pub department: OrgId,
    /// The faculty to which the department of the discipline belongs.
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

/// An offering (one discipline taught to one student group in one academic term), as the roster
/// contains it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterOffering {
    pub id: OfferingId,
    /// The academic term in which the discipline is taught to the student group.
    pub term: TermId,
    pub discipline: DisciplineId,
    /// The department and faculty of the offering's discipline. They determine the people who
    /// approve the choice, and the catalogue rows that are offered. `None` until the import fills
    /// in this field.
    pub home: Option<DisciplineHome>,
    pub group: String,
    /// The language in which the student group is taught.
    pub language: Language,
    pub study_form: StudyForm,
    pub level: Level,
    pub students: i64,
    /// The instructor who is responsible for the offering and chooses its exam; `None` if the
    /// offering is a vacancy, which has no instructor.
    pub responsible: Option<PersonId>,
    /// All people who teach the offering, sorted by identifier.
    pub teachers: Vec<PersonId>,
    /// Whether the offering ends with a final exam.
    pub has_exam: bool,
    /// Whether the discipline is still taught to the student group. If a new roster does not
    /// contain the offering, the import can deactivate the offering together with its choice.
    pub is_active: bool,
}

/// The enrolment of a student in an offering, by which the student belongs to the student group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Enrolment {
    /// The offering (discipline taught to a student group) in which the student is enrolled.
    pub offering: OfferingId,
    pub person: PersonId,
}

/// A whole roster as lists of records; in the list of units, a unit comes before the units that it
/// contains.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roster {
    pub orgs: Vec<Org>,
    pub terms: Vec<RosterTerm>,
    pub people: Vec<Person>,
    pub appointments: Vec<Appointment>,
    pub disciplines: Vec<RosterDiscipline>,
    pub offerings: Vec<RosterOffering>,
    /// The enrolments of all students in offerings.
    pub enrolments: Vec<Enrolment>,
}

impl Roster {
    /// Returns the total number of records in the roster.
    pub fn size(&self) -> usize {
        let units = self.orgs.len() + self.terms.len() + self.people.len() + self.appointments.len();
        units + self.disciplines.len() + self.offerings.len() + self.enrolments.len()
    }
}

/// The numbers of records of one kind, such as people, that a roster import adds, changes and
/// leaves unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Difference {
    /// The number of records in the roster that were not stored before.
    pub new: usize,
    /// The number of records in the roster that differ from the stored records.
    pub changed: usize,
    /// The number of records in the roster that equal the stored records.
    pub unchanged: usize,
    /// The number of stored records that the roster does not contain; the import leaves these
    /// records unchanged.
    pub absent: usize,
}

/// A kind of records, with the numbers of records of this kind that a roster import adds, changes
/// and leaves unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindDifference {
    /// The code of the kind of records, such as `orgs` or `people`.
    pub kind: &'static str,
    pub difference: Difference,
}
