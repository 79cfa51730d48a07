//! Finds stored records (such as units, disciplines and people) by the words in the cells of a
//! group sheet.

use domain::id::{DisciplineId, OrgId, PersonId, TermId};
use domain::name::{Language, Name};
use domain::person::{Person, Role};
use domain::roster::{Org, OrgKind, Roster, RosterDiscipline, RosterOffering, RosterTerm};
use std::collections::{HashMap, HashSet};

/// Normalises the text of a cell, so that texts can be compared: lower case, and single spaces
/// between words.
pub(super) fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn words_for(code: &str, name: &Name) -> Vec<String> {
    let mut words = vec![plain(code)];
    words.extend(Language::ALL.iter().map(|language| plain(name.exactly(*language))));
    words.retain(|word| !word.is_empty());
    words.dedup();
    words
}

/// Finds the academic term whose code or name is the text of a cell.
pub(super) fn term<'k>(known: &'k [RosterTerm], cell: &str) -> Option<&'k RosterTerm> {
    let wanted = plain(cell);
    let by_code = known.iter().find(|term| plain(&term.code) == wanted);
    by_code.or_else(|| known.iter().find(|term| words_for(&term.code, &term.name).contains(&wanted)))
}

/// The records to which the rows of a group sheet can refer: the stored records, and the records
/// that earlier rows of the sheet have added.
#[derive(Default)]
pub(super) struct Lookup {
    orgs: HashMap<(OrgKind, String), Vec<Org>>,
    disciplines: HashMap<String, Vec<RosterDiscipline>>,
    people: HashMap<String, Person>,
    offerings: HashMap<(TermId, DisciplineId, String), Vec<RosterOffering>>,
    instructors: HashSet<PersonId>,
    university: Option<OrgId>,
}

impl Lookup {
    pub(super) fn of(known: &Roster) -> Self {
        let mut found = Self::default();
        known.orgs.iter().for_each(|org| found.add_org(org));
        known.disciplines.iter().for_each(|discipline| found.add_discipline(discipline));
        known.people.iter().for_each(|person| found.add_person(person));
        for offering in &known.offerings {
            let key = (offering.term, offering.discipline, plain(&offering.group));
            found.offerings.entry(key).or_default().push(offering.clone());
        }
        let teaching = known.appointments.iter().filter(|one| one.role == Role::Instructor);
        found.instructors = teaching.map(|one| one.person).collect();
        found.university = known.orgs.iter().find(|org| org.kind == OrgKind::University).map(|org| org.id);
        found
    }

    pub(super) fn add_org(&mut self, org: &Org) {
        for word in words_for(&org.code, &org.name) {
            let known = self.orgs.entry((org.kind, word)).or_default();
            if known.iter().all(|one| one.id != org.id) {
                known.push(org.clone());
            }
        }
    }

    /// Finds the units of one type (faculty or department) whose name or code is the text of a
    /// cell.
    pub(super) fn orgs(&self, kind: OrgKind, cell: &str) -> &[Org] {
        self.orgs.get(&(kind, plain(cell))).map_or(&[], Vec::as_slice)
    }

    /// Returns the id of the university, if it is among the stored units.
    pub(super) fn university(&self) -> Option<OrgId> {
        self.university
    }

    /// Adds a discipline to the records to which later rows of the group sheet can refer. If the
    /// same discipline is already among these records, its record is replaced.
    pub(super) fn add_discipline(&mut self, discipline: &RosterDiscipline) {
        let known = self.disciplines.entry(plain(&discipline.code)).or_default();
        known.retain(|one| one.id != discipline.id);
        known.push(discipline.clone());
    }

    /// Finds a discipline by its code. If several disciplines have the code, the discipline of the
    /// department named in the sheet row is taken. If that department has none, a discipline of
    /// another department is taken only if it is the only one with this code.
    pub(super) fn discipline(&self, code: &str, department: OrgId) -> Option<&RosterDiscipline> {
        let known = self.disciplines.get(&plain(code))?;
        let own = known.iter().find(|one| one.department == department);
        own.or_else(|| known.first().filter(|_| known.len() == 1))
    }

    pub(super) fn add_person(&mut self, person: &Person) {
        self.people.insert(person.username.clone(), person.clone());
    }

    /// Finds the person with this username among the stored people and the people that earlier rows
    /// of the group sheet added.
    pub(super) fn person(&self, login: &str) -> Option<&Person> {
        self.people.get(login)
    }

    /// Returns whether a person has a stored appointment as instructor in any unit.
    pub(super) fn teaches(&self, person: PersonId) -> bool {
        self.instructors.contains(&person)
    }

    /// Finds the offerings of a discipline in an academic term whose student group has this name.
    pub(super) fn offerings(&self, term: TermId, discipline: DisciplineId, group: &str) -> &[RosterOffering] {
        self.offerings.get(&(term, discipline, plain(group))).map_or(&[], Vec::as_slice)
    }
}
