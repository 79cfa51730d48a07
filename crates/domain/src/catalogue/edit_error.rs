//! Why an edit of a catalogue is refused.

/// Why an edit is refused. A draft may be unsound, but not boundless.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum EditError {
    /// The thing to be changed does not exist.
    #[error("it is not in the draft")]
    Missing,
    /// There is a row with this id already.
    #[error("the id is taken")]
    IdTaken,
    /// A code or an id is empty, too long, or has other letters than a-z, 0-9, - and _.
    #[error("not a code")]
    BadCode,
    /// A text is too long.
    #[error("a text is too long")]
    TextTooLong,
    /// A number is not a number, or too large.
    #[error("a number is wrong")]
    BadNumber,
    /// There are too many of them.
    #[error("too many")]
    TooMany,
    /// An address of a video is no web address.
    #[error("not a web address")]
    BadAddress,
}

impl EditError {
    /// All of them, for tests of the translations.
    pub const ALL: [Self; 7] = [
        Self::Missing,
        Self::IdTaken,
        Self::BadCode,
        Self::TextTooLong,
        Self::BadNumber,
        Self::TooMany,
        Self::BadAddress,
    ];

    /// The one code of this refusal.
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
