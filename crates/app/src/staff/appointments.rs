//! Appointing somebody on a person's page: with dates and the number of an order; changing the dates, ending it.

use crate::failure::{Failure, Refusal, Stale};
use crate::staff::accounts::{ended, never_empty};
use crate::staff::people::known_person;
use crate::unit_of_work::UnitOfWork;
use chrono::{NaiveDate, TimeDelta};
use domain::appointment::{AppointmentError, Validity, with_changed};
use domain::history::{Act, AppointmentPeriod};
use domain::id::{AppointmentId, OrgId, PersonId};
use domain::person::{Actor, Appointment, Role};
use domain::policy::{self, Denied};
use domain::roster::Org;
use store::{orgs, people};

/// First and last day and the number of the order, as they were typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AppointmentDates {
    /// First day; without one it has always held.
    pub from: Option<NaiveDate>,
    /// Last day; without one it holds for good.
    pub until: Option<NaiveDate>,
    /// The number of the order.
    pub order: String,
}

/// A new appointment, as typed: role or unit may be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAppointment {
    /// The role in the unit.
    pub role: Option<Role>,
    /// The unit of the appointment.
    pub org: Option<OrgId>,
    /// Its days and the number of its order.
    pub dates: AppointmentDates,
}

/// Appoints a person.
///
/// # Errors
/// [`Refusal::Appointment`] with everything that is wrong.
pub fn appoint_person(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    person: PersonId,
    new: &NewAppointment,
) -> Result<(), Failure> {
    let held = known_person(work, actor, person)?.appointments;
    policy::manages_people_as(actor).ok_or(Denied::RoleMissing)?;
    let (Some(role), Some(org)) = (new.role, new.org) else {
        let missing =
            [(AppointmentError::RoleMissing, new.role.is_none()), (AppointmentError::UnitMissing, new.org.is_none())];
        return refused(missing.into_iter().filter(|(_, is)| *is).map(|(wrong, _)| wrong).collect());
    };
    let unit = unit(work, org)?;
    policy::appoints(actor, role, org)?;
    let number = held.len().to_string();
    let key = [&person.to_string(), role.code(), &org.to_string(), &work.now.to_rfc3339(), &number];
    let made = with(&Appointment::of(AppointmentId::of(&key), person, role, org), &new.dates);
    check(&made, &unit, &held)?;
    people::put_appointment(work.tx, &made)?;
    let act = Act::PersonAppointed {
        role: made.role.code(),
        org: &unit.code,
        dates: Some(period(&made)),
        order: Some(&made.order),
    };
    work.record_person(Some(actor), person, &act)
}

/// Changes the days and the order of an appointment that is not over.
pub fn change_appointment(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    id: AppointmentId,
    terms: &AppointmentDates,
) -> Result<PersonId, Failure> {
    let FoundAppointment { appointment: before, held } = find(work, actor, id)?;
    let unit = unit(work, before.org)?;
    let changed = with(&before, terms);
    if (changed.from, changed.until, &changed.order) == (before.from, before.until, &before.order) {
        return Ok(before.person);
    }
    check(&changed, &unit, &held)?;
    save_appointment(work, &changed)?;
    let (role, dates) = (changed.role.code(), period(&changed));
    let act = Act::AppointmentChanged { role, org: &unit.code, dates, order: &changed.order };
    work.record_person(Some(actor), changed.person, &act)?;
    Ok(changed.person)
}

/// Ends an appointment: yesterday was its last day.
pub fn end_appointment(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: AppointmentId) -> Result<PersonId, Failure> {
    let before = find(work, actor, id)?.appointment;
    let unit = unit(work, before.org)?;
    let over = ended(&before, work.today() - TimeDelta::days(1));
    save_appointment(work, &over)?;
    let act = Act::PersonDismissed { role: over.role.code(), org: &unit.code };
    work.record_person(Some(actor), over.person, &act)?;
    Ok(over.person)
}

/// An appointment that the actor may change.
struct FoundAppointment {
    appointment: Appointment,
    /// All appointments of the person who holds it.
    held: Vec<Appointment>,
}

fn find(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: AppointmentId) -> Result<FoundAppointment, Failure> {
    let appointment = people::find_appointment(work.tx, id)?.ok_or(Failure::NotFound)?;
    let held = known_person(work, actor, appointment.person)?.appointments;
    policy::appoints(actor, appointment.role, appointment.org)?;
    if appointment.validity_on(work.today()) == Validity::Past {
        return Err(Stale::AppointmentOver.into());
    }
    Ok(FoundAppointment { appointment, held })
}

fn unit(work: &mut UnitOfWork<'_, '_>, id: OrgId) -> Result<Org, Failure> {
    orgs::all(work.tx)?.into_iter().find(|org| org.id == id).ok_or(Failure::NotFound)
}

fn with(appointment: &Appointment, terms: &AppointmentDates) -> Appointment {
    let order = terms.order.trim().to_owned();
    Appointment { from: terms.from, until: terms.until, order, is_kept_here: true, ..appointment.clone() }
}

fn check(made: &Appointment, unit: &Org, held: &[Appointment]) -> Result<(), Failure> {
    let mut wrong = made.wrong(unit.kind);
    if held.iter().any(|other| made.overlaps(other)) {
        wrong.push(AppointmentError::Overlaps);
    }
    if wrong.is_empty() { Ok(()) } else { refused(wrong) }
}

fn save_appointment(work: &mut UnitOfWork<'_, '_>, changed: &Appointment) -> Result<(), Failure> {
    let before = people::keepers(work.tx)?;
    never_empty(work, &before, &with_changed(&before, changed))?;
    Ok(people::put_appointment(work.tx, changed)?)
}

fn refused(wrong: Vec<AppointmentError>) -> Result<(), Failure> {
    Err(Refusal::Appointment(wrong).into())
}

fn period(appointment: &Appointment) -> AppointmentPeriod {
    AppointmentPeriod { from: appointment.from, until: appointment.until }
}

/// The person whose appointment it is, if the actor may change it.
pub fn holder(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: AppointmentId) -> Result<PersonId, Failure> {
    find(work, actor, id).map(|found| found.appointment.person)
}
