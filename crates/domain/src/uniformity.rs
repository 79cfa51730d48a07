//! Uniform choice: same faculty, language of instruction, discipline and level are expected to choose the same
//! platform, form and type (farabi.university/students/23 §1.2).

use crate::id::{DisciplineId, OfferingId, OrgId};
use crate::name::Language;
use crate::offering::{Level, Offering};
use std::collections::BTreeMap;

/// What must be alike for two offerings to be expected to choose alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kinship {
    /// The faculty of the department.
    pub faculty: OrgId,
    /// Language of instruction.
    pub language: Language,
    /// What is taught.
    pub discipline: DisciplineId,
    /// Level of study.
    pub level: Level,
}

impl Kinship {
    /// The kinship of an offering.
    pub fn of(offering: &Offering) -> Self {
        Self {
            faculty: offering.faculty,
            language: offering.language,
            discipline: offering.discipline.id,
            level: offering.level,
        }
    }
}

/// One choice as uniformity sees it: platform, form and type.
pub type Shape = (String, String, Option<String>);

/// For each offering whose kin chose otherwise: those kin.
pub fn conflicts(choices: &[(OfferingId, Kinship, Shape)]) -> BTreeMap<OfferingId, Vec<OfferingId>> {
    let mut kin: BTreeMap<Kinship, Vec<&(OfferingId, Kinship, Shape)>> = BTreeMap::new();
    for choice in choices {
        kin.entry(choice.1).or_default().push(choice);
    }
    let mut found: BTreeMap<OfferingId, Vec<OfferingId>> = BTreeMap::new();
    for family in kin.values() {
        for (offering, _, shape) in family {
            let others: Vec<_> = family.iter().filter(|other| other.2 != *shape).map(|other| other.0).collect();
            if !others.is_empty() {
                found.insert(*offering, others);
            }
        }
    }
    found
}
