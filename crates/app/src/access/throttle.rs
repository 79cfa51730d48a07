//! Delays after failed attempts to enter a password or another secret.
//!
//! Failed attempts to sign in are counted for the account together with the network address. A
//! network address or a browser from which the person has signed in before (a known place) has a
//! counter of its own, so that attempts of others never delay the person there. Attempts from
//! elsewhere also count for the account, which only slows them, and for the address as a whole,
//! which stops one address from trying many accounts.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use chrono::{DateTime, TimeDelta, Utc};
use domain::digest::Digest;
use domain::id::PersonId;
use domain::limits::{
    SIGN_IN_ADDRESS_CREDIT, SIGN_IN_FREE_ATTEMPTS, SIGN_IN_FREE_ATTEMPTS_ACCOUNT, SIGN_IN_FREE_ATTEMPTS_ADDRESS,
    SIGN_IN_LONGEST_WAIT_SECONDS, SIGN_IN_MOST_ATTEMPTS_ADDRESS,
};
use store::throttles::Throttle;
use store::{known_places, throttles};

/// The attempts that a counter of failed sign-ins counts, which decides the people it delays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// The attempts of one place at one secret. After a few of them the next one has to wait.
    OnePlace,
    /// The attempts at one account from unknown places. Many of them slow each other.
    Account,
    /// The attempts of one network address at accounts that are unknown there. Many of them slow
    /// each other, and very many have to wait.
    Address,
}

/// A counter of failed attempts, under which an attempt is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counter {
    key: String,
    scope: Scope,
}

/// Whether an attempt may be made now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// The attempt may be made at once.
    Now,
    /// The attempt may be made, and its answer is delayed.
    Slowed,
    /// The attempt is refused.
    Wait {
        /// Seconds until the next attempt may be made.
        seconds: i64,
    },
}

impl Counter {
    /// Returns the counter of attempts to enter a secret other than the password at sign-in. The key
    /// names the secret and who tries.
    pub(crate) fn of(key: String) -> Self {
        Self { key, scope: Scope::OnePlace }
    }

    /// Returns the number of failed attempts from which further ones are slowed.
    fn slows_from(&self) -> i64 {
        match self.scope {
            Scope::OnePlace => i64::MAX,
            Scope::Account => SIGN_IN_FREE_ATTEMPTS_ACCOUNT,
            Scope::Address => SIGN_IN_FREE_ATTEMPTS_ADDRESS,
        }
    }

    /// Returns the seconds between two attempts after a number of failed ones.
    fn delay(&self, misses: i64) -> i64 {
        let free = match self.scope {
            Scope::OnePlace => SIGN_IN_FREE_ATTEMPTS,
            Scope::Account => return 0,
            Scope::Address => SIGN_IN_MOST_ATTEMPTS_ADDRESS,
        };
        let over = u32::try_from(misses.saturating_sub(free).clamp(0, 16)).unwrap_or(0);
        if over == 0 { 0 } else { 2_i64.pow(over).min(SIGN_IN_LONGEST_WAIT_SECONDS) }
    }
}

/// Returns the key of a browser, which the secret token in its cookie identifies, as a place.
pub(crate) fn device_place(token: &str) -> String {
    format!("device:{}", Digest::of_parts([b"device".as_slice(), token.as_bytes()]))
}

/// Returns the counters for an attempt to sign in. A username that nobody has is treated like one
/// that is known in no place.
pub(crate) fn sign_in_counters(
    work: &mut UnitOfWork<'_, '_>,
    username: &str,
    address: &str,
    device: Option<&str>,
) -> Result<Vec<Counter>, Failure> {
    // The database has only the hash of what was typed, because some people type their password into
    // the field of the username.
    let account = Digest::of_parts([b"throttle".as_slice(), username.as_bytes()]);
    if let Some(device) = device.map(device_place)
        && known_places::is_known(work.tx, &device, username)?
    {
        return Ok(vec![Counter::of(format!("{device}|{account}"))]);
    }
    let together = Counter::of(format!("together:{address}|{account}"));
    if !address.is_empty() && known_places::is_known(work.tx, &address_place(address), username)? {
        return Ok(vec![together]);
    }
    let account = Counter { key: format!("account:{account}"), scope: Scope::Account };
    let address = Counter { key: address_place(address), scope: Scope::Address };
    Ok(vec![together, account, address])
}

fn address_place(address: &str) -> String {
    format!("address:{address}")
}

/// Stores that a person has signed in from a network address with a browser.
pub(crate) fn remember_places(
    work: &mut UnitOfWork<'_, '_>,
    person: PersonId,
    address: &str,
    device: &str,
) -> Result<(), Failure> {
    if !address.is_empty() {
        known_places::put(work.tx, &address_place(address), person, work.now)?;
    }
    Ok(known_places::put(work.tx, &device_place(device), person, work.now)?)
}

/// Counts an attempt as failed before the secret is checked, so that simultaneous attempts are all
/// counted. [`forgive`] corrects the counters if the secret is right. An attempt that has to wait is
/// not counted.
pub(crate) fn take_turn(work: &mut UnitOfWork<'_, '_>, counters: &[Counter]) -> Result<Turn, Failure> {
    let mut counted = Vec::new();
    let (mut is_slowed, mut longest) = (false, 0);
    for counter in counters {
        let Throttle { misses, last_at } = present_count(work, &counter.key)?;
        is_slowed |= misses >= counter.slows_from();
        longest = longest.max(seconds_left(counter.delay(misses), last_at, work.now));
        counted.push((&counter.key, misses.saturating_add(1)));
    }
    if longest > 0 {
        return Ok(Turn::Wait { seconds: longest });
    }
    for (key, misses) in counted {
        throttles::set(work.tx, key, misses, work.now)?;
    }
    Ok(if is_slowed { Turn::Slowed } else { Turn::Now })
}

/// Finds a counter, from which each minute without an attempt has subtracted one. The last attempt of
/// a counter that was written by a clock ahead of the present one counts as made now, and is stored
/// so; otherwise its delay would last until that time.
fn present_count(work: &mut UnitOfWork<'_, '_>, key: &str) -> Result<Throttle, Failure> {
    let Some(Throttle { misses, last_at }) = throttles::find(work.tx, key)? else {
        return Ok(Throttle { misses: 0, last_at: work.now });
    };
    if last_at > work.now {
        throttles::set(work.tx, key, misses, work.now)?;
        return Ok(Throttle { misses, last_at: work.now });
    }
    let minutes = (work.now - last_at).num_minutes();
    Ok(Throttle { misses: misses.saturating_sub(minutes).max(0), last_at })
}

/// Returns the seconds, rounded up, that are left of a delay since the last attempt.
fn seconds_left(delay: i64, last_at: DateTime<Utc>, now: DateTime<Utc>) -> i64 {
    let left = TimeDelta::seconds(delay) - (now - last_at);
    (left + TimeDelta::milliseconds(999)).num_seconds().max(0)
}

/// Corrects the counters after a successful attempt: resets the counter of the place, and subtracts
/// the successful attempt from the others. The first sign-in to an account from an address also
/// makes up for some failed attempts, so that the people of a campus do not delay each other.
pub(crate) fn forgive(work: &mut UnitOfWork<'_, '_>, counters: &[Counter]) -> Result<(), Failure> {
    for Counter { key, scope } in counters {
        let credit = match scope {
            Scope::OnePlace => {
                throttles::clear(work.tx, key)?;
                continue;
            }
            Scope::Account => 1,
            Scope::Address => 1 + SIGN_IN_ADDRESS_CREDIT,
        };
        if let Some(Throttle { misses, last_at }) = throttles::find(work.tx, key)? {
            throttles::set(work.tx, key, misses.saturating_sub(credit).max(0), last_at)?;
        }
    }
    Ok(())
}
