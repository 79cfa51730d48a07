//! The notifications page of a person, and the page for sending reminders to instructors who have
//! not chosen.

pub(crate) mod inbox;
pub(crate) mod reminders;

use crate::route_list::{RouteList, routes};
use crate::routes::{NOTIFICATIONS, NOTIFICATIONS_READ, REMINDERS};

/// The routes of the notifications page and of the page for sending reminders.
pub(crate) fn routes() -> RouteList {
    routes! {
        get NOTIFICATIONS => inbox::show;
        post NOTIFICATIONS_READ => inbox::read;
        get REMINDERS => reminders::show;
        post REMINDERS => reminders::send;
    }
}
