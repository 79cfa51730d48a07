//! The plan of a roster import, computed before anything is written: the web page, the dry run on the command line and
//! the import itself use the same plan.

pub use super::adopted::AdoptedPerson;
use super::adopted::{AdoptedRoster, with_adopted_identifiers};
use super::{Difference, Enrolment, KindDifference, Org, Roster, RosterDiscipline, RosterOffering, RosterTerm};
use crate::digest::Digest;
use crate::id::{OfferingId, OrgId, PersonId, TermId};
use crate::person::{Appointment, Person, Role};
use crate::roster::existing::ExistingRoster;
use crate::roster::local_decisions::with_local_decisions;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// A record that a roster import changes, before and after. Stored as a JSON array of both states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(T, T)", into = "(T, T)", bound(serialize = "T: Clone + Serialize"))]
pub struct RecordChange<T> {
    pub before: T,
    pub after: T,
}

impl<T> From<(T, T)> for RecordChange<T> {
    fn from((before, after): (T, T)) -> Self {
        Self { before, after }
    }
}

impl<T> From<RecordChange<T>> for (T, T) {
    fn from(change: RecordChange<T>) -> Self {
        (change.before, change.after)
    }
}

impl<T: Clone> RecordChange<T> {
    /// The reverse change, by which undoing an import restores the record.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self { before: self.after.clone(), after: self.before.clone() }
    }
}

/// The changes that a roster import makes to the records of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordChanges<T> {
    /// Imported records that did not exist before.
    pub new: Vec<T>,
    /// Imported records that differ from the stored ones: the stored record, and the new one.
    pub changed: Vec<RecordChange<T>>,
    /// The number of imported records that equal the stored ones.
    pub unchanged: usize,
    /// Stored records that are missing from the roster file; the import leaves them unchanged.
    pub absent: Vec<T>,
    /// Stored records that are missing from the roster file and are removed. Only enrolments are ever removed.
    pub removed: Vec<T>,
}

impl<T> Default for RecordChanges<T> {
    fn default() -> Self {
        Self { new: Vec::new(), changed: Vec::new(), unchanged: 0, absent: Vec::new(), removed: Vec::new() }
    }
}

impl<T: PartialEq> RecordChanges<T> {
    /// Compares the records of a roster (`wanted`) with the stored ones (`known`); records with the same `key` are the
    /// same.
    fn between<K: Eq + Hash>(wanted: Vec<T>, known: Vec<T>, key: impl Fn(&T) -> K) -> Self {
        let mut changes = Self::default();
        let named: HashSet<K> = wanted.iter().map(&key).collect();
        let (there, absent): (Vec<T>, Vec<T>) = known.into_iter().partition(|record| named.contains(&key(record)));
        let mut there: HashMap<K, T> = there.into_iter().map(|record| (key(&record), record)).collect();
        for record in wanted {
            match there.remove(&key(&record)) {
                Some(before) if before == record => changes.unchanged += 1,
                Some(before) => changes.changed.push(RecordChange { before, after: record }),
                None => changes.new.push(record),
            }
        }
        changes.absent = absent;
        changes
    }

    fn difference(&self) -> Difference {
        Difference {
            new: self.new.len(),
            changed: self.changed.len() + self.removed.len(),
            unchanged: self.unchanged,
            absent: self.absent.len(),
        }
    }

    fn changes(&self) -> usize {
        self.new.len() + self.changed.len() + self.removed.len()
    }
}

/// The part of the university that a roster file covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ImportScope {
    /// Scope of a roster file: the whole university; a record that the file does not contain is missing.
    #[default]
    Whole,
    /// Scope of a roster file: a group sheet, for which only other groups of its terms and departments are missing.
    Sheet,
}

/// The kinds of records to deactivate if the roster file does not contain them. Missing records of other kinds are left
/// unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one tick for each kind")]
pub struct Absent {
    /// Whether people who are missing from the roster can no longer sign in.
    pub people: bool,
    /// Whether appointments that are missing from the roster end; yesterday becomes their last day.
    pub appointments: bool,
    /// Whether student groups that are missing from the roster are deactivated, with their choices.
    pub offerings: bool,
    /// Whether students who are missing from a group of the roster are removed from that group.
    pub enrolments: bool,
}

impl Absent {
    /// The kinds of records that can be deactivated if a roster does not contain them.
    pub const KINDS: [&'static str; 4] = ["people", "appointments", "offerings", "enrolments"];

    /// Selects kinds of records to deactivate by their names.
    pub fn of<'k>(kinds: impl IntoIterator<Item = &'k str>) -> Self {
        let mut absent = Self::default();
        for kind in kinds {
            match kind {
                "people" => absent.people = true,
                "appointments" => absent.appointments = true,
                "offerings" => absent.offerings = true,
                "enrolments" => absent.enrolments = true,
                _ => {}
            }
        }
        absent
    }

    /// The names of the kinds of records that are selected for deactivation.
    pub fn kinds(self) -> Vec<&'static str> {
        let chosen = [self.people, self.appointments, self.offerings, self.enrolments];
        Self::KINDS.into_iter().zip(chosen).filter(|(_, chosen)| *chosen).map(|(kind, _)| kind).collect()
    }
}

/// The plan of a roster import: all changes that the import makes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// The changes of units, parents before children.
    pub orgs: RecordChanges<Org>,
    pub terms: RecordChanges<RosterTerm>,
    pub people: RecordChanges<Person>,
    pub appointments: RecordChanges<Appointment>,
    pub disciplines: RecordChanges<RosterDiscipline>,
    pub offerings: RecordChanges<RosterOffering>,
    /// The changes of enrolments of students in offerings.
    pub enrolments: RecordChanges<Enrolment>,
    /// People who were added by hand and whom the roster contains for the first time.
    pub adopted: Vec<AdoptedPerson>,
}

impl Plan {
    /// Computes the plan of an import by comparing a roster with the stored records on the day `today`.
    pub fn between(roster: &Roster, known: ExistingRoster, scope: ImportScope, today: NaiveDate) -> Self {
        let indispensable = indispensable(&known.roster.appointments, today);
        let AdoptedRoster { roster, new: adopted } = with_adopted_identifiers(roster, &known);
        let wanted = with_local_decisions(&roster, &known, &indispensable);
        let there = known.roster;
        let named: HashSet<OfferingId> = wanted.offerings.iter().map(|offering| offering.id).collect();
        let taught: HashSet<_> = wanted.offerings.iter().map(place).collect();
        let mut plan = Self {
            orgs: RecordChanges::between(wanted.orgs, there.orgs, |org| org.id),
            terms: RecordChanges::between(wanted.terms, there.terms, |term| term.id),
            people: RecordChanges::between(wanted.people, there.people, |person| person.id),
            appointments: RecordChanges::between(wanted.appointments, there.appointments, |appointment| appointment.id),
            disciplines: RecordChanges::between(wanted.disciplines, there.disciplines, |discipline| discipline.id),
            offerings: RecordChanges::between(wanted.offerings, there.offerings, |offering| offering.id),
            enrolments: RecordChanges::between(wanted.enrolments, there.enrolments, |enrolment| *enrolment),
            adopted,
        };
        plan.people.absent.retain(|person| person.is_enabled && !indispensable.contains(&person.id));
        plan.appointments.absent.retain(|one| is_of_a_roster(one) && one.until.is_none_or(|until| until >= today));
        plan.appointments.absent.retain(|one| !indispensable.contains(&one.person));
        plan.offerings.absent.retain(|offering| offering.is_active);
        plan.enrolments.absent.retain(|enrolment| named.contains(&enrolment.offering));
        if scope == ImportScope::Sheet {
            plan.offerings.absent.retain(|offering| taught.contains(&place(offering)));
            plan.keep_silent_about_the_rest();
        }
        plan
    }

    /// Removes the missing records of those kinds that a group sheet does not cover from the plan.
    fn keep_silent_about_the_rest(&mut self) {
        self.orgs.absent.clear();
        self.terms.absent.clear();
        self.people.absent.clear();
        self.appointments.absent.clear();
        self.disciplines.absent.clear();
        self.enrolments.absent.clear();
    }

    /// Returns the import plan with missing records of the selected kinds deactivated.
    #[must_use]
    pub fn putting_aside(mut self, absent: Absent, today: NaiveDate) -> Self {
        let yesterday = today.pred_opt().unwrap_or(today);
        if absent.people {
            let gone = std::mem::take(&mut self.people.absent).into_iter();
            self.people.changed.extend(
                gone.map(|one| RecordChange { before: one.clone(), after: Person { is_enabled: false, ..one } }),
            );
        }
        if absent.appointments {
            let gone = std::mem::take(&mut self.appointments.absent).into_iter();
            self.appointments.changed.extend(gone.map(|one| RecordChange { after: one.ended(yesterday), before: one }));
        }
        if absent.offerings {
            let gone = std::mem::take(&mut self.offerings.absent).into_iter();
            self.offerings.changed.extend(
                gone.map(|one| RecordChange { before: one.clone(), after: RosterOffering { is_active: false, ..one } }),
            );
        }
        if absent.enrolments {
            self.enrolments.removed = std::mem::take(&mut self.enrolments.absent);
        }
        self
    }

    /// The numbers of changes in the import plan, by kind of records.
    pub fn counted(&self) -> [KindDifference; 7] {
        let counted = |kind, difference| KindDifference { kind, difference };
        [
            counted("orgs", self.orgs.difference()),
            counted("terms", self.terms.difference()),
            counted("people", self.people.difference()),
            counted("appointments", self.appointments.difference()),
            counted("disciplines", self.disciplines.difference()),
            counted("offerings", self.offerings.difference()),
            counted("enrolments", self.enrolments.difference()),
        ]
    }

    /// The number of records that the import writes.
    pub fn changes(&self) -> usize {
        let units = self.orgs.changes() + self.terms.changes() + self.people.changes() + self.appointments.changes();
        units + self.disciplines.changes() + self.offerings.changes() + self.enrolments.changes()
    }

    /// The number of records that the import writes if missing records of these kinds are deactivated.
    pub fn changes_with(&self, absent: Absent) -> usize {
        let aside = [
            (absent.people, self.people.absent.len()),
            (absent.appointments, self.appointments.absent.len()),
            (absent.offerings, self.offerings.absent.len()),
            (absent.enrolments, self.enrolments.absent.len()),
        ];
        self.changes() + aside.iter().filter(|(chosen, _)| *chosen).map(|(_, count)| count).sum::<usize>()
    }

    /// The fingerprint of an import plan, displayed with the plan and compared before the import is carried out.
    pub fn fingerprint(&self) -> Digest {
        Digest::of_debug(self)
    }
}

/// The term and department in which an offering is taught.
#[derive(PartialEq, Eq, Hash)]
struct TeachingPlace {
    term: TermId,
    department: Option<OrgId>,
}

/// The term and department of an offering.
fn place(offering: &RosterOffering) -> TeachingPlace {
    TeachingPlace { term: offering.term, department: offering.home.map(|home| home.department) }
}

/// The people who are registrars or administrators today, whom no roster can disable, so that a wrong import can be
/// corrected.
fn indispensable(appointments: &[Appointment], today: NaiveDate) -> HashSet<PersonId> {
    let keepers = appointments.iter().filter(|one| matches!(one.role, Role::Registrar | Role::Administrator));
    keepers.filter(|one| one.holds_on(today)).map(|one| one.person).collect()
}

/// Returns whether an appointment comes from a roster and was not made or changed in this program.
fn is_of_a_roster(appointment: &Appointment) -> bool {
    let by_hand = Appointment::id_of(appointment.person, appointment.role, appointment.org);
    appointment.id != by_hand && !appointment.is_kept_here
}
