//! Uniformity of exams: offerings of the same faculty, language of instruction, discipline and level are expected to
//! have the same platform, exam form and exam type (farabi.university/students/23 §1.2).

use crate::catalogue::Row;
use crate::id::{DisciplineId, OrgId};
use crate::name::Language;
use crate::offering::{Level, Offering};
use std::collections::BTreeMap;

/// The properties that parallel groups have in common: offerings with the same key are expected to choose the same exam
/// form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct UniformityKey {
    /// The faculty of the department that teaches the parallel groups.
    pub faculty: OrgId,
    /// The language in which the parallel groups are taught.
    pub language: Language,
    pub discipline: DisciplineId,
    pub level: Level,
}

impl UniformityKey {
    /// Returns the key of an offering that its parallel groups have in common.
    pub fn of(offering: &Offering) -> Self {
        Self {
            faculty: offering.faculty,
            language: offering.language,
            discipline: offering.discipline.id,
            level: offering.level,
        }
    }
}

/// The part of a choice that parallel groups should have in common: platform, exam form and exam type, as codes of the
/// catalogue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExamShape {
    pub platform: String,
    pub form: String,
    /// The code of the exam type; `None` if the catalogue row has no type.
    pub kind: Option<String>,
}

impl ExamShape {
    /// Returns the platform, exam form and exam type of a catalogue row.
    pub fn of(row: &Row) -> Self {
        Self { platform: row.platform.clone(), form: row.form.clone(), kind: row.kind.clone() }
    }
}

/// Parallel groups whose choices differ: the groups by their chosen platform, exam form and exam type.
pub type Disagreement<T> = BTreeMap<ExamShape, Vec<T>>;

/// The choice of one of several parallel groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParallelChoice<T> {
    /// The key that the parallel groups have in common.
    pub uniformity_key: UniformityKey,
    pub shape: ExamShape,
    /// The student group that chose, in any representation.
    pub group: T,
}

/// Finds the sets of parallel groups that did not all choose the same platform, exam form and type; groups with the
/// same choice remain in the given order.
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
