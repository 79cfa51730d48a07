//! The rules for passwords: their length, passwords that are easily guessed, and how long a
//! one-time password is valid. This module does not hash passwords.

mod common;
mod guessable;

use crate::limits::{ONE_TIME_PASSWORD_HOURS, ONE_TIME_PASSWORD_LONGEST_HOURS, PASSWORD_LONGEST, PASSWORD_SHORTEST};
use chrono::{DateTime, TimeDelta, Utc};
use guessable::Typed;

/// The names of the product, in the languages of the interface.
const PRODUCT: [&str; 2] = ["emtihan", "емтихан"];

/// An error in the HTML form in which a person changes the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum PasswordError {
    /// Error when changing a password: the person typed a wrong old password.
    #[error("the old password is wrong")]
    OldWrong,
    /// Error when changing a password: the new password has fewer than
    /// [`crate::limits::PASSWORD_SHORTEST`] characters.
    #[error("the password must have at least {PASSWORD_SHORTEST} characters")]
    TooShort,
    /// Error when changing a password: the new password has more than
    /// [`crate::limits::PASSWORD_LONGEST`] bytes.
    #[error("the password is too long")]
    TooLong,
    /// Error when changing a password: the new password equals the old one.
    #[error("the password is the same as before")]
    Same,
    /// Error when changing a password: the new password is typed twice, and the two entries differ.
    #[error("the password was not typed the same twice")]
    NotRepeated,
    /// Error when changing a password: the new password repeats one character, or a few of them.
    #[error("the password repeats the same characters")]
    Repetitive,
    /// Error when changing a password: the new password follows the alphabet, the digits or the
    /// keys of the keyboard.
    #[error("the password follows the alphabet, the digits or the keyboard")]
    Sequence,
    /// Error when changing a password: the new password is the username, or the username with
    /// digits and signs.
    #[error("the password is the username")]
    Username,
    /// Error when changing a password: the new password is the name of this product, or that name
    /// with digits and signs.
    #[error("the password is the name of this program")]
    Product,
    /// Error when changing a password: the new password is the name of the university, a word or
    /// the initials of that name, or the university's code, also with digits and signs.
    #[error("the password is the name or the code of the university")]
    University,
    /// Error when changing a password: the new password is a common one, or a common word with
    /// digits and signs.
    #[error("the password is a common one, which is guessed first")]
    Common,
}

impl PasswordError {
    /// All errors that can occur when a password is changed; tests check that each has a
    /// translation.
    pub const ALL: [Self; 11] = [
        Self::OldWrong,
        Self::TooShort,
        Self::TooLong,
        Self::Same,
        Self::NotRepeated,
        Self::Repetitive,
        Self::Sequence,
        Self::Username,
        Self::Product,
        Self::University,
        Self::Common,
    ];

    /// Returns the code of the error in a password change. The text of the error has the
    /// translation key `refused-…` with this code.
    pub fn code(self) -> &'static str {
        match self {
            Self::OldWrong => "password-old-wrong",
            Self::TooShort => "password-too-short",
            Self::TooLong => "password-too-long",
            Self::Same => "password-same",
            Self::NotRepeated => "password-not-repeated",
            Self::Repetitive => "password-repetitive",
            Self::Sequence => "password-sequence",
            Self::Username => "password-username",
            Self::Product => "password-product",
            Self::University => "password-university",
            Self::Common => "password-common",
        }
    }

    /// Returns the name of the HTML field beside which the password page shows the error.
    pub fn field(self) -> &'static str {
        match self {
            Self::OldWrong => "old",
            Self::NotRepeated => "again",
            _ => "new",
        }
    }
}

/// A new password and everything that the rules compare it with.
#[derive(Debug, Clone, Copy)]
pub struct NewPassword<'p> {
    /// The new password, as typed.
    pub new: &'p str,
    /// The password that is replaced, as typed; empty if there is none or it is not known.
    pub old: &'p str,
    /// The username of the account that gets the password.
    pub username: &'p str,
    /// The names of the university in all languages, and its code.
    pub university: &'p [String],
}

/// Checks that a new password is long enough, differs from the old one and is not easily guessed.
/// Existing passwords are not checked again; they stay valid until they are changed.
pub fn check(password: &NewPassword<'_>) -> Result<(), PasswordError> {
    let NewPassword { new, old, username, university } = *password;
    let typed = Typed::new(new);
    if typed.length() < PASSWORD_SHORTEST {
        Err(PasswordError::TooShort)
    } else if new.len() > PASSWORD_LONGEST {
        Err(PasswordError::TooLong)
    } else if new == old {
        Err(PasswordError::Same)
    } else if typed.is_repetitive() {
        Err(PasswordError::Repetitive)
    } else if typed.is_sequence() {
        Err(PasswordError::Sequence)
    } else if typed.is_word(username) {
        Err(PasswordError::Username)
    } else if PRODUCT.iter().any(|name| typed.is_word(name)) {
        Err(PasswordError::Product)
    } else if university.iter().any(|name| typed.is_name(name)) {
        Err(PasswordError::University)
    } else if typed.is_common() {
        Err(PasswordError::Common)
    } else {
        Ok(())
    }
}

/// The number of hours for which a one-time password is valid: at least 1, at most
/// [`crate::limits::ONE_TIME_PASSWORD_LONGEST_HOURS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OneTimeHours(i64);

impl OneTimeHours {
    /// Returns the validity of a one-time password in hours; `None` if the number of hours is not
    /// allowed.
    pub fn new(hours: i64) -> Option<Self> {
        (1..=ONE_TIME_PASSWORD_LONGEST_HOURS).contains(&hours).then_some(Self(hours))
    }

    /// Returns the instant from which a one-time password that is given at `now` is not valid.
    pub fn end(self, now: DateTime<Utc>) -> DateTime<Utc> {
        now + TimeDelta::hours(self.0)
    }
}

impl Default for OneTimeHours {
    fn default() -> Self {
        Self(ONE_TIME_PASSWORD_HOURS)
    }
}

/// A one-time password of an account: until when it is valid, and when it was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OneTimePassword {
    /// The instant from which the one-time password is not valid; `None` for a one-time password of
    /// an earlier release, which had no end.
    pub valid_until: Option<DateTime<Utc>>,
    /// The time of the sign-in with the one-time password; `None` if nobody has signed in with it.
    pub used_at: Option<DateTime<Utc>>,
}

impl OneTimePassword {
    /// Returns whether nobody can sign in with the one-time password any more, because it was used
    /// or its time is over.
    pub fn is_over(self, now: DateTime<Utc>) -> bool {
        self.used_at.is_some() || self.valid_until.is_some_and(|end| now >= end)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn checked(new: &str) -> Result<(), PasswordError> {
        let university = ["Үлгі университеті", "Университет «Пример»", "Al-Farabi University", "KazNU"];
        let university = university.map(str::to_owned);
        check(&NewPassword { new, old: "", username: "a.serik21", university: &university })
    }

    #[test]
    fn passwords_that_are_guessed_first_are_refused_with_their_reason() {
        for (password, wrong) in [
            ("12345678", PasswordError::TooShort),
            ("nine char", PasswordError::TooShort),
            ("ﷺ", PasswordError::TooShort),
            ("dragon\u{200b}\u{200b}\u{200b}\u{2060}\u{feff}", PasswordError::TooShort),
            ("и\u{306}".repeat(8).as_str(), PasswordError::TooShort),
            ("          ", PasswordError::Repetitive),
            ("aaaaaaaaaaaa", PasswordError::Repetitive),
            ("AaAaAaAaAaAa", PasswordError::Repetitive),
            ("abababababa", PasswordError::Repetitive),
            ("qwertyqwerty", PasswordError::Repetitive),
            ("1234567890", PasswordError::Sequence),
            ("0987654321", PasswordError::Sequence),
            ("abcdefghijk", PasswordError::Sequence),
            ("абвгдежзик", PasswordError::Sequence),
            ("qwertyuiop[]", PasswordError::Sequence),
            ("йцукенгшщзхъ", PasswordError::Sequence),
            ("ЙЦУКЕН12345", PasswordError::Sequence),
            ("aaaa1111bb", PasswordError::Sequence),
            ("a.serik21!!", PasswordError::Username),
            ("A.SERIK21-2026", PasswordError::Username),
            ("2026 a_serik21", PasswordError::Username),
            ("emtihan2026", PasswordError::Product),
            ("Емтихан-2026!", PasswordError::Product),
            ("ｅｍｔｉｈａｎ２０２６", PasswordError::Product),
            ("Al-Farabi University", PasswordError::University),
            ("alfarabiuniversity1", PasswordError::University),
            ("KazNU-KazNU-2026", PasswordError::University),
            ("kaznu20262026", PasswordError::University),
            ("үлгі университеті 1", PasswordError::University),
            ("University-2026", PasswordError::University),
            ("farabi 2026-2027", PasswordError::University),
            ("AFU 2026-2027", PasswordError::University),
            ("password123", PasswordError::Common),
            ("PassWord123", PasswordError::Common),
            ("ｐａｓｓｗｏｒｄ１２３", PasswordError::Common),
            ("password123!!", PasswordError::Common),
            ("student1!!!", PasswordError::Common),
            ("1Password!!", PasswordError::Common),
            ("құпиясөз2026", PasswordError::Common),
            ("Пароль12345", PasswordError::Common),
        ] {
            assert_eq!(checked(password), Err(wrong), "{password}");
        }
    }

    #[test]
    fn other_passwords_of_ten_characters_are_taken() {
        for password in [
            "long enough",
            "correct horse battery",
            "Serik pays 21 tenge",
            "kaznu is by the mountains",
            "емтихан келеді, дайынмын",
            "fW7-pq2zKd",
            "жеті жұрттың тілін біл",
            "4071 9932 5586",
        ] {
            assert_eq!(checked(password), Ok(()), "{password}");
        }
        let short = NewPassword { new: "4071 9932 5586", old: "", username: "4", university: &[] };
        assert_eq!(check(&short), Ok(()), "a digit for a username is not the whole password");
        assert_eq!(check(&NewPassword { old: short.new, ..short }), Err(PasswordError::Same));
        assert_eq!(checked(&"ab cd ef ".repeat(PASSWORD_LONGEST)), Err(PasswordError::TooLong));
    }

    #[test]
    fn a_one_time_password_ends_with_its_use_and_with_its_time() {
        let now: DateTime<Utc> = "2026-09-15T04:00:00Z".parse().unwrap();
        assert_eq!([0, 1, 336, 337].map(|hours| OneTimeHours::new(hours).is_some()), [false, true, true, false]);
        let end = OneTimeHours::default().end(now);
        assert_eq!(end - now, TimeDelta::hours(72));
        let given = OneTimePassword { valid_until: Some(end), used_at: None };
        assert!(!given.is_over(now) && !given.is_over(end - TimeDelta::milliseconds(1)) && given.is_over(end));
        assert!(OneTimePassword { used_at: Some(now), ..given }.is_over(now));
        assert!(!OneTimePassword { valid_until: None, used_at: None }.is_over(end));
    }
}
