//! `cargo xtask searches`: checks the table in CONTRIBUTING.md in which developers look up where to
//! change something. Each table row names a change, the search words for a file finder, and the
//! file to change. The search words must lead to few files, and to the right file among them.

use std::path::Path;

use anyhow::Result;

use crate::{repo, section};

const PAGE: &str = "CONTRIBUTING.md";
const SECTION: &str = "searches";
/// The minimum number of rows that the table of search words in CONTRIBUTING.md must have.
const FEWEST_ROWS: usize = 10;
/// The maximum number of file paths that the search words of one table row are allowed to match.
const MOST_FILES: usize = 5;
const FOLDERS: &[&str] = &["crates/", "xtask/", "catalogue/", "migrations/"];
const ENDINGS: &[&str] = &["rs", "html", "toml", "sql"];

/// Fails if the search words of a table row in CONTRIBUTING.md do not lead to the file that the
/// table row names, or match too many files.
pub(crate) fn check() -> Result<()> {
    let root = repo::root()?;
    let page = repo::read(&root.join(PAGE))?;
    let tracked = repo::git(&root, &["ls-files"])?;
    let files: Vec<&str> = tracked.lines().filter(|path| is_searched(path)).collect();
    repo::conclude("searches", &problems(&page, &files, &|path| root.join(path).is_file()))
}

/// Returns whether a file is one of those in which a developer searches for the code to change.
fn is_searched(path: &str) -> bool {
    let is_test = path.split('/').any(|part| ["tests", "tests.rs", "snapshots"].contains(&part));
    let has_ending = Path::new(path).extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known));
    FOLDERS.iter().any(|folder| path.starts_with(folder)) && has_ending && !is_test
}

fn problems(page: &str, files: &[&str], exists: &dyn Fn(&str) -> bool) -> Vec<String> {
    let Some(rows) = section::rows(page, SECTION) else {
        return vec![format!("{PAGE} has no table between {} and {}", section::begin(SECTION), section::end(SECTION))];
    };
    let too_few = rows.len() < FEWEST_ROWS;
    let few =
        too_few.then(|| format!("{PAGE}: the table has {} rows, at least {FEWEST_ROWS} are required", rows.len()));
    let in_rows = rows.iter().flat_map(|(line, cells)| {
        let found = in_row(cells, files, exists);
        found.into_iter().map(move |finding| format!("{PAGE}:{line}: {finding}"))
    });
    few.into_iter().chain(in_rows).collect()
}

fn in_row(cells: &[String], files: &[&str], exists: &dyn Fn(&str) -> bool) -> Vec<String> {
    let [_, words, places] = cells else { return vec!["a row has three cells".to_owned()] };
    let words: Vec<String> = words.replace('`', " ").split_whitespace().map(str::to_lowercase).collect();
    let places: Vec<&str> = places.split('`').skip(1).step_by(2).collect();
    let (Some(first), false) = (places.first(), words.is_empty()) else {
        return vec!["a row names words to search for, and files between backticks".to_owned()];
    };
    let missing = places.iter().filter(|place| !exists(place)).map(|place| format!("`{place}` does not exist"));
    let mut found: Vec<String> = missing.collect();
    let said = words.join(" ");
    if !has_all(first, &words) {
        found.push(format!("`{said}` is not part of the path `{first}`"));
    }
    let matching: Vec<&str> = files.iter().copied().filter(|file| has_all(file, &words)).collect();
    if matching.len() > MOST_FILES {
        let count = matching.len();
        found
            .push(format!("`{said}` matches {count} paths, at most {MOST_FILES} are allowed: {}", matching.join(", ")));
    }
    found
}

fn has_all(path: &str, words: &[String]) -> bool {
    let path = path.to_lowercase();
    words.iter().all(|word| path.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: &[&str] =
        &["crates/app/src/access/session.rs", "crates/store/src/sessions.rs", "crates/web/src/seat.rs"];

    /// Returns the problems that the check finds if every row of the table of search words in
    /// CONTRIBUTING.md is equal to `row`.
    fn found(row: &str) -> Vec<String> {
        let head = "<!-- searches:begin -->\n| to change … | search for | look in |\n|---|---|---|\n";
        let page = format!("{head}{}<!-- searches:end -->\n", format!("{row}\n").repeat(FEWEST_ROWS));
        problems(&page, FILES, &|path| FILES.contains(&path))
    }

    #[test]
    fn words_lead_to_the_first_file() {
        assert!(found("| how long a session lasts | session | `crates/app/src/access/session.rs` |").is_empty());
        assert!(
            found("| the cookie | `store Session` | `crates/store/src/sessions.rs`, `crates/web/src/seat.rs` |")
                .is_empty()
        );
        let row = "| the cookie | cookie | `crates/web/src/seat.rs`, `crates/web/src/gone.rs` |";
        let expected = [
            "CONTRIBUTING.md:4: `crates/web/src/gone.rs` does not exist",
            "CONTRIBUTING.md:4: `cookie` is not part of the path `crates/web/src/seat.rs`",
        ];
        assert_eq!(found(row)[..2], expected);
    }

    #[test]
    fn a_word_leads_to_few_files() {
        let paths: Vec<String> = (0..6).map(|number| format!("crates/web/src/page{number}.rs")).collect();
        let files: Vec<&str> = paths.iter().map(String::as_str).collect();
        let cells = ["a page", "page", "`crates/web/src/page0.rs`"].map(str::to_owned);
        assert_eq!(in_row(&cells, &files, &|_| true).len(), 1);
        assert!(in_row(&cells, &files[..5], &|_| true).is_empty());
    }

    #[test]
    fn a_missing_or_short_table_is_reported() {
        assert_eq!(
            problems("no table", FILES, &|_| true),
            ["CONTRIBUTING.md has no table between <!-- searches:begin --> and <!-- searches:end -->"]
        );
        let page = "<!-- searches:begin -->\n| a | b | c |\n|---|---|---|\n| d | seat | `crates/web/src/seat.rs` |\n<!-- searches:end -->";
        assert_eq!(
            problems(page, FILES, &|_| true),
            ["CONTRIBUTING.md: the table has 1 rows, at least 10 are required"]
        );
        assert_eq!(in_row(&["a".to_owned()], FILES, &|_| true), ["a row has three cells"]);
    }

    #[test]
    fn tests_and_other_files_are_not_searched() {
        assert!(is_searched("crates/web/src/seat.rs") && is_searched("catalogue/rows.toml"));
        // The table of search words is not checked against the files of interface texts. Developers
        // find an interface text by its key, and the word "locale" would match all of these files.
        assert!(!is_searched("locales/en/queue.ftl"));
        assert!(!is_searched("crates/web/tests/door.rs") && !is_searched("crates/app/src/a/tests.rs"));
        assert!(!is_searched("docs/a.toml") && !is_searched("crates/web/static/page.css"));
    }
}
