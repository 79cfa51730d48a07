//! Uniformity: offerings of the same faculty, language of instruction, discipline and level are expected to have the
//! same platform, form and type (farabi.university/students/23 §1.2).

use crate::catalogue::Row;
use crate::id::{DisciplineId, OrgId};
use crate::name::Language;
use crate::offering::{Level, Offering};
use std::collections::BTreeMap;

/// The key of parallel groups: offerings with the same key are expected to choose the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct UniformityKey {
    /// The faculty of the department.
    pub faculty: OrgId,
    /// The language of instruction.
    pub language: Language,
    pub discipline: DisciplineId,
    pub level: Level,
}

impl UniformityKey {
    /// Returns the uniformity key of an offering.
    pub fn of(offering: &Offering) -> Self {
        Self {
            faculty: offering.faculty,
            language: offering.language,
            discipline: offering.discipline.id,
            level: offering.level,
        }
    }
}

/// The part of a choice that has to be uniform, as codes of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExamShape {
    pub platform: String,
    pub form: String,
    /// The code of the exam type, if there is one.
    pub kind: Option<String>,
}

impl ExamShape {
    /// Returns the exam shape of a catalogue row.
    pub fn of(row: &Row) -> Self {
        Self { platform: row.platform.clone(), form: row.form.clone(), kind: row.kind.clone() }
    }
}

/// Parallel groups that do not agree: each exam shape with the groups that chose it.
pub type Disagreement<T> = BTreeMap<ExamShape, Vec<T>>;

/// The choice of one of several parallel groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParallelChoice<T> {
    /// The key that parallel groups have in common.
    pub uniformity_key: UniformityKey,
    pub shape: ExamShape,
    /// The group that chose, as the caller describes it.
    pub group: T,
}

/// Finds the sets of parallel groups that did not all choose the same; groups with the same choice
/// stay in the given order.
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
