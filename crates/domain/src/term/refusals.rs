//! Errors in an academic term as the registrar typed it.

/// An error in the name, the dates or the catalogue of an academic term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum TermError {
    /// Error in an academic term: its code is missing.
    #[error("no code")]
    CodeMissing,
    /// Error in an academic term: another term already has this code.
    #[error("the code is taken")]
    CodeTaken,
    /// Error in an academic term: its name is missing in at least one language.
    #[error("a name is missing")]
    NameMissing,
    /// Error in an academic term: one of its dates is missing or is not a date.
    #[error("a date is missing")]
    DateMissing,
    /// Error in an academic term: its last day is before its first day.
    #[error("the term ends before it starts")]
    EndsTooEarly,
    /// Error in an academic term: the period for choosing ends before it begins.
    #[error("choosing ends before it begins")]
    ChoosingEndsTooEarly,
    /// Error in an academic term: the period for approving ends before the period for choosing
    /// does.
    #[error("approving ends before choosing does")]
    ApprovingEndsTooEarly,
    /// Error in an academic term: the selected version of the catalogue does not exist.
    #[error("no such version")]
    CatalogueUnknown,
    /// Error in an academic term: an exam format that was set centrally could no longer be chosen
    /// under the selected version of the catalogue.
    #[error("a form is set centrally that nobody could choose any more")]
    SetFormLost,
    /// Error in an academic term: exams were already chosen in the term, so another version of the
    /// catalogue comes into force only by publishing it, after a dry run.
    #[error("exams are chosen: publish the version, which shows what would change")]
    DryRunNeeded,
    /// Error in an academic term: the number of days after which waiting choices are escalated is not a
    /// number from 1 to [`crate::limits::ESCALATE_DAYS_LIMIT`].
    #[error("the number of days is out of range")]
    EscalationOutOfRange,
}

impl TermError {
    /// All errors that an academic term can have; tests check that each has a translation.
    pub const ALL: [Self; 11] = [
        Self::CodeMissing,
        Self::CodeTaken,
        Self::NameMissing,
        Self::DateMissing,
        Self::EndsTooEarly,
        Self::ChoosingEndsTooEarly,
        Self::ApprovingEndsTooEarly,
        Self::CatalogueUnknown,
        Self::SetFormLost,
        Self::DryRunNeeded,
        Self::EscalationOutOfRange,
    ];

    /// Returns the code of the error in an academic term. The text of the error has the translation
    /// key `refused-…` with this code.
    pub fn code(self) -> &'static str {
        match self {
            Self::CodeMissing => "term-code-missing",
            Self::CodeTaken => "term-code-taken",
            Self::NameMissing => "term-name-missing",
            Self::DateMissing => "date-missing",
            Self::EndsTooEarly => "term-ends-too-early",
            Self::ChoosingEndsTooEarly => "choosing-ends-too-early",
            Self::ApprovingEndsTooEarly => "approving-ends-too-early",
            Self::CatalogueUnknown => "catalogue-unknown",
            Self::SetFormLost => "rules-set-form",
            Self::DryRunNeeded => "rules-dry-run-needed",
            Self::EscalationOutOfRange => "escalation-out-of-range",
        }
    }

    /// Returns the name of the HTML field beside which the page of the academic term shows the
    /// error.
    pub fn field(self) -> &'static str {
        match self {
            Self::CodeMissing | Self::CodeTaken => "code",
            Self::NameMissing => "name_kk",
            Self::DateMissing => "starts",
            Self::EndsTooEarly => "ends",
            Self::ChoosingEndsTooEarly => "choose_until",
            Self::ApprovingEndsTooEarly => "approve_until",
            Self::CatalogueUnknown | Self::SetFormLost | Self::DryRunNeeded => "catalogue",
            Self::EscalationOutOfRange => "escalate_after",
        }
    }
}
