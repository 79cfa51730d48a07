//! The names of the records that the preview of a roster import mentions.

use super::value::Value;
use crate::id::{DisciplineId, OfferingId, OrgId, PersonId, TermId};
use crate::name::Name;
use crate::roster::Roster;
use std::collections::HashMap;

/// The names of units, people and other records by identifier, for displaying an import plan.
#[derive(Debug, Clone, Default)]
pub struct Names {
    pub(super) orgs: HashMap<OrgId, Name>,
    pub(super) terms: HashMap<TermId, Name>,
    pub(super) people: HashMap<PersonId, String>,
    pub(super) disciplines: HashMap<DisciplineId, Name>,
    pub(super) groups: HashMap<OfferingId, (DisciplineId, String)>,
}

impl Names {
    /// Collects the names of the records in two rosters. If both name a record, the second counts.
    pub fn of(rosters: [&Roster; 2]) -> Self {
        let mut names = Self::default();
        for roster in rosters {
            names.orgs.extend(roster.orgs.iter().map(|org| (org.id, org.name.clone())));
            names.terms.extend(roster.terms.iter().map(|term| (term.id, term.name.clone())));
            names.people.extend(roster.people.iter().map(|person| (person.id, person.short_name())));
            names.disciplines.extend(roster.disciplines.iter().map(|one| (one.id, one.name.clone())));
            let groups = roster.offerings.iter().map(|one| (one.id, (one.discipline, one.group.clone())));
            names.groups.extend(groups);
        }
        names
    }

    pub(super) fn org(&self, id: Option<OrgId>) -> Value {
        id.and_then(|id| self.orgs.get(&id)).map_or(Value::Nothing, |name| Value::Name(name.clone()))
    }

    pub(super) fn discipline(&self, id: DisciplineId) -> Value {
        self.disciplines.get(&id).map_or(Value::Nothing, |name| Value::Name(name.clone()))
    }

    pub(super) fn person(&self, id: Option<PersonId>) -> Value {
        id.and_then(|id| self.people.get(&id)).map_or(Value::Nothing, |name| Value::Text(name.clone()))
    }

    pub(super) fn people(&self, ids: &[PersonId]) -> Value {
        let names: Vec<&str> = ids.iter().filter_map(|id| self.people.get(id)).map(String::as_str).collect();
        if names.is_empty() { Value::Nothing } else { Value::Text(names.join(", ")) }
    }
}
