//! `cargo xtask sizes`: checks that no source file is too long; a file over the limit should be split.

use anyhow::Result;

use crate::{repo, rust};

/// The largest number of lines of a source file, without its test modules.
const LIMIT: usize = 300;
/// Files that may be longer: the path from the root, and the reason.
const ALLOWED: &[(&str, &str)] = &[];
/// The number of the longest files that are printed.
const SHOWN: usize = 5;

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
    repo::conclude("sizes", &problems(&sizes))
}

fn problems(sizes: &[(usize, String)]) -> Vec<String> {
    let is_allowed = |path: &str| ALLOWED.iter().any(|(allowed, _reason)| *allowed == path);
    let too_long = sizes.iter().filter(|(lines, path)| *lines > LIMIT && !is_allowed(path));
    too_long.map(|(lines, path)| format!("{path} has {lines} lines without its tests, {LIMIT} is the limit")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_over_the_limit_is_reported() {
        let found = problems(&[(301, "crates/a/src/lib.rs".into()), (300, "crates/b/src/lib.rs".into())]);
        assert_eq!(found, ["crates/a/src/lib.rs has 301 lines without its tests, 300 is the limit"]);
    }
}
