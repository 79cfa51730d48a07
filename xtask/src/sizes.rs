//! `cargo xtask sizes`: checks that no Rust source file is too long, and that no line of a
//! template, script or style sheet is too wide.

use std::path::Path;

use anyhow::Result;

use crate::{repo, rust};

/// The maximum number of lines of a Rust source file, without its test modules.
const LIMIT: usize = 300;
/// Rust source files that are allowed to have more than [`LIMIT`] lines: the path of each file, and
/// the reason.
const ALLOWED: &[(&str, &str)] = &[("crates/domain/src/limits.rs", "a list of constants, which readers search")];
/// The number of source files that `cargo xtask sizes` prints, the longest first.
const SHOWN: usize = 5;
/// The types of source files (template, script, style sheet) whose lines have a maximum width.
const NARROW: &[Narrow] = &[
    Narrow { folder: "crates/web/assets/src", ending: "css", widest: 100 },
    Narrow { folder: "crates/web/assets/src", ending: "js", widest: 100 },
    Narrow { folder: "crates/web/templates", ending: "html", widest: 120 },
];

/// A folder, the extension of the files in it, and the maximum number of characters in a line of
/// these files.
struct Narrow {
    folder: &'static str,
    ending: &'static str,
    widest: usize,
}

/// Prints the longest Rust source files. Fails when a file is too long or a line is too wide.
pub(crate) fn check() -> Result<()> {
    let root = repo::root()?;
    let mut sizes = Vec::new();
    for folder in repo::folders(&root.join("crates"))?.into_iter().chain([root.join("xtask")]) {
        for file in rust::files(&folder.join("src"))? {
            sizes.push((file.lines_without_tests(), repo::shown(&root, &file.path)));
        }
    }
    sizes.sort_by(|a, b| b.cmp(a));
    for (lines, path) in sizes.iter().take(SHOWN) {
        println!("{lines:>5}  {path}");
    }
    let mut problems = problems(&sizes);
    problems.extend(wide_lines(&root)?);
    repo::conclude("sizes", &problems)
}

fn problems(sizes: &[(usize, String)]) -> Vec<String> {
    let is_allowed = |path: &str| ALLOWED.iter().any(|(allowed, _reason)| *allowed == path);
    let too_long = sizes.iter().filter(|(lines, path)| *lines > LIMIT && !is_allowed(path));
    too_long.map(|(lines, path)| format!("{path} has {lines} lines without its tests, {LIMIT} is the limit")).collect()
}

fn wide_lines(root: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for narrow in NARROW {
        for path in repo::files(&root.join(narrow.folder), narrow.ending)? {
            found.extend(wide_lines_of(&repo::shown(root, &path), &repo::read(&path)?, narrow.widest));
        }
    }
    Ok(found)
}

fn wide_lines_of(path: &str, text: &str, widest: usize) -> Vec<String> {
    let lines = text.lines().map(|line| line.chars().count()).zip(1..);
    let wide = lines.filter(|(width, _)| *width > widest);
    wide.map(|(width, line)| format!("{path}:{line} has {width} characters, {widest} is the limit")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_line_is_named_by_its_number() {
        let text = format!("{}\n{}\n", "x".repeat(100), "ә".repeat(101));
        assert_eq!(wide_lines_of("main.js", &text, 100), ["main.js:2 has 101 characters, 100 is the limit"]);
    }

    #[test]
    fn only_what_is_over_the_limit_is_reported() {
        let found = problems(&[(301, "crates/a/src/lib.rs".into()), (300, "crates/b/src/lib.rs".into())]);
        assert_eq!(found, ["crates/a/src/lib.rs has 301 lines without its tests, 300 is the limit"]);
    }
}
