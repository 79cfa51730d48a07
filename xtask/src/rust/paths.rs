//! Finds the paths (`a::b::c`) that a source file imports or writes out.

/// A path and the line on which it (or the import it belongs to) begins.
#[derive(Debug, PartialEq)]
pub(crate) struct Mention {
    pub(crate) line: usize,
    pub(crate) segments: Vec<String>,
}

impl Mention {
    /// Whether the path leads through these neighbouring segments, anywhere.
    pub(crate) fn has(&self, wanted: &[&str]) -> bool {
        self.segments.windows(wanted.len()).any(|window| window.iter().eq(wanted.iter()))
    }

    pub(crate) fn root(&self) -> &str {
        self.segments.first().map_or("", String::as_str)
    }
}

/// Reads code without comments and literals: imports are spelled out, every other path of two segments or more follows.
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
            found.extend(spelled_out(tree).into_iter().map(|segments| Mention { line, segments }));
            line += lines_in(tree);
            rest = beyond;
        } else {
            let segments: Vec<String> = split(path);
            if segments.len() > 1 {
                found.push(Mention { line, segments });
            }
            line += lines_in(path);
            rest = after;
        }
    }
    found
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

/// The length of `word(::word)*` at the beginning of the text; spaces around `::` do not occur in formatted code.
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

/// The paths of an import: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn spelled_out(tree: &str) -> Vec<Vec<String>> {
    let tree = tree.trim();
    let Some((prefix, group)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or(tree);
        return if path.is_empty() { Vec::new() } else { vec![split(path)] };
    };
    let group = group.trim_end().strip_suffix('}').unwrap_or(group);
    let branches = branches(group).into_iter().flat_map(spelled_out);
    branches.map(|branch| split(prefix).into_iter().chain(branch).collect()).collect()
}

/// The parts of a group, split at its own commas.
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
    fn paths_in_code_are_found() {
        let code = "fn now() -> chrono::DateTime<Utc> {\n    Utc::now()\n}\nlet used = a.b(use_it);\n";
        assert_eq!(paths(code), [(1, "chrono::DateTime".to_owned()), (2, "Utc::now".to_owned())]);
    }

    #[test]
    fn neighbouring_segments_are_recognised() {
        let mention = Mention { line: 1, segments: split("std::fs::File") };
        assert!(mention.has(&["std", "fs"]) && mention.has(&["fs"]) && !mention.has(&["std", "File"]));
        assert_eq!(mention.root(), "std");
    }
}
