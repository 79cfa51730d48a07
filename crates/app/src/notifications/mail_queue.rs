//! The queue of emails to be sent. Hands due emails to the function that sends them, and records
//! the result for each email. Only one server process at a time sends emails: the one that holds
//! the lease, a lock with an expiry time.
//!
//! An email is marked as being sent before it is handed over, and as sent afterwards. If the server
//! stops in between, the email is sent again later under the same `Message-ID`. An email can arrive
//! twice only in this way.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use chrono::TimeDelta;
use domain::email::wait_minutes;
use domain::id::EmailId;
use domain::limits::{MAIL_ATTEMPTS, MAIL_SENDING_MINUTES};
use domain::notification::{NotificationGroup, grouped};
use domain::person::{EmailAddress, Person};
use store::{emails, leases, notifications};

/// An email that is due to be sent, with its recipient and content.
#[derive(Debug, Clone)]
pub struct OutgoingEmail {
    /// The id of the outgoing email, from which the email's `Message-ID` is derived.
    pub id: EmailId,
    pub person: Person,
    pub address: EmailAddress,
    /// The notifications that the outgoing email contains.
    pub groups: Vec<NotificationGroup>,
    /// Number of attempts to send the email, including the current attempt.
    pub tries: i64,
}

/// The result of an attempt to send an email.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// Result of an attempt: the mail server has accepted the email.
    Sent,
    /// Result of an attempt: the email could not be sent because of this temporary error. Sending
    /// is tried again later, up to a maximum number of attempts.
    Later(String),
    /// Result of an attempt: the email could not be sent because of this permanent error. Sending
    /// is not tried again.
    Never(String),
}

/// Takes at most twenty due emails from the mail queue and marks them as being sent.
pub fn take(work: &mut UnitOfWork<'_, '_>, holder: &str) -> Result<Vec<OutgoingEmail>, Failure> {
    let later = work.now + TimeDelta::minutes(MAIL_SENDING_MINUTES);
    if !leases::take(work.tx, "post", holder, work.now, later)? {
        return Ok(Vec::new());
    }
    let mut outgoing = Vec::new();
    for due in emails::due(work.tx, work.now)? {
        let groups = grouped(notifications::of_letter(work.tx, due.id)?);
        let (tries, address) = (due.tries + 1, due.person.email.clone());
        match address {
            _ if groups.is_empty() => emails::give_up(work.tx, due.id, "taken back")?,
            None => emails::give_up(work.tx, due.id, "no address")?,
            _ if tries > MAIL_ATTEMPTS => emails::give_up(work.tx, due.id, "tried too often")?,
            Some(address) => {
                emails::mark_sending(work.tx, due.id, later)?;
                outgoing.push(OutgoingEmail { id: due.id, person: due.person, address, groups, tries });
            }
        }
    }
    Ok(outgoing)
}

/// Records the result of an attempt to send an email.
pub fn record_delivery(work: &mut UnitOfWork<'_, '_>, id: EmailId, tries: i64, fate: &Delivery) -> Result<(), Failure> {
    let again = work.now + TimeDelta::minutes(wait_minutes(tries));
    match fate {
        Delivery::Sent => emails::mark_sent(work.tx, id, work.now)?,
        Delivery::Later(why) if tries < MAIL_ATTEMPTS => emails::retry_at(work.tx, id, again, &short(why))?,
        Delivery::Later(why) | Delivery::Never(why) => emails::give_up(work.tx, id, &short(why))?,
    }
    Ok(())
}

/// Shortens the description of the error for which an email could not be sent, because the error
/// message of a mail server can have any length.
fn short(why: &str) -> String {
    why.chars().filter(|email| !email.is_control()).take(300).collect()
}
