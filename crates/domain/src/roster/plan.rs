//! The plan of a roster import: all changes that the import would make, computed before anything is
//! written. The preview page, the dry run on the command line and the import itself use the same
//! plan.

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

/// A record that a roster import changes: its content before and after the import. Stored as a JSON
/// array of the two contents.
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
    /// Returns the reverse change, by which undoing the import restores the record.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self { before: self.after.clone(), after: self.before.clone() }
    }
}

/// The changes that a roster import makes to all records of one kind, such as people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordChanges<T> {
    /// Records of the roster that were not stored before.
    pub new: Vec<T>,
    /// Records of the roster that differ from the stored ones, each before and after the import.
    pub changed: Vec<RecordChange<T>>,
    /// The number of records of the roster that equal the stored ones.
    pub unchanged: usize,
    /// Stored records that the roster file does not contain; the import leaves them unchanged.
    pub absent: Vec<T>,
    /// Stored records that the roster file lacks and that the import removes. Only enrolments of
    /// students are ever removed.
    pub removed: Vec<T>,
}

impl<T> Default for RecordChanges<T> {
    fn default() -> Self {
        Self { new: Vec::new(), changed: Vec::new(), unchanged: 0, absent: Vec::new(), removed: Vec::new() }
    }
}

impl<T: PartialEq> RecordChanges<T> {
    /// Compares the records of a roster (`wanted`) with the stored ones (`known`). Two records for
    /// which the function `key` returns the same value are the same record.
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

/// The part of the university that a roster file covers. It determines which stored records count
/// as missing from the roster file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ImportScope {
    /// The roster file covers the whole university: every stored record that it lacks is missing.
    #[default]
    Whole,
    /// A sheet of groups (a roster in a single spreadsheet): a stored student group counts as
    /// missing only if the sheet contains other groups of the same term and department.
    Sheet,
}

/// The kinds of records that the import deactivates if the roster file does not contain them.
/// Missing records of other kinds are left unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one tick for each kind")]
pub struct Absent {
    /// Whether the accounts of people who are missing from the roster are disabled.
    pub people: bool,
    /// Whether appointments that are missing from the roster end; yesterday becomes their last day.
    pub appointments: bool,
    /// Whether student groups that are missing from the roster are deactivated, with their choices.
    pub offerings: bool,
    /// Whether students who are missing from a student group of the roster are removed from it.
    pub enrolments: bool,
}

impl Absent {
    /// Codes of the kinds of records that can be deactivated if the roster file lacks them.
    pub const KINDS: [&'static str; 4] = ["people", "appointments", "offerings", "enrolments"];

    /// Reads codes of the kinds of records to deactivate if the roster lacks them; ignores others.
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

    /// Returns the codes of the kinds whose records are deactivated if the roster file lacks them.
    pub fn kinds(self) -> Vec<&'static str> {
        let chosen = [self.people, self.appointments, self.offerings, self.enrolments];
        Self::KINDS.into_iter().zip(chosen).filter(|(_, chosen)| *chosen).map(|(kind, _)| kind).collect()
    }
}

/// The plan of a roster import: all changes that the import makes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// The changes of units, such as faculties; a unit comes before the units that it contains.
    pub orgs: RecordChanges<Org>,
    pub terms: RecordChanges<RosterTerm>,
    pub people: RecordChanges<Person>,
    pub appointments: RecordChanges<Appointment>,
    pub disciplines: RecordChanges<RosterDiscipline>,
    pub offerings: RecordChanges<RosterOffering>,
    /// The changes of enrolments (which students belong to which offerings).
    pub enrolments: RecordChanges<Enrolment>,
    /// The people who were added by hand and whom a roster contains for the first time.
    pub adopted: Vec<AdoptedPerson>,
}

impl Plan {
    /// Computes the plan of an import of this roster from the stored records on the day `today`.
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

    /// Empties all lists of missing records except that of offerings. A sheet of groups (a roster
    /// in a single spreadsheet) need not contain all records of the other kinds.
    fn keep_silent_about_the_rest(&mut self) {
        self.orgs.absent.clear();
        self.terms.absent.clear();
        self.people.absent.clear();
        self.appointments.absent.clear();
        self.disciplines.absent.clear();
        self.enrolments.absent.clear();
    }

    /// Returns the import's plan if missing records of the kinds in `absent` are also deactivated.
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

    /// Returns the numbers of changes that the import makes, by kind of records.
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

    /// Returns the total number of records that the roster import writes.
    pub fn changes(&self) -> usize {
        let units = self.orgs.changes() + self.terms.changes() + self.people.changes() + self.appointments.changes();
        units + self.disciplines.changes() + self.offerings.changes() + self.enrolments.changes()
    }

    /// Returns the number of records that the import writes if it also deactivates the records of
    /// the kinds in `absent` that are missing from the roster.
    pub fn changes_with(&self, absent: Absent) -> usize {
        let aside = [
            (absent.people, self.people.absent.len()),
            (absent.appointments, self.appointments.absent.len()),
            (absent.offerings, self.offerings.absent.len()),
            (absent.enrolments, self.enrolments.absent.len()),
        ];
        self.changes() + aside.iter().filter(|(chosen, _)| *chosen).map(|(_, count)| count).sum::<usize>()
    }

    /// Returns the fingerprint of the plan, a hash of its content. The preview page of the import
    /// shows the fingerprint, and the import is refused if the fingerprint has changed since.
    pub fn fingerprint(&self) -> Digest {
        Digest::of_debug(self)
    }
}

/// The academic term and the department in which an offering is taught.
#[derive(PartialEq, Eq, Hash)]
struct TeachingPlace {
    term: TermId,
    department: Option<OrgId>,
}

/// Returns the academic term and the department in which an offering is taught.
fn place(offering: &RosterOffering) -> TeachingPlace {
    TeachingPlace { term: offering.term, department: offering.home.map(|home| home.department) }
}

/// Returns today's registrars and administrators, whose accounts no roster can disable.
fn indispensable(appointments: &[Appointment], today: NaiveDate) -> HashSet<PersonId> {
    let keepers = appointments.iter().filter(|one| matches!(one.role, Role::Registrar | Role::Administrator));
    keepers.filter(|one| one.holds_on(today)).map(|one| one.person).collect()
}

/// Returns whether an appointment comes from a roster and was never made or changed in Emtihan.
fn is_of_a_roster(appointment: &Appointment) -> bool {
    let by_hand = Appointment::id_of(appointment.person, appointment.role, appointment.org);
    appointment.id != by_hand && !appointment.is_kept_here
}
