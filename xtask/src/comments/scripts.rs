//! Finds the comments of JavaScript and CSS files for `cargo xtask comments`, and checks their
//! wording.

use super::wording;

/// A comment in a JavaScript or CSS file that begins at the start of a line.
#[derive(Debug, PartialEq)]
struct Comment {
    line: usize,
    /// Whether the comment documents a file or an item: `/** … */`, or any comment on the first
    /// line of the file.
    is_doc: bool,
    /// The text of the comment, joined into one line and without tags such as `@param`.
    text: String,
}

/// Returns the line number and a message for every comment of a JavaScript or CSS file that breaks
/// a rule of wording. A comment that does not document a file or an item is allowed to have fewer
/// than three words.
pub(super) fn problems(source: &str) -> Vec<(usize, String)> {
    let check = |comment: &Comment| {
        if comment.is_doc { wording::problem(&comment.text) } else { wording::clause(&comment.text) }
    };
    find(source).iter().filter_map(|comment| Some((comment.line, check(comment)?))).collect()
}

fn find(source: &str) -> Vec<Comment> {
    let mut found: Vec<Comment> = Vec::new();
    let mut lines = source.lines().map(str::trim).zip(1..).peekable();
    while let Some((first, line)) = lines.next() {
        let mut words = Vec::new();
        if let Some(rest) = first.strip_prefix("//") {
            words.push(rest);
            while let Some((next, _)) = lines.next_if(|(next, _)| next.starts_with("//")) {
                words.push(next.trim_start_matches('/'));
            }
        } else if let Some(rest) = first.strip_prefix("/*") {
            let mut rest = rest;
            while !rest.contains("*/") {
                words.push(rest);
                let Some((next, _)) = lines.next() else { break };
                rest = next;
            }
            words.push(rest.split("*/").next().unwrap_or_default());
        } else {
            continue;
        }
        found.push(Comment { line, is_doc: line == 1 || first.starts_with("/**"), text: joined(&words) });
    }
    found
}

fn joined(lines: &[&str]) -> String {
    let lines = lines.iter().map(|line| line.trim_start_matches([' ', '*']).trim());
    let described: Vec<&str> =
        lines.take_while(|line| !line.starts_with('@')).filter(|line| !line.is_empty()).collect();
    described.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "// Prices.\n// More.\nlet a; // not at the beginning\n/** One price. @x */\n/**\n * What it costs,\n \
                          * or not.\n * @param {string} b\n */\n  // Short.\n  // Who pays.\n/** @type {string} */\n";

    #[test]
    fn comments_at_the_beginning_of_a_line_are_found() {
        let found = find(SCRIPT);
        let read: Vec<_> = found.iter().map(|comment| (comment.line, comment.is_doc, comment.text.as_str())).collect();
        assert_eq!(
            read,
            [
                (1, true, "Prices. More."),
                (4, true, "One price. @x"),
                (5, true, "What it costs, or not."),
                (10, false, "Short. Who pays."),
                (12, true, "")
            ]
        );
    }

    #[test]
    fn doc_comments_are_neither_short_nor_clauses() {
        let found = problems(SCRIPT);
        assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 5]);
    }

    #[test]
    fn headings_may_be_short_but_are_no_clauses() {
        let style = "/* The styles of all pages. */\n/* Buttons */\n.a { b: c }\n/* Who sees it */\n";
        assert_eq!(problems(style), [(4, "`Who sees it` begins with `Who`".to_owned())]);
    }
}
