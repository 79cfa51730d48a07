//! Password changes. Every signed-in person is allowed to change their own password, and must
//! replace a one-time password at the first sign-in. Wrong guesses of the old password are
//! delayed like failed sign-ins.

use crate::access::session::{SessionClaim, fresh_token, token_hash};
use crate::access::sign_in::PasswordSignIn;
use crate::access::throttle::{Counter, Turn, forgive, take_turn};
use crate::access::university_names::university_names;
use crate::app::App;
use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use domain::digest::Digest;
use domain::history::Act;
use domain::limits::PASSWORD_GENERATED_LENGTH;
use domain::password::{NewPassword, PasswordError, check};
use domain::person::Actor;
use store::{passwords, people, restored_forms, sessions};

/// The old and the new password that a person typed in order to change their password.
#[derive(Clone, Copy)]
pub struct PasswordChange<'p> {
    /// The current password of the account, as the person typed it for confirmation.
    pub old: &'p str,
    /// The new password of the account, as the person typed it.
    pub new: &'p str,
}

/// The causes for which changing a person's own password is refused.
#[derive(Debug, thiserror::Error)]
pub enum NotChanged {
    /// Refused password change: the old password is wrong, or the new password is unacceptable, for
    /// example too short.
    #[error(transparent)]
    Wrong(#[from] PasswordError),
    /// Refused password change: the old password was typed wrong too often. Holds the number of
    /// seconds after which the person can try again.
    #[error("too many failed attempts, wait {seconds} s")]
    Wait { seconds: i64 },
    /// Password change that failed for a technical reason, such as an unavailable database, and not
    /// because of the typed passwords.
    #[error(transparent)]
    Failed(#[from] Failure),
}

/// The 31 characters of which generated passwords consist: letters and digits that cannot be
/// confused with one another when a password is read aloud or typed from paper.
const PLAIN: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// Generates a random one-time password: three groups of four characters, separated by hyphens.
pub fn one_time_password() -> Result<String, Failure> {
    plain_letters((PASSWORD_GENERATED_LENGTH + 1) / GROUP)
}

/// The length of a group of characters in a generated secret, with its hyphen.
const GROUP: usize = 5;

/// Generates a random secret that a person can type from paper: groups of four characters, separated
/// by hyphens.
pub(crate) fn plain_letters(groups: usize) -> Result<String, Failure> {
    let length = groups * GROUP - 1;
    let mut secret = String::new();
    while secret.len() < length {
        let mut byte = [0_u8];
        getrandom::fill(&mut byte).map_err(|error| Failure::Broken(error.to_string()))?;
        // The remainder of the random byte, divided by 31, selects one of the 31 permitted
        // characters. Only bytes below 248 (eight times 31) are used, because they select every
        // character equally often. The bytes from 248 to 255 would make some characters likelier
        // than others.
        let letter = byte.first().filter(|byte| **byte < 248).and_then(|byte| PLAIN.get(usize::from(byte % 31)));
        if let Some(letter) = letter {
            secret.push(char::from(*letter));
            if secret.len() < length && secret.len() % GROUP == GROUP - 1 {
                secret.push('-');
            }
        }
    }
    Ok(secret)
}

impl PasswordSignIn {
    /// Changes the password of the person who is signed in with the session that `claim` names. Ends
    /// all sessions of that person, and begins a new session in the same browser. Returns the secret
    /// token of the new session. Attempts with a wrong old password are counted for the session.
    pub async fn change_password(
        &self,
        app: &App,
        claim: SessionClaim,
        PasswordChange { old, new }: PasswordChange<'_>,
    ) -> Result<String, NotChanged> {
        let read = app.read_as(claim, |work, _| university_names(work)).await?;
        let username = read.signed_in.person.username;
        check(&NewPassword { new, old, username: &username, university: &read.data })?;
        let counters = vec![Counter::of(format!("password:{}", claim.token))];
        let counted = counters.clone();
        if let Turn::Wait { seconds } = app.write_as(claim, move |work, _| take_turn(work, &counted)).await? {
            return Err(NotChanged::Wait { seconds });
        }
        let known = app.read_as(claim, move |work, _| Ok(people::by_username(work.tx, &username)?)).await?.data;
        let before = known.and_then(|account| account.password_hash).ok_or(PasswordError::OldWrong)?;
        if !self.fits(old, before.clone()).await? {
            return Err(PasswordError::OldWrong.into());
        }
        let (hash, token) = (self.hash(new).await?, fresh_token()?);
        let renewed = token_hash(&token);
        app.write_as(claim, move |work, actor| {
            forgive(work, &counters)?;
            change(work, actor, &NewHash { before: &before, after: &hash })?;
            renew_session(work, actor, claim.token, renewed)
        })
        .await?;
        Ok(token)
    }
}

/// The hash of a person's old password, and the hash of the new password that replaces it.
struct NewHash<'h> {
    before: &'h str,
    after: &'h str,
}

fn change(work: &mut UnitOfWork<'_, '_>, actor: &Actor, hash: &NewHash<'_>) -> Result<(), Failure> {
    let person = people::find(work.tx, actor.person)?.ok_or(Failure::NotFound)?;
    let now = people::by_username(work.tx, &person.username)?.and_then(|account| account.password_hash);
    if now.as_deref() != Some(hash.before) {
        return Err(crate::failure::Stale::Lost.into());
    }
    passwords::set(work.tx, person.id, hash.after)?;
    work.record_person(Some(actor), person.id, &Act::PasswordChanged)
}

/// Begins a new session in the same browser, and ends all other sessions of the person. Whoever knew
/// the token of the old session can do nothing with it.
fn renew_session(work: &mut UnitOfWork<'_, '_>, actor: &Actor, old: Digest, new: Digest) -> Result<(), Failure> {
    sessions::renew(work.tx, old, new, work.now)?;
    sessions::end_others(work.tx, new, actor.person, work.now)?;
    Ok(restored_forms::hand_over(work.tx, old, new)?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_one_time_password_is_long_enough_and_never_the_same() {
        let (one, other) = (one_time_password().unwrap(), one_time_password().unwrap());
        assert_eq!((one.len(), one.matches('-').count()), (14, 2));
        let given = NewPassword { new: &one, old: "", username: "aliya", university: &[] };
        assert!(one != other && check(&given).is_ok());
        assert_eq!(plain_letters(5).unwrap().len(), 24);
    }
}
