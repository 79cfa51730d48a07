//! Who is late, and what is missing: by department, and in a department by instructor.

use crate::app::Desk;
use crate::failure::Failure;
use crate::reports::progress::{Below, Responsible, Unit};
use crate::reports::report_scope::{Outlook, Where, outlook};
use chrono::NaiveDate;
use domain::name::{Name, sort_key};
use domain::person::Actor;
use domain::report::Tally;
use domain::term::{Opening, Scope};
use domain::workload::late;
use std::collections::BTreeMap;
use store::deadline_extensions;
use store::workload;
use store::workload::Unfinished;

/// Everything on the page.
#[derive(Debug, Clone)]
pub struct Lateness {
    /// The term and the unit.
    pub outlook: Outlook,
    /// The departments, or a department's instructors, the worst first: what was not sent, not sent again, not decided on.
    pub units: Vec<Unit>,
    /// All of it.
    pub total: Tally,
}

/// Finds what is late today.
pub fn lateness(desk: &mut Desk<'_, '_>, actor: &Actor, asked: &Where) -> Result<Lateness, Failure> {
    let outlook = outlook(desk, actor, asked)?;
    let (today, opened) = (desk.today(), deadline_extensions::of_term(desk.tx, outlook.term.id)?);
    let mut found: BTreeMap<Key, (Name, Tally)> = BTreeMap::new();
    let mut total = Tally::default();
    for one in workload::unfinished(desk.tx, outlook.term.id, outlook.scope())? {
        if late(&outlook.term, one.state, today, opened_until(&opened, &one)).is_none() {
            continue;
        }
        let (key, name) = if outlook.department().is_some() {
            (Key::Instructor(one.whose), Name::same(&one.name))
        } else {
            let name = outlook.find(one.department).map(|org| org.name.clone()).unwrap_or_default();
            (Key::Department(one.department), name)
        };
        found.entry(key).or_insert_with(|| (name, Tally::default())).1.add(one.state, 1);
        total.add(one.state, 1);
    }
    let mut units: Vec<Unit> =
        found.into_iter().map(|(key, (name, tally))| Unit { below: key.below(), name, tally }).collect();
    units.sort_by_key(|unit| (std::cmp::Reverse(unit.tally.total()), sort_key(&unit.name.kk)));
    Ok(Lateness { outlook, units, total })
}

/// What is counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Department(domain::id::OrgId),
    Instructor(Responsible),
}

impl Key {
    fn below(self) -> Below {
        match self {
            Self::Department(id) => Below::Org(id),
            Self::Instructor(whose) => Below::Instructor(whose),
        }
    }
}

fn opened_until(openings: &[Opening], one: &Unfinished) -> Option<NaiveDate> {
    let concerns = |opening: &&Opening| match opening.scope {
        Scope::Department(department) => department == one.department,
        Scope::Offering(id) => id == one.offering,
    };
    openings.iter().filter(concerns).map(|opening| opening.until).max()
}
