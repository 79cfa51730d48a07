//! Separates a Rust source into code, comments and string literals. It understands only as much of
//! Rust's syntax as the checks of `cargo xtask` need.

/// A string literal of a Rust source: its text as written, with escape sequences, and the line on
/// which it begins.
#[derive(Debug, PartialEq)]
pub(crate) struct Literal {
    pub(crate) line: usize,
    pub(crate) value: String,
}

/// The results of separating a Rust source: a text without comments, a text without comments and
/// string literals, and a list of the string literals. Both texts have the same line numbers as the
/// source.
#[derive(Default)]
pub(super) struct Views {
    /// The Rust source without comments and without the content of string literals.
    pub(super) code: String,
    /// The Rust source without comments, but with its string literals.
    pub(super) text: String,
    pub(super) literals: Vec<Literal>,
}

/// Separates a Rust source into its code, its text with string literals, and the list of its string
/// literals.
pub(super) fn views(source: &str) -> Views {
    let mut lexer = Lexer { rest: source, line: 1, views: Views::default() };
    while !lexer.rest.is_empty() {
        lexer.step();
    }
    lexer.views
}

struct Lexer<'a> {
    rest: &'a str,
    line: usize,
    views: Views,
}

/// The syntax of a string literal: the length of its opening characters, its closing characters,
/// and whether it is a raw string.
struct Quote {
    opening: usize,
    closing: String,
    is_raw: bool,
}

impl<'a> Lexer<'a> {
    fn step(&mut self) {
        if let Some(length) = comment_at(self.rest) {
            let blank = blank(self.take(length));
            self.views.code.push_str(&blank);
            self.views.text.push_str(&blank);
        } else if let Some(quote) = quote_at(self.rest, self.views.code.chars().last()) {
            self.string(&quote);
        } else if let Some(length) = char_at(self.rest) {
            self.hide(length);
        } else {
            let piece = self.take(self.rest.chars().next().map_or(1, char::len_utf8));
            self.views.code.push_str(piece);
            self.views.text.push_str(piece);
        }
    }

    fn string(&mut self, quote: &Quote) {
        let line = self.line;
        let body = self.rest.get(quote.opening..).unwrap_or_default();
        let length = body_length(body, quote);
        self.views.literals.push(Literal { line, value: body.get(..length).unwrap_or_default().to_owned() });
        self.views.code.push('"');
        self.hide(quote.opening + length + quote.closing.len());
        self.views.code.push('"');
    }

    /// Copies a literal of a Rust source into the text with string literals, and writes spaces into
    /// the text without string literals.
    fn hide(&mut self, length: usize) {
        let piece = self.take(length);
        self.views.code.push_str(&blank(piece));
        self.views.text.push_str(piece);
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (piece, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        self.line += piece.matches('\n').count();
        piece
    }
}

fn blank(piece: &str) -> String {
    piece.chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect()
}

fn comment_at(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    rest.starts_with("/*").then(|| block_comment(rest))
}

/// Returns the length of the block comment at the beginning of a Rust source; block comments can
/// contain block comments.
fn block_comment(rest: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while let Some(tail) = rest.get(at..).filter(|tail| !tail.is_empty()) {
        if tail.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if tail.starts_with("*/") {
            depth -= 1;
            at += 2;
        } else {
            at += tail.chars().next().map_or(1, char::len_utf8);
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// Recognises a string literal (normal, raw, byte or C string) at the beginning of a text. After a
/// letter, the prefixes `r`, `b` and `c` belong to a longer name and not to a string literal.
fn quote_at(rest: &str, before: Option<char>) -> Option<Quote> {
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let prefixes: &[&str] = if in_word { &[""] } else { &["br", "cr", "r", "b", "c", ""] };
    prefixes.iter().find_map(|prefix| {
        let tail = rest.strip_prefix(prefix)?;
        let is_raw = prefix.ends_with('r');
        let hashes = if is_raw { tail.len() - tail.trim_start_matches('#').len() } else { 0 };
        let opens = tail.get(hashes..)?.starts_with('"');
        let closing = format!("\"{}", "#".repeat(hashes));
        opens.then_some(Quote { opening: prefix.len() + hashes + 1, closing, is_raw })
    })
}

fn body_length(body: &str, quote: &Quote) -> usize {
    if quote.is_raw {
        return body.find(&quote.closing).unwrap_or(body.len());
    }
    let mut escaped = false;
    let end = body.find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    end.unwrap_or(body.len())
}

/// Returns the length of the character literal at the beginning of a text; `None` if there is none,
/// for example before a lifetime such as `'a`.
fn char_at(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix('\'')?;
    if let Some(escape) = body.strip_prefix('\\') {
        // In a character literal with a backslash, the character after the backslash can be a
        // quote, as in `'\''`. The search for the closing quote therefore begins after that
        // character.
        let first = escape.chars().next()?.len_utf8();
        return Some(2 + first + escape.get(first..)?.find('\'')? + 1);
    }
    let first = body.chars().next()?.len_utf8();
    body.get(first..)?.starts_with('\'').then_some(first + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literals(source: &str) -> Vec<(usize, String)> {
        views(source).literals.into_iter().map(|literal| (literal.line, literal.value)).collect()
    }

    #[test]
    fn every_kind_of_string_is_found() {
        let source = "a(\"x\\\"y\");\nb(r#\"p\"q\"#, b\"r\", r\"\\\");\n";
        assert_eq!(literals(source), [(1, "x\\\"y".into()), (2, "p\"q".into()), (2, "r".into()), (2, "\\".into())]);
    }

    #[test]
    fn quotes_in_comments_and_characters_begin_nothing() {
        let source =
            "// it's \"no\"\n/* \" /* ' */ \" */ let q = '\"'; let e = '\\''; fn f<'a>(x: &'a str) {} g(\"yes\")";
        assert_eq!(literals(source), [(2, "yes".into())]);
    }

    #[test]
    fn views_keep_the_lines() {
        let views = views("let a = \"one\ntwo\"; // three\nlet b = 1;");
        assert_eq!(views.code.lines().count(), 3);
        assert!(views.text.contains("one\ntwo") && !views.text.contains("three"));
        assert!(!views.code.contains("one") && views.code.contains("let b"));
    }
}
