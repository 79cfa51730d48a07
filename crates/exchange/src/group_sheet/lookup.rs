//! Finds stored records by the words in the cells of a group sheet.

use domain::id::{DisciplineId, OrgId, PersonId, TermId};
use domain::name::{Language, Name};
use domain::person::{Person, Role};
use domain::roster::{Org, OrgKind, Roster, RosterDiscipline, RosterOffering, RosterTerm};
use std::collections::{HashMap, HashSet};

/// Normalises the words of a cell for comparison: lower case, single spaces.
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

/// Finds the term (semester) with this code or name.
pub(super) fn term<'k>(known: &'k [RosterTerm], cell: &str) -> Option<&'k RosterTerm> {
    let wanted = plain(cell);
    let by_code = known.iter().find(|term| plain(&term.code) == wanted);
    by_code.or_else(|| known.iter().find(|term| words_for(&term.code, &term.name).contains(&wanted)))
}

/// The records to which the rows of a group sheet refer; a record that a row adds is available to the next row.
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

    /// Finds the units of this kind (faculty or department) with this name or code.
    pub(super) fn orgs(&self, kind: OrgKind, cell: &str) -> &[Org] {
        self.orgs.get(&(kind, plain(cell))).map_or(&[], Vec::as_slice)
    }

    /// Returns the university among the known units, if there is one.
    pub(super) fn university(&self) -> Option<OrgId> {
        self.university
    }

    /// Adds a discipline to the known records, or replaces the one with the same id.
    pub(super) fn add_discipline(&mut self, discipline: &RosterDiscipline) {
        let known = self.disciplines.entry(plain(&discipline.code)).or_default();
        known.retain(|one| one.id != discipline.id);
        known.push(discipline.clone());
    }

    /// Finds the discipline with this code: the department's own discipline, or the only discipline with the code.
    pub(super) fn discipline(&self, code: &str, department: OrgId) -> Option<&RosterDiscipline> {
        let known = self.disciplines.get(&plain(code))?;
        let own = known.iter().find(|one| one.department == department);
        own.or_else(|| known.first().filter(|_| known.len() == 1))
    }

    pub(super) fn add_person(&mut self, person: &Person) {
        self.people.insert(person.username.clone(), person.clone());
    }

    /// Finds the person with this username.
    pub(super) fn person(&self, login: &str) -> Option<&Person> {
        self.people.get(login)
    }

    /// Returns whether this person is appointed as an instructor in any unit.
    pub(super) fn teaches(&self, person: PersonId) -> bool {
        self.instructors.contains(&person)
    }

    /// Finds the offerings with this group name in a discipline and term.
    pub(super) fn offerings(&self, term: TermId, discipline: DisciplineId, group: &str) -> &[RosterOffering] {
        self.offerings.get(&(term, discipline, plain(group))).map_or(&[], Vec::as_slice)
    }
}
