//! Finds keywords in the text of a programme document. Text and keywords are compared by their
//! Latin search keys, called folded text.

use crate::name::search_key;

/// Converts each keyword to the form in which it occurs in a text of Latin search keys: with a
/// space before it, and also with a space behind it if the keyword is a whole word.
pub(super) fn words(cues: &[&str]) -> Vec<String> {
    let fold = |cue: &&str| format!(" {}{}", search_key(cue), if cue.ends_with(' ') { " " } else { "" });
    cues.iter().map(fold).collect()
}

/// Returns whether one of the converted keywords occurs in a text of Latin search keys, which must
/// begin and end with a space.
pub(super) fn has_any(text: &str, cues: &[String]) -> bool {
    cues.iter().any(|cue| text.contains(cue.as_str()))
}
