//! Permissions on people: seeing and appointing them, managing their accounts, and seeing the days on which nobody may
//! decide on choices.

use super::denied::Denied;
use crate::id::OrgId;
use crate::person::{Actor, Appointment, Role};

/// The people whose data an actor may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeopleScope {
    Everybody,
    /// Visible people: those with an appointment in one of these departments.
    Departments(Vec<OrgId>),
}

/// Finds the people whose data the actor may see: registrar, administrator and auditor see all people, a head those of
/// the department.
pub fn sees_people(actor: &Actor) -> Result<PeopleScope, Denied> {
    let headed: Vec<OrgId> = actor.orgs_as(Role::Head).collect();
    if actor.reads_all() {
        return Ok(PeopleScope::Everybody);
    }
    if headed.is_empty() { Err(Denied::RoleMissing) } else { Ok(PeopleScope::Departments(headed)) }
}

/// Permission to make and end appointments to `role` in the unit `org`: registrar and administrator; a head may appoint
/// acting heads of the own department. Only an administrator may appoint administrators.
pub fn appoints(actor: &Actor, role: Role, org: OrgId) -> Result<(), Denied> {
    if actor.is(Role::Administrator) {
        return Ok(());
    }
    if actor.is(Role::Registrar) {
        return if role == Role::Administrator { Err(Denied::AdministratorOnly) } else { Ok(()) };
    }
    if role == Role::ActingHead && actor.is_in(Role::Head, org) { Ok(()) } else { Err(Denied::RoleMissing) }
}

/// The role in which the actor changes accounts and appointments, as recorded in the history.
pub fn manages_people_as(actor: &Actor) -> Option<Role> {
    [Role::Administrator, Role::Registrar, Role::Head].into_iter().find(|&role| actor.is(role))
}

/// Permission to enable and disable an account, and to set its password: registrar and administrator; only an
/// administrator for the account of an administrator. `of` are the appointments of the account's owner.
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

/// The faculties for which the actor may see the days on which nobody may decide on choices; `None` is the whole
/// university. Dean and dean's office see their own faculties.
pub fn sees_gaps(actor: &Actor) -> Result<Option<Vec<OrgId>>, Denied> {
    let faculties: Vec<OrgId> = actor.orgs_as(Role::Dean).chain(actor.orgs_as(Role::DeanOffice)).collect();
    if actor.reads_all() {
        return Ok(None);
    }
    if faculties.is_empty() { Err(Denied::RoleMissing) } else { Ok(Some(faculties)) }
}
