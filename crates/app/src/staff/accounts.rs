//! Manages accounts: adds a person, appoints a person to a role, sets a password, disables or
//! enables an account. Some functions are called from the command line, without a signed-in person;
//! the other functions are called from the web page of a person.

use crate::failure::{Failure, Stale};
use crate::notifications::notify_appointed::notify_appointed;
use crate::staff::people::{KnownPerson, known_person};
use crate::unit_of_work::UnitOfWork;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::appointment::{NEVER_EMPTY, RoleHolder, Validity, leaves_nobody, with_disabled};
use domain::history::Act;
use domain::id::{OrgId, PersonId};
use domain::password::OneTimeHours;
use domain::person::{Actor, Appointment, Person, Role};
use domain::policy;
use domain::roster::Org;
use store::{orgs, passwords, people, sessions};

pub use domain::history::AppointmentPeriod;

/// Adds a person from the command line, without importing a roster. Refused if the username is
/// already used.
pub fn add(work: &mut UnitOfWork<'_, '_>, person: &Person) -> Result<(), Failure> {
    if people::by_username(work.tx, &person.username)?.is_some() {
        return Err(Stale::Lost.into());
    }
    people::put(work.tx, person)?;
    work.record_person(None, person.id, &Act::PersonAdded)
}

/// Appoints a person to a role in the unit with this code, from the command line. If the person has
/// this role in the unit already, changes the dates of the appointment.
///
/// # Errors [`Failure::NotFound`] if no person has this username, no unit has this code, or the
/// role does not exist in this type of unit (for example a dean in a department).
pub fn appoint(
    work: &mut UnitOfWork<'_, '_>,
    username: &str,
    role: Role,
    org_code: &str,
    dates: AppointmentPeriod,
) -> Result<(), Failure> {
    let person = by_username(work, username)?;
    let org = org_by_code(work, org_code)?;
    if !role.is_held_in(org.kind) {
        return Err(Failure::NotFound);
    }
    let id = Appointment::id_of(person.id, role, org.id);
    let made = Appointment::of(id, person.id, role, org.id);
    let made = Appointment { from: dates.from, until: dates.until, is_kept_here: true, ..made };
    let before = people::find_appointment(work.tx, id)?;
    people::put_appointment(work.tx, &made)?;
    notify_appointed(work, before.as_ref(), &made, None)?;
    let act = Act::PersonAppointed { role: role.code(), org: org_code, dates: Some(dates), order: None };
    work.record_person(None, person.id, &act)
}

/// Ends all appointments of a person to this role in this unit, from the command line. Yesterday
/// becomes the last day of the appointments.
///
/// # Errors
/// [`Failure::NotFound`] if no person has this username, no unit has this code, or the person has
/// no such appointment that is valid today or later.
pub fn dismiss(work: &mut UnitOfWork<'_, '_>, username: &str, role: Role, org_code: &str) -> Result<(), Failure> {
    let person = by_username(work, username)?;
    let org = org_by_code(work, org_code)?;
    let (today, yesterday) = (work.today(), work.today() - TimeDelta::days(1));
    let mut held = people::appointments_of(work.tx, person.id)?;
    held.retain(|held| (held.role, held.org) == (role, org.id) && held.until.is_none_or(|until| until >= today));
    if held.is_empty() {
        return Err(Failure::NotFound);
    }
    for appointment in held {
        people::put_appointment(work.tx, &ended(&appointment, yesterday))?;
    }
    work.record_person(None, person.id, &Act::PersonDismissed { role: role.code(), org: org_code })
}

/// Sets the password hash of a person from the command line, and ends every session of the person.
pub fn set_password(work: &mut UnitOfWork<'_, '_>, username: &str, hash: &str) -> Result<(), Failure> {
    let person = by_username(work, username)?;
    passwords::set(work.tx, person.id, hash)?;
    sessions::end_all(work.tx, person.id, work.now)?;
    work.record_person(None, person.id, &Act::PasswordSet)
}

/// Disables an account from the command line and ends the sessions of its owner, or enables the
/// account again.
pub fn set_enabled(work: &mut UnitOfWork<'_, '_>, username: &str, enabled: bool) -> Result<(), Failure> {
    let person = by_username(work, username)?;
    people::set_enabled(work.tx, person.id, enabled)?;
    if !enabled {
        sessions::end_all(work.tx, person.id, work.now)?;
    }
    work.record_person(None, person.id, &Act::account_enabled(enabled))
}

/// Finds the person with this username; the case of the letters does not matter.
pub fn by_username(work: &mut UnitOfWork<'_, '_>, username: &str) -> Result<Person, Failure> {
    let found = people::by_username(work.tx, &username.trim().to_lowercase())?;
    found.map(|account| account.person).ok_or(Failure::NotFound)
}

fn org_by_code(work: &mut UnitOfWork<'_, '_>, code: &str) -> Result<Org, Failure> {
    let all = orgs::all(work.tx)?;
    all.into_iter().find(|org| org.code == code || org.id == OrgId::of(&[code])).ok_or(Failure::NotFound)
}

/// Returns an ended copy of an appointment, with the last day `last`. The appointment is marked so
/// that no later roster import restores it.
pub(crate) fn ended(appointment: &Appointment, last: NaiveDate) -> Appointment {
    Appointment { is_kept_here: true, ..appointment.ended(last) }
}

/// Enables or disables the account of a person, on behalf of the signed-in person. The account of
/// the last registrar or administrator cannot be disabled.
pub fn set_account_enabled(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    id: PersonId,
    enabled: bool,
) -> Result<(), Failure> {
    let person = managed_account(work, actor, id)?;
    if person.is_enabled == enabled {
        return Ok(());
    }
    if !enabled {
        let before = people::keepers(work.tx)?;
        never_empty(work, &before, &with_disabled(&before, id))?;
        sessions::end_all(work.tx, id, work.now)?;
    }
    people::set_enabled(work.tx, id, enabled)?;
    work.record_person(Some(actor), id, &Act::account_enabled(enabled))
}

/// Sets the hash of a one-time password, with which the owner of the account can sign in once, within
/// the given number of hours, and has to change it then. Ends every session of the owner. Returns the
/// instant from which the one-time password is not valid.
pub fn set_one_time_password(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    id: PersonId,
    hash: &str,
    hours: OneTimeHours,
) -> Result<DateTime<Utc>, Failure> {
    managed_account(work, actor, id)?;
    let valid_until = hours.end(work.now);
    passwords::set_one_time(work.tx, id, hash, valid_until)?;
    sessions::end_all(work.tx, id, work.now)?;
    work.record_person(Some(actor), id, &Act::PasswordSet)?;
    Ok(valid_until)
}

/// Finds a person whose account (password, disabling) the signed-in person is allowed to manage.
pub fn managed_account(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: PersonId) -> Result<Person, Failure> {
    let KnownPerson { person, mut appointments } = known_person(work, actor, id)?;
    let today = work.today();
    appointments.retain(|held| held.validity_on(today) != Validity::Past);
    policy::manages_account(actor, &appointments)?;
    Ok(person)
}

/// Refuses a change that would remove the last registrar or administrator with an enabled account,
/// or the last registrar or administrator whose appointment has no last day.
pub(crate) fn never_empty(
    work: &UnitOfWork<'_, '_>,
    before: &[RoleHolder],
    after: &[RoleHolder],
) -> Result<(), Failure> {
    let empties = |&role: &Role| leaves_nobody(before, after, role, work.today());
    if NEVER_EMPTY.iter().any(empties) { Err(Stale::LastOfRole.into()) } else { Ok(()) }
}
