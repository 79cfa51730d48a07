//! Bringing a roster in: a plan is made from what is there and what the roster says, then carried out in one transaction or
//! not at all. The same roster twice changes nothing; what the roster no longer has stays as it is unless somebody says
//! otherwise.

mod existing;
mod reassigned;
mod revert;
mod writer;

pub(crate) use existing::{as_roster, existing_data};
pub use revert::take_back;

use crate::app::UnitOfWork;
use crate::failure::Failure;
use domain::id::{ImportId, PersonId};
use domain::person::Role;
use domain::roster::plan::{Absent, ImportScope, Plan};
use domain::roster::undo::Reverse;
use domain::roster::{Difference, Roster};
use serde_json::json;
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use store::history::{self, NewHistoryLine};
use store::imports;

/// What an import did, or would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportReport {
    /// Units.
    pub orgs: Difference,
    /// Terms.
    pub terms: Difference,
    /// People.
    pub people: Difference,
    /// Appointments.
    pub appointments: Difference,
    /// Disciplines.
    pub disciplines: Difference,
    /// Offerings.
    pub offerings: Difference,
    /// Students in offerings.
    pub enrolments: Difference,
}

impl ImportReport {
    /// What a plan changes.
    pub fn of(plan: &Plan) -> Self {
        let [orgs, terms, people, appointments, disciplines, offerings, enrolments] =
            plan.counted().map(|(_, counted)| counted);
        Self { orgs, terms, people, appointments, disciplines, offerings, enrolments }
    }

    /// All kinds by name, for showing.
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

    /// Does it change anything?
    pub fn changes(&self) -> usize {
        self.kinds().iter().map(|(_, difference)| difference.new + difference.changed).sum()
    }

    /// As it is kept and written into the history.
    pub fn json(&self) -> String {
        let counts: serde_json::Map<String, serde_json::Value> = self
            .kinds()
            .into_iter()
            .map(|(kind, counted)| (kind.to_owned(), json!({ "new": counted.new, "changed": counted.changed })))
            .collect();
        serde_json::Value::Object(counts).to_string()
    }
}

/// How an import is done.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// Only say what it would do.
    pub dry_run: bool,
    /// What is to become of what the roster does not name.
    pub absent: Absent,
    /// How much of the university the roster speaks of.
    pub scope: ImportScope,
    /// Who does it; nobody for the command line.
    pub by: Option<PersonId>,
    /// The file it belongs to, if it can be taken back.
    pub import: Option<ImportId>,
    /// Counts the records that were written, for a progress bar.
    pub written: Arc<AtomicU64>,
}

/// Imports a roster.
pub fn import_roster(
    work: &mut UnitOfWork<'_, '_>,
    roster: &Roster,
    how: &ImportOptions,
) -> Result<ImportReport, Failure> {
    let before = existing_data(work, roster.terms.iter().map(|term| term.id))?;
    let today = work.today();
    let plan = Plan::between(roster, before.known, how.scope, today);
    carry_out(work, plan, how)
}

/// Carries a plan out, or says what it would do.
pub fn carry_out(work: &mut UnitOfWork<'_, '_>, plan: Plan, how: &ImportOptions) -> Result<ImportReport, Failure> {
    how.written.store(0, Ordering::Relaxed);
    let found = ImportReport::of(&plan);
    if how.dry_run {
        return Ok(found);
    }
    let plan = plan.putting_aside(how.absent, work.today());
    let report = ImportReport::of(&plan);
    if report.changes() == 0 && plan.adopted.is_empty() {
        return Ok(found);
    }
    if let Some(id) = how.import {
        imports::apply(work.tx, id, (&report.json(), work.now), &Reverse::of(&plan))?;
    }
    writer::write(work, &plan, (how.by, &how.written))?;
    tell(work, how, ("roster-imported", report.json()))?;
    // What is missing counts as missing, whatever became of it.
    Ok(found)
}

/// Leaves only the offerings (and students) of one term.
pub fn only_term(roster: &mut Roster, code: &str) -> Result<(), Failure> {
    let term = roster.terms.iter().find(|term| term.code == code).ok_or(Failure::NotFound)?.id;
    roster.terms.retain(|existing_data| existing_data.id == term);
    roster.offerings.retain(|offering| offering.term == term);
    let kept: HashSet<_> = roster.offerings.iter().map(|offering| offering.id).collect();
    roster.enrolments.retain(|enrolment| kept.contains(&enrolment.offering));
    Ok(())
}

/// Writes an act on the roster down.
fn tell(
    work: &mut UnitOfWork<'_, '_>,
    how: &ImportOptions,
    (act, payload): (&'static str, String),
) -> Result<(), Failure> {
    let (actor, role) = (how.by, how.by.map(|_| Role::Registrar));
    let event = NewHistoryLine { subject: "roster".to_owned(), at: work.now, actor, role, act, payload };
    Ok(history::append(work.tx, event)?)
}
