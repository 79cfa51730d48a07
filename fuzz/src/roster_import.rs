//! Checks that a roster which was read can be imported, and the column for its refused rows.

use chrono::NaiveDate;
use domain::roster::existing::ExistingRoster;
use domain::roster::plan::{ImportScope, Plan, RecordChanges};
use domain::roster::{BadLine, Roster};
use exchange::table::ErrorColumn;
use std::collections::BTreeMap;

/// The column that describes the errors of refused rows: the code of each error.
pub const ERROR_COLUMN: ErrorColumn<'static> =
    ErrorColumn { title: "error", describe: &|bad: &BadLine| bad.reason.code().to_owned() };

/// Plans the import of a roster into a university with these records, and checks that a second import
/// of the same roster would change nothing.
pub fn check_plan(roster: &Roster, stored: &Roster, scope: ImportScope) {
    let day = NaiveDate::from_ymd_opt(2026, 9, 15).unwrap();
    let plan_with = |stored: &Roster| {
        Plan::between(roster, ExistingRoster { roster: stored.clone(), ..ExistingRoster::default() }, scope, day)
    };
    let plan = plan_with(stored);
    plan.fingerprint();
    let again = plan_with(&imported(stored, &plan));
    assert_eq!(again.changes(), 0, "the second import has changes: {again:?}");
}

/// Returns the stored records after an import.
fn imported(stored: &Roster, plan: &Plan) -> Roster {
    Roster {
        orgs: changed(&stored.orgs, &plan.orgs, |org| org.id),
        terms: changed(&stored.terms, &plan.terms, |term| term.id),
        people: changed(&stored.people, &plan.people, |person| person.id),
        appointments: changed(&stored.appointments, &plan.appointments, |appointment| appointment.id),
        disciplines: changed(&stored.disciplines, &plan.disciplines, |discipline| discipline.id),
        offerings: changed(&stored.offerings, &plan.offerings, |offering| offering.id),
        enrolments: changed(&stored.enrolments, &plan.enrolments, |enrolment| *enrolment),
    }
}

fn changed<T: Clone, Id: Ord>(stored: &[T], changes: &RecordChanges<T>, id: impl Fn(&T) -> Id) -> Vec<T> {
    let mut records: BTreeMap<Id, T> = stored.iter().map(|record| (id(record), record.clone())).collect();
    let written = changes.new.iter().chain(changes.changed.iter().map(|change| &change.after));
    records.extend(written.map(|record| (id(record), record.clone())));
    records.into_values().collect()
}
