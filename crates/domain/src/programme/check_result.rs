//! The result of checking the text of a programme.

use crate::name::Language;

/// The result of checking the text of one document; stored with the document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "four questions, each with its own answer and its own remark")]
pub struct CheckResult {
    /// It has text that can be read.
    pub has_text: bool,
    /// It names its discipline: one of three names or the code.
    pub is_named: bool,
    /// It says what is examined.
    pub has_programme: bool,
    /// It says how the exam is held.
    pub has_method: bool,
    /// The languages of a fifth or more of its text, the strongest first.
    pub languages: Vec<Language>,
}
