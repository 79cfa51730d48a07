//! The report of a roster import: the number of records that the import adds and changes, by kind
//! of record (such as people or groups).

use domain::history::ImportCount;
use domain::roster::plan::Plan;
use domain::roster::{Difference, KindDifference};
use serde_json::json;
use std::collections::BTreeMap;

/// The numbers of records that a roster import adds, that it changes, and that are missing from the
/// roster file, by kind of record (such as people or groups).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportReport {
    pub orgs: Difference,
    pub terms: Difference,
    pub people: Difference,
    pub appointments: Difference,
    pub disciplines: Difference,
    pub offerings: Difference,
    /// The numbers of enrolments (of a student in an offering) that a roster import adds, that it
    /// changes, and that are missing from the roster file.
    pub enrolments: Difference,
}

impl ImportReport {
    /// Counts, by kind of record (such as people), the records that the plan of a roster import
    /// adds and changes, and the stored records that are missing from the roster file.
    pub fn of(plan: &Plan) -> Self {
        let [orgs, terms, people, appointments, disciplines, offerings, enrolments] =
            plan.counted().map(|kind| kind.difference);
        Self { orgs, terms, people, appointments, disciplines, offerings, enrolments }
    }

    /// Returns the counts of a roster import for each kind of record (such as people or groups),
    /// with the name of the kind.
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

    /// Returns the total number of records that the roster import adds and changes.
    pub fn changes(&self) -> usize {
        self.kinds().iter().map(|kind| kind.difference.new + kind.difference.changed).sum()
    }

    /// Returns the number of records that the roster import adds and changes. The key is the name
    /// of the kind of record, such as people.
    pub fn counts(&self) -> BTreeMap<&'static str, ImportCount> {
        let count = |counted: Difference| ImportCount { new: counted.new, changed: counted.changed };
        self.kinds().into_iter().map(|one| (one.kind, count(one.difference))).collect()
    }

    /// Returns the counts of added and changed records as JSON, the format in which the counts are
    /// stored with the roster import.
    pub fn json(&self) -> String {
        json!(self.counts()).to_string()
    }
}
