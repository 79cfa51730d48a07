//! The authority of a roster import: an import is an act of the person who uploads it, so it changes
//! roles and accounts only as far as that person could change them on the page of a person.

use super::BadValue;
use super::plan::{Plan, RecordChange};
use crate::appointment::{NEVER_EMPTY, RoleHolder, leaves_nobody, with_changed};
use crate::id::{AppointmentId, PersonId};
use crate::person::{Actor, Appointment, Person, Role};
use crate::policy;
use chrono::NaiveDate;
use std::collections::HashSet;

/// The authority with which a roster is imported.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ImportAuthority {
    /// A signed-in person uploaded the roster on the page for imports.
    Person(Actor),
    /// The operator imports the roster on the command line, without changing administrators.
    #[default]
    CommandLine,
    /// The operator imports the roster on the command line and allows changes of administrators.
    CommandLineWithAdministrators,
}

/// A change of a role or of an account that the authority of the import does not cover. The plan
/// leaves the stored record as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnauthorizedChange {
    /// The roster record that would have changed the role or the account.
    pub record: RosterRecord,
    /// The reason for which the roster row of the record is refused.
    pub reason: BadValue,
}

/// A roster record whose row can be refused because of the import's authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RosterRecord {
    Person(PersonId),
    Appointment(AppointmentId),
}

impl ImportAuthority {
    /// Returns whether the import can make or change this appointment.
    fn appoints(&self, appointment: &Appointment) -> bool {
        match self {
            Self::Person(actor) => policy::appoints(actor, appointment.role, appointment.org).is_ok(),
            Self::CommandLine => appointment.role != Role::Administrator,
            Self::CommandLineWithAdministrators => true,
        }
    }

    /// Returns whether the import can change the person with these appointments, who may be an
    /// administrator.
    fn manages(&self, appointments: &[Appointment]) -> bool {
        match self {
            Self::Person(actor) => policy::manages_account(actor, appointments).is_ok(),
            Self::CommandLine => appointments.iter().all(|one| one.role != Role::Administrator),
            Self::CommandLineWithAdministrators => true,
        }
    }
}

impl Plan {
    /// Removes from the plan all changes of roles and accounts that the authority of the import does
    /// not cover, and returns them: changes of administrators and their accounts, and changes after
    /// which nobody would be registrar or administrator. `stored` are all stored appointments.
    pub fn keep_within(
        &mut self,
        authority: &ImportAuthority,
        stored: &[Appointment],
        today: NaiveDate,
    ) -> Vec<UnauthorizedChange> {
        let mut refused = Vec::new();
        let mut refuse = |record, reason| refused.push(UnauthorizedChange { record, reason });
        let is_ours = |one: &Appointment| one.role == Role::Administrator && !ended(one, today);
        let administrators: HashSet<PersonId> =
            stored.iter().filter(|one| is_ours(one)).map(|one| one.person).collect();
        let held = |person: PersonId| -> Vec<Appointment> {
            stored.iter().filter(|one| one.person == person && is_ours(one)).cloned().collect()
        };
        self.appointments.new.retain(|one| {
            let is_allowed = authority.appoints(one);
            if !is_allowed {
                refuse(RosterRecord::Appointment(one.id), BadValue::AdministratorsOnly);
            }
            is_allowed
        });
        self.appointments.changed.retain(|RecordChange { before, after }| {
            let is_allowed = authority.appoints(before) && authority.appoints(after);
            if !is_allowed {
                refuse(RosterRecord::Appointment(after.id), BadValue::AdministratorsOnly);
            }
            is_allowed
        });
        self.appointments.absent.retain(|one| authority.appoints(one));
        self.people.changed.retain(|RecordChange { before, after }| {
            let is_allowed = !administrators.contains(&before.id) || authority.manages(&held(before.id));
            if !is_allowed {
                refuse(RosterRecord::Person(after.id), BadValue::AdministratorsOnly);
            }
            is_allowed
        });
        self.people.absent.retain(|one: &Person| !administrators.contains(&one.id) || authority.manages(&held(one.id)));
        refused.extend(self.keep_last_of_role(stored, today));
        refused
    }

    /// Removes from the plan the changes of appointments after which no registrar or no administrator
    /// would be left, and returns them.
    fn keep_last_of_role(&mut self, stored: &[Appointment], today: NaiveDate) -> Vec<UnauthorizedChange> {
        let holders = |appointments: &[Appointment]| -> Vec<RoleHolder> {
            let kept = appointments.iter().filter(|one| NEVER_EMPTY.contains(&one.role));
            kept.map(|one| RoleHolder { appointment: one.clone(), is_enabled: true }).collect()
        };
        let before = holders(stored);
        let changed = &self.appointments.changed;
        let after = changed.iter().fold(before.clone(), |after, change| with_changed(&after, &change.after));
        let emptied = NEVER_EMPTY.map(|role| (role, leaves_nobody(&before, &after, role, today)));
        let empties = |one: &Appointment| emptied.contains(&(one.role, true));
        let (lost, kept) = std::mem::take(&mut self.appointments.changed)
            .into_iter()
            .partition(|change| empties(&change.before) || empties(&change.after));
        self.appointments.changed = kept;
        let refused = |change: RecordChange<Appointment>| UnauthorizedChange {
            record: RosterRecord::Appointment(change.after.id),
            reason: BadValue::LastOfRole,
        };
        Vec::into_iter(lost).map(refused).collect()
    }
}

fn ended(appointment: &Appointment, today: NaiveDate) -> bool {
    appointment.until.is_some_and(|until| until < today)
}
