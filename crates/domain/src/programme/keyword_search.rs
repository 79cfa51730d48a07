//! Finds keywords in folded text.

use crate::name::search_key;

/// Each cue as it stands in folded text: behind a space, and before one where it is a whole word.
pub(super) fn words(cues: &[&str]) -> Vec<String> {
    let fold = |cue: &&str| format!(" {}{}", search_key(cue), if cue.ends_with(' ') { " " } else { "" });
    cues.iter().map(fold).collect()
}

/// Does one of the cues stand in the text? The text begins and ends with a space.
pub(super) fn has_any(text: &str, cues: &[String]) -> bool {
    cues.iter().any(|cue| text.contains(cue.as_str()))
}
