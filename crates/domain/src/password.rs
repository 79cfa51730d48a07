//! The rules for passwords. Hashing is done elsewhere.

use crate::limits::{PASSWORD_LONGEST, PASSWORD_SHORTEST};

/// An error in a password change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum PasswordError {
    /// The old password is wrong.
    #[error("the old password is wrong")]
    OldWrong,
    /// The new password has fewer than [`crate::limits::PASSWORD_SHORTEST`] characters.
    #[error("too short")]
    TooShort,
    /// The new password has more than [`crate::limits::PASSWORD_LONGEST`] bytes.
    #[error("too long")]
    TooLong,
    /// The new password equals the old one.
    #[error("the same as before")]
    Same,
    /// The two entries of the new password differ.
    #[error("not typed the same twice")]
    NotRepeated,
}

impl PasswordError {
    /// All errors, for tests of the translations.
    pub const ALL: [Self; 5] = [Self::OldWrong, Self::TooShort, Self::TooLong, Self::Same, Self::NotRepeated];

    /// The unique code of this refusal, by which it is translated.
    pub fn code(self) -> &'static str {
        match self {
            Self::OldWrong => "password-old-wrong",
            Self::TooShort => "password-too-short",
            Self::TooLong => "password-too-long",
            Self::Same => "password-same",
            Self::NotRepeated => "password-not-repeated",
        }
    }

    /// The name of the form field at which the error is displayed.
    pub fn field(self) -> &'static str {
        match self {
            Self::OldWrong => "old",
            Self::TooShort | Self::TooLong | Self::Same => "new",
            Self::NotRepeated => "again",
        }
    }
}

/// Checks that a new password is acceptable and differs from the old one.
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
