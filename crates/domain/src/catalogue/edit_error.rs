//! Reasons for refusing an edit of a catalogue draft.

/// The reasons for which an edit of a catalogue draft is refused. A draft may be inconsistent, but must stay within the
/// size limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum EditError {
    /// Refused edit of a catalogue draft: the item to be changed is not in the draft.
    #[error("it is not in the draft")]
    Missing,
    /// Refused edit of a catalogue draft: another item already has this id.
    #[error("the id is taken")]
    IdTaken,
    /// Refused edit of a catalogue draft: a code or an id is empty, too long, or has characters other than a-z, 0-9, -
    /// and _.
    #[error("not a code")]
    BadCode,
    /// Refused edit of a catalogue draft: a text is longer than allowed.
    #[error("a text is too long")]
    TextTooLong,
    /// Refused edit of a catalogue draft: a number is not valid, or too large.
    #[error("a number is wrong")]
    BadNumber,
    /// Refused edit of a catalogue draft: the list already has the maximum number of items.
    #[error("too many")]
    TooMany,
    /// Refused edit of a catalogue draft: the URL of a video or platform is not a web address.
    #[error("not a web address")]
    BadAddress,
}

impl EditError {
    /// All reasons for which an edit of a catalogue draft is refused; tests check that each has a translation.
    pub const ALL: [Self; 7] = [
        Self::Missing,
        Self::IdTaken,
        Self::BadCode,
        Self::TextTooLong,
        Self::BadNumber,
        Self::TooMany,
        Self::BadAddress,
    ];

    /// The code of a refused edit of the catalogue; its text is the translation `refused-…` with this code.
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
