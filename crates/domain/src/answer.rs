//! The answer of an instructor, and the errors of its fields.

use crate::id::{DocumentId, RowId};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// The answer of an instructor: a row, the information that it asks for, and the programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub row: RowId,
    /// Additional information; empty where the row forbids it. Kept by [`crate::answer::clean_info`].
    pub info: String,
    /// The programme of the final exam.
    pub document: DocumentId,
}

/// A field of the form, as a refusal names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The list of rows.
    Rule,
    Info,
    /// The programme document.
    Programme,
    Groups,
    /// A reason (returning, reopening).
    Reason,
}

/// An error of one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum AnswerError {
    /// No row was picked.
    #[error("no row was picked")]
    RuleMissing,
    /// There is no such row in the version in force.
    #[error("no such row")]
    RuleUnknown,
    /// The row is not offered to the offering's faculty.
    #[error("row not offered here")]
    RuleNotOffered,
    /// The form is set centrally, and this is another one.
    #[error("the form is set centrally")]
    SetCentrally,
    /// The row asks for information and there is none.
    #[error("information missing")]
    InfoMissing,
    /// The row forbids information and there is some.
    #[error("information must be empty")]
    InfoForbidden,
    /// More than [`crate::limits::INFO_LIMIT`] characters.
    #[error("information too long")]
    InfoTooLong,
    /// No programme was picked.
    #[error("programme missing")]
    ProgrammeMissing,
    /// The programme is not in the discipline's dossier.
    #[error("programme of another discipline")]
    ProgrammeElsewhere,
    /// No group is ticked.
    #[error("no groups")]
    GroupsMissing,
    /// No reason was given.
    #[error("reason missing")]
    ReasonMissing,
    /// More than [`crate::limits::REASON_LIMIT`] characters.
    #[error("reason too long")]
    ReasonTooLong,
}

impl AnswerError {
    /// Everything that can be wrong, for tests of the translations.
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

    /// The one code of this refusal.
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

    /// The field that it belongs to.
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

/// Normalises typed text before it is compared, hashed and stored: NFC, control characters as spaces, trimmed.
pub fn clean_info(typed: &str) -> String {
    let text: String = typed.nfc().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    text.trim().to_owned()
}
