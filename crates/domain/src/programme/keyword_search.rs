//! Finds keywords in folded text.

use crate::name::search_key;

/// Folds each cue in the form in which it occurs in folded text: after a space, and also before one
/// if it is a whole word.
pub(super) fn words(cues: &[&str]) -> Vec<String> {
    let fold = |cue: &&str| format!(" {}{}", search_key(cue), if cue.ends_with(' ') { " " } else { "" });
    cues.iter().map(fold).collect()
}

/// Returns whether one of the cues occurs in the text, which must begin and end with a space.
pub(super) fn has_any(text: &str, cues: &[String]) -> bool {
    cues.iter().any(|cue| text.contains(cue.as_str()))
}
