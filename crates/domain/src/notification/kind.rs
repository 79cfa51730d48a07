//! The kinds of notifications, their recipients, and how each kind is emailed by default.

use crate::limits::MAIL_HOLD_MINUTES;
use crate::person::{Actor, Role};

/// The kind of a notification, such as "choice returned".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotificationKind {
    /// Notification to the instructor: the choice was returned with a reason.
    Returned,
    /// Notification to the instructor: the approved choice was reopened.
    Reopened,
    /// Notification to the instructor: the choice was moved to another catalogue row, because a new catalogue version
    /// lacks its row.
    Moved,
    /// Notification to the instructor: the choice was approved.
    Approved,
    /// Notification to every enrolled student: an approved exam has changed.
    Changed,
    /// Notification to people who have to choose: the period for choosing has begun.
    WindowOpens,
    /// Notification to people who still have to choose: three days for choosing are left.
    DaysLeft,
    /// Notification to people who should have chosen: the period for choosing is over and a choice is missing.
    PastDue,
    /// Notification to the registrar's office: a department has nobody who may decide on choices.
    Gap,
    /// Notification to instructors: a reminder of missing choices, sent by the registrar's office or a dean's office.
    Reminder,
}

impl NotificationKind {
    /// All kinds of notifications, in the order of the web page of settings.
    pub const ALL: [Self; 10] = [
        Self::Returned,
        Self::Reopened,
        Self::Moved,
        Self::Approved,
        Self::Changed,
        Self::WindowOpens,
        Self::DaysLeft,
        Self::PastDue,
        Self::Reminder,
        Self::Gap,
    ];

    /// The stored code of a kind of notification, which is also the second half of the translation key
    /// `notification-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Returned => "returned",
            Self::Reopened => "reopened",
            Self::Moved => "moved",
            Self::Approved => "approved",
            Self::Changed => "changed",
            Self::WindowOpens => "window-opens",
            Self::DaysLeft => "days-left",
            Self::PastDue => "past-due",
            Self::Gap => "gap",
            Self::Reminder => "reminder",
        }
    }

    /// Returns the notification kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The default mail preference for a kind of notification: kinds that require an answer or change an exam are
    /// emailed at once.
    pub fn usual(self) -> MailPreference {
        match self {
            Self::Returned | Self::Reopened | Self::Moved | Self::Changed | Self::Reminder => MailPreference::AtOnce,
            Self::Approved | Self::WindowOpens | Self::DaysLeft | Self::PastDue | Self::Gap => MailPreference::Digest,
        }
    }

    /// Returns whether notifications of this kind are about a decision on one choice. Most decisions can be undone for
    /// some time.
    pub fn is_decision(self) -> bool {
        matches!(self, Self::Returned | Self::Reopened | Self::Moved | Self::Approved | Self::Changed)
    }

    /// Returns whether a person with these roles can receive this kind of notification.
    pub fn concerns(self, actor: &Actor) -> bool {
        let roles: &[Role] = match self {
            Self::Changed => &[Role::Student],
            Self::Gap => &[Role::Registrar],
            _ => &[Role::Instructor, Role::Head, Role::ActingHead],
        };
        roles.iter().any(|&role| actor.is(role))
    }

    /// Minutes for which emails about notifications of this kind are delayed, so that a decision can be undone before.
    pub fn held_minutes(self) -> i64 {
        if self.is_decision() { MAIL_HOLD_MINUTES } else { 0 }
    }
}

/// A person's preference for emailing a kind of notification. The inbox of the program always contains the
/// notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailPreference {
    /// Mail preference: the notification is sent in an email of its own, as soon as the act can no longer be undone.
    AtOnce,
    /// Mail preference: the notification is part of the daily digest email.
    Digest,
    /// Mail preference: the notification is not emailed.
    Off,
}

impl MailPreference {
    /// All mail preferences, in the order of the web page of settings.
    pub const ALL: [Self; 3] = [Self::AtOnce, Self::Digest, Self::Off];

    /// The stored code of a mail preference, which is also the second half of the translation key `mail-preference-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::AtOnce => "at-once",
            Self::Digest => "digest",
            Self::Off => "off",
        }
    }

    /// Returns the mail preference with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preference| preference.code() == code)
    }
}
