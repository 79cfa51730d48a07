//! An offering: one discipline taught to one student group in one academic term. Each offering has
//! at most one final exam.

use crate::id::{DisciplineId, OfferingId, OrgId, PersonId, TermId};
use crate::name::{Language, Name};
use serde::{Deserialize, Serialize};

/// The study form of a student group, such as full-time or distance learning (оқу түрі / форма
/// обучения).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum StudyForm {
    /// Study form of a student group: full-time (күндізгі / очная).
    FullTime,
    /// Study form of a student group: evening classes (кешкі / вечерняя).
    Evening,
    /// Study form of a student group: part-time, by correspondence (сырттай / заочная).
    PartTime,
    /// Study form of a student group: distance learning (қашықтан / дистанционная).
    Distance,
}

impl StudyForm {
    /// All study forms of student groups, in the order of display.
    pub const ALL: [Self; 4] = [Self::FullTime, Self::Evening, Self::PartTime, Self::Distance];

    /// Returns the stored code of the study form, which is also the second half of the translation
    /// key `study-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::FullTime => "full-time",
            Self::Evening => "evening",
            Self::PartTime => "part-time",
            Self::Distance => "distance",
        }
    }

    /// Returns the study form that has the stored code `code`; `None` if the code is unknown.
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

    /// Returns the stored code of the level of study, which is also the second half of the
    /// translation key `level-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Bachelor => "bachelor",
            Self::Master => "master",
            Self::Doctoral => "doctoral",
        }
    }

    /// Returns the level of study that has the stored code `code`; `None` if the code is unknown.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }
}

/// A discipline (пән / дисциплина): a course that is taught and examined, such as
/// algorithms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discipline {
    pub id: DisciplineId,
    /// The short code of the discipline, such as `ALG2201`.
    pub code: String,
    pub name: Name,
}

/// An offering: one discipline taught to one student group in one academic term, with the people
/// who teach it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offering {
    pub id: OfferingId,
    /// The academic term (semester) in which the discipline is taught to the student group.
    pub term: TermId,
    pub discipline: Discipline,
    /// The department whose head approves the choice of an exam for the offering.
    pub department: OrgId,
    /// The faculty to which the department of the offering belongs.
    pub faculty: OrgId,
    /// The code of the faculty to which the offering belongs, such as `MED`. The code is needed
    /// because some catalogue rows are offered only to certain faculties.
    pub faculty_code: String,
    /// The name of the student group (топ), such as `CS-21-1`.
    pub group: String,
    /// The language in which the student group is taught.
    pub language: Language,
    pub study_form: StudyForm,
    pub level: Level,
    pub students: i64,
    /// The instructor who chooses the exam of the offering; `None` if the offering is a vacancy,
    /// which has no instructor.
    pub responsible: Option<PersonId>,
    /// All people who teach the offering, including the instructor who is responsible for it.
    pub teachers: Vec<PersonId>,
}

impl Offering {
    /// Returns whether this person teaches the offering, as the responsible instructor or as
    /// another teacher.
    pub fn is_taught_by(&self, person: PersonId) -> bool {
        self.responsible == Some(person) || self.teachers.contains(&person)
    }
}
