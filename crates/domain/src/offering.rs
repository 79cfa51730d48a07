//! An offering: one discipline taught to one group in one term.

use crate::id::{DisciplineId, OfferingId, OrgId, PersonId, TermId};
use crate::name::{Language, Name};
use serde::{Deserialize, Serialize};

/// The form of study (оқу түрі / форма обучения).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum StudyForm {
    /// Full-time study (күндізгі / очная).
    FullTime,
    /// Study in evening classes (кешкі / вечерняя).
    Evening,
    /// Part-time study by correspondence (сырттай / заочная).
    PartTime,
    /// Distance learning (қашықтан / дистанционная).
    Distance,
}

impl StudyForm {
    /// All forms of study, in the order of display.
    pub const ALL: [Self; 4] = [Self::FullTime, Self::Evening, Self::PartTime, Self::Distance];

    /// The stored code of the study form, which is also the second half of the translation key `study-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::FullTime => "full-time",
            Self::Evening => "evening",
            Self::PartTime => "part-time",
            Self::Distance => "distance",
        }
    }

    /// Returns the study form with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.code() == code)
    }
}

/// The level of study: bachelor, master or doctoral.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// Bachelor's degree (бакалавриат).
    Bachelor,
    /// Master's degree (магистратура).
    Master,
    /// Doctoral degree (докторантура).
    Doctoral,
}

impl Level {
    pub const ALL: [Self; 3] = [Self::Bachelor, Self::Master, Self::Doctoral];

    /// The stored code of the level, which is also the second half of the translation key `level-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Bachelor => "bachelor",
            Self::Master => "master",
            Self::Doctoral => "doctoral",
        }
    }

    /// Returns the level of study with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }
}

/// A discipline (пән / дисциплина), the subject that is taught and examined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discipline {
    pub id: DisciplineId,
    /// The code of the discipline, such as `ALG2201`.
    pub code: String,
    pub name: Name,
}

/// One discipline taught to one group in one term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offering {
    pub id: OfferingId,
    /// The term in which the group is taught.
    pub term: TermId,
    pub discipline: Discipline,
    /// The department whose head approves.
    pub department: OrgId,
    /// The faculty of the department.
    pub faculty: OrgId,
    /// The code of the faculty (such as `MED`), by which rows are offered.
    pub faculty_code: String,
    /// The name of the group (топ), such as `CS-21-1`.
    pub group: String,
    /// The language of instruction.
    pub language: Language,
    pub study_form: StudyForm,
    pub level: Level,
    pub students: i64,
    /// The instructor who chooses; `None` is a vacancy.
    pub responsible: Option<PersonId>,
    /// All people who teach the offering, including the responsible instructor.
    pub teachers: Vec<PersonId>,
}

impl Offering {
    /// Returns whether this person teaches the offering, responsible or not.
    pub fn is_taught_by(&self, person: PersonId) -> bool {
        self.responsible == Some(person) || self.teachers.contains(&person)
    }
}
