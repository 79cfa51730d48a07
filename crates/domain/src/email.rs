//! Emails (хат / письмо) with notifications. A person receives one email for each act, or one email
//! for all acts of a day. An email that could not be sent is tried again after a wait.

use crate::id::{EmailId, PersonId};
use crate::limits::MAIL_LONGEST_WAIT_MINUTES;
use crate::notification::NotificationKind;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// An email in the mail queue. It contains all notifications to one person about one act, or all
/// notifications to one person from one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueuedEmail {
    /// The id of an email, which is also sent as its `Message-ID`, so that mail programs recognise
    /// an email that arrives twice.
    pub id: EmailId,
    pub person: PersonId,
    /// The earliest time at which the email in the mail queue is sent.
    pub due: DateTime<Utc>,
}

impl QueuedEmail {
    /// Creates the email for notifications of the same kind that one person gets at the same
    /// instant. Several notifications about the same act share one email.
    pub fn at_once(person: PersonId, kind: NotificationKind, at: DateTime<Utc>) -> Self {
        let due = at + TimeDelta::minutes(kind.held_minutes());
        Self { id: EmailId::of(&[&person.to_string(), kind.code(), &at.to_rfc3339()]), person, due }
    }

    /// Creates the daily digest, which is an email with the notifications to one person from one
    /// day.
    pub fn digest(person: PersonId, day: NaiveDate, at: DateTime<Utc>) -> Self {
        Self { id: EmailId::of(&[&person.to_string(), "digest", &day.to_string()]), person, due: at }
    }
}

/// Returns the minutes to wait before an email is sent again after a number of failed attempts: 2,
/// 4, 8 and so on, but at most [`MAIL_LONGEST_WAIT_MINUTES`].
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
