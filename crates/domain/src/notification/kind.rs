//! The kinds of notifications, their recipients, and the default way of emailing each.

use crate::limits::MAIL_HOLD_MINUTES;
use crate::person::{Actor, Role};

/// The kind of a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotificationKind {
    /// A choice was returned with a reason; sent to its instructor.
    Returned,
    /// An approved choice was reopened; sent to its instructor.
    Reopened,
    /// A choice was moved to another row, because a new catalogue version lacks its row; sent to its instructor.
    Moved,
    /// A choice was approved; sent to its instructor.
    Approved,
    /// An approved exam has changed; sent to every enrolled student.
    Changed,
    /// The window for choosing has opened; sent to people who have to choose.
    WindowOpens,
    /// Three days for choosing are left; sent to people who still have to choose.
    DaysLeft,
    /// The window is over and a choice is missing; sent to people who should have chosen.
    PastDue,
    /// A department has nobody who may decide; sent to the registrar's office.
    Gap,
    /// A reminder of missing choices, sent by the registrar's office.
    Reminder,
}

impl NotificationKind {
    /// All kinds, in the order of the settings.
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

    /// The stored code of the kind, which is also the second half of the translation key `notification-…`.
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

    /// The default mail preference: kinds that require an answer or change an exam are emailed at once.
    pub fn usual(self) -> MailPreference {
        match self {
            Self::Returned | Self::Reopened | Self::Moved | Self::Changed | Self::Reminder => MailPreference::AtOnce,
            Self::Approved | Self::WindowOpens | Self::DaysLeft | Self::PastDue | Self::Gap => MailPreference::Digest,
        }
    }

    /// Returns whether the kind is about a decision on one choice. Most decisions can be undone for some time.
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

    /// Minutes for which emails of this kind are held before they are sent.
    pub fn held_minutes(self) -> i64 {
        if self.is_decision() { MAIL_HOLD_MINUTES } else { 0 }
    }
}

/// A person's preference for emailing a kind of notification. The inbox always contains the notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailPreference {
    /// The notification is sent in an email of its own, as soon as the act can no longer be undone.
    AtOnce,
    /// The notification is part of the daily digest email.
    Digest,
    /// The notification is not emailed.
    Off,
}

impl MailPreference {
    /// All preferences, in the order of the settings.
    pub const ALL: [Self; 3] = [Self::AtOnce, Self::Digest, Self::Off];

    /// The stored code of the preference, which is also the second half of the translation key `mail-preference-…`.
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
