//! The rules for passwords, such as their length. Hashing is done elsewhere.

use crate::limits::{PASSWORD_LONGEST, PASSWORD_SHORTEST};

/// An error in the form for changing a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum PasswordError {
    /// Error in a password change: the old password is wrong.
    #[error("the old password is wrong")]
    OldWrong,
    /// Error in a password change: the new password has fewer than [`crate::limits::PASSWORD_SHORTEST`] characters.
    #[error("too short")]
    TooShort,
    /// Error in a password change: the new password has more than [`crate::limits::PASSWORD_LONGEST`] bytes.
    #[error("too long")]
    TooLong,
    /// Error in a password change: the new password equals the old one.
    #[error("the same as before")]
    Same,
    /// Error in a password change: the two entries of the new password differ.
    #[error("not typed the same twice")]
    NotRepeated,
}

impl PasswordError {
    /// All errors in a password change; tests check that each has a translation.
    pub const ALL: [Self; 5] = [Self::OldWrong, Self::TooShort, Self::TooLong, Self::Same, Self::NotRepeated];

    /// The code of an error in a password change; its text is the translation `refused-…` with this code.
    pub fn code(self) -> &'static str {
        match self {
            Self::OldWrong => "password-old-wrong",
            Self::TooShort => "password-too-short",
            Self::TooLong => "password-too-long",
            Self::Same => "password-same",
            Self::NotRepeated => "password-not-repeated",
        }
    }

    /// The name of the field of the password form beside which an error is displayed.
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
