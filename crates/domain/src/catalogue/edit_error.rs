//! Reasons for refusing an edit of a catalogue draft.

/// The reasons for which an edit is refused. A draft may be inconsistent, but must stay within the size limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum EditError {
    /// The item to be changed does not exist.
    #[error("it is not in the draft")]
    Missing,
    /// There is already a row with this id.
    #[error("the id is taken")]
    IdTaken,
    /// A code or an id is empty, too long, or has characters other than a-z, 0-9, - and _.
    #[error("not a code")]
    BadCode,
    /// A text in the edit is longer than allowed.
    #[error("a text is too long")]
    TextTooLong,
    /// A number is not valid, or too large.
    #[error("a number is wrong")]
    BadNumber,
    /// The list already has the maximum number of items.
    #[error("too many")]
    TooMany,
    /// The URL of a video or platform is not a web address.
    #[error("not a web address")]
    BadAddress,
}

impl EditError {
    /// All errors, for tests of the translations.
    pub const ALL: [Self; 7] = [
        Self::Missing,
        Self::IdTaken,
        Self::BadCode,
        Self::TextTooLong,
        Self::BadNumber,
        Self::TooMany,
        Self::BadAddress,
    ];

    /// The unique code of this refusal, by which it is translated.
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "rules-line-missing",
            Self::IdTaken => "rules-id-taken",
            Self::BadCode => "rules-bad-code",
            Self::TextTooLong => "rules-text-too-long",
            Self::BadNumber => "rules-bad-number",
            Self::TooMany => "rules-too-many",
            Self::BadAddress => "rules-bad-address",
        }
    }
}
