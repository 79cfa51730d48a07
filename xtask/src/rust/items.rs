//! Finds the items (functions, types, modules) that a Rust source file defines, and the type of
//! block that contains each item.

/// The type of a Rust item (such as a function), as far as the checks of `cargo xtask` distinguish
/// it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Type of a Rust item: a struct, an enum, a trait or a type alias.
    Type,
    Function,
    /// Type of a Rust item: a module whose content is in another file (`mod name;`).
    ModuleElsewhere,
    /// Type of a Rust item: a module whose content is between braces in the same file.
    ModuleHere,
    /// Type of a Rust item: a constant, a static or a macro.
    Other,
}

/// The type of block that directly contains a Rust item (such as a function).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Block that contains a Rust item: a file, or the block of a module.
    Module,
    InherentImpl,
    /// Block that contains a Rust item: the block of `impl Trait for Type`, or the definition of a
    /// trait.
    Trait,
    /// Block that contains a Rust item: the body of a function, the fields of a type or the input
    /// of a macro.
    Body,
}

/// An item (function, type or module) of a Rust source file. The file must be formatted by rustfmt,
/// because each item is expected to begin a line.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) kind: Kind,
    pub(crate) name: String,
    pub(crate) place: Place,
    /// Whether the item is `pub`, without a restriction such as `pub(crate)`.
    pub(crate) is_public: bool,
    pub(crate) line: usize,
    /// The line number of a Rust item's closing brace; the first line of the item if it has no
    /// braces.
    pub(crate) last_line: usize,
}

/// Finds the items in Rust code from which comments and string literals were removed.
pub(super) fn find(code: &str) -> Vec<Item> {
    let mut scanner = Scanner::default();
    for (line, number) in code.lines().zip(1..) {
        scanner.begin(line, number);
        scanner.braces(line, number);
    }
    scanner.items
}

#[derive(Default)]
struct Scanner {
    items: Vec<Item>,
    /// The braces that are open at the current position in the code: the type of each block, and
    /// the index of the item to which the block belongs.
    open: Vec<(Place, Option<usize>)>,
    /// The number of round and square brackets that are open at the current position in the code.
    brackets: usize,
    header: Option<Header>,
}

/// A Rust item whose opening brace has not been read yet.
struct Header {
    /// The text of the Rust item from its first line up to the character that was read last.
    text: String,
    brackets: usize,
    item: Option<usize>,
}

impl Scanner {
    /// If a Rust item begins on this line of code, adds the item to the list `items`.
    fn begin(&mut self, line: &str, number: usize) {
        let (is_public, rest) = without_visibility(without_attributes(line.trim_start()));
        let rest = without_modifiers(rest);
        let item = definition(rest).map(|(kind, name)| {
            let place = self.open.last().map_or(Place::Module, |(place, _)| *place);
            self.items.push(Item { kind, name, place, is_public, line: number, last_line: number });
            self.items.len() - 1
        });
        let is_impl = rest.strip_prefix("impl").is_some_and(|rest| rest.starts_with([' ', '<']));
        if item.is_some() || is_impl {
            // The line can have attributes before the item. All brackets in an attribute are
            // closed, so the number of open brackets is the same before the attributes and before
            // the item.
            self.header = Some(Header { text: String::new(), brackets: self.brackets, item });
        }
    }

    fn braces(&mut self, line: &str, number: usize) {
        for c in line.chars() {
            match c {
                '(' | '[' => self.brackets += 1,
                ')' | ']' => self.brackets = self.brackets.saturating_sub(1),
                '{' => self.open_brace(),
                '}' => self.close_brace(number),
                ';' if self.header.as_ref().is_some_and(|header| header.brackets == self.brackets) => {
                    self.header = None;
                }
                _ => {}
            }
            if let Some(header) = &mut self.header {
                header.text.push(c);
            }
        }
        if let Some(header) = &mut self.header {
            header.text.push(' ');
        }
    }

    fn open_brace(&mut self) {
        let brackets = self.brackets;
        let opened = match self.header.take_if(|header| header.brackets == brackets) {
            None => (Place::Body, None),
            Some(header) => {
                let kind = header.item.and_then(|item| self.items.get(item)).map(|item| item.kind);
                (surrounded(&header.text, kind), header.item)
            }
        };
        self.open.push(opened);
    }

    fn close_brace(&mut self, number: usize) {
        let item = self.open.pop().and_then(|(_, item)| self.items.get_mut(item?));
        if let Some(item) = item {
            item.last_line = number;
        }
    }
}

/// Returns the type of block that begins with the opening brace after the header of a Rust item
/// (such as a function).
fn surrounded(header: &str, kind: Option<Kind>) -> Place {
    let header = without_attributes(header.trim_start());
    let before_bounds = header.split(" where ").next().unwrap_or(header);
    match kind {
        Some(Kind::ModuleHere) => Place::Module,
        Some(Kind::Type) if has_word(before_bounds, "trait") => Place::Trait,
        None if before_bounds.contains(" for ") => Place::Trait,
        None => Place::InherentImpl,
        Some(_) => Place::Body,
    }
}

fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !is_word(c)).any(|part| part == word)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Removes the attributes at the beginning of a line of Rust code, such as `#[must_use]`.
fn without_attributes(mut line: &str) -> &str {
    while let Some((_, rest)) = line.strip_prefix("#[").and_then(|rest| rest.split_once(']')) {
        line = rest.trim_start();
    }
    line
}

fn without_visibility(line: &str) -> (bool, &str) {
    match line.strip_prefix("pub") {
        Some(rest) if rest.starts_with(' ') => (true, rest.trim_start()),
        Some(rest) if rest.starts_with('(') => (false, rest.split_once(')').map_or("", |(_, rest)| rest).trim_start()),
        _ => (false, line),
    }
}

fn without_modifiers(mut line: &str) -> &str {
    const BEFORE_A_FUNCTION: &[&str] = &["const fn ", "const async ", "const unsafe ", "const extern "];
    loop {
        let is_modifier = BEFORE_A_FUNCTION.iter().any(|modifier| line.starts_with(modifier));
        let shorter = if is_modifier {
            line.strip_prefix("const ")
        } else {
            ["async ", "unsafe ", "default ", "extern \" \" ", "extern \"\" "]
                .iter()
                .find_map(|modifier| line.strip_prefix(modifier))
        };
        let Some(shorter) = shorter else { return line };
        line = shorter.trim_start();
    }
}

fn definition(line: &str) -> Option<(Kind, String)> {
    let (keyword, rest) = line.split_once(' ')?;
    let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
    let (name, after) = rest.split_at_checked(length)?;
    let kind = match keyword {
        "struct" | "enum" | "trait" | "type" => Kind::Type,
        "fn" => Kind::Function,
        "mod" if after.starts_with(';') => Kind::ModuleElsewhere,
        "mod" => Kind::ModuleHere,
        "const" | "static" | "macro_rules!" => Kind::Other,
        _ => return None,
    };
    (!name.is_empty()).then(|| (kind, name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(code: &str, place: Place) -> Vec<String> {
        find(code).into_iter().filter(|item| item.place == place).map(|item| item.name).collect()
    }

    #[test]
    fn items_know_where_they_stand() {
        let code = "pub struct A;\nimpl A {\n    pub const fn b(&self) -> [u8; 2] {\n        struct C;\n    }\n}\n\
                    impl<T> Iterator for A<T>\nwhere\n    T: X,\n{\n    type Item = u8;\n}\npub trait D {\n    type E;\n}\n\
                    macro_rules! f {\n    ($g:ident) => { struct $g; };\n}\nmod h {\n    pub enum I {}\n}\nmod j;\n";
        assert_eq!(names(code, Place::Module), ["A", "D", "f", "h", "I", "j"]);
        assert_eq!(names(code, Place::InherentImpl), ["b"]);
        assert_eq!(names(code, Place::Trait), ["Item", "E"]);
        assert_eq!(names(code, Place::Body), ["C"]);
    }

    #[test]
    fn arguments_and_types_are_no_items() {
        let code = "fn a(\n    b: impl Fn(),\n    c: &'static str,\n) {\n}\nfn d(e: fn(u8)) {}\nstatic F: u8 = 1;\n";
        assert_eq!(names(code, Place::Module), ["a", "d", "F"]);
        assert!(find("impl A {\n}\n").is_empty());
    }

    #[test]
    fn visibility_and_extent_are_read() {
        let items = find("pub(crate) fn a() {\n}\n#[must_use] pub async fn b() {\n    c();\n}\n");
        let read: Vec<_> = items.iter().map(|item| (item.is_public, item.line, item.last_line)).collect();
        assert_eq!(read, [(false, 1, 2), (true, 3, 5)]);
    }
}
