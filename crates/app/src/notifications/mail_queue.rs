//! The mail queue: hands due emails over for sending and records the result of each. Only one node at a time processes
//! the queue, under a lease.
//!
//! An email is marked before it is sent and again afterwards. If a node stops between the two, the email
//! stays marked as being sent and is sent again under the same `Message-ID`. This is the only way in which an
//! email can arrive twice.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use chrono::TimeDelta;
use domain::email::wait_minutes;
use domain::id::EmailId;
use domain::limits::{MAIL_ATTEMPTS, MAIL_SENDING_MINUTES};
use domain::notification::{NotificationGroup, grouped};
use domain::person::{EmailAddress, Person};
use store::{emails, leases, notifications};

/// An email that is due to be sent.
#[derive(Debug, Clone)]
pub struct OutgoingEmail {
    /// The id of the outgoing email, from which its `Message-ID` is derived.
    pub id: EmailId,
    pub person: Person,
    pub address: EmailAddress,
    /// The notifications that the email contains.
    pub groups: Vec<NotificationGroup>,
    /// The number of attempts to send the email, including this one.
    pub tries: i64,
}

/// The result of sending an email.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// State: the mail server has accepted the email.
    Sent,
    /// State: temporary failure with this reason; the email is sent again later.
    Later(String),
    /// State: permanent failure with this reason; the email is not sent again.
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

/// Records the result of sending an email.
pub fn record_delivery(work: &mut UnitOfWork<'_, '_>, id: EmailId, tries: i64, fate: &Delivery) -> Result<(), Failure> {
    let again = work.now + TimeDelta::minutes(wait_minutes(tries));
    match fate {
        Delivery::Sent => emails::mark_sent(work.tx, id, work.now)?,
        Delivery::Later(why) if tries < MAIL_ATTEMPTS => emails::retry_at(work.tx, id, again, &short(why))?,
        Delivery::Later(why) | Delivery::Never(why) => emails::give_up(work.tx, id, &short(why))?,
    }
    Ok(())
}

/// Shortens the reason of a failed email delivery for storage; a mail server's message can have any length.
fn short(why: &str) -> String {
    why.chars().filter(|email| !email.is_control()).take(300).collect()
}
