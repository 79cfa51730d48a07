//! `cargo xtask sizes`: a file that does not fit on a few screens has two jobs; a line that is too wide has two thoughts.

use std::path::Path;

use anyhow::Result;

use crate::{repo, rust};

/// Lines of a source file, its test module not counted.
const LIMIT: usize = 300;
/// Files that may be longer: path from the root, and why.
const ALLOWED: &[(&str, &str)] = &[];
/// How many of the longest files are shown.
const SHOWN: usize = 5;
/// The sources of the script and of the style sheet.
const ASSETS: &str = "crates/web/assets/src";
/// Characters of a line in them.
const WIDEST: usize = 100;

/// Prints the longest files and fails when one is over the limit.
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
    for ending in ["css", "js"] {
        for path in repo::files(&root.join(ASSETS), ending)? {
            found.extend(wide_lines_of(&repo::shown(root, &path), &repo::read(&path)?));
        }
    }
    Ok(found)
}

fn wide_lines_of(path: &str, text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| line.chars().count()).zip(1..);
    let wide = lines.filter(|(width, _)| *width > WIDEST);
    wide.map(|(width, line)| format!("{path}:{line} has {width} characters, {WIDEST} is the limit")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_line_is_named_by_its_number() {
        let text = format!("{}\n{}\n", "x".repeat(100), "ә".repeat(101));
        assert_eq!(wide_lines_of("main.js", &text), ["main.js:2 has 101 characters, 100 is the limit"]);
    }

    #[test]
    fn only_what_is_over_the_limit_is_reported() {
        let found = problems(&[(301, "crates/a/src/lib.rs".into()), (300, "crates/b/src/lib.rs".into())]);
        assert_eq!(found, ["crates/a/src/lib.rs has 301 lines without its tests, 300 is the limit"]);
    }
}
