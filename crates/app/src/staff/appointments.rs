//! Manages appointments on the web page of a person: appoints the person to a role in a unit with
//! dates and the number of the decree of appointment, changes an appointment, and ends an
//! appointment.

use crate::failure::{Failure, Refusal, Stale};
use crate::notifications::notify_appointed::notify_appointed;
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

/// The first and last day of an appointment and the number of its printed order (the decree of
/// appointment), as typed into the HTML form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AppointmentDates {
    /// The first day of the appointment; `None` if the appointment is valid from any time in the
    /// past.
    pub from: Option<NaiveDate>,
    /// The last day of the appointment; `None` if the appointment is permanent.
    pub until: Option<NaiveDate>,
    /// The number of the printed order (the decree) by which the person was appointed.
    pub order: String,
}

/// A new appointment as typed into the HTML form. Role and unit can be missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAppointment {
    /// The role to which the person is appointed; `None` if no role was selected.
    pub role: Option<Role>,
    /// The unit (such as a department) for which the person is appointed; `None` if no unit was
    /// selected.
    pub org: Option<OrgId>,
    /// The dates of the new appointment, and the number of its printed order (the decree of
    /// appointment).
    pub dates: AppointmentDates,
}

/// Appoints a person to a role in a unit, such as head of a department.
///
/// # Errors
/// [`Refusal::Appointment`] with all errors in the typed appointment.
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
    notify_appointed(work, None, &made, Some(actor))?;
    let act = Act::PersonAppointed {
        role: made.role.code(),
        org: &unit.code,
        dates: Some(period(&made)),
        order: Some(&made.order),
    };
    work.record_person(Some(actor), person, &act)
}

/// Changes the dates of an appointment and the number of its printed order (the decree of
/// appointment), if the appointment has not ended.
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

/// Ends an appointment on behalf of the signed-in person. Yesterday becomes the last day of the
/// appointment.
pub fn end_appointment(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: AppointmentId) -> Result<PersonId, Failure> {
    let before = find(work, actor, id)?.appointment;
    let unit = unit(work, before.org)?;
    let over = ended(&before, work.today() - TimeDelta::days(1));
    save_appointment(work, &over)?;
    let act = Act::PersonDismissed { role: over.role.code(), org: &unit.code };
    work.record_person(Some(actor), over.person, &act)?;
    Ok(over.person)
}

/// An appointment of a person that the signed-in person is allowed to change, with the other data
/// that the change needs.
struct FoundAppointment {
    appointment: Appointment,
    /// All appointments of the person whose appointment is to be changed.
    held: Vec<Appointment>,
}

/// Finds an appointment that the signed-in person is allowed to change, with all other appointments
/// of the appointed person.
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

/// Returns the person who was appointed, if the signed-in person is allowed to change the
/// appointment.
pub fn holder(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: AppointmentId) -> Result<PersonId, Failure> {
    find(work, actor, id).map(|found| found.appointment.person)
}
