//! An offering: one discipline taught to one group in one term.

use crate::id::{DisciplineId, OfferingId, OrgId, PersonId, TermId};
use crate::name::{Language, Name};
use serde::{Deserialize, Serialize};

/// Оқу түрі / форма обучения.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum StudyForm {
    /// Күндізгі / очная.
    FullTime,
    /// Кешкі / вечерняя.
    Evening,
    /// Сырттай / заочная.
    PartTime,
    /// Қашықтан / дистанционная.
    Distance,
}

impl StudyForm {
    /// All study forms.
    pub const ALL: [Self; 4] = [Self::FullTime, Self::Evening, Self::PartTime, Self::Distance];

    /// The stored code; also the second half of the translation key `study-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::FullTime => "full-time",
            Self::Evening => "evening",
            Self::PartTime => "part-time",
            Self::Distance => "distance",
        }
    }

    /// The study form with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.code() == code)
    }
}

/// The level of study.
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

    /// The stored code; also the second half of the translation key `level-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Bachelor => "bachelor",
            Self::Master => "master",
            Self::Doctoral => "doctoral",
        }
    }

    /// The level with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }
}

/// A discipline (пән / дисциплина).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discipline {
    pub id: DisciplineId,
    /// The code of the discipline, `ALG2201`.
    pub code: String,
    pub name: Name,
}

/// One discipline taught to one group in one term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offering {
    pub id: OfferingId,
    /// In which term.
    pub term: TermId,
    pub discipline: Discipline,
    /// The department whose head approves.
    pub department: OrgId,
    /// The department's faculty.
    pub faculty: OrgId,
    /// The faculty's code (`MED`), by which rows are offered.
    pub faculty_code: String,
    /// The group (топ), `CS-21-1`.
    pub group: String,
    /// Language of instruction.
    pub language: Language,
    pub study_form: StudyForm,
    /// Level of study.
    pub level: Level,
    /// Number of students.
    pub students: i64,
    /// The instructor who chooses; `None` is a vacancy.
    pub responsible: Option<PersonId>,
    /// Everybody who teaches it, the responsible one included.
    pub teachers: Vec<PersonId>,
}

impl Offering {
    /// Does this person teach it, in whatever part?
    pub fn is_taught_by(&self, person: PersonId) -> bool {
        self.responsible == Some(person) || self.teachers.contains(&person)
    }
}
