//! What people are told: inbox, mail, daily rounds, reminders.

pub mod inbox;
pub mod notify;
pub mod post;
pub mod remind;
pub mod rounds;
