//! Decisions made in Emtihan that take precedence over an imported roster: names and dates of
//! academic terms that the registrar has changed, closed terms, the language that a person chose,
//! disabled accounts, appointments that were changed in Emtihan, and offerings without a final
//! exam.

use crate::id::{DisciplineId, OfferingId, OrgId, PersonId};
use crate::person::{Appointment, Person};
use crate::roster::existing::ExistingRoster;
use crate::roster::{DisciplineHome, OrgKind, Roster, RosterDiscipline, RosterOffering, RosterTerm};
use std::collections::{HashMap, HashSet};

/// Returns a copy of the roster in which decisions made in Emtihan replace the roster's values, and
/// in which every offering has its department and faculty. Offerings of closed academic terms are
/// left out. The accounts of the `indispensable` people (today's registrars and administrators)
/// stay enabled.
pub(super) fn with_local_decisions(
    roster: &Roster,
    known: &ExistingRoster,
    indispensable: &HashSet<PersonId>,
) -> Roster {
    let homes = homes(roster, &known.roster);
    let open = |offering: &&RosterOffering| !known.closed_terms.contains(&offering.term);
    let at_home = |offering: &RosterOffering| RosterOffering {
        home: homes.get(&offering.discipline).copied(),
        has_exam: known.kept_exams.get(&offering.id).copied().unwrap_or(offering.has_exam),
        ..offering.clone()
    };
    let offerings: Vec<RosterOffering> = roster.offerings.iter().filter(open).map(at_home).collect();
    let named: HashSet<OfferingId> = offerings.iter().map(|offering| offering.id).collect();
    Roster {
        orgs: roster.orgs.clone(),
        terms: roster.terms.iter().map(|term| as_kept_here(term, known)).collect(),
        people: as_decided_here(&roster.people, &known.roster.people, indispensable),
        appointments: as_changed_here(&roster.appointments, &known.roster.appointments),
        disciplines: roster.disciplines.clone(),
        enrolments: roster.enrolments.iter().filter(|one| named.contains(&one.offering)).copied().collect(),
        offerings,
    }
}

/// Maps every discipline to the department that teaches it and to the faculty of that department.
/// The disciplines are those of the roster and those of the stored records.
fn homes(roster: &Roster, known: &Roster) -> HashMap<DisciplineId, DisciplineHome> {
    let departments = known.orgs.iter().chain(&roster.orgs).filter(|org| org.kind == OrgKind::Department);
    let parents: HashMap<OrgId, OrgId> = departments.filter_map(|org| Some((org.id, org.parent?))).collect();
    let home = |one: &RosterDiscipline| {
        let faculty = *parents.get(&one.department)?;
        Some((one.id, DisciplineHome { department: one.department, faculty }))
    };
    known.disciplines.iter().chain(&roster.disciplines).filter_map(home).collect()
}

/// Returns the stored names and dates of an academic term if the registrar has changed them in
/// Emtihan, else those of the roster.
fn as_kept_here(wanted: &RosterTerm, known: &ExistingRoster) -> RosterTerm {
    let is_kept = known.kept_terms.contains(&wanted.id);
    let kept = known.roster.terms.iter().find(|term| term.id == wanted.id).filter(|_| is_kept);
    kept.unwrap_or(wanted).clone()
}

/// Returns the appointments of the roster. An appointment that was changed or ended in Emtihan is
/// returned with its stored values instead of those in the roster.
fn as_changed_here(wanted: &[Appointment], known: &[Appointment]) -> Vec<Appointment> {
    let here = known.iter().filter(|held| held.is_kept_here).map(|held| (held.id, held));
    let here: HashMap<_, _> = here.collect();
    wanted.iter().map(|held| here.get(&held.id).map_or(held, |known| *known).clone()).collect()
}

/// Returns the roster's people with the languages that they chose in Emtihan; accounts that were
/// disabled in Emtihan stay disabled. A roster cannot disable the accounts of today's registrars
/// and administrators, who are needed to correct a wrong import.
fn as_decided_here(wanted: &[Person], known: &[Person], indispensable: &HashSet<PersonId>) -> Vec<Person> {
    let known: HashMap<_, _> = known.iter().map(|person| (person.id, person)).collect();
    let decided = |person: &Person| {
        let here = known.get(&person.id);
        Person {
            locale: here.and_then(|here| here.locale).or(person.locale),
            is_enabled: here.is_none_or(|here| here.is_enabled)
                && (person.is_enabled || indispensable.contains(&person.id)),
            ..person.clone()
        }
    };
    wanted.iter().map(decided).collect()
}
