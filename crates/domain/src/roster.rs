//! A roster: the university's units, terms, people and offerings, with identifiers derived from the roster's own keys,
//! so that reading it twice gives the same identifiers. What bringing one in would change is a [`plan::Plan`].

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

/// The kind of a unit.
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
    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::University => "university",
            Self::Faculty => "faculty",
            Self::Department => "department",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::University, Self::Faculty, Self::Department].into_iter().find(|kind| kind.code() == code)
    }
}

impl Role {
    /// May the role be held in a unit of this kind? A head heads a department, a dean a faculty; who serves the whole
    /// university is appointed at its top.
    pub fn is_held_in(self, kind: OrgKind) -> bool {
        match self {
            Self::Head | Self::ActingHead => kind == OrgKind::Department,
            Self::Dean | Self::DeanOffice => kind == OrgKind::Faculty,
            Self::Registrar | Self::Auditor | Self::Administrator => kind == OrgKind::University,
            Self::Instructor | Self::Student => true,
        }
    }
}

/// A unit of the university.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Org {
    pub id: OrgId,
    /// The unit above.
    pub parent: Option<OrgId>,
    /// University, faculty or department.
    pub kind: OrgKind,
    /// Its short code (`identifier`), else the roster's key.
    pub code: String,
    pub name: Name,
}

/// A term as the roster gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterTerm {
    pub id: TermId,
    /// The roster's own key.
    pub code: String,
    pub name: Name,
    pub starts: NaiveDate,
    pub ends: NaiveDate,
    /// First day of choosing.
    pub choose_from: NaiveDate,
    /// Last day of choosing.
    pub choose_until: NaiveDate,
    /// Last day of approving.
    pub approve_until: NaiveDate,
}

/// A discipline as the roster gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterDiscipline {
    pub id: DisciplineId,
    /// The department that teaches it.
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

/// An offering as the roster gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterOffering {
    pub id: OfferingId,
    /// In which term.
    pub term: TermId,
    pub discipline: DisciplineId,
    /// The discipline's department and its faculty: who decides, and which rows are offered. The import fills it in.
    pub home: Option<DisciplineHome>,
    pub group: String,
    /// Language of instruction.
    pub language: Language,
    pub study_form: StudyForm,
    /// Level of study.
    pub level: Level,
    /// Number of students.
    pub students: i64,
    /// The instructor who chooses.
    pub responsible: Option<PersonId>,
    /// Everybody who teaches it, sorted.
    pub teachers: Vec<PersonId>,
    /// There is a final exam at all.
    pub has_exam: bool,
    /// It is taught; one that no roster names any more may be put aside, with everything that was chosen for it.
    pub is_active: bool,
}

/// A student in an offering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Enrolment {
    /// In which offering.
    pub offering: OfferingId,
    pub person: PersonId,
}

/// A whole roster; units above stand before those below.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roster {
    pub orgs: Vec<Org>,
    pub terms: Vec<RosterTerm>,
    pub people: Vec<Person>,
    pub appointments: Vec<Appointment>,
    pub disciplines: Vec<RosterDiscipline>,
    pub offerings: Vec<RosterOffering>,
    /// Students in offerings.
    pub enrolments: Vec<Enrolment>,
}

impl Roster {
    /// How many records there are.
    pub fn size(&self) -> usize {
        let units = self.orgs.len() + self.terms.len() + self.people.len() + self.appointments.len();
        units + self.disciplines.len() + self.offerings.len() + self.enrolments.len()
    }
}

/// Why one row of a roster is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum BadValue {
    /// A required cell is empty.
    #[error("empty cell")]
    Empty,
    /// Refers to something that is not in the roster or was itself refused.
    #[error("no such key")]
    Unknown,
    /// Neither of the values that are allowed here.
    #[error("not an allowed value")]
    NotAllowed,
    /// Not a date (YYYY-MM-DD).
    #[error("not a date")]
    NotADate,
    /// Not a whole number from 0 to 100 000.
    #[error("not a whole number")]
    NotANumber,
    /// The same key stands further up.
    #[error("the key stands further up")]
    Duplicate,
    /// More than the permitted number of characters.
    #[error("too long")]
    TooLong,
    /// The discipline's unit is not a department.
    #[error("not a department")]
    NotADepartment,
    /// A role that is held in units of another kind: a head in a faculty, a dean in a department.
    #[error("the role is held in another kind of unit")]
    WrongUnit,
    /// The end lies before the start.
    #[error("the end lies before the start")]
    WrongOrder,
    /// Several instructors and not exactly one of them primary.
    #[error("several instructors, not exactly one primary")]
    NoSinglePrimary,
    /// The row has more or fewer cells than the header.
    #[error("wrong number of cells")]
    WrongCells,
}

impl BadValue {
    /// The one code of this refusal; also the second half of the translation key `import-…`.
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

/// One row that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// File name, `classes.csv`.
    pub file: String,
    /// Line in the file, the header being 1.
    pub line: u64,
    pub column: String,
    /// The refused value.
    pub value: String,
    /// Why it is refused.
    pub reason: BadValue,
}

/// The number of records of one kind that an import adds, changes and misses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Difference {
    /// Not there before.
    pub new: usize,
    /// There, but otherwise.
    pub changed: usize,
    /// Exactly as before.
    pub unchanged: usize,
    /// There before, absent from the roster; left as they are.
    pub absent: usize,
}

/// A kind of records with the number of records that an import adds, changes and misses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindDifference {
    /// The code of the kind: `orgs`, `people`.
    pub kind: &'static str,
    pub difference: Difference,
}
