//! Tells heads, acting heads and deans that they were appointed, whether on the page of the person, by a
//! roster import or on the command line.

use crate::failure::Failure;
use crate::notifications::draft::NotificationDraft;
use crate::notifications::notify::{notify, withdraw_one};
use crate::unit_of_work::UnitOfWork;
use chrono::NaiveDate;
use domain::appointment::Validity;
use domain::notification::NotificationKind;
use domain::person::{Actor, Appointment, Role};
use store::orgs;

/// Creates the notification of an appointment that begins with a change, for roles that decide on
/// choices. Does nothing if people appoint themselves. `before` is the appointment before the change;
/// `None` for a new one. `by` is the person who makes the change; `None` for the command line.
///
/// # Errors
/// [`Failure::NotFound`] if the unit of the appointment does not exist.
pub(crate) fn notify_appointed(
    work: &mut UnitOfWork<'_, '_>,
    before: Option<&Appointment>,
    after: &Appointment,
    by: Option<&Actor>,
) -> Result<(), Failure> {
    let today = work.today();
    let begins = !is_past(after, today) && before.is_none_or(|before| is_past(before, today));
    let is_own = by.is_some_and(|actor| actor.person == after.person);
    if !begins || is_own || !decides(after.role) {
        return Ok(());
    }
    let unit = orgs::all(work.tx)?.into_iter().find(|org| org.id == after.org).ok_or(Failure::NotFound)?;
    // The same appointment may have ended and begun again.
    forget(work, after)?;
    notify(work, &[after.person], &NotificationDraft::appointed(&unit, after, by))
}

/// Removes the notification of an appointment that ends because its roster import is undone.
pub(crate) fn withdraw_appointed(
    work: &mut UnitOfWork<'_, '_>,
    before: &Appointment,
    after: &Appointment,
) -> Result<(), Failure> {
    let today = work.today();
    if is_past(before, today) || !is_past(after, today) || !decides(before.role) {
        return Ok(());
    }
    forget(work, before)
}

fn forget(work: &mut UnitOfWork<'_, '_>, appointment: &Appointment) -> Result<(), Failure> {
    withdraw_one(work, appointment.person, NotificationKind::Appointed, &appointment.id.to_string())
}

fn is_past(appointment: &Appointment, today: NaiveDate) -> bool {
    appointment.validity_on(today) == Validity::Past
}

fn decides(role: Role) -> bool {
    matches!(role, Role::Head | Role::ActingHead | Role::Dean)
}
