//! The rules for passwords, such as their length. This module does not hash passwords.

use crate::limits::{PASSWORD_LONGEST, PASSWORD_SHORTEST};

/// An error in the HTML form in which a person changes the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum PasswordError {
    /// Error when changing a password: the person typed a wrong old password.
    #[error("the old password is wrong")]
    OldWrong,
    /// Error when changing a password: the new password has fewer than
    /// [`crate::limits::PASSWORD_SHORTEST`] characters.
    #[error("too short")]
    TooShort,
    /// Error when changing a password: the new password has more than
    /// [`crate::limits::PASSWORD_LONGEST`] bytes.
    #[error("too long")]
    TooLong,
    /// Error when changing a password: the new password equals the old one.
    #[error("the same as before")]
    Same,
    /// Error when changing a password: the new password is typed twice, and the two entries differ.
    #[error("not typed the same twice")]
    NotRepeated,
}

impl PasswordError {
    /// All errors that can occur when a password is changed; tests check that each has a
    /// translation.
    pub const ALL: [Self; 5] = [Self::OldWrong, Self::TooShort, Self::TooLong, Self::Same, Self::NotRepeated];

    /// Returns the code of the error in a password change. The text of the error has the
    /// translation key `refused-…` with this code.
    pub fn code(self) -> &'static str {
        match self {
            Self::OldWrong => "password-old-wrong",
            Self::TooShort => "password-too-short",
            Self::TooLong => "password-too-long",
            Self::Same => "password-same",
            Self::NotRepeated => "password-not-repeated",
        }
    }

    /// Returns the name of the HTML field beside which the password page shows the error.
    pub fn field(self) -> &'static str {
        match self {
            Self::OldWrong => "old",
            Self::TooShort | Self::TooLong | Self::Same => "new",
            Self::NotRepeated => "again",
        }
    }
}

/// Checks that a new password has an allowed length and differs from the old one.
pub fn check(old: &str, new: &str) -> Result<(), PasswordError> {
    if new.chars().count() < PASSWORD_SHORTEST {
        Err(PasswordError::TooShort)
    } else if new.len() > PASSWORD_LONGEST {
        Err(PasswordError::TooLong)
    } else if new == old {
        Err(PasswordError::Same)
    } else {
        Ok(())
    }
}
