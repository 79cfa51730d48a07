//! Emails (хат / письмо): one email per act or per day and person, and the wait between sending attempts.

use crate::id::{EmailId, PersonId};
use crate::limits::MAIL_LONGEST_WAIT_MINUTES;
use crate::notification::NotificationKind;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// An email in the mail queue: all notifications of one act, or of one day, to one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueuedEmail {
    /// The id of an email, also used as its `Message-ID`, so that mail programs recognise a repeated email.
    pub id: EmailId,
    pub person: PersonId,
    /// The email in the mail queue is not sent before this time.
    pub due: DateTime<Utc>,
}

impl QueuedEmail {
    /// Creates the email for one person's notifications of one kind at one instant; several notifications of one act
    /// share it.
    pub fn at_once(person: PersonId, kind: NotificationKind, at: DateTime<Utc>) -> Self {
        let due = at + TimeDelta::minutes(kind.held_minutes());
        Self { id: EmailId::of(&[&person.to_string(), kind.code(), &at.to_rfc3339()]), person, due }
    }

    /// Creates the daily digest email of a person for one day.
    pub fn digest(person: PersonId, day: NaiveDate, at: DateTime<Utc>) -> Self {
        Self { id: EmailId::of(&[&person.to_string(), "digest", &day.to_string()]), person, due: at }
    }
}

/// Minutes to wait before an email is sent again after this many failed attempts: 2, 4, 8 … up to
/// [`MAIL_LONGEST_WAIT_MINUTES`].
pub fn wait_minutes(attempts: i64) -> i64 {
    let doublings = u32::try_from(attempts.clamp(1, 30)).unwrap_or(1);
    2_i64.pow(doublings).min(MAIL_LONGEST_WAIT_MINUTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_to_two_hours() {
        let waits: Vec<i64> = (0..10).map(wait_minutes).collect();
        assert_eq!(waits, [2, 2, 4, 8, 16, 32, 64, 128, 128, 128]);
    }
}
