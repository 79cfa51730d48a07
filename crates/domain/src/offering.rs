//! An offering: one discipline taught to one student group in one term. Each offering has at most one final exam.

use crate::id::{DisciplineId, OfferingId, OrgId, PersonId, TermId};
use crate::name::{Language, Name};
use serde::{Deserialize, Serialize};

/// A form of study of student groups, such as full-time (оқу түрі / форма обучения).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum StudyForm {
    /// Form of study: full-time (күндізгі / очная).
    FullTime,
    /// Form of study: evening classes (кешкі / вечерняя).
    Evening,
    /// Form of study: part-time, by correspondence (сырттай / заочная).
    PartTime,
    /// Form of study: distance learning (қашықтан / дистанционная).
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

/// The level of study of a student group: bachelor, master or doctoral.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// Level of study: bachelor's degree (бакалавриат).
    Bachelor,
    /// Level of study: master's degree (магистратура).
    Master,
    /// Level of study: doctoral degree (докторантура).
    Doctoral,
}

impl Level {
    pub const ALL: [Self; 3] = [Self::Bachelor, Self::Master, Self::Doctoral];

    /// The stored code of a level of study, which is also the second half of the translation key `level-…`.
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

/// An offering: one discipline taught to one student group in one term, with the people who teach it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offering {
    pub id: OfferingId,
    /// The term (semester) in which the student group is taught.
    pub term: TermId,
    pub discipline: Discipline,
    /// The department whose head approves choices for the offering.
    pub department: OrgId,
    /// The faculty to which the offering's department belongs.
    pub faculty: OrgId,
    /// The code of the offering's faculty (such as `MED`); catalogue rows may be offered to some faculties only.
    pub faculty_code: String,
    /// The name of the student group (топ), such as `CS-21-1`.
    pub group: String,
    /// The language in which the student group is taught.
    pub language: Language,
    pub study_form: StudyForm,
    pub level: Level,
    pub students: i64,
    /// The instructor who chooses how the exam is held; `None` is a vacancy.
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
