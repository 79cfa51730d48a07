//! The kinds of notifications: which there are, whom each concerns, and how it is mailed unless its reader prefers otherwise.

use crate::limits::MAIL_HOLD_MINUTES;
use crate::person::{Actor, Role};

/// The kind of a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotificationKind {
    /// A choice came back with a reason; told to its instructor.
    Returned,
    /// An approved choice was opened again; told to its instructor.
    Reopened,
    /// A choice was moved to another row, because a new version of the rule table has not its own; told to its instructor.
    Moved,
    /// A choice was approved; told to its instructor.
    Approved,
    /// An approved exam is another one now; told to every enrolled student.
    Changed,
    /// The window of choosing has opened; told to whoever has something to choose.
    WindowOpens,
    /// Three days are left; told to whoever has something left to choose.
    DaysLeft,
    /// The window is over and something is not chosen; told to whoever should have.
    PastDue,
    /// A department has nobody who may decide; goes to the registrar's office.
    Gap,
    /// A reminder by the registrar's office of choices that are missing.
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

    /// The stored code; also the second half of the translation key `notice-…`.
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

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// How it is mailed to somebody who wished nothing else: what asks for an answer, or moves an exam, cannot wait.
    pub fn usual(self) -> MailPreference {
        match self {
            Self::Returned | Self::Reopened | Self::Moved | Self::Changed | Self::Reminder => MailPreference::AtOnce,
            Self::Approved | Self::WindowOpens | Self::DaysLeft | Self::PastDue | Self::Gap => MailPreference::Digest,
        }
    }

    /// Is it about what became of one choice? Most of that may be taken back for a while.
    pub fn is_decision(self) -> bool {
        matches!(self, Self::Returned | Self::Reopened | Self::Moved | Self::Approved | Self::Changed)
    }

    /// Is somebody with these roles ever told so?
    pub fn concerns(self, actor: &Actor) -> bool {
        let roles: &[Role] = match self {
            Self::Changed => &[Role::Student],
            Self::Gap => &[Role::Registrar],
            _ => &[Role::Instructor, Role::Head, Role::ActingHead],
        };
        roles.iter().any(|&role| actor.is(role))
    }

    /// For how many minutes its mail is held.
    pub fn held_minutes(self) -> i64 {
        if self.is_decision() { MAIL_HOLD_MINUTES } else { 0 }
    }
}

/// How somebody wants a kind of notice to be mailed. The inbox always has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailPreference {
    /// By itself, as soon as it cannot be taken back.
    AtOnce,
    /// In the one letter of the day.
    Digest,
    /// Not at all.
    Off,
}

impl MailPreference {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::AtOnce, Self::Digest, Self::Off];

    /// The stored code; also the second half of the translation key `wish-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::AtOnce => "at-once",
            Self::Digest => "digest",
            Self::Off => "off",
        }
    }

    /// The wish with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preference| preference.code() == code)
    }
}
