//! Reads the public constants of a Rust source file, with their values and their doc comments.

use std::path::Path;

use crate::rust::{Doc, RustFile};

/// A public constant of a Rust source file, `pub const NAME: type = value;`.
#[derive(Debug, PartialEq)]
pub(super) struct Constant {
    pub(super) line: usize,
    pub(super) name: String,
    /// The expression of the constant's value as written in the source, joined into one line.
    pub(super) value: String,
    /// The first sentence of the constant's doc comment; empty if the constant has no doc comment.
    pub(super) meaning: String,
}

/// Finds the public constants of a Rust source text, in the sequence in which they are in the text.
pub(super) fn find(source: &str) -> Vec<Constant> {
    let file = RustFile::parse(Path::new("limits.rs"), source);
    let mut found = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        let Some(rest) = line.strip_prefix("pub const ") else { continue };
        let lines: Vec<&str> = std::iter::once(rest).chain(file.text.lines().skip(index + 1)).collect();
        let doc = doc_before(&file, index + 1);
        found.extend(constant(&lines.join(" "), doc).map(|constant| Constant { line: index + 1, ..constant }));
    }
    found
}

/// Parses a constant `NAME: type = value;` at the beginning of a text and ignores the rest of the
/// text.
fn constant(text: &str, doc: Option<&Doc>) -> Option<Constant> {
    let (name, rest) = text.split_once(':').filter(|(name, _)| !name.contains(['(', ' ']))?;
    let (_, rest) = rest.split_once(" = ")?;
    let value = rest.get(..end_of_value(rest)?)?.split_whitespace().collect::<Vec<_>>().join(" ");
    let meaning = doc.map_or_else(String::new, |doc| first_sentence(&doc.text).to_owned());
    Some(Constant { line: 0, name: name.trim().to_owned(), value, meaning })
}

/// Finds the position of the semicolon that ends the value of a constant. Semicolons inside
/// brackets are skipped.
fn end_of_value(text: &str) -> Option<usize> {
    let mut depth = 0;
    text.find(|c| {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        c == ';' && depth == 0
    })
}

/// Finds the doc comment before a line of source code. Only attributes are allowed between the
/// comment and the line.
fn doc_before(file: &RustFile, line: usize) -> Option<&Doc> {
    let lines: Vec<&str> = file.code.lines().collect();
    let is_attribute = |number: usize| lines.get(number - 1).is_some_and(|line| line.starts_with("#["));
    let mut docs = file.docs.iter().filter(|doc| !doc.is_inner && doc.last_line < line);
    docs.next_back().filter(|doc| (doc.last_line + 1..line).all(is_attribute))
}

/// Returns the first sentence of a text, up to the full stop that ends it.
fn first_sentence(text: &str) -> &str {
    text.split_inclusive(". ").next().unwrap_or(text).trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_read_with_their_first_sentence() {
        let source = "//! Limits.\n\n/// The longest name, in\n/// letters. More is cut.\n#[doc(hidden)]\npub const NAME: usize = 60;\n\
                      /// Private.\nconst A: u8 = 1;\npub const LIST: [u8; 2] =\n    [1, 2]; // two\n";
        let expected = [(6, "NAME", "60", "The longest name, in letters."), (9, "LIST", "[1, 2]", "")];
        let constants = find(source);
        let read = constants.iter().map(|it| (it.line, it.name.as_str(), it.value.as_str(), it.meaning.as_str()));
        assert_eq!(read.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn other_items_and_tests_are_left_out() {
        assert!(find("pub const fn a(b: u8) -> u8 {\n    let c = b;\n}\n").is_empty());
        assert!(find("const A: u8 = 1;\n#[cfg(test)]\nmod tests {\n    pub const B: u8 = 1;\n}\n").is_empty());
    }
}
