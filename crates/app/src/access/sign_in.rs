//! Sign-in with user name and password. After several failed attempts, further attempts must wait;
//! the wait is checked before any password is hashed. A wrong user name gets the same response as a
//! wrong password.

use crate::access::hashing_threads::HashingThreads;
use crate::access::password_hash::{fits, hash_password};
use crate::access::session::{fresh_token, token_hash};
use crate::access::throttle::{Counter, Turn, device_place, forgive, remember_places, sign_in_counters, take_turn};
use crate::app::App;
use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use domain::digest::Digest;
use domain::id::PersonId;
use domain::limits::{PASSWORD_LONGEST, SESSION_USER_AGENT_LIMIT, SIGN_IN_SLOWED_SECONDS};
use domain::person::Person;
use std::sync::Arc;
use std::time::Duration;
use store::people::Account;
use store::sessions::SessionOrigin;
use store::{known_places, passwords, people, sessions};

/// The causes for which a sign-in is refused, such as a wrong password.
#[derive(Debug, thiserror::Error)]
pub enum NotSignedIn {
    /// Refused sign-in: the user name or the password is wrong.
    #[error("wrong name or password")]
    Wrong {
        /// The person whose user name was typed; `None` if nobody has it. Only the security log names
        /// the person, because the response must not tell whether a user name exists.
        account: Option<PersonId>,
    },
    /// Refused sign-in: the password is right, but it is a one-time password that was used before or
    /// whose time is over.
    #[error("the one-time password is over")]
    OneTimePasswordOver { account: PersonId },
    /// Refused sign-in: too many attempts have failed for the same account from the same network
    /// address or browser, or from the same network address for many accounts.
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
    /// The secret token of the browser, which the browser stores in a cookie. With it the browser is
    /// recognised at the next sign-in, so that failed attempts of others do not delay the person.
    pub device: String,
}

/// The username and the password that somebody typed.
#[derive(Clone, Copy)]
pub struct Credentials<'c> {
    pub username: &'c str,
    pub password: &'c str,
}

/// The browser in which somebody signs in.
#[derive(Debug, Clone, Default)]
pub struct Client {
    /// The network address of the browser; empty if it is unknown.
    pub address: String,
    /// The name that the browser gives itself (`User-Agent`).
    pub user_agent: String,
    /// The token by which the browser is recognised, from its cookie.
    pub device: Option<String>,
    /// The hash of the token of the session that the browser has had until now. It ends when
    /// somebody signs in.
    pub session: Option<Digest>,
}

impl Client {
    fn origin(&self) -> SessionOrigin {
        let user_agent = self.user_agent.chars().filter(|letter| !letter.is_control()).take(SESSION_USER_AGENT_LIMIT);
        SessionOrigin { address: self.address.clone(), user_agent: user_agent.collect() }
    }
}

/// Verifies and hashes passwords outside the threads that answer HTTP requests, at most two
/// passwords at a time.
#[derive(Clone)]
pub struct PasswordSignIn {
    hashing: HashingThreads,
    /// The password hash with which a typed password is compared if the user name is unknown, so
    /// that the response takes as long as for a known user name.
    dummy_hash: Arc<str>,
}

impl PasswordSignIn {
    /// Creates a sign-in service that hashes at most two passwords at a time. One random password
    /// is hashed at once; passwords typed with an unknown user name are compared with its hash.
    pub fn new() -> Result<Self, Failure> {
        let dummy_hash = hash_password(&fresh_token()?)?.into();
        Ok(Self { hashing: HashingThreads::start()?, dummy_hash })
    }

    /// Signs a person in with user name and password, and ends the session that the browser has had
    /// until now. Failed attempts are counted for the network address and the browser of `client`.
    pub async fn sign_in(
        &self,
        app: &App,
        Credentials { username, password }: Credentials<'_>,
        client: &Client,
    ) -> Result<NewSession, NotSignedIn> {
        let username = username.trim().to_lowercase();
        let counters = self.admit(app, &username, client).await?;
        let found = app.read(move |work| Ok(people::by_username(work.tx, &username)?)).await?;
        let wrong = NotSignedIn::Wrong { account: found.as_ref().map(|account| account.person.id) };
        let known = found.filter(|account| account.person.is_enabled && account.password_hash.is_some());
        let hash = known.as_ref().and_then(|account| account.password_hash.clone());
        let hash = hash.unwrap_or_else(|| self.dummy_hash.to_string());
        let fits = self.fits(password, hash).await?;
        let Some(account) = known.filter(|_| fits) else { return Err(wrong) };
        app.write(begin(account, client.clone(), counters)?).await?
    }

    /// Counts an attempt to sign in, refuses it if it has to wait, and delays it if the account or the
    /// network address is under attack. Returns the counters of the attempt.
    async fn admit(&self, app: &App, username: &str, client: &Client) -> Result<Vec<Counter>, NotSignedIn> {
        let (username, address, device) = (username.to_owned(), client.address.clone(), client.device.clone());
        let admitted = app.write(move |work| {
            let counters = sign_in_counters(work, &username, &address, device.as_deref())?;
            Ok((take_turn(work, &counters)?, counters))
        });
        let (turn, counters) = admitted.await?;
        match turn {
            Turn::Wait { seconds } => return Err(NotSignedIn::Wait { seconds }),
            Turn::Slowed => tokio::time::sleep(Duration::from_secs(SIGN_IN_SLOWED_SECONDS)).await,
            Turn::Now => {}
        }
        Ok(counters)
    }

    /// Returns whether a typed password matches a stored password hash.
    pub(crate) async fn fits(&self, password: &str, hash: String) -> Result<bool, Failure> {
        if password.len() > PASSWORD_LONGEST {
            return Ok(false);
        }
        let password = password.to_owned();
        self.hashing.run(move || fits(&password, &hash)).await
    }

    /// Hashes a new password. If two other passwords are being hashed, waits for one of them.
    pub async fn hash(&self, password: &str) -> Result<String, Failure> {
        let password = password.to_owned();
        self.hashing.run(move || hash_password(&password)).await?
    }
}

type Begin = Box<dyn FnMut(&mut UnitOfWork<'_, '_>) -> Result<Result<NewSession, NotSignedIn>, Failure> + Send>;

/// Makes the use case that starts a session after the password was verified. The use case starts no
/// session if the account was disabled, or its password was replaced, while the password was being
/// verified, or if the password is a one-time password that is used or whose time is over.
fn begin(verified: Account, client: Client, counters: Vec<Counter>) -> Result<Begin, Failure> {
    let (token, new_device) = (fresh_token()?, fresh_token()?);
    Ok(Box::new(move |work| {
        let now = people::by_username(work.tx, &verified.person.username)?;
        let Some(account) = now.filter(|account| is_still(account, &verified)) else {
            return Ok(Err(NotSignedIn::Wrong { account: Some(verified.person.id) }));
        };
        let person = account.person;
        if let Some(one_time) = account.one_time {
            if one_time.is_over(work.now) {
                return Ok(Err(NotSignedIn::OneTimePasswordOver { account: person.id }));
            }
            passwords::use_one_time(work.tx, person.id, work.now)?;
        }
        forgive(work, &counters)?;
        if let Some(old) = client.session {
            sessions::end(work.tx, old, work.now)?;
        }
        sessions::add(work.tx, token_hash(&token), person.id, &client.origin(), work.now)?;
        let device = known_device(work, &client)?.unwrap_or_else(|| new_device.clone());
        remember_places(work, person.id, &client.address, &device)?;
        Ok(Ok(NewSession { token: token.clone(), person, device }))
    }))
}

/// Returns the token of a browser from which somebody has signed in before. A token that this site
/// did not issue is not accepted.
fn known_device(work: &mut UnitOfWork<'_, '_>, client: &Client) -> Result<Option<String>, Failure> {
    let Some(device) = &client.device else { return Ok(None) };
    let is_known = known_places::is_known_to_anybody(work.tx, &device_place(device))?;
    Ok(is_known.then(|| device.clone()))
}

/// Returns whether the account, read again after the password was verified, is still enabled and
/// still has the password hash of `verified`, the account as read before.
fn is_still(account: &Account, verified: &Account) -> bool {
    account.person.id == verified.person.id
        && account.person.is_enabled
        && account.password_hash == verified.password_hash
}
