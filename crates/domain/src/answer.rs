//! An instructor's answer, which says how one exam is held, and the errors that the server can find
//! in the answer.

use crate::id::{DocumentId, RowId};
use crate::visible_text::visible_line;
use serde::{Deserialize, Serialize};

/// An instructor's answer for one exam: the chosen catalogue row (exam platform, format and type),
/// the additional information that the row requires, and the programme document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub row: RowId,
    /// The additional information that the instructor entered, without invisible characters and
    /// outer white space ([`crate::answer::clean_info`]); empty if the chosen catalogue row forbids
    /// additional information.
    pub info: String,
    /// The document that the instructor chose as the programme of the final exam.
    pub document: DocumentId,
}

/// A field of an HTML form in which a person chooses an exam, or returns or reopens a choice. The
/// server can report an error beside this field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Field of the HTML form for choosing an exam: the selection of a catalogue row (exam
    /// platform, format and type).
    Rule,
    Info,
    /// Field of the HTML form for choosing an exam: the selection of the programme document.
    Programme,
    Groups,
    /// Field of an HTML form: the typed reason for a decision, such as returning a choice, or for a
    /// request to reopen a choice.
    Reason,
}

/// An error that the server finds in one field of the HTML form for choosing an exam, or in the
/// field for the reason of a decision on a choice or of a request to reopen a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum AnswerError {
    /// Error in the HTML form for choosing an exam: no catalogue row was selected.
    #[error("no row was picked")]
    RuleMissing,
    /// Error in the HTML form for choosing an exam: no catalogue row was selected, and of the
    /// fields exam platform, format and type some are filled in and some are empty.
    #[error("the three fields are incomplete")]
    RuleIncomplete,
    /// Error in the HTML form for choosing an exam: no row of the catalogue in force has the
    /// platform, format and type that are filled in.
    #[error("no row has these three values")]
    RuleImpossible,
    /// Error in the HTML form for choosing an exam: the fields exam platform, format and type name
    /// another catalogue row than the selected one.
    #[error("the fields contradict the row")]
    RuleContradicted,
    /// Error in the HTML form for choosing an exam: the catalogue in force has no row with the
    /// selected id.
    #[error("no such row")]
    RuleUnknown,
    /// Error in the HTML form for choosing an exam: the selected catalogue row is switched off, or
    /// is not offered to the faculty of the group.
    #[error("row not offered here")]
    RuleNotOffered,
    /// Error in the HTML form for choosing an exam: the registrar has set the exam format
    /// centrally, and the instructor's answer differs from that format.
    #[error("the form is set centrally")]
    SetCentrally,
    /// Error in the HTML form for choosing an exam: the selected catalogue row requires additional
    /// information, but no letter and no digit was entered.
    #[error("information missing")]
    InfoMissing,
    /// Error in the HTML form for choosing an exam: the selected catalogue row forbids additional
    /// information, but some was entered.
    #[error("information must be empty")]
    InfoForbidden,
    /// Error in the HTML form for choosing an exam: the additional information has more than
    /// [`crate::limits::INFO_LIMIT`] characters.
    #[error("information too long")]
    InfoTooLong,
    /// Error in the HTML form for choosing an exam: no programme document was selected.
    #[error("programme missing")]
    ProgrammeMissing,
    /// Error in the HTML form for choosing an exam: the selected programme document is not among
    /// the course materials of the exam's discipline.
    #[error("programme of another discipline")]
    ProgrammeElsewhere,
    /// Error in the HTML form for choosing an exam: the choice was returned, and nothing was changed before
    /// sending it again.
    #[error("returned and not changed")]
    ReturnedUnchanged,
    /// Error in the HTML form for choosing an exam: no student group was selected, so the answer
    /// belongs to no exam.
    #[error("no groups")]
    GroupsMissing,
    /// Error in an HTML form: no reason was typed for a decision on a choice, or for a request to
    /// reopen a choice.
    #[error("reason missing")]
    ReasonMissing,
    /// Error in an HTML form: the typed reason for a decision on a choice, or for a request to
    /// reopen a choice, has more than [`crate::limits::REASON_LIMIT`] characters.
    #[error("reason too long")]
    ReasonTooLong,
}

impl AnswerError {
    /// All errors that the server can find in an instructor's answer, or in the typed reason for a
    /// decision on a choice or for a request to reopen a choice. Tests check that each error has a
    /// translation.
    pub const ALL: [Self; 16] = [
        Self::RuleMissing,
        Self::RuleIncomplete,
        Self::RuleImpossible,
        Self::RuleContradicted,
        Self::RuleUnknown,
        Self::RuleNotOffered,
        Self::SetCentrally,
        Self::InfoMissing,
        Self::InfoForbidden,
        Self::InfoTooLong,
        Self::ProgrammeMissing,
        Self::ProgrammeElsewhere,
        Self::ReturnedUnchanged,
        Self::GroupsMissing,
        Self::ReasonMissing,
        Self::ReasonTooLong,
    ];

    /// Returns the code of an error in an instructor's answer or in a typed reason, such as
    /// `rule-missing`. The text of the error is the translation whose key is `refused-` followed by
    /// the code.
    pub fn code(self) -> &'static str {
        match self {
            Self::RuleMissing => "rule-missing",
            Self::RuleIncomplete => "rule-incomplete",
            Self::RuleImpossible => "rule-impossible",
            Self::RuleContradicted => "rule-contradicted",
            Self::RuleUnknown => "rule-unknown",
            Self::RuleNotOffered => "rule-not-offered",
            Self::SetCentrally => "set-centrally",
            Self::InfoMissing => "info-missing",
            Self::InfoForbidden => "info-forbidden",
            Self::InfoTooLong => "info-too-long",
            Self::ProgrammeMissing => "programme-missing",
            Self::ProgrammeElsewhere => "programme-elsewhere",
            Self::ReturnedUnchanged => "returned-unchanged",
            Self::GroupsMissing => "groups-missing",
            Self::ReasonMissing => "reason-missing",
            Self::ReasonTooLong => "reason-too-long",
        }
    }

    /// Returns the field of an HTML form beside which the error is displayed. The error is in an
    /// instructor's answer for an exam, or in the typed reason for a decision or for a request to
    /// reopen a choice.
    pub fn field(self) -> Field {
        match self {
            Self::RuleMissing
            | Self::RuleIncomplete
            | Self::RuleImpossible
            | Self::RuleContradicted
            | Self::RuleUnknown
            | Self::RuleNotOffered
            | Self::SetCentrally => Field::Rule,
            Self::InfoMissing | Self::InfoForbidden | Self::InfoTooLong => Field::Info,
            Self::ProgrammeMissing | Self::ProgrammeElsewhere | Self::ReturnedUnchanged => Field::Programme,
            Self::GroupsMissing => Field::Groups,
            Self::ReasonMissing | Self::ReasonTooLong => Field::Reason,
        }
    }
}

/// Normalises an entered text of one line (additional information or a name) before the text is
/// compared, hashed and stored: replaces control characters by spaces, removes invisible characters
/// ([`visible_line`]) and white space at both ends, and converts the text to Unicode NFC.
pub fn clean_info(typed: &str) -> String {
    visible_line(&typed.replace(char::is_control, " ")).trim().to_owned()
}
