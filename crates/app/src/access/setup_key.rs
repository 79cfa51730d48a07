//! The key of the first-run setup. The operator reads the key where the server was started and types
//! it into the setup page. The key exists only in the memory of the process, and for a limited time.

use crate::access::change_password::plain_letters;
use crate::access::throttle::{Counter, Turn, forgive, take_turn};
use crate::app::App;
use crate::failure::Failure;
use chrono::{DateTime, TimeDelta, Utc};
use domain::digest::Digest;
use domain::limits::SETUP_KEY_MINUTES;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// The number of groups of four characters in a setup key.
const GROUPS: usize = 5;

/// The holder of the key that opens the first-run setup at present. A clone holds the same key.
#[derive(Clone)]
pub struct SetupKey(Arc<Mutex<Issued>>);

/// The key that was issued last. Only its hash is stored.
struct Issued {
    hash: Digest,
    at: DateTime<Utc>,
}

/// A key that was issued just now.
#[derive(Debug, Clone)]
pub struct NewSetupKey {
    /// The secret key, which the operator types into the setup page.
    pub key: String,
    /// The instant from which the key is not valid.
    pub valid_until: DateTime<Utc>,
}

/// Whether a typed setup key is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetupKeyCheck {
    /// The typed key is the one that was issued last, and its time is not over.
    Right,
    /// The typed key is another one, or its time is over.
    Wrong,
    /// Wrong keys were typed too often from the same network address.
    Wait {
        /// Seconds until the next key can be tried.
        seconds: i64,
    },
}

impl SetupKey {
    /// Creates a holder and issues its first key.
    pub fn issue(now: DateTime<Utc>) -> Result<(Self, NewSetupKey), Failure> {
        let key = plain_letters(GROUPS)?;
        let issued = Issued { hash: hash(&key), at: now };
        Ok((Self(Arc::new(Mutex::new(issued))), NewSetupKey { key, valid_until: end_of(now) }))
    }

    /// Issues a new key if the time of the present one is over, also if the clock was set back to a
    /// time before the key was issued. The old key is not valid any more.
    pub fn renew(&self, now: DateTime<Utc>) -> Result<Option<NewSetupKey>, Failure> {
        let key = plain_letters(GROUPS)?;
        let mut issued = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if issued.is_valid(now) {
            return Ok(None);
        }
        *issued = Issued { hash: hash(&key), at: now };
        Ok(Some(NewSetupKey { key, valid_until: end_of(now) }))
    }

    /// Checks a key that was typed into the setup page. Wrong keys are counted for the network address
    /// of the browser.
    pub async fn check(&self, app: &App, typed: &str, address: &str) -> Result<SetupKeyCheck, Failure> {
        let counters = vec![Counter::of(format!("setup:{address}"))];
        let counted = counters.clone();
        if let Turn::Wait { seconds } = app.write(move |work| take_turn(work, &counted)).await? {
            return Ok(SetupKeyCheck::Wait { seconds });
        }
        if !self.fits(typed, app.clock.now()) {
            return Ok(SetupKeyCheck::Wrong);
        }
        app.write(move |work| forgive(work, &counters)).await?;
        Ok(SetupKeyCheck::Right)
    }

    fn fits(&self, typed: &str, now: DateTime<Utc>) -> bool {
        let issued = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // The typed key and the right key are compared by their hashes. If the keys themselves were
        // compared, an attacker could measure the response time and learn how many characters of a
        // guessed key are right.
        issued.is_valid(now) && issued.hash == hash(typed)
    }
}

impl Issued {
    fn is_valid(&self, now: DateTime<Utc>) -> bool {
        self.at <= now && now < end_of(self.at)
    }
}

impl fmt::Debug for SetupKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SetupKey")
    }
}

fn end_of(issued_at: DateTime<Utc>) -> DateTime<Utc> {
    issued_at + TimeDelta::minutes(SETUP_KEY_MINUTES)
}

/// Hashes a key without its hyphens and white space, in lower case.
fn hash(key: &str) -> Digest {
    let letters = key.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase);
    Digest::of_parts([b"setup".as_slice(), letters.collect::<String>().as_bytes()])
}
