//! Sessions: find the signed-in person by the session token that the browser sends in a cookie. The
//! database stores only the hash of the token.

use crate::app::App;
use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use chrono::{DateTime, TimeDelta, Utc};
use domain::digest::Digest;
use domain::id::PersonId;
use domain::limits::{KNOWN_PLACE_DAYS, SESSION_ABSOLUTE_DAYS, SESSION_IDLE_HOURS, SESSION_SEEN_MINUTES};
use domain::name::{Language, Name};
use domain::person::{Actor, Person};
use store::{notifications, people, sessions};

/// The claim of a request to act as a signed-in person. Every transaction of a use case looks up the
/// session, the person and the person's roles again, so that a claim is worth nothing once the session
/// has ended, the account is disabled or the role is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionClaim {
    /// The hash of the session token that the browser sent.
    pub token: Digest,
    /// Whether a person who must replace a one-time password first is nevertheless allowed to run
    /// the use case. This is true, for example, for changing the password and for signing out.
    pub may_skip_password_change: bool,
}

/// A signed-in person with their roles, account and session, as read in one transaction.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The signed-in person's id, and the roles that the person holds today.
    pub actor: Actor,
    /// The name and account data of the signed-in person.
    pub person: Person,
    /// The hash of the token of the session in which the person is signed in.
    pub token: Digest,
    /// Whether the person's password is a one-time password. The person must replace a one-time
    /// password before doing anything else.
    pub must_change_password: bool,
    /// The name of the university; empty before the first roster or the setup.
    pub university: Name,
}

/// The status of the session to which a session token belongs.
#[derive(Debug, Clone)]
pub enum SessionStatus {
    /// Session status: the session is active, and its person is signed in.
    Active(Box<SignedIn>),
    /// Session status: the session has expired; the person must sign in again.
    Expired(Person),
    /// Session status: there is no usable session, because the token is unknown, the person has
    /// signed out, or the person's account is disabled.
    None,
}

/// The result of a use case that only reads data for a signed-in person. It also holds that person
/// and the count of their unread notifications, because every HTML page shows both.
#[derive(Debug, Clone)]
pub struct ReadFor<T> {
    /// The signed-in person for whom the use case has read the data.
    pub signed_in: SignedIn,
    /// Number of unread notifications of the signed-in person.
    pub unread: i64,
    /// The data that the read-only use case (an application function) has returned.
    pub data: T,
}

/// Computes the hash under which the database stores a session token.
pub fn token_hash(token: &str) -> Digest {
    Digest::of_parts([b"session".as_slice(), token.as_bytes()])
}

/// Generates a new secret session token: 32 random bytes, written as hexadecimal digits.
pub fn fresh_token() -> Result<String, Failure> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| Failure::Broken(error.to_string()))?;
    Ok(Digest(bytes).to_string())
}

impl App {
    /// Runs a read-only use case for the person who is signed in with the session that `claim`
    /// names. Session, person and roles are looked up in the same transaction in which the use case
    /// runs.
    ///
    /// # Errors
    /// [`Failure::SignedOut`] if the session is not active. [`Failure::PasswordChangeRequired`] if
    /// the person must replace a one-time password first and
    /// [`SessionClaim::may_skip_password_change`] is false.
    pub async fn read_as<T: Send + 'static>(
        &self,
        claim: SessionClaim,
        mut use_case: impl FnMut(&mut UnitOfWork<'_, '_>, &Actor) -> Result<T, Failure> + Send + 'static,
    ) -> Result<ReadFor<T>, Failure> {
        let read = self.read(move |work| {
            let Found { signed_in, is_seen_long_ago } = find_active(work, claim)?;
            let data = use_case(work, &signed_in.actor)?;
            let unread = notifications::unread(work.tx, signed_in.person.id)?;
            Ok((ReadFor { signed_in, unread, data }, is_seen_long_ago))
        });
        let (read, is_seen_long_ago) = read.await?;
        if is_seen_long_ago {
            self.mark_seen(claim.token).await;
        }
        Ok(read)
    }

    /// Runs a writing use case for the person who is signed in with the session that `claim` names.
    /// Session, person and roles are looked up in the same transaction in which the use case runs.
    ///
    /// # Errors
    /// The same as those of [`App::read_as`], besides the failures of the use case.
    pub async fn write_as<T: Send + 'static>(
        &self,
        claim: SessionClaim,
        mut use_case: impl FnMut(&mut UnitOfWork<'_, '_>, &Actor) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.write(move |work| {
            let Found { signed_in, is_seen_long_ago } = find_active(work, claim)?;
            if is_seen_long_ago {
                sessions::seen(work.tx, claim.token, work.now)?;
            }
            use_case(work, &signed_in.actor)
        })
        .await
    }

    /// Runs a writing use case in the background, for a person whose request started it. The
    /// session of this person may have ended since the request. Therefore the person's account and
    /// today's roles are looked up in the same transaction, but the session is not.
    ///
    /// # Errors
    /// [`Failure::SignedOut`] if the person's account is disabled.
    pub(crate) async fn write_for<T: Send + 'static>(
        &self,
        person: PersonId,
        mut use_case: impl FnMut(&mut UnitOfWork<'_, '_>, &Actor) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.write_without_deadline(move |work| {
            let person = people::find(work.tx, person)?.filter(|person| person.is_enabled).ok_or(Failure::SignedOut)?;
            let today = work.today();
            let actor = people::actor(work.tx, &person, today)?;
            use_case(work, &actor)
        })
        .await
    }

    /// Stores that a session was used. A page is shown even if that fails, for example because the disk
    /// is full.
    async fn mark_seen(&self, token: Digest) {
        if let Err(error) = self.write(move |work| Ok(sessions::seen(work.tx, token, work.now)?)).await {
            tracing::warn!(%error, "the last use of a session was not stored");
        }
    }
}

/// Finds the status of the session whose token has the hash `token`. Also updates the stored time
/// of the session's last use if that time is some minutes old.
pub async fn find_session(app: &App, token: Digest) -> Result<SessionStatus, Failure> {
    let SessionLookup { status, is_seen_long_ago } = app.read(move |work| look_up(work, token)).await?;
    if is_seen_long_ago {
        app.mark_seen(token).await;
    }
    Ok(status)
}

/// Returns the status of the session whose token has the hash `token`.
pub(crate) fn session_status(work: &mut UnitOfWork<'_, '_>, token: Digest) -> Result<SessionStatus, Failure> {
    Ok(look_up(work, token)?.status)
}

struct Found {
    signed_in: SignedIn,
    is_seen_long_ago: bool,
}

fn find_active(work: &mut UnitOfWork<'_, '_>, claim: SessionClaim) -> Result<Found, Failure> {
    match look_up(work, claim.token)? {
        SessionLookup { status: SessionStatus::Active(signed_in), .. }
            if signed_in.must_change_password && !claim.may_skip_password_change =>
        {
            Err(Failure::PasswordChangeRequired)
        }
        SessionLookup { status: SessionStatus::Active(signed_in), is_seen_long_ago } => {
            Ok(Found { signed_in: *signed_in, is_seen_long_ago })
        }
        _ => Err(Failure::SignedOut),
    }
}

/// The result of looking up a session by its token hash.
struct SessionLookup {
    status: SessionStatus,
    /// Whether the stored time of the session's last use is so old that it must be updated.
    is_seen_long_ago: bool,
}

impl From<SessionStatus> for SessionLookup {
    fn from(status: SessionStatus) -> Self {
        Self { status, is_seen_long_ago: false }
    }
}

/// Looks up the status of the session whose token has the hash `token`. Also returns whether the
/// stored time of the session's last use is so old that it must be updated.
fn look_up(work: &mut UnitOfWork<'_, '_>, token: Digest) -> Result<SessionLookup, Failure> {
    let Some(session) = sessions::find(work.tx, token)? else { return Ok(SessionStatus::None.into()) };
    let person = session.person;
    if session.ended_at.is_some() || !person.is_enabled {
        return Ok(SessionStatus::None.into());
    }
    if has_run_out(session.created_at, session.seen_at, work.now) {
        return Ok(SessionStatus::Expired(person).into());
    }
    let today = work.today();
    let actor = people::actor(work.tx, &person, today)?;
    let (must_change_password, university) = (session.must_change_password, session.university);
    let is_seen_long_ago = work.now - session.seen_at > TimeDelta::minutes(SESSION_SEEN_MINUTES);
    let status = SessionStatus::Active(Box::new(SignedIn { actor, person, token, must_change_password, university }));
    Ok(SessionLookup { status, is_seen_long_ago })
}

/// Returns whether a session has expired, because it was not used for hours or is some days old.
pub(crate) fn has_run_out(created_at: DateTime<Utc>, seen_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - seen_at > TimeDelta::hours(SESSION_IDLE_HOURS) || now - created_at > TimeDelta::days(SESSION_ABSOLUTE_DAYS)
}

/// Signs a person out by ending the session whose token has the hash `token`.
pub fn sign_out(work: &mut UnitOfWork<'_, '_>, token: Digest) -> Result<(), Failure> {
    Ok(sessions::end(work.tx, token, work.now)?)
}

/// Stores the language in which a signed-in person wants to see the interface and to get emails.
pub fn choose_language(work: &mut UnitOfWork<'_, '_>, actor: &Actor, language: Language) -> Result<(), Failure> {
    Ok(people::set_locale(work.tx, actor.person, language)?)
}

/// Deletes old sign-in data. Sessions are deleted after 30 days without use, and places after
/// `KNOWN_PLACE_DAYS` without a sign-in. Counters of failed sign-ins, and the HTML forms stored until
/// their sender signs in again, are deleted after one day.
pub fn tidy(work: &mut UnitOfWork<'_, '_>) -> Result<(), Failure> {
    let long_ago = work.now - TimeDelta::days(30);
    sessions::forget_before(work.tx, long_ago)?;
    store::known_places::forget_before(work.tx, work.now - TimeDelta::days(KNOWN_PLACE_DAYS))?;
    store::throttles::forget_before(work.tx, work.now - TimeDelta::days(1))?;
    store::restored_forms::forget_before(work.tx, work.now - TimeDelta::days(1))?;
    Ok(())
}
