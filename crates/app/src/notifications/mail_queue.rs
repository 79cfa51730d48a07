//! The post: letters whose time has come are handed out to be mailed, and what became of each is noted. One node at a time
//! holds the post, under a lease.
//!
//! A letter is marked before it leaves and again after. A node that dies between the two leaves it marked as being sent,
//! and it is sent again, under the same `Message-ID`: the only way in which a letter can arrive twice.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use chrono::TimeDelta;
use domain::email::wait_minutes;
use domain::id::EmailId;
use domain::limits::{MAIL_ATTEMPTS, MAIL_SENDING_MINUTES};
use domain::notification::{NotificationGroup, grouped};
use domain::person::{EmailAddress, Person};
use store::{emails, leases, notifications};

/// A letter to be mailed.
#[derive(Debug, Clone)]
pub struct OutgoingEmail {
    /// The id of the email, which makes its `Message-ID`.
    pub id: EmailId,
    pub person: Person,
    pub address: EmailAddress,
    /// The notifications in it.
    pub groups: Vec<NotificationGroup>,
    /// How often it was tried, this time included.
    pub tries: i64,
}

/// The result of sending an email.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// The mail server has taken it.
    Sent,
    /// Not now, for this reason.
    Later(String),
    /// Never, for this reason.
    Never(String),
}

/// Hands out at most twenty letters, marked as being sent.
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

/// Notes what became of a letter.
pub fn record_delivery(work: &mut UnitOfWork<'_, '_>, id: EmailId, tries: i64, fate: &Delivery) -> Result<(), Failure> {
    let again = work.now + TimeDelta::minutes(wait_minutes(tries));
    match fate {
        Delivery::Sent => emails::mark_sent(work.tx, id, work.now)?,
        Delivery::Later(why) if tries < MAIL_ATTEMPTS => emails::retry_at(work.tx, id, again, &short(why))?,
        Delivery::Later(why) | Delivery::Never(why) => emails::give_up(work.tx, id, &short(why))?,
    }
    Ok(())
}

/// A fault as it is kept: what a server says has no limit.
fn short(why: &str) -> String {
    why.chars().filter(|email| !email.is_control()).take(300).collect()
}
