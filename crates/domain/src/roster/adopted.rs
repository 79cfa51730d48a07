//! Adoption of records that existed before the first roster import: the university named during
//! first-run setup, and people added by hand. If a roster contains the same university or person
//! under another identifier, the import uses the existing record instead of adding a second one.

use super::{OrgKind, Roster};
use crate::id::{OrgId, PersonId};
use crate::roster::existing::ExistingRoster;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// An adopted person: a person who was added by hand and whom the roster contains under another
/// identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AdoptedPerson {
    /// The identifier under which the roster contains the adopted person.
    pub roster_id: PersonId,
    /// The identifier under which the person was stored when the person was added by hand.
    pub person: PersonId,
}

/// A roster in which two kinds of records have their stored identifiers instead of those from the
/// roster file: people who were added by hand, and a university that was named during first-run
/// setup.
pub(super) struct AdoptedRoster<'r> {
    pub(super) roster: Cow<'r, Roster>,
    /// The people who were added by hand and whom no earlier imported roster contained, but this
    /// roster does.
    pub(super) new: Vec<AdoptedPerson>,
}

/// Replaces the identifiers of two kinds of records in a roster by their stored identifiers: people
/// who were added by hand, and a university that was named during first-run setup. The result also
/// lists the people who were added by hand and whom no earlier imported roster contained.
pub(super) fn with_adopted_identifiers<'r>(roster: &'r Roster, known: &ExistingRoster) -> AdoptedRoster<'r> {
    let new = new_adoptions(roster, known);
    let mut same = known.adopted.clone();
    same.extend(new.iter().map(|one| (one.roster_id, one.person)));
    let university = university(roster, &known.roster);
    let mut roster = Cow::Borrowed(roster);
    if let Some(university) = university {
        rename_org(roster.to_mut(), university);
    }
    if !same.is_empty() {
        rename_people(roster.to_mut(), &same);
    }
    AdoptedRoster { roster, new }
}

/// A university that was named during first-run setup and that the roster contains under another
/// identifier.
#[derive(Clone, Copy)]
struct AdoptedOrg {
    /// The identifier under which the roster contains the university.
    roster_id: OrgId,
    /// The identifier under which first-run setup stored the university.
    org: OrgId,
}

/// Finds the university of the roster if its identifier in the roster differs from the identifier
/// under which first-run setup stored the university. Both records are the same university, because
/// an installation of Emtihan has exactly one.
fn university(roster: &Roster, known: &Roster) -> Option<AdoptedOrg> {
    let ours = OrgId::founded();
    let mut theirs = roster.orgs.iter().filter(|org| org.kind == OrgKind::University);
    let (one, none) = (theirs.next()?, theirs.next());
    let is_founded = known.orgs.iter().any(|org| org.id == ours);
    (is_founded && none.is_none() && one.id != ours).then_some(AdoptedOrg { roster_id: one.id, org: ours })
}

/// Finds the people who were added by hand and whose username this roster contains, but no earlier
/// imported roster did. The import stores which person of the roster is which stored person, so
/// that the two remain the same person even if the roster changes the username later.
fn new_adoptions(roster: &Roster, known: &ExistingRoster) -> Vec<AdoptedPerson> {
    let taken: HashSet<PersonId> = known.adopted.values().copied().collect();
    let by_hand = known.roster.people.iter().filter(|person| person.id == PersonId::by_hand(&person.username));
    let free = by_hand.filter(|person| !taken.contains(&person.id));
    let free: HashMap<&str, PersonId> = free.map(|person| (person.username.as_str(), person.id)).collect();
    let unknown = roster.people.iter().filter(|theirs| !known.adopted.contains_key(&theirs.id));
    let same = unknown.filter_map(|theirs| Some((theirs.id, *free.get(theirs.username.as_str())?)));
    let other = same.filter(|(roster_id, person)| roster_id != person);
    other.map(|(roster_id, person)| AdoptedPerson { roster_id, person }).collect()
}

fn rename_org(roster: &mut Roster, adopted: AdoptedOrg) {
    let ours = |id: OrgId| if id == adopted.roster_id { adopted.org } else { id };
    for org in &mut roster.orgs {
        org.id = ours(org.id);
        org.parent = org.parent.map(ours);
    }
    for held in &mut roster.appointments {
        held.org = ours(held.org);
    }
}

fn rename_people(roster: &mut Roster, same: &HashMap<PersonId, PersonId>) {
    let ours = |id: PersonId| same.get(&id).copied().unwrap_or(id);
    for person in &mut roster.people {
        person.id = ours(person.id);
    }
    for held in &mut roster.appointments {
        held.person = ours(held.person);
    }
    for offering in &mut roster.offerings {
        offering.responsible = offering.responsible.map(ours);
        for teacher in &mut offering.teachers {
            *teacher = ours(*teacher);
        }
        offering.teachers.sort();
    }
    for enrolment in &mut roster.enrolments {
        enrolment.person = ours(enrolment.person);
    }
}
