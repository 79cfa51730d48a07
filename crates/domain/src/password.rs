//! The rules for passwords. Nothing here hashes.

use crate::limits::{PASSWORD_LONGEST, PASSWORD_SHORTEST};

/// An error in a change of password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum PasswordError {
    /// The old one is not the old one.
    #[error("the old password is wrong")]
    OldWrong,
    /// Fewer than [`crate::limits::PASSWORD_SHORTEST`] characters.
    #[error("too short")]
    TooShort,
    /// More than [`crate::limits::PASSWORD_LONGEST`] bytes.
    #[error("too long")]
    TooLong,
    /// It is the old one.
    #[error("the same as before")]
    Same,
    /// It was not typed the same twice.
    #[error("not typed the same twice")]
    NotRepeated,
}

impl PasswordError {
    /// All of them, for tests of the translations.
    pub const ALL: [Self; 5] = [Self::OldWrong, Self::TooShort, Self::TooLong, Self::Same, Self::NotRepeated];

    /// The one code of this refusal.
    pub fn code(self) -> &'static str {
        match self {
            Self::OldWrong => "password-old-wrong",
            Self::TooShort => "password-too-short",
            Self::TooLong => "password-too-long",
            Self::Same => "password-same",
            Self::NotRepeated => "password-not-repeated",
        }
    }

    /// The name of the field beside which it is said.
    pub fn field(self) -> &'static str {
        match self {
            Self::OldWrong => "old",
            Self::TooShort | Self::TooLong | Self::Same => "new",
            Self::NotRepeated => "again",
        }
    }
}

/// Can this be a new password in place of the old one?
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
