//! Finds the doc comments in a Rust source: `///` before an item, and `//!` at the top of a module.

/// A doc comment in a Rust source. It consists of consecutive lines with the same marker (`///` or
/// `//!`).
#[derive(Debug, PartialEq)]
pub(crate) struct Doc {
    /// Whether the doc comment has the marker `//!`, which documents the module that contains the
    /// comment.
    pub(crate) is_inner: bool,
    pub(crate) first_line: usize,
    pub(crate) last_line: usize,
    /// The text of the doc comment, joined into one line.
    pub(crate) text: String,
}

/// Finds the doc comments of a Rust source. The source without comments is also needed, because a
/// line that begins with `///` can be part of a string literal.
pub(super) fn find(source: &str, without_comments: &str) -> Vec<Doc> {
    let mut docs: Vec<Doc> = Vec::new();
    for ((line, rest), number) in source.lines().zip(without_comments.lines()).zip(1..) {
        let Some((is_inner, words)) = doc_line(line).filter(|_| rest.trim().is_empty()) else { continue };
        match docs.last_mut().filter(|doc| doc.is_inner == is_inner && doc.last_line + 1 == number) {
            Some(doc) => {
                doc.last_line = number;
                doc.text = [&doc.text, words].join(" ");
            }
            None => docs.push(Doc { is_inner, first_line: number, last_line: number, text: words.to_owned() }),
        }
    }
    docs
}

fn doc_line(line: &str) -> Option<(bool, &str)> {
    let line = line.trim();
    let outer = line.strip_prefix("///").filter(|rest| !rest.starts_with('/')).map(|words| (false, words));
    outer
        .or_else(|| line.strip_prefix("//!").map(|words| (true, words)))
        .map(|(is_inner, words)| (is_inner, words.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rust::lexer;

    fn docs(source: &str) -> Vec<(usize, usize, String)> {
        let found = find(source, &lexer::views(source).text);
        found.into_iter().map(|doc| (doc.first_line, doc.last_line, doc.text)).collect()
    }

    #[test]
    fn neighbouring_lines_are_one_comment() {
        let source = "//! The file.\n\n/// One\n/// two.\nstruct A {\n    /// Three.\n    b: u8, // four\n}\n";
        let expected = [(1, 1, "The file."), (3, 4, "One two."), (6, 6, "Three.")];
        assert_eq!(docs(source), expected.map(|(first, last, text)| (first, last, text.to_owned())));
    }

    #[test]
    fn literals_and_plain_comments_are_none() {
        assert!(docs("// one\n//// two\nlet a = \"\n/// three\n\";\n").is_empty());
    }
}
