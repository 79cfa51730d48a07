//! Finds keywords in the folded text of a programme document.

use crate::name::search_key;

/// Folds each keyword in the way in which folded text contains it: after a space, and also before a space if the
/// keyword is a whole word.
pub(super) fn words(cues: &[&str]) -> Vec<String> {
    let fold = |cue: &&str| format!(" {}{}", search_key(cue), if cue.ends_with(' ') { " " } else { "" });
    cues.iter().map(fold).collect()
}

/// Returns whether one of the keywords occurs in a folded text, which must begin and end with a space.
pub(super) fn has_any(text: &str, cues: &[String]) -> bool {
    cues.iter().any(|cue| text.contains(cue.as_str()))
}
