//! Counts the records that an import adds and changes, by kind.

use domain::history::ImportCount;
use domain::roster::Difference;
use domain::roster::plan::Plan;
use serde_json::json;
use std::collections::BTreeMap;

/// The number of records of each kind that an import adds or changes, or that its file lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportReport {
    pub orgs: Difference,
    pub terms: Difference,
    pub people: Difference,
    pub appointments: Difference,
    pub disciplines: Difference,
    pub offerings: Difference,
    /// Enrolments of students in offerings.
    pub enrolments: Difference,
}

impl ImportReport {
    /// Counts the changes of an import plan.
    pub fn of(plan: &Plan) -> Self {
        let [orgs, terms, people, appointments, disciplines, offerings, enrolments] =
            plan.counted().map(|(_, counted)| counted);
        Self { orgs, terms, people, appointments, disciplines, offerings, enrolments }
    }

    /// Returns the counts of all kinds with their names, for display.
    pub fn kinds(&self) -> [(&'static str, Difference); 7] {
        [
            ("orgs", self.orgs),
            ("terms", self.terms),
            ("people", self.people),
            ("appointments", self.appointments),
            ("disciplines", self.disciplines),
            ("offerings", self.offerings),
            ("enrolments", self.enrolments),
        ]
    }

    /// The total number of added and changed records.
    pub fn changes(&self) -> usize {
        self.kinds().iter().map(|(_, difference)| difference.new + difference.changed).sum()
    }

    /// The number of added and changed records by kind.
    pub fn counts(&self) -> BTreeMap<&'static str, ImportCount> {
        let count = |counted: Difference| ImportCount { new: counted.new, changed: counted.changed };
        self.kinds().into_iter().map(|(kind, counted)| (kind, count(counted))).collect()
    }

    /// [`Self::counts`] as JSON, in the form that is stored with the import.
    pub fn json(&self) -> String {
        json!(self.counts()).to_string()
    }
}
