//! Finds the paths (`a::b::c`) that a Rust source file imports or contains in its code.

/// A path (`a::b::c`) in Rust code, with the line on which the path, or the import that contains
/// it, begins.
#[derive(Debug, PartialEq)]
pub(crate) struct Mention {
    pub(crate) line: usize,
    pub(crate) segments: Vec<String>,
    /// The name that an import makes available: `*` for a glob import, `_` for no name; `None` if
    /// the path is not part of an import.
    pub(crate) imported_as: Option<String>,
}

impl Mention {
    /// Returns whether a path in Rust code contains the names `wanted` in this sequence and
    /// directly after each other.
    pub(crate) fn has(&self, wanted: &[&str]) -> bool {
        self.segments.windows(wanted.len()).any(|window| window.iter().eq(wanted.iter()))
    }

    pub(crate) fn root(&self) -> &str {
        self.segments.first().map_or("", String::as_str)
    }
}

/// Finds the paths in Rust code from which comments and string literals were removed: all paths of
/// imports, and every other path of two or more segments.
pub(super) fn mentions(code: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut rest = code;
    let mut line = 1;
    while let Some(next) = next_word(rest) {
        let (skipped, tail) = rest.split_at_checked(next).unwrap_or((rest, ""));
        line += lines_in(skipped);
        let length = path_length(tail);
        let (path, after) = tail.split_at_checked(length).unwrap_or((tail, ""));
        if path == "use" && after.starts_with(char::is_whitespace) {
            let (tree, beyond) = after.split_once(';').unwrap_or((after, ""));
            found.extend(spelled_out(tree).into_iter().map(|import| import.mention(line)));
            line += lines_in(tree);
            rest = beyond;
        } else {
            let segments: Vec<String> = split(path);
            if segments.len() > 1 && !is_visibility(code, tail) {
                found.push(Mention { line, segments, imported_as: None });
            }
            line += lines_in(path);
            rest = after;
        }
    }
    found
}

/// Returns whether a path only restricts the visibility of an item. For example, `crate::a` in
/// `pub(in crate::a)` does not count as a use of `a`. The parameter `tail` is the part of `code`
/// that begins with the path.
fn is_visibility(code: &str, tail: &str) -> bool {
    code.strip_suffix(tail).is_some_and(|before| before.ends_with("pub(in "))
}

fn lines_in(text: &str) -> usize {
    text.matches('\n').count()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn next_word(text: &str) -> Option<usize> {
    text.find(is_word)
}

/// Returns the length of the path `word(::word)*` at the beginning of a text. Formatted Rust code
/// has no spaces around `::`.
fn path_length(text: &str) -> usize {
    let mut length = text.find(|c| !is_word(c)).unwrap_or(text.len());
    while let Some(next) =
        text.get(length..).and_then(|tail| tail.strip_prefix("::")).filter(|tail| tail.starts_with(is_word))
    {
        length += 2 + next.find(|c| !is_word(c)).unwrap_or(next.len());
    }
    length
}

fn split(path: &str) -> Vec<String> {
    path.split("::").map(str::trim).filter(|segment| !segment.is_empty()).map(str::to_owned).collect()
}

/// A path of a Rust import, with the alias `c` if it has the form `a::b as c`.
struct Import {
    segments: Vec<String>,
    alias: Option<String>,
}

impl Import {
    fn mention(self, line: usize) -> Mention {
        let last = self.segments.iter().rfind(|segment| *segment != "self").cloned();
        Mention { line, segments: self.segments, imported_as: self.alias.or(last) }
    }
}

/// Splits a Rust import into single paths: `a::{b, c::d}` becomes `a::b` and `a::c::d`.
fn spelled_out(tree: &str) -> Vec<Import> {
    let tree = tree.trim();
    let Some((prefix, group)) = tree.split_once('{') else {
        let (path, alias) = tree.split_once(" as ").map_or((tree, None), |(path, alias)| (path, Some(alias)));
        let import = Import { segments: split(path), alias: alias.map(|alias| alias.trim().to_owned()) };
        return if path.is_empty() { Vec::new() } else { vec![import] };
    };
    let group = group.trim_end().strip_suffix('}').unwrap_or(group);
    let branches = branches(group).into_iter().flat_map(spelled_out);
    branches
        .map(|branch| Import { segments: split(prefix).into_iter().chain(branch.segments).collect(), ..branch })
        .collect()
}

/// Splits the group of a Rust import (`{b, c::{d, e}}`) into its parts (in this example `b` and
/// `c::{d, e}`).
fn branches(group: &str) -> Vec<&str> {
    let mut depth = 0;
    let at_own_comma = |c: char| {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        c == ',' && depth == 0
    };
    group.split(at_own_comma).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(code: &str) -> Vec<(usize, String)> {
        mentions(code).into_iter().map(|mention| (mention.line, mention.segments.join("::"))).collect()
    }

    #[test]
    fn imports_are_spelled_out() {
        let code = "pub use std::{\n    fs::{self, File},\n    env as e,\n};\nuse ::tokio;\n";
        let expected = ["std::fs::self", "std::fs::File", "std::env"].map(|path| (1, path.to_owned()));
        assert_eq!(paths(code), expected.into_iter().chain([(5, "tokio".to_owned())]).collect::<Vec<_>>());
    }

    #[test]
    fn imports_know_the_name_they_bring() {
        let names =
            |code: &str| mentions(code).into_iter().filter_map(|mention| mention.imported_as).collect::<Vec<_>>();
        assert_eq!(names("use a::{self, b as c, d::E, f::*};\nuse g::H as _;\n"), ["a", "c", "E", "*", "_"]);
        assert!(names("a::b();\n").is_empty());
    }

    #[test]
    fn who_may_see_an_item_is_no_use() {
        assert_eq!(paths("pub(in crate::a) fn b() -> c::D {}\n"), [(1, "c::D".to_owned())]);
    }

    #[test]
    fn paths_in_code_are_found() {
        let code = "fn now() -> chrono::DateTime<Utc> {\n    Utc::now()\n}\nlet used = a.b(use_it);\n";
        assert_eq!(paths(code), [(1, "chrono::DateTime".to_owned()), (2, "Utc::now".to_owned())]);
    }

    #[test]
    fn neighbouring_segments_are_recognised() {
        let mention = Mention { line: 1, segments: split("std::fs::File"), imported_as: None };
        assert!(mention.has(&["std", "fs"]) && mention.has(&["fs"]) && !mention.has(&["std", "File"]));
        assert_eq!(mention.root(), "std");
    }
}
