//! Accounts, for the administrator's command line: add, appoint, set a password, disable.

use crate::desk::Desk;
use crate::failure::Failure;
use chrono::{NaiveDate, TimeDelta};
use domain::id::{OrgId, PersonId};
use domain::person::{Appointment, Person, Role};
use domain::roster::Org;
use serde_json::json;
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

/// First and last day of an appointment, where it is limited.
pub type Dates = (Option<NaiveDate>, Option<NaiveDate>);

/// Appoints somebody in a unit named by its code, or changes the dates of that appointment.
///
/// # Errors
/// [`Failure::NotFound`]: no such person, or no such unit in which the role can be held.
pub fn appoint(
    desk: &mut Desk<'_, '_>,
    username: &str,
    (role, org_code): (Role, &str),
    (from, until): Dates,
) -> Result<(), Failure> {
    let person = by_username(desk, username)?;
    let org = org_by_code(desk, org_code)?;
    if !role.is_held_in(org.kind) {
        return Err(Failure::NotFound);
    }
    let id = Appointment::id_of(person.id, role, org.id);
    people::put_appointment(desk.tx, &Appointment { id, person: person.id, role, org: org.id, from, until })?;
    let payload = json!({ "role": role.code(), "org": org_code, "from": from, "until": until }).to_string();
    tell(desk, person.id, "person-appointed", &payload)
}

/// Ends all appointments of somebody with this role in this unit: yesterday was their last day.
///
/// # Errors
/// [`Failure::NotFound`]: no such person or unit, or no such appointment that holds today or later.
pub fn dismiss(desk: &mut Desk<'_, '_>, username: &str, role: Role, org_code: &str) -> Result<(), Failure> {
    let person = by_username(desk, username)?;
    let org = org_by_code(desk, org_code)?;
    let (today, yesterday) = (desk.today(), desk.today() - TimeDelta::days(1));
    let mut held = people::appointments_of(desk.tx, person.id)?;
    held.retain(|held| (held.role, held.org) == (role, org.id) && held.until.is_none_or(|until| until >= today));
    if held.is_empty() {
        return Err(Failure::NotFound);
    }
    for appointment in held {
        people::put_appointment(desk.tx, &appointment.ended(yesterday))?;
    }
    let payload = json!({ "role": role.code(), "org": org_code }).to_string();
    tell(desk, person.id, "person-dismissed", &payload)
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

fn org_by_code(desk: &mut Desk<'_, '_>, code: &str) -> Result<Org, Failure> {
    let all = orgs::all(desk.tx)?;
    all.into_iter().find(|org| org.code == code || org.id == OrgId::of(&[code])).ok_or(Failure::NotFound)
}

fn tell(desk: &mut Desk<'_, '_>, person: PersonId, act: &'static str, payload: &str) -> Result<(), Failure> {
    let subject = format!("person:{person}");
    let event = Event { subject, at: desk.now, actor: None, role: None, act, payload: payload.to_owned() };
    Ok(history::append(desk.tx, event)?)
}
