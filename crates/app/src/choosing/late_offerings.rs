//! The offerings for which a person can ask to extend the deadline.

use crate::choosing::my_offerings::my_offerings;
use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use domain::offering::Offering;
use domain::person::{Actor, Role};
use domain::term::WindowClosed;
use store::extension_requests;

/// Lists the offerings for which the signed-in person chooses, whose deadline is over, and for which no
/// request for an extension waits.
pub fn late_offerings(work: &mut UnitOfWork<'_, '_>, actor: &Actor) -> Result<Vec<Offering>, Failure> {
    if ![Role::Instructor, Role::Head, Role::ActingHead].into_iter().any(|role| actor.is(role)) {
        return Ok(Vec::new());
    }
    let my = my_offerings(work, actor, None)?;
    if my.window != Err(WindowClosed::Over) {
        return Ok(Vec::new());
    }
    let mut late = Vec::new();
    for line in my.lines().filter(|line| line.is_late()) {
        if !extension_requests::is_waiting(work.tx, line.offering.id)? {
            late.push(line.offering.clone());
        }
    }
    Ok(late)
}
