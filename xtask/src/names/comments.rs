//! The wording of doc comments: they say what an item is or does, in a phrase that can be understood by itself.

use crate::rust::Doc;

/// First words that make a comment a clause without a sentence around it.
const CLAUSES: &[&str] = &["What", "Who", "Whom", "Whose", "Which", "Whoever", "Whatever", "Somebody", "Nobody"];
/// The address of a handler says enough about it.
const ADDRESSES: &[&str] = &["`GET /", "`POST /"];
/// A comment with fewer words repeats the name.
const FEWEST_WORDS: usize = 3;

/// The comments that are to be reworded, by line.
pub(super) fn problems(docs: &[Doc]) -> Vec<(usize, String)> {
    docs.iter().filter_map(|doc| Some((doc.first_line, problem(&doc.text)?))).collect()
}

fn problem(text: &str) -> Option<String> {
    if ADDRESSES.iter().any(|address| text.starts_with(address)) {
        return None;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let first = words.first()?.trim_matches(|c: char| !c.is_alphanumeric());
    let ends_as_question = text.chars().find(|c| ".?".contains(*c)) == Some('?');
    if words.len() < FEWEST_WORDS {
        Some(format!("`{text}` has fewer than {FEWEST_WORDS} words"))
    } else if CLAUSES.contains(&first) && !ends_as_question {
        Some(format!("`{}` begins with `{first}`", beginning(text)))
    } else {
        None
    }
}

/// The first sentence.
fn beginning(text: &str) -> &str {
    text.split_inclusive(". ").next().unwrap_or(text).trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_and_single_words_are_found() {
        assert_eq!(problem("What it costs.").as_deref(), Some("`What it costs.` begins with `What`"));
        assert_eq!(problem("How long.").as_deref(), Some("`How long.` has fewer than 3 words"));
        assert!(problem("Whoever asks for it, at any time.").is_some());
    }

    #[test]
    fn sentences_phrases_and_questions_are_left_alone() {
        assert_eq!(problem("The price of one page."), None);
        assert_eq!(problem("What does it cost? This says it."), None);
        assert_eq!(problem("Whatsoever is not in the list."), None);
        assert_eq!(problem("`GET /terms`"), None);
    }
}
