//! Uniformity of exams in parallel groups. Student groups are parallel if they have the same
//! discipline, faculty, language of teaching and level; their exams are expected to have the same
//! platform, format and type (farabi.university/students/23 §1.2).

use crate::catalogue::Row;
use crate::id::{DisciplineId, OrgId};
use crate::name::Language;
use crate::offering::{Level, Offering};
use std::collections::BTreeMap;

/// The properties that parallel groups (student groups taught the same discipline) have in common.
/// Two student groups are parallel exactly if their uniformity keys are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct UniformityKey {
    /// The faculty of the department that teaches the parallel groups (student groups with the same
    /// discipline).
    pub faculty: OrgId,
    /// The language in which the parallel groups (student groups with the same discipline) are
    /// taught.
    pub language: Language,
    pub discipline: DisciplineId,
    pub level: Level,
}

impl UniformityKey {
    /// Returns the uniformity key of an offering: the properties that it has in common with the
    /// offerings of its parallel groups (student groups taught the same discipline).
    pub fn of(offering: &Offering) -> Self {
        Self {
            faculty: offering.faculty,
            language: offering.language,
            discipline: offering.discipline.id,
            level: offering.level,
        }
    }
}

/// The properties of an exam that parallel groups (student groups taught the same discipline)
/// should have in common: platform, exam format and exam type, as codes of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExamShape {
    pub platform: String,
    pub form: String,
    /// The code of the exam type; `None` if the exam has no type.
    pub kind: Option<String>,
}

impl ExamShape {
    /// Returns the platform, exam format and exam type of a catalogue row.
    pub fn of(row: &Row) -> Self {
        Self { platform: row.platform.clone(), form: row.form.clone(), kind: row.kind.clone() }
    }
}

/// Parallel groups (student groups taught the same discipline) that did not all choose the same
/// exam: each chosen combination of platform, exam format and exam type, with the student groups
/// that chose it.
pub type Disagreement<T> = BTreeMap<ExamShape, Vec<T>>;

/// The exam that was chosen for one of several parallel groups (student groups taught the same
/// discipline).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParallelChoice<T> {
    /// The uniformity key of the parallel groups (student groups taught the same discipline): the
    /// properties that these groups have in common, such as language and level.
    pub uniformity_key: UniformityKey,
    pub shape: ExamShape,
    /// The student group for which the exam was chosen. It can have any data type, because
    /// [`disagreements`] only puts it in the result.
    pub group: T,
}

/// Finds the sets of parallel groups (student groups taught the same discipline) that did not all
/// choose the same exam platform, format and type. Student groups with the same exam are listed in
/// the sequence of the list `choices`.
pub fn disagreements<T>(
    choices: impl IntoIterator<Item = ParallelChoice<T>>,
) -> BTreeMap<UniformityKey, Disagreement<T>> {
    let mut parallel: BTreeMap<UniformityKey, Disagreement<T>> = BTreeMap::new();
    for choice in choices {
        let shapes = parallel.entry(choice.uniformity_key).or_default();
        shapes.entry(choice.shape).or_default().push(choice.group);
    }
    parallel.retain(|_, shapes| shapes.len() > 1);
    parallel
}
