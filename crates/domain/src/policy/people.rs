//! Permissions that concern people: to see and to appoint them, to manage their accounts, and to
//! see the days on which a department has nobody who is allowed to decide on choices.

use super::denied::Denied;
use crate::appointment::Validity;
use crate::id::OrgId;
use crate::person::{Actor, Appointment, Role};
use chrono::NaiveDate;

/// The people whose data an actor is allowed to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeopleScope {
    Everybody,
    /// The actor is allowed to see the people who have a present or future appointment in one of the
    /// listed departments. Former colleagues are not among them.
    Departments(Vec<OrgId>),
}

impl PeopleScope {
    /// Returns whether the actor is allowed to see a person who has these appointments.
    pub fn includes(&self, appointments: &[Appointment], today: NaiveDate) -> bool {
        match self {
            Self::Everybody => true,
            Self::Departments(departments) => appointments
                .iter()
                .any(|held| departments.contains(&held.org) && held.validity_on(today) != Validity::Past),
        }
    }
}

/// Returns the people whose data the actor is allowed to see. Registrars, administrators and
/// auditors see all people, a head of department sees the present and future people of that
/// department.
pub fn sees_people(actor: &Actor) -> Result<PeopleScope, Denied> {
    let headed: Vec<OrgId> = actor.orgs_as(Role::Head).collect();
    if actor.reads_all() {
        return Ok(PeopleScope::Everybody);
    }
    if headed.is_empty() { Err(Denied::RoleMissing) } else { Ok(PeopleScope::Departments(headed)) }
}

/// Permission to make and end appointments to `role` in the unit `org`. Administrators and
/// registrars have this permission, but only administrators appoint administrators. A head of
/// department can appoint acting heads of that department.
pub fn appoints(actor: &Actor, role: Role, org: OrgId) -> Result<(), Denied> {
    if actor.is(Role::Administrator) {
        return Ok(());
    }
    if actor.is(Role::Registrar) {
        return if role == Role::Administrator { Err(Denied::AdministratorOnly) } else { Ok(()) };
    }
    if role == Role::ActingHead && actor.is_in(Role::Head, org) { Ok(()) } else { Err(Denied::RoleMissing) }
}

/// Returns the role in which the actor changes accounts and appointments, for the record in the
/// history; `None` if the actor has no role that permits this.
pub fn manages_people_as(actor: &Actor) -> Option<Role> {
    [Role::Administrator, Role::Registrar, Role::Head].into_iter().find(|&role| actor.is(role))
}

/// Permission to enable or disable an account and to set its password. Administrators and
/// registrars have this permission, but only administrators manage the accounts of administrators.
/// The parameter `of` contains the appointments of the account's owner.
pub fn manages_account(actor: &Actor, of: &[Appointment]) -> Result<(), Denied> {
    let is_administrators = of.iter().any(|appointment| appointment.role == Role::Administrator);
    if actor.is(Role::Administrator) {
        return Ok(());
    }
    if !actor.is(Role::Registrar) {
        return Err(Denied::RoleMissing);
    }
    if is_administrators { Err(Denied::AdministratorOnly) } else { Ok(()) }
}

/// Returns the faculties for which the actor is allowed to see days without an approver: days on
/// which a department has nobody who is allowed to decide on choices. `None` means the whole
/// university. Deans and members of a dean's office see their own faculties.
pub fn sees_gaps(actor: &Actor) -> Result<Option<Vec<OrgId>>, Denied> {
    let faculties: Vec<OrgId> = actor.orgs_as(Role::Dean).chain(actor.orgs_as(Role::DeanOffice)).collect();
    if actor.reads_all() {
        return Ok(None);
    }
    if faculties.is_empty() { Err(Denied::RoleMissing) } else { Ok(Some(faculties)) }
}
