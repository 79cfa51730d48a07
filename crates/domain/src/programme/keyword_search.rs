//! Finds keywords in the text of a programme document. Text and keywords are converted by
//! [`search_key`] to a Latin spelling that is the same for all common spellings of a word. The
//! converted text is called folded text.

use crate::name::search_key;

/// Converts each keyword to the form in which it occurs in a converted text: the Latin spelling
/// that [`search_key`] returns, with a space before it. A keyword that ends with a space must be a
/// whole word, so its converted form also ends with a space.
pub(super) fn words(cues: &[&str]) -> Vec<String> {
    let fold = |cue: &&str| format!(" {}{}", search_key(cue), if cue.ends_with(' ') { " " } else { "" });
    cues.iter().map(fold).collect()
}

/// Returns whether at least one of the keywords, which were converted by [`words`], occurs in the
/// text. The text must also be converted to Latin search keys, and must begin and end with a space.
pub(super) fn has_any(text: &str, cues: &[String]) -> bool {
    cues.iter().any(|cue| text.contains(cue.as_str()))
}
