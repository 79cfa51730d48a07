//! What a house had before its first roster: the university that was named at the first opening, and people who were added
//! by hand. A roster that speaks of them under keys of its own means the same ones.

use super::{OrgKind, Roster};
use crate::id::{OrgId, PersonId};
use std::borrow::Cow;
use std::collections::HashMap;

/// The roster in the house's own identifiers.
pub(super) fn adopted<'r>(roster: &'r Roster, known: &Roster) -> Cow<'r, Roster> {
    let (university, people) = (university(roster, known), people(roster, known));
    let mut roster = Cow::Borrowed(roster);
    if let Some(same) = university {
        rename_org(roster.to_mut(), same);
    }
    if !people.is_empty() {
        rename_people(roster.to_mut(), &people);
    }
    roster
}

/// A house has one university; a roster's, under another key, is that one.
fn university(roster: &Roster, known: &Roster) -> Option<(OrgId, OrgId)> {
    let ours = OrgId::founded();
    let mut theirs = roster.orgs.iter().filter(|org| org.kind == OrgKind::University);
    let (one, none) = (theirs.next()?, theirs.next());
    let is_founded = known.orgs.iter().any(|org| org.id == ours);
    (is_founded && none.is_none() && one.id != ours).then_some((one.id, ours))
}

/// A username belongs to one person.
fn people(roster: &Roster, known: &Roster) -> HashMap<PersonId, PersonId> {
    let by_hand = known.people.iter().filter(|person| person.id == PersonId::by_hand(&person.username));
    let by_hand: HashMap<&str, PersonId> = by_hand.map(|person| (person.username.as_str(), person.id)).collect();
    let same = roster.people.iter().filter_map(|theirs| Some((theirs.id, *by_hand.get(theirs.username.as_str())?)));
    same.filter(|(theirs, ours)| theirs != ours).collect()
}

fn rename_org(roster: &mut Roster, (from, to): (OrgId, OrgId)) {
    for org in &mut roster.orgs {
        org.id = if org.id == from { to } else { org.id };
        org.parent = org.parent.map(|parent| if parent == from { to } else { parent });
    }
    for held in &mut roster.appointments {
        held.org = if held.org == from { to } else { held.org };
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
