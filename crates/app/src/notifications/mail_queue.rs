//! The post: letters whose time has come are handed out to be mailed, and what became of each is noted. One node at a time
//! holds the post, under a lease.
//!
//! A letter is marked before it leaves and again after. A node that dies between the two leaves it marked as being sent,
//! and it is sent again, under the same `Message-ID`: the only way in which a letter can arrive twice.

use crate::app::Desk;
use crate::failure::Failure;
use chrono::TimeDelta;
use domain::email::{TRIES, wait_minutes};
use domain::id::LetterId;
use domain::notification::{Heap, heaped};
use domain::person::{Email, Person};
use store::{emails, leases, notifications};

/// Longer than sending twenty letters can take, with a server that answers none in time.
const MINUTES: i64 = 15;

/// A letter to be mailed.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Which; its `Message-ID`.
    pub id: LetterId,
    /// To whom.
    pub person: Person,
    /// Where to.
    pub address: Email,
    /// What it tells.
    pub heaps: Vec<Heap>,
    /// How often it was tried, this time included.
    pub tries: i64,
}

/// What became of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// The mail server has taken it.
    Sent,
    /// Not now, for this reason.
    Later(String),
    /// Never, for this reason.
    Never(String),
}

/// Hands out at most twenty letters, marked as being sent.
pub fn take(desk: &mut Desk<'_, '_>, holder: &str) -> Result<Vec<Outgoing>, Failure> {
    let later = desk.now + TimeDelta::minutes(MINUTES);
    if !leases::take(desk.tx, "post", holder, desk.now, later)? {
        return Ok(Vec::new());
    }
    let mut outgoing = Vec::new();
    for due in emails::due(desk.tx, desk.now)? {
        let heaps = heaped(notifications::of_letter(desk.tx, due.id)?);
        let (tries, address) = (due.tries + 1, due.person.email.clone());
        match address {
            _ if heaps.is_empty() => emails::give_up(desk.tx, due.id, "taken back")?,
            None => emails::give_up(desk.tx, due.id, "no address")?,
            _ if tries > TRIES => emails::give_up(desk.tx, due.id, "tried too often")?,
            Some(address) => {
                emails::start(desk.tx, due.id, later)?;
                outgoing.push(Outgoing { id: due.id, person: due.person, address, heaps, tries });
            }
        }
    }
    Ok(outgoing)
}

/// Notes what became of a letter.
pub fn settle(desk: &mut Desk<'_, '_>, (id, tries): (LetterId, i64), fate: &Fate) -> Result<(), Failure> {
    let again = desk.now + TimeDelta::minutes(wait_minutes(tries));
    match fate {
        Fate::Sent => emails::sent(desk.tx, id, desk.now)?,
        Fate::Later(why) if tries < TRIES => emails::again(desk.tx, id, again, &short(why))?,
        Fate::Later(why) | Fate::Never(why) => emails::give_up(desk.tx, id, &short(why))?,
    }
    Ok(())
}

/// A fault as it is kept: what a server says has no limit.
fn short(why: &str) -> String {
    why.chars().filter(|letter| !letter.is_control()).take(300).collect()
}
