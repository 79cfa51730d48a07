//! Password changes. Every signed-in person is allowed to change their own password, and must
//! replace a one-time password at the first sign-in. Wrong guesses of the old password are
//! throttled like failed sign-ins.

use crate::access::session::SessionClaim;
use crate::access::sign_in::{PasswordSignIn, forgive, take_turn, throttle_keys};
use crate::app::App;
use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use domain::history::Act;
use domain::limits::PASSWORD_GENERATED_LENGTH;
use domain::password::{PasswordError, check};
use domain::person::Actor;
use store::{people, sessions};

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
    let mut password = String::new();
    while password.len() < PASSWORD_GENERATED_LENGTH {
        let mut byte = [0_u8];
        getrandom::fill(&mut byte).map_err(|error| Failure::Broken(error.to_string()))?;
        // A random byte picks one of the 31 permitted characters of the password. Bytes from 248 up
        // are skipped: 248 is eight times 31, so with these bytes some characters would be likelier
        // than others.
        let letter = byte.first().filter(|byte| **byte < 248).and_then(|byte| PLAIN.get(usize::from(byte % 31)));
        if let Some(letter) = letter {
            password.push(char::from(*letter));
            if [4, 9].contains(&password.len()) {
                password.push('-');
            }
        }
    }
    Ok(password)
}

impl PasswordSignIn {
    /// Changes the password of the person whose session is claimed, and ends all other sessions of
    /// that person. `address` is the network address of the person's browser, under which wrong
    /// guesses are counted.
    pub async fn change_password(
        &self,
        app: &App,
        claim: SessionClaim,
        PasswordChange { old, new }: PasswordChange<'_>,
        address: &str,
    ) -> Result<(), NotChanged> {
        check(old, new)?;
        let username = app.read_as(claim, |_, _| Ok(())).await?.signed_in.person.username;
        let keys = throttle_keys(&username, address);
        let asked = keys.clone();
        let seconds = app.write_as(claim, move |work, _| take_turn(work, &asked)).await?;
        if seconds > 0 {
            return Err(NotChanged::Wait { seconds });
        }
        let known = app.read_as(claim, move |work, _| Ok(people::by_username(work.tx, &username)?)).await?.data;
        let before = known.and_then(|account| account.password_hash).ok_or(PasswordError::OldWrong)?;
        if !self.fits(old, before.clone()).await? {
            return Err(PasswordError::OldWrong.into());
        }
        let hash = self.hash(new).await?;
        app.write_as(claim, move |work, actor| {
            forgive(work, &keys)?;
            change(work, actor, claim, &NewHash { before: &before, after: &hash })
        })
        .await?;
        Ok(())
    }
}

/// The hash of a person's password before and after the change.
struct NewHash<'h> {
    before: &'h str,
    after: &'h str,
}

fn change(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    claim: SessionClaim,
    hash: &NewHash<'_>,
) -> Result<(), Failure> {
    let person = people::find(work.tx, actor.person)?.ok_or(Failure::NotFound)?;
    let now = people::by_username(work.tx, &person.username)?.and_then(|account| account.password_hash);
    if now.as_deref() != Some(hash.before) {
        return Err(crate::failure::Stale::Lost.into());
    }
    people::set_password(work.tx, person.id, hash.after, false)?;
    sessions::end_others(work.tx, claim.token, person.id, work.now)?;
    work.record_person(Some(actor), person.id, &Act::PasswordChanged)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_one_time_password_is_long_enough_and_never_the_same() {
        let (one, other) = (one_time_password().unwrap(), one_time_password().unwrap());
        assert_eq!((one.len(), one.matches('-').count()), (14, 2));
        assert!(one != other && check("", &one).is_ok());
    }
}
