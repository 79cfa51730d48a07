//! Counts the records that a roster import adds and changes, by kind.

use domain::history::ImportCount;
use domain::roster::plan::Plan;
use domain::roster::{Difference, KindDifference};
use serde_json::json;
use std::collections::BTreeMap;

/// The number of records of each kind that a roster import adds or changes, or that its file lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportReport {
    pub orgs: Difference,
    pub terms: Difference,
    pub people: Difference,
    pub appointments: Difference,
    pub disciplines: Difference,
    pub offerings: Difference,
    /// Counts of enrolments of students in offerings.
    pub enrolments: Difference,
}

impl ImportReport {
    /// Counts the changes of a roster import plan.
    pub fn of(plan: &Plan) -> Self {
        let [orgs, terms, people, appointments, disciplines, offerings, enrolments] =
            plan.counted().map(|kind| kind.difference);
        Self { orgs, terms, people, appointments, disciplines, offerings, enrolments }
    }

    /// Returns the counts of all kinds of records with the names of the kinds, for display.
    pub fn kinds(&self) -> [KindDifference; 7] {
        let counted = |kind, difference| KindDifference { kind, difference };
        [
            counted("orgs", self.orgs),
            counted("terms", self.terms),
            counted("people", self.people),
            counted("appointments", self.appointments),
            counted("disciplines", self.disciplines),
            counted("offerings", self.offerings),
            counted("enrolments", self.enrolments),
        ]
    }

    /// The total number of records that a roster import adds and changes.
    pub fn changes(&self) -> usize {
        self.kinds().iter().map(|kind| kind.difference.new + kind.difference.changed).sum()
    }

    /// The number of records that a roster import adds and changes, by kind.
    pub fn counts(&self) -> BTreeMap<&'static str, ImportCount> {
        let count = |counted: Difference| ImportCount { new: counted.new, changed: counted.changed };
        self.kinds().into_iter().map(|one| (one.kind, count(one.difference))).collect()
    }

    /// [`Self::counts`] as JSON, in the format that is stored with the roster import.
    pub fn json(&self) -> String {
        json!(self.counts()).to_string()
    }
}
