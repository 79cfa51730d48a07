//! The report of late choices: choices of exams that were not sent, or not decided, by the
//! deadline. The report counts them by department, and within one department by instructor.

use crate::failure::Failure;
use crate::reports::progress::{ProgressLink, ProgressUnit, Responsible};
use crate::reports::report_scope::{ReportScope, ScopeQuery, report_scope};
use crate::unit_of_work::UnitOfWork;
use chrono::NaiveDate;
use domain::name::{Name, sort_key};
use domain::person::Actor;
use domain::report::Tally;
use domain::term::DeadlineExtension;
use domain::workload::late;
use std::collections::BTreeMap;
use store::deadline_extensions;
use store::workload;
use store::workload::UnfinishedOffering;

/// The content of the report of late choices, which counts choices that missed their deadline.
#[derive(Debug, Clone)]
pub struct Lateness {
    /// The academic term of the report, and the unit (department, faculty or university) that the
    /// report covers.
    pub scope: ReportScope,
    /// The counts of late choices by department or, if the report covers one department, by
    /// instructor. The department or instructor with the most late choices comes first. A choice is
    /// late if, by its deadline, it was not sent, not sent again after being returned, or not
    /// approved or returned.
    pub units: Vec<ProgressUnit>,
    /// The number of late choices in all departments of the report together.
    pub total: Tally,
}

/// Counts the choices whose deadline for sending or deciding was missed, as of today.
pub fn lateness(work: &mut UnitOfWork<'_, '_>, actor: &Actor, asked: &ScopeQuery) -> Result<Lateness, Failure> {
    let scope = report_scope(work, actor, asked)?;
    let (today, opened) = (work.today(), deadline_extensions::of_term(work.tx, scope.term.id)?);
    let mut found: BTreeMap<LateKey, (Name, Tally)> = BTreeMap::new();
    let mut total = Tally::default();
    for one in workload::unfinished(work.tx, scope.term.id, scope.scope())? {
        if late(&scope.term, one.state, today, extended_until(&opened, &one)).is_none() {
            continue;
        }
        let (key, name) = if scope.department().is_some() {
            (LateKey::Instructor(one.responsible), Name::same(&one.name))
        } else {
            let name = scope.find(one.department).map(|org| org.name.clone()).unwrap_or_default();
            (LateKey::Department(one.department), name)
        };
        found.entry(key).or_insert_with(|| (name, Tally::default())).1.add(one.state, 1);
        total.add(one.state, 1);
    }
    let mut units: Vec<ProgressUnit> =
        found.into_iter().map(|(key, (name, tally))| ProgressUnit { below: key.below(), name, tally }).collect();
    units.sort_by_cached_key(|unit| (std::cmp::Reverse(unit.tally.total()), sort_key(&unit.name.kk)));
    Ok(Lateness { scope, units, total })
}

/// A department or an instructor whose late choices are counted in one line of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum LateKey {
    Department(domain::id::OrgId),
    Instructor(Responsible),
}

impl LateKey {
    fn below(self) -> ProgressLink {
        match self {
            Self::Department(id) => ProgressLink::Org(id),
            Self::Instructor(whose) => ProgressLink::Instructor(whose),
        }
    }
}

fn extended_until(deadline_extensions: &[DeadlineExtension], one: &UnfinishedOffering) -> Option<NaiveDate> {
    let covering = deadline_extensions.iter().filter(|extension| extension.scope.covers(one.department, one.offering));
    covering.map(|extension| extension.until).max()
}
