//! The kinds of notifications with their possible recipients, and the default setting for emailing
//! each kind.

use crate::limits::MAIL_HOLD_MINUTES;
use crate::person::{Actor, Role};

/// The kind of a notification, such as "a choice was returned".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotificationKind {
    /// Notification to the instructor: the head of department returned the choice with a reason.
    Returned,
    /// Notification to the instructor: the approved choice was reopened, so that it has to be sent
    /// again.
    Reopened,
    /// Notification to the instructor: the choice was moved to another catalogue row, because its
    /// former row is missing from the new version of the catalogue.
    Moved,
    /// Notification to the instructor: the choice was approved.
    Approved,
    /// Notification to every student of a student group: an approved exam of the group has changed.
    Changed,
    /// Notification to every student of a student group: an approved exam of the group was reopened or
    /// returned and is being changed.
    BeingChanged,
    /// Notification to every student of a student group: an exam that was being changed is approved again
    /// as it was.
    Unchanged,
    /// Notification to the instructor: the choice was returned because a new version of the catalogue no
    /// longer allows it.
    ReturnedByRule,
    /// Notification to people who have to choose an exam: the period for choosing has begun.
    WindowOpens,
    /// Notification to people who still have to choose an exam: at most
    /// [`crate::limits::DAYS_LEFT`] days for choosing are left.
    DaysLeft,
    /// Notification to people who have not chosen an exam in time: the period for choosing is over.
    PastDue,
    /// Notification to people who may approve: choices or requests to reopen wait for their decision, once
    /// a day for each department.
    ToDecide,
    /// Notification to people who may approve: at most [`crate::limits::DAYS_LEFT`] days for approving are
    /// left, and choices wait for their decision.
    DecidingEnds,
    /// Notification to people who may approve: the time for approving is over, and choices still wait.
    DecidingOver,
    /// Notification to people who may approve: an instructor asks to reopen an approved choice.
    ReopeningAsked,
    /// Notification to a head, acting head or dean who was just appointed.
    Appointed,
    /// Notification to the instructor: the request to reopen an approved choice was declined.
    ReopeningDeclined,
    /// Notification to people who still have to choose an exam: the deadline was extended for them.
    DeadlineExtended,
    /// Notification to people who may approve: an instructor asks to extend the deadline.
    ExtensionAsked,
    /// Notification to the registrar's office: a request to extend the deadline was endorsed, or there is
    /// nobody who could endorse it.
    ExtensionEndorsed,
    /// Notification to the instructor: the request to extend the deadline was declined.
    ExtensionDeclined,
    /// Notification to the dean's office, and later to the registrar's office: choices of a department have
    /// waited too long for a decision.
    Overdue,
    /// Notification to the registrar's office: a department has nobody who is allowed to decide on
    /// its choices.
    Gap,
    /// Notification to instructors: a reminder of missing choices, sent by the registrar's office
    /// or a dean's office.
    Reminder,
}

impl NotificationKind {
    /// All kinds of notifications, in the order of the page on which a person sets how each kind is
    /// emailed.
    pub const ALL: [Self; 24] = [
        Self::Returned,
        Self::Reopened,
        Self::Moved,
        Self::ReturnedByRule,
        Self::Approved,
        Self::BeingChanged,
        Self::Changed,
        Self::Unchanged,
        Self::WindowOpens,
        Self::DaysLeft,
        Self::PastDue,
        Self::Reminder,
        Self::ReopeningDeclined,
        Self::DeadlineExtended,
        Self::ExtensionDeclined,
        Self::ToDecide,
        Self::ReopeningAsked,
        Self::ExtensionAsked,
        Self::DecidingEnds,
        Self::DecidingOver,
        Self::Appointed,
        Self::ExtensionEndorsed,
        Self::Overdue,
        Self::Gap,
    ];

    /// Returns the stored code of the notification kind, which is also the second half of the
    /// translation key `notification-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Returned => "returned",
            Self::Reopened => "reopened",
            Self::Moved => "moved",
            Self::Approved => "approved",
            Self::Changed => "changed",
            Self::BeingChanged => "being-changed",
            Self::Unchanged => "unchanged",
            Self::ReturnedByRule => "returned-by-rule",
            Self::WindowOpens => "window-opens",
            Self::DaysLeft => "days-left",
            Self::PastDue => "past-due",
            Self::Gap => "gap",
            Self::Overdue => "overdue",
            Self::Reminder => "reminder",
            Self::ToDecide => "to-decide",
            Self::DecidingEnds => "deciding-ends",
            Self::DecidingOver => "deciding-over",
            Self::ReopeningAsked => "reopening-asked",
            Self::Appointed => "appointed",
            Self::ReopeningDeclined => "reopening-declined",
            Self::DeadlineExtended => "deadline-extended",
            Self::ExtensionAsked => "extension-asked",
            Self::ExtensionEndorsed => "extension-endorsed",
            Self::ExtensionDeclined => "extension-declined",
        }
    }

    /// Returns the notification kind that has the stored code `code`; `None` if the code is
    /// unknown.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Returns the default setting for emailing a kind of notification: kinds that require an
    /// answer or report a changed exam are emailed at once, all others in the daily digest.
    pub fn usual(self) -> MailPreference {
        match self {
            Self::Returned
            | Self::Reopened
            | Self::Moved
            | Self::Changed
            | Self::BeingChanged
            | Self::Unchanged
            | Self::ReturnedByRule
            | Self::Reminder
            | Self::ToDecide
            | Self::DecidingEnds
            | Self::DecidingOver
            | Self::Overdue
            | Self::ReopeningAsked
            | Self::Appointed
            | Self::ReopeningDeclined
            | Self::ExtensionAsked
            | Self::ExtensionEndorsed
            | Self::ExtensionDeclined
            | Self::DeadlineExtended => MailPreference::AtOnce,
            Self::Approved | Self::WindowOpens | Self::DaysLeft | Self::PastDue | Self::Gap => MailPreference::Digest,
        }
    }

    /// Returns whether notifications of this kind report a decision on one choice, such as an
    /// approval. Most decisions on a choice can be undone for some minutes.
    pub fn is_decision(self) -> bool {
        matches!(self, Self::Returned | Self::Reopened | Self::Moved | Self::ReturnedByRule | Self::Approved)
            || self.is_for_students()
    }

    /// Returns whether notifications of this kind go to the students of a group.
    pub fn is_for_students(self) -> bool {
        matches!(self, Self::Changed | Self::BeingChanged | Self::Unchanged)
    }

    /// Returns whether the title of notifications of this kind names the exam that they are about.
    pub fn names_exam(self) -> bool {
        self.is_decision()
            || matches!(
                self,
                Self::ReopeningAsked
                    | Self::ReopeningDeclined
                    | Self::ExtensionAsked
                    | Self::ExtensionEndorsed
                    | Self::ExtensionDeclined
            )
    }

    /// Returns whether a person with certain roles can ever receive this kind of notification.
    pub fn concerns(self, actor: &Actor) -> bool {
        let roles: &[Role] = match self {
            _ if self.is_for_students() => &[Role::Student],
            Self::Gap | Self::ExtensionEndorsed => &[Role::Registrar],
            Self::Overdue => &[Role::DeanOffice, Role::Registrar],
            Self::ToDecide
            | Self::DecidingEnds
            | Self::DecidingOver
            | Self::ReopeningAsked
            | Self::ExtensionAsked
            | Self::Appointed => &[Role::Head, Role::ActingHead, Role::Dean],
            _ => &[Role::Instructor, Role::Head, Role::ActingHead],
        };
        roles.iter().any(|&role| actor.is(role))
    }

    /// Returns the number of minutes by which emails about this kind of notification are delayed.
    /// The delay is longer than the time in which a decision can be undone, so that no undone
    /// decision is emailed.
    pub fn held_minutes(self) -> i64 {
        if self.is_decision() { MAIL_HOLD_MINUTES } else { 0 }
    }
}

/// A person's setting for emailing one kind of notification. Every notification also appears in the
/// person's inbox in Emtihan, whether or not it is emailed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailPreference {
    /// Setting for emailing notifications: each notification is sent in a separate email, as soon
    /// as the reported act can no longer be undone.
    AtOnce,
    /// Setting for emailing notifications: the notifications of a day are sent together in one
    /// digest email.
    Digest,
    /// Setting for emailing notifications: the notifications are not emailed.
    Off,
}

impl MailPreference {
    /// All settings for emailing notifications, in the order in which the page of notification
    /// settings offers them.
    pub const ALL: [Self; 3] = [Self::AtOnce, Self::Digest, Self::Off];

    /// Returns the stored code of the email setting, which is also the second half of the
    /// translation key `mail-preference-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::AtOnce => "at-once",
            Self::Digest => "digest",
            Self::Off => "off",
        }
    }

    /// Returns the email setting that has the stored code `code`; `None` if the code is unknown.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preference| preference.code() == code)
    }
}
