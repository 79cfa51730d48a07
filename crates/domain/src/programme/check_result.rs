//! The result of checking the text of a programme document.

use crate::name::Language;

/// The result of checking the text of one programme document; the database stores it with the
/// document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "four questions, each with its own answer and its own remark")]
pub struct CheckResult {
    /// Whether the programme document has readable text.
    pub has_text: bool,
    /// Whether the text of the programme document contains the discipline's code or one of its
    /// names in three languages.
    pub is_named: bool,
    /// Whether the text of the programme document contains a list of the examined topics.
    pub has_programme: bool,
    /// Whether the text of the programme document describes how the exam is held.
    pub has_method: bool,
    /// The languages that make up at least a fifth of the programme document's text, the most
    /// frequent first.
    pub languages: Vec<Language>,
}
