//! Notifications: the inbox, emails, daily notifications, and reminders to instructors.

pub mod daily_notifications;
pub(crate) mod draft;
pub mod inbox;
pub mod mail_queue;
pub(crate) mod notify;
pub(crate) mod notify_appointed;
pub(crate) mod notify_approvers;
mod notify_overdue;
pub mod remind;
