//! Sign-in with user name and password. After several failed attempts, further attempts must wait;
//! the wait is checked before any password is hashed. A wrong user name gets the same response as a
//! wrong password.

use crate::access::session::{fresh_token, token_hash};
use crate::app::App;
use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use chrono::TimeDelta;
use domain::id::PersonId;
use domain::limits::{
    PASSWORD_LONGEST, SIGN_IN_FREE_ATTEMPTS, SIGN_IN_FREE_ATTEMPTS_ADDRESS, SIGN_IN_LONGEST_WAIT_SECONDS,
};

use domain::person::Person;
use std::sync::Arc;
use store::people::Account;
use store::throttles::Throttle;
use store::{people, sessions, throttles};
use tokio::sync::{Semaphore, SemaphorePermit};

/// The causes for which a sign-in is refused, such as a wrong password.
#[derive(Debug, thiserror::Error)]
pub enum NotSignedIn {
    /// Refused sign-in: the user name or the password is wrong.
    #[error("wrong name or password")]
    Wrong,
    /// Refused sign-in: too many attempts have failed for the same account or from the same network
    /// address.
    #[error("too many failed attempts, wait {seconds} s")]
    Wait {
        /// Seconds until the next attempt to sign in is allowed.
        seconds: i64,
    },
    /// Sign-in that failed for a technical reason, such as an unavailable database, and not because
    /// of the typed user name or password.
    #[error(transparent)]
    Failed(#[from] Failure),
}

/// The session that was created by a successful sign-in.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// The secret session token that the browser stores in a cookie.
    pub token: String,
    /// The person who has just signed in successfully.
    pub person: Person,
}

/// Verifies and hashes passwords outside the threads that answer HTTP requests, at most two
/// passwords at a time.
#[derive(Clone)]
pub struct PasswordSignIn {
    permits: Arc<Semaphore>,
    /// The password hash with which a typed password is compared if the user name is unknown, so
    /// that the response takes as long as for a known user name.
    dummy_hash: Arc<str>,
}

impl PasswordSignIn {
    /// Creates a sign-in service that hashes at most two passwords at a time. One random password
    /// is hashed at once; passwords typed with an unknown user name are compared with its hash.
    pub fn new() -> Result<Self, Failure> {
        let dummy_hash = hash_password(&fresh_token()?)?.into();
        Ok(Self { permits: Arc::new(Semaphore::new(2)), dummy_hash })
    }

    /// Signs a person in with user name and password. `address` is the network address of the
    /// person's browser; failed attempts are counted for this address.
    pub async fn sign_in(
        &self,
        app: &App,
        username: &str,
        password: &str,
        address: &str,
    ) -> Result<NewSession, NotSignedIn> {
        let username = username.trim().to_lowercase();
        let keys = throttle_keys(&username, address);
        let asked = keys.clone();
        let seconds = app.write(move |work| take_turn(work, &asked)).await?;
        if seconds > 0 {
            return Err(NotSignedIn::Wait { seconds });
        }
        let found = app.read(move |work| Ok(people::by_username(work.tx, &username)?)).await?;
        let known = found.filter(|account| account.person.is_enabled && account.password_hash.is_some());
        let hash = known.as_ref().and_then(|account| account.password_hash.clone());
        let hash = hash.unwrap_or_else(|| self.dummy_hash.to_string());
        let fits = self.fits(password, hash).await?;
        match known {
            Some(account) if fits => {
                let begun = app.write(begin(account, keys)?).await?;
                begun.ok_or(NotSignedIn::Wrong)
            }
            _ => Err(NotSignedIn::Wrong),
        }
    }

    /// Returns whether a typed password matches a stored password hash.
    pub(crate) async fn fits(&self, password: &str, hash: String) -> Result<bool, Failure> {
        if password.len() > PASSWORD_LONGEST {
            return Ok(false);
        }
        let password = password.to_owned();
        let _permit = self.permit().await?;
        let work = move || PasswordHash::new(&hash).is_ok_and(|hash| verify(&password, &hash));
        tokio::task::spawn_blocking(work).await.map_err(|error| Failure::Broken(error.to_string()))
    }

    /// Hashes a new password. If two other passwords are being hashed, waits for one of them.
    pub async fn hash(&self, password: &str) -> Result<String, Failure> {
        let password = password.to_owned();
        let _permit = self.permit().await?;
        let work = move || hash_password(&password);
        tokio::task::spawn_blocking(work).await.map_err(|error| Failure::Broken(error.to_string()))?
    }

    async fn permit(&self) -> Result<SemaphorePermit<'_>, Failure> {
        self.permits.acquire().await.map_err(|error| Failure::Unavailable(error.to_string()))
    }
}

/// Returns the two keys under which failed sign-ins are counted: one for the account, one for the
/// network address of the browser.
pub(crate) fn throttle_keys(username: &str, address: &str) -> [String; 2] {
    [format!("account:{}", clipped(username)), format!("address:{address}")]
}

fn verify(password: &str, hash: &PasswordHash) -> bool {
    Argon2::default().verify_password(password.as_bytes(), hash).is_ok()
}

/// Hashes a password with argon2id (19 MiB, two passes). Hashing takes about 16 ms of processor
/// time and blocks the thread.
pub fn hash_password(password: &str) -> Result<String, Failure> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|error| Failure::Broken(error.to_string()))
}

fn clipped(username: &str) -> String {
    username.chars().take(100).collect()
}

/// Counts an attempt to sign in as failed before the password is checked, so that simultaneous
/// attempts are all counted. [`forgive`] corrects the count if the password is right. Returns the
/// seconds until the next attempt is allowed; 0 means that the current attempt may proceed.
pub(crate) fn take_turn(work: &mut UnitOfWork<'_, '_>, keys: &[String; 2]) -> Result<i64, Failure> {
    let mut counted = Vec::new();
    for (key, free) in keys.iter().zip([SIGN_IN_FREE_ATTEMPTS, SIGN_IN_FREE_ATTEMPTS_ADDRESS]) {
        let unused = Throttle { misses: 0, last_at: work.now };
        let Throttle { misses, last_at } = throttles::find(work.tx, key)?.unwrap_or(unused);
        // Each minute without an attempt to sign in subtracts one from the count of failed
        // attempts.
        let misses = (misses - (work.now - last_at).num_minutes()).max(0);
        let over = u32::try_from((misses - free).clamp(0, 16)).unwrap_or(0);
        let delay = if over == 0 { 0 } else { 2_i64.pow(over).min(SIGN_IN_LONGEST_WAIT_SECONDS) };
        let wait = (last_at + TimeDelta::seconds(delay) - work.now).num_seconds();
        if wait > 0 {
            return Ok(wait);
        }
        counted.push((key, misses + 1));
    }
    for (key, misses) in counted {
        throttles::set(work.tx, key, misses, work.now)?;
    }
    Ok(0)
}

/// Corrects the counts of failed sign-ins after a successful sign-in: resets the count of the
/// account, and subtracts the successful attempt from the count of the network address.
pub(crate) fn forgive(work: &mut UnitOfWork<'_, '_>, [account, address]: &[String; 2]) -> Result<(), Failure> {
    throttles::clear(work.tx, account)?;
    if let Some(Throttle { misses, last_at }) = throttles::find(work.tx, address)? {
        throttles::set(work.tx, address, (misses - 1).max(0), last_at)?;
    }
    Ok(())
}

type Begin = Box<dyn FnMut(&mut UnitOfWork<'_, '_>) -> Result<Option<NewSession>, Failure> + Send>;

/// Makes the use case that starts the session after the password was verified. It starts none if the
/// account was disabled, or its password replaced, while the password was being verified.
fn begin(verified: Account, keys: [String; 2]) -> Result<Begin, Failure> {
    let token = fresh_token()?;
    Ok(Box::new(move |work| {
        let now = people::by_username(work.tx, &verified.person.username)?;
        let Some(person) = now.filter(|account| is_still(account, &verified)).map(|account| account.person) else {
            return Ok(None);
        };
        forgive(work, &keys)?;
        begin_session(work, &token, person.id)?;
        Ok(Some(NewSession { token: token.clone(), person }))
    }))
}

/// Returns whether an account is enabled and has the same password as the verified account.
fn is_still(account: &Account, verified: &Account) -> bool {
    account.person.id == verified.person.id
        && account.person.is_enabled
        && account.password_hash == verified.password_hash
}

fn begin_session(work: &mut UnitOfWork<'_, '_>, token: &str, person: PersonId) -> Result<(), Failure> {
    Ok(sessions::add(work.tx, token_hash(token), person, work.now)?)
}
