//! Tells heads, acting heads and deans that they were appointed, whether on the page of the person, by a
//! roster import or on the command line.

use crate::failure::Failure;
use crate::notifications::draft::NotificationDraft;
use crate::notifications::notify::{notify, withdraw_one};
use crate::unit_of_work::UnitOfWork;
use domain::notification::NotificationKind;
use domain::person::{Actor, Appointment, Role};
use store::orgs;

/// Creates the notification of an appointment, for roles that decide on choices. Does nothing if the
/// appointment is over, or if people appoint themselves. `by` is the person who makes the appointment;
/// `None` for the command line.
///
/// # Errors
/// [`Failure::NotFound`] if the unit of the appointment does not exist.
pub(crate) fn notify_appointed(
    work: &mut UnitOfWork<'_, '_>,
    appointment: &Appointment,
    by: Option<&Actor>,
) -> Result<(), Failure> {
    let is_over = appointment.until.is_some_and(|until| until < work.today());
    let is_own = by.is_some_and(|actor| actor.person == appointment.person);
    if is_over || is_own || !decides(appointment.role) {
        return Ok(());
    }
    let unit = orgs::all(work.tx)?.into_iter().find(|org| org.id == appointment.org).ok_or(Failure::NotFound)?;
    notify(work, &[appointment.person], &NotificationDraft::appointed(&unit, appointment, by))
}

/// Removes the notification of an appointment whose roster import is undone.
pub(crate) fn withdraw_appointed(work: &mut UnitOfWork<'_, '_>, appointment: &Appointment) -> Result<(), Failure> {
    if !decides(appointment.role) {
        return Ok(());
    }
    withdraw_one(work, appointment.person, NotificationKind::Appointed, &appointment.id.to_string())
}

fn decides(role: Role) -> bool {
    matches!(role, Role::Head | Role::ActingHead | Role::Dean)
}
