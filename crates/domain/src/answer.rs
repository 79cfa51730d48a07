//! The instructor's answer to the question how an exam is held, and the errors in the fields of the choice form.

use crate::id::{DocumentId, RowId};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// An instructor's answer for one exam: a catalogue row, the additional information that the row requires, and the
/// programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub row: RowId,
    /// The additional information of an answer, normalised by [`crate::answer::clean_info`]; empty if the catalogue row
    /// forbids it.
    pub info: String,
    /// The document that the instructor chose as the programme of the final exam.
    pub document: DocumentId,
}

/// A field of the choice form, to which an error in the instructor's answer refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The form field with the list of catalogue rows.
    Rule,
    Info,
    /// The form field for the programme document.
    Programme,
    Groups,
    /// The form field for the reason of returning or reopening a choice.
    Reason,
}

/// An error in one field of the choice form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum AnswerError {
    /// Error in the choice form: no catalogue row was selected.
    #[error("no row was picked")]
    RuleMissing,
    /// Error in the choice form: the catalogue in force has no row with the selected id.
    #[error("no such row")]
    RuleUnknown,
    /// Error in the choice form: the selected catalogue row is not offered to the faculty of the offering.
    #[error("row not offered here")]
    RuleNotOffered,
    /// Error in the choice form: the exam form is set centrally, and the answer differs from it.
    #[error("the form is set centrally")]
    SetCentrally,
    /// Error in the choice form: the catalogue row requires additional information, which is missing.
    #[error("information missing")]
    InfoMissing,
    /// Error in the choice form: the catalogue row forbids additional information, but some was entered.
    #[error("information must be empty")]
    InfoForbidden,
    /// Error in the choice form: the additional information has more than [`crate::limits::INFO_LIMIT`] characters.
    #[error("information too long")]
    InfoTooLong,
    /// Error in the choice form: no programme document was selected.
    #[error("programme missing")]
    ProgrammeMissing,
    /// Error in the choice form: the programme document is not in the dossier of the exam's discipline.
    #[error("programme of another discipline")]
    ProgrammeElsewhere,
    /// Error in the choice form: no student group was selected for the answer.
    #[error("no groups")]
    GroupsMissing,
    /// Error in a form: the reason for a decision, or for a request to reopen a choice, is missing.
    #[error("reason missing")]
    ReasonMissing,
    /// Error in a form: the reason has more than [`crate::limits::REASON_LIMIT`] characters.
    #[error("reason too long")]
    ReasonTooLong,
}

impl AnswerError {
    /// All errors of the choice form; tests check that each has a translation.
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

    /// The code of an error in the choice form; its text is the translation `refused-…` with this code.
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

    /// The field of the choice form beside which an error is displayed.
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

/// Normalises additional information and reasons before they are compared, hashed and stored: NFC, control characters
/// replaced by spaces, trimmed.
pub fn clean_info(typed: &str) -> String {
    let text: String = typed.nfc().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    text.trim().to_owned()
}
