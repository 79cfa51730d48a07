//! Reads files of interface texts in the format Fluent: their entries with line numbers, and the
//! variables and references in the texts.

/// An entry of a Fluent file: a message, a Fluent term (`-brand`) or an attribute.
#[derive(Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) line: usize,
    /// The key of the Fluent entry: `key` for a message, `-term` for a Fluent term, or
    /// `key.attribute`.
    pub(super) key: String,
    pub(super) value: String,
}

/// The entries of a Fluent file, and the problems of lines that are not valid Fluent.
#[derive(Default)]
pub(super) struct Parsed {
    pub(super) entries: Vec<Entry>,
    pub(super) problems: Vec<(usize, String)>,
}

/// A part of a Fluent text at which the checks of `cargo xtask words` look.
#[derive(Debug, PartialEq)]
pub(super) enum Piece<'a> {
    /// Part of a Fluent text: a variable `$name` in an expression between braces.
    Variable(&'a str),
    /// Part of a Fluent text: a reference between braces to another Fluent message or Fluent term.
    Reference(&'a str),
    /// Part of a Fluent text: the end of an expression between braces, with the text that follows
    /// the closing brace.
    Closed { after: &'a str },
    /// Part of a Fluent text: an opening brace without a closing one, or a closing brace without an
    /// opening one.
    Unbalanced,
}

/// Parses the text of a Fluent file into its entries and problems.
pub(super) fn parse(text: &str) -> Parsed {
    let mut parsed = Parsed::default();
    for (line, number) in text.trim_start_matches('\u{feff}').lines().zip(1..) {
        parsed.read(line, number);
    }
    let empty = parsed.entries.iter().filter(|entry| entry.value.trim().is_empty() && !parsed.has_attributes(entry));
    let odd = parsed.entries.iter().filter(|entry| pieces(&entry.value).contains(&Piece::Unbalanced));
    let found = empty.map(|entry| (entry.line, format!("`{}` has no text", entry.key)));
    let found = found.chain(odd.map(|entry| (entry.line, format!("`{}` has unbalanced braces", entry.key))));
    let found: Vec<_> = found.collect();
    parsed.problems.extend(found);
    parsed
}

impl Parsed {
    fn read(&mut self, line: &str, number: usize) {
        if line.starts_with('#') {
            return;
        }
        if let Some((key, value)) = key_and_value(line) {
            self.entries.push(Entry { line: number, key: key.to_owned(), value: value.to_owned() });
        } else if let Some((attribute, value)) = self.attribute(line) {
            let message = self.entries.last().and_then(|entry| entry.key.split('.').next()).unwrap_or_default();
            let key = format!("{message}.{attribute}");
            self.entries.push(Entry { line: number, key, value: value.to_owned() });
        } else if let Some(entry) = self.entries.last_mut().filter(|_| continues(line)) {
            entry.value.push('\n');
            entry.value.push_str(line);
        } else if !line.trim().is_empty() {
            self.problems.push((number, format!("`{line}` is not Fluent")));
        }
    }

    /// Reads an attribute line `.name = text` below a Fluent message. Returns `None` if an
    /// expression between braces is still open, because the line then belongs to that expression.
    fn attribute<'a>(&self, line: &'a str) -> Option<(&'a str, &'a str)> {
        let is_open = pieces(&self.entries.last()?.value).contains(&Piece::Unbalanced);
        line.trim_start().strip_prefix('.').and_then(key_and_value).filter(|_| !is_open)
    }

    fn has_attributes(&self, entry: &Entry) -> bool {
        let prefix = format!("{}.", entry.key);
        self.entries.iter().any(|other| other.key.starts_with(&prefix))
    }
}

/// Returns whether a line of a Fluent file continues the previous entry, because the line is
/// indented or begins with a character that occurs in expressions between braces.
fn continues(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with([' ', '{', '}', '[', '*'])
}

fn key_and_value(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once('=')?;
    let key = key.trim_end_matches(' ');
    let is_key = key.strip_prefix('-').unwrap_or(key).starts_with(|c: char| c.is_ascii_alphabetic())
        && key.chars().all(is_key_char);
    is_key.then_some((key, value.trim_start()))
}

pub(super) fn is_key_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

/// Finds the variables, references and braces in a Fluent text.
pub(super) fn pieces(value: &str) -> Vec<Piece<'_>> {
    let mut reader = Reader { rest: value, open: Vec::new(), pieces: Vec::new() };
    while let Some(c) = reader.rest.chars().next() {
        reader.rest = reader.rest.get(c.len_utf8()..).unwrap_or_default();
        reader.step(c);
    }
    if !reader.open.is_empty() {
        reader.pieces.push(Piece::Unbalanced);
    }
    reader.pieces
}

/// The part of a Fluent expression between braces that is being read. Quotes and `$` have a special
/// meaning in the expression itself, but not in the texts of its variants.
#[derive(Clone, Copy, PartialEq)]
enum Inside {
    Expression,
    /// The part of a Fluent expression after `->`, which contains the texts of its variants.
    Variants,
}

struct Reader<'a> {
    rest: &'a str,
    open: Vec<Inside>,
    pieces: Vec<Piece<'a>>,
}

impl Reader<'_> {
    fn step(&mut self, c: char) {
        let in_expression = self.open.last() == Some(&Inside::Expression);
        match c {
            '{' => {
                self.open.push(Inside::Expression);
                let start = self.rest.trim_start();
                let is_reference =
                    start.strip_prefix('-').unwrap_or(start).starts_with(|c: char| c.is_ascii_lowercase());
                self.pieces.extend(is_reference.then(|| Piece::Reference(word(start))));
            }
            '}' if self.open.pop().is_some() => self.pieces.push(Piece::Closed { after: self.rest }),
            '}' => self.pieces.push(Piece::Unbalanced),
            '$' if in_expression => self.pieces.push(Piece::Variable(word(self.rest))),
            '"' if in_expression => self.skip_string(),
            '-' if in_expression && self.rest.starts_with('>') => {
                self.open.pop();
                self.open.push(Inside::Variants);
            }
            _ => {}
        }
    }

    fn skip_string(&mut self) {
        let mut escaped = false;
        let end = self.rest.find(|c| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        });
        self.rest = end.and_then(|end| self.rest.get(end + 1..)).unwrap_or_default();
    }
}

fn word(text: &str) -> &str {
    text.split(|c| !is_key_char(c)).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<(usize, String)> {
        parse(text).entries.into_iter().map(|entry| (entry.line, entry.key)).collect()
    }

    #[test]
    fn messages_terms_and_attributes_are_entries() {
        let text = "### File\n\n-brand = Емтихан\n# why\nsend = Жіберу\n    бірден\n    .hint = = ok\nempty =\n    .label = x\n";
        let expected = [(3, "-brand"), (5, "send"), (7, "send.hint"), (8, "empty"), (9, "empty.label")];
        assert_eq!(keys(text), expected.map(|(line, key)| (line, key.to_owned())));
        assert!(parse(text).problems.is_empty());
    }

    #[test]
    fn selectors_stay_in_one_entry() {
        let text =
            "left = { $n ->\n    [one] { $n } күн\n    .5 = x\n*[other] «{ $n }» \"{ $who }\" күн\n}\nnext = x\n";
        assert_eq!(keys(text), [(1, "left".to_owned()), (6, "next".to_owned())]);
        let value = &parse(text).entries.first().unwrap().value.clone();
        let variables: Vec<_> = pieces(value).into_iter().filter(|piece| matches!(piece, Piece::Variable(_))).collect();
        let n = || Piece::Variable("n");
        assert_eq!(variables, [n(), n(), n(), Piece::Variable("who")]);
    }

    #[test]
    fn strings_hide_braces_in_expressions_only() {
        let value = "{ \"}$\\\"{\" } a {NUMBER($x, style: \"{\")}";
        let after = " a {NUMBER($x, style: \"{\")}";
        let expected = [Piece::Closed { after }, Piece::Variable("x"), Piece::Closed { after: "" }];
        assert_eq!(pieces(value), expected);
        assert_eq!(pieces("{ -brand } { other.title }").len(), 4);
        assert_eq!(pieces("say \"$5\""), []);
    }

    #[test]
    fn what_is_no_fluent_is_reported() {
        let problems = parse("a = x\nnot a key\nb =\nc = { $n\nd = } x\n").problems;
        let expected = [
            (2, "`not a key` is not Fluent"),
            (3, "`b` has no text"),
            (4, "`c` has unbalanced braces"),
            (5, "`d` has unbalanced braces"),
        ];
        assert_eq!(problems, expected.map(|(line, problem)| (line, problem.to_owned())));
    }
}
