//! The inbox, and reminders to those who have not chosen.

pub(crate) mod inbox;
pub(crate) mod reminders;
