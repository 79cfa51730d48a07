//! The result of checking the text of a programme document.

use crate::name::Language;

/// The result of checking the text of one programme document; stored with the document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "four questions, each with its own answer and its own remark")]
pub struct CheckResult {
    /// Whether the programme document has readable text.
    pub has_text: bool,
    /// Whether the document's text contains one of the discipline's three names, or its code.
    pub is_named: bool,
    /// Whether the document's text lists the examined topics.
    pub has_programme: bool,
    /// Whether the document's text describes how the exam is held.
    pub has_method: bool,
    /// The languages that make up at least a fifth of the document's text, the most frequent first.
    pub languages: Vec<Language>,
}
