//! Checks the wording of one comment for `cargo xtask comments`: it must have at least three words,
//! and it must not begin with words such as "What" or "Who".

/// First words that a comment must not have. They make the comment a noun clause ("What it costs.")
/// or leave its subject open ("Somebody signed in.").
const CLAUSES: &[&str] =
    &["What", "Who", "Whom", "Whose", "Which", "How", "Whatever", "Whoever", "Somebody", "Nobody", "Everybody"];
/// Beginnings of comments on handlers of web requests. Such a comment gives the web address that
/// the handler answers, and the rules of wording do not apply to it.
const ADDRESSES: &[&str] = &["`GET /", "`POST /"];
const FEWEST_WORDS: usize = 3;

/// Returns a message with the rule of wording that a comment breaks; `None` if the comment breaks
/// none.
pub(super) fn problem(text: &str) -> Option<String> {
    if ADDRESSES.iter().any(|address| text.starts_with(address)) {
        return None;
    }
    if (1..FEWEST_WORDS).contains(&text.split_whitespace().count()) {
        return Some(format!("`{text}` has fewer than {FEWEST_WORDS} words"));
    }
    clause(text)
}

/// Returns a message if a comment begins with a forbidden first word. A question is allowed to
/// begin with such a word.
pub(super) fn clause(text: &str) -> Option<String> {
    let first = text.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty())?;
    let is_question = text.chars().find(|c| ".?".contains(*c)) == Some('?');
    (CLAUSES.contains(&first) && !is_question).then(|| format!("`{}` begins with `{first}`", first_sentence(text)))
}

fn first_sentence(text: &str) -> &str {
    text.split_inclusive(". ").next().unwrap_or(text).trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_or_two_words_are_found() {
        assert_eq!(problem("How long.").as_deref(), Some("`How long.` has fewer than 3 words"));
        assert!(problem("Long.").is_some());
    }

    #[test]
    fn every_opening_noun_clause_is_found() {
        assert_eq!(problem("What it costs.").as_deref(), Some("`What it costs.` begins with `What`"));
        for word in CLAUSES {
            assert!(problem(&format!("{word} is here now.")).is_some(), "{word}");
        }
        assert!(problem("(Who's there, at any time)").is_some());
    }

    #[test]
    fn sentences_phrases_questions_and_addresses_are_left_alone() {
        assert_eq!(problem("The price of one page."), None);
        assert_eq!(problem("Баға / цена."), None);
        assert_eq!(problem("Whether the page costs money."), None);
        assert_eq!(problem("However much it costs, it is paid."), None);
        assert_eq!(problem("What does it cost? This is the answer."), None);
        assert_eq!(problem("`GET /terms`"), None);
        assert_eq!(problem(""), None);
    }
}
