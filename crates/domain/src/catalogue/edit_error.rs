//! The reasons for which an edit of a catalogue draft (a catalogue version that is not published
//! yet) is refused.

/// A reason for which an edit of a catalogue draft (a catalogue version that is not published yet)
/// is refused. The content of a draft is allowed to be inconsistent, but its texts, lists and
/// numbers must not exceed their maximum sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum EditError {
    /// Refused edit of a catalogue draft: the draft does not contain the item to be changed, for
    /// example a catalogue row or an instruction video.
    #[error("it is not in the draft")]
    Missing,
    /// Refused edit of a catalogue draft: the id of a new catalogue row, or the code of a new exam
    /// platform, is already used in the draft.
    #[error("the id is taken")]
    IdTaken,
    /// Refused edit of a catalogue draft: a code or an id is empty, is too long, or contains a
    /// character other than a-z, 0-9, - and _.
    #[error("not a code")]
    BadCode,
    /// Refused edit of a catalogue draft: a text has more characters than the size limit allows.
    #[error("a text is too long")]
    TextTooLong,
    /// Refused edit of a catalogue draft: a number, such as the minutes of an exam, is not valid or
    /// is too large.
    #[error("a number is wrong")]
    BadNumber,
    /// Refused edit of a catalogue draft: a list, such as the list of catalogue rows, would have
    /// more items than the size limit allows.
    #[error("too many")]
    TooMany,
    /// Refused edit of a catalogue draft: the link of an instruction video or exam platform is not
    /// a web address.
    #[error("not a web address")]
    BadAddress,
}

impl EditError {
    /// All reasons for which an edit of a catalogue draft is refused. Tests check that each reason
    /// has a translation.
    pub const ALL: [Self; 7] = [
        Self::Missing,
        Self::IdTaken,
        Self::BadCode,
        Self::TextTooLong,
        Self::BadNumber,
        Self::TooMany,
        Self::BadAddress,
    ];

    /// Returns the code of the reason for which an edit of a catalogue draft is refused. The text
    /// of the reason is the translation whose key is `refused-` followed by the code.
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
