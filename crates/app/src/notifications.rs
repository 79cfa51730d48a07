//! What people are told: inbox, mail, daily rounds, reminders.

pub mod daily_notifications;
pub mod inbox;
pub mod mail_queue;
pub mod notify;
pub mod remind;
