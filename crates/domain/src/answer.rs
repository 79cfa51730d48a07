//! The answer of an instructor, and the errors of its fields.

use crate::id::{DocumentId, RowId};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// The answer of an instructor: a catalogue row, the additional information that the row requires, and the programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub row: RowId,
    /// Additional information, normalised by [`crate::answer::clean_info`]; empty if the row forbids it.
    pub info: String,
    /// The programme of the final exam.
    pub document: DocumentId,
}

/// A field of the choice form, to which an error refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The field with the list of catalogue rows.
    Rule,
    Info,
    /// The field for the programme document.
    Programme,
    Groups,
    /// The field for the reason of returning or reopening a choice.
    Reason,
}

/// An error in one field of the choice form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum AnswerError {
    /// No catalogue row was selected.
    #[error("no row was picked")]
    RuleMissing,
    /// The catalogue in force has no such row.
    #[error("no such row")]
    RuleUnknown,
    /// The row is not offered to the faculty of the offering.
    #[error("row not offered here")]
    RuleNotOffered,
    /// The form of the exam is set centrally, and the answer differs from it.
    #[error("the form is set centrally")]
    SetCentrally,
    /// The row requires additional information, and it is missing.
    #[error("information missing")]
    InfoMissing,
    /// The row forbids additional information, and some was given.
    #[error("information must be empty")]
    InfoForbidden,
    /// Additional information has more than [`crate::limits::INFO_LIMIT`] characters.
    #[error("information too long")]
    InfoTooLong,
    /// No programme was selected.
    #[error("programme missing")]
    ProgrammeMissing,
    /// The programme is not in the discipline's dossier.
    #[error("programme of another discipline")]
    ProgrammeElsewhere,
    /// No group was selected for the answer.
    #[error("no groups")]
    GroupsMissing,
    /// The reason of a decision or request is missing.
    #[error("reason missing")]
    ReasonMissing,
    /// The reason has more than [`crate::limits::REASON_LIMIT`] characters.
    #[error("reason too long")]
    ReasonTooLong,
}

impl AnswerError {
    /// All errors, for tests of the translations.
    pub const ALL: [Self; 12] = [
        Self::RuleMissing,
        Self::RuleUnknown,
        Self::RuleNotOffered,
        Self::SetCentrally,
        Self::InfoMissing,
        Self::InfoForbidden,
        Self::InfoTooLong,
        Self::ProgrammeMissing,
        Self::ProgrammeElsewhere,
        Self::GroupsMissing,
        Self::ReasonMissing,
        Self::ReasonTooLong,
    ];

    /// The unique code of this refusal, by which it is translated.
    pub fn code(self) -> &'static str {
        match self {
            Self::RuleMissing => "rule-missing",
            Self::RuleUnknown => "rule-unknown",
            Self::RuleNotOffered => "rule-not-offered",
            Self::SetCentrally => "set-centrally",
            Self::InfoMissing => "info-missing",
            Self::InfoForbidden => "info-forbidden",
            Self::InfoTooLong => "info-too-long",
            Self::ProgrammeMissing => "programme-missing",
            Self::ProgrammeElsewhere => "programme-elsewhere",
            Self::GroupsMissing => "groups-missing",
            Self::ReasonMissing => "reason-missing",
            Self::ReasonTooLong => "reason-too-long",
        }
    }

    /// The form field to which the error belongs.
    pub fn field(self) -> Field {
        match self {
            Self::RuleMissing | Self::RuleUnknown | Self::RuleNotOffered | Self::SetCentrally => Field::Rule,
            Self::InfoMissing | Self::InfoForbidden | Self::InfoTooLong => Field::Info,
            Self::ProgrammeMissing | Self::ProgrammeElsewhere => Field::Programme,
            Self::GroupsMissing => Field::Groups,
            Self::ReasonMissing | Self::ReasonTooLong => Field::Reason,
        }
    }
}

/// Normalises typed text before it is compared, hashed and stored: NFC, control characters replaced by spaces, trimmed.
pub fn clean_info(typed: &str) -> String {
    let text: String = typed.nfc().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    text.trim().to_owned()
}
