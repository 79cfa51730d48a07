//! Accounts, for the administrator's command line: add, appoint, set a password, disable.

use crate::desk::Desk;
use crate::failure::Failure;
use domain::id::{AppointmentId, OrgId, PersonId};
use domain::person::{Appointment, Person, Role};
use store::history::{self, Event};
use store::{orgs, people, sessions};

/// Adds a person by hand.
pub fn add(desk: &mut Desk<'_, '_>, person: &Person) -> Result<(), Failure> {
    if people::by_username(desk.tx, &person.username)?.is_some() {
        return Err(Failure::Stale(crate::failure::Stale::Lost));
    }
    people::put(desk.tx, person)?;
    tell(desk, person.id, "person-added", "{}")
}

/// Appoints somebody in a unit named by its code.
pub fn appoint(desk: &mut Desk<'_, '_>, username: &str, role: Role, org_code: &str) -> Result<(), Failure> {
    let person = by_username(desk, username)?;
    let org = org_by_code(desk, org_code)?;
    let id = AppointmentId::of(&[&person.id.to_string(), role.code(), &org.to_string()]);
    let appointment = Appointment { id, person: person.id, role, org, from: None, until: None };
    people::put_appointment(desk.tx, &appointment)?;
    let payload = serde_json::json!({ "role": role.code(), "org": org_code }).to_string();
    tell(desk, person.id, "person-appointed", &payload)
}

/// Sets a password, already hashed, and ends every session of that person.
pub fn set_password(desk: &mut Desk<'_, '_>, username: &str, hash: &str) -> Result<(), Failure> {
    let person = by_username(desk, username)?;
    people::set_password(desk.tx, person.id, hash)?;
    sessions::end_all(desk.tx, person.id, desk.now)?;
    tell(desk, person.id, "password-set", "{}")
}

/// Disables an account and ends its sessions, or lets it in again.
pub fn set_enabled(desk: &mut Desk<'_, '_>, username: &str, enabled: bool) -> Result<(), Failure> {
    let person = by_username(desk, username)?;
    people::set_enabled(desk.tx, person.id, enabled)?;
    if !enabled {
        sessions::end_all(desk.tx, person.id, desk.now)?;
    }
    tell(desk, person.id, if enabled { "person-enabled" } else { "person-disabled" }, "{}")
}

/// The person with this username.
pub fn by_username(desk: &mut Desk<'_, '_>, username: &str) -> Result<Person, Failure> {
    let found = people::by_username(desk.tx, &username.trim().to_lowercase())?;
    found.map(|(person, _)| person).ok_or(Failure::NotFound)
}

fn org_by_code(desk: &mut Desk<'_, '_>, code: &str) -> Result<OrgId, Failure> {
    let all = orgs::all(desk.tx)?;
    all.iter().find(|org| org.code == code || org.id == OrgId::of(&[code])).map(|org| org.id).ok_or(Failure::NotFound)
}

fn tell(desk: &mut Desk<'_, '_>, person: PersonId, act: &'static str, payload: &str) -> Result<(), Failure> {
    let subject = format!("person:{person}");
    let event = Event { subject, at: desk.now, actor: None, role: None, act, payload: payload.to_owned() };
    Ok(history::append(desk.tx, event)?)
}
