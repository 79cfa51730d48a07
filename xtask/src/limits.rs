//! `cargo xtask limits`: checks that docs/operations/limits.md lists every limit and duration of
//! the application with its value.

mod constants;
mod value;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::{repo, section};
use constants::Constant;

const SOURCE: &str = "crates/domain/src/limits.rs";
const PAGE: &str = "docs/operations/limits.md";
const SECTION: &str = "limits";

/// Fails when the table in docs/operations/limits.md differs from the constants in the source file
/// that defines the limits.
pub(crate) fn check() -> Result<()> {
    let root = repo::root()?;
    let source = read(&root, SOURCE)?;
    let page = read(&root, PAGE)?;
    repo::conclude("limits", &problems(source.as_deref(), page.as_deref()))
}

/// Rewrites the table in docs/operations/limits.md from the constants in the source file that
/// defines the limits.
pub(crate) fn write() -> Result<()> {
    let root = repo::root()?;
    let table = table(&constants::find(&repo::read(&root.join(SOURCE))?));
    let Some(fresh) = section::replaced(&repo::read(&root.join(PAGE))?, SECTION, &table) else {
        bail!("{PAGE} has no {} … {}", section::begin(SECTION), section::end(SECTION));
    };
    fs::write(root.join(PAGE), fresh).with_context(|| format!("{PAGE} is not writable"))
}

fn read(root: &Path, path: &str) -> Result<Option<String>> {
    let path = root.join(path);
    path.is_file().then(|| repo::read(&path)).transpose()
}

fn problems(source: Option<&str>, page: Option<&str>) -> Vec<String> {
    let Some(source) = source else { return vec![format!("{SOURCE} does not exist")] };
    let constants = constants::find(source);
    let bare = constants.iter().filter(|constant| constant.meaning.is_empty());
    let mut found: Vec<String> =
        bare.map(|constant| format!("{SOURCE}:{}: `{}` has no doc comment", constant.line, constant.name)).collect();
    let Some(page) = page else {
        found.push(format!("{PAGE} does not exist"));
        return found;
    };
    match section::replaced(page, SECTION, &table(&constants)) {
        None => {
            found.push(format!(
                "{PAGE} has no table between {} and {}",
                section::begin(SECTION),
                section::end(SECTION)
            ));
        }
        Some(fresh) if fresh == page => {}
        Some(_) => found.push(format!("{PAGE}: the table is out of date, run `cargo xtask limits --write`")),
    }
    found
}

fn table(constants: &[Constant]) -> String {
    let rows = constants.iter().map(|constant| {
        let cells = [format!("`{}`", constant.name), value::readable(&constant.value), constant.meaning.clone()];
        format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | "))
    });
    std::iter::once("| constant | value | meaning |\n|---|---|---|\n".to_owned()).chain(rows).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONSTANTS: &str = "/// The size of a document. More is refused.\npub const SIZE: u64 = 20 * MEBI;\n";
    const FRESH: &str = "# Limits\n<!-- limits:begin -->\n| constant | value | meaning |\n|---|---|---|\n\
                         | `SIZE` | 20 MiB | The size of a document. |\n<!-- limits:end -->\n";

    #[test]
    fn a_page_that_agrees_is_left_alone() {
        assert!(problems(Some(CONSTANTS), Some(FRESH)).is_empty());
    }

    #[test]
    fn a_page_that_differs_is_reported() {
        let stale = ["docs/operations/limits.md: the table is out of date, run `cargo xtask limits --write`"];
        assert_eq!(problems(Some(CONSTANTS), Some(&FRESH.replace("20 MiB", "10 MiB"))), stale);
        let found = problems(Some("pub const A: u8 = 1;\n"), Some("no table"));
        assert_eq!(
            found,
            [
                "crates/domain/src/limits.rs:1: `A` has no doc comment",
                "docs/operations/limits.md has no table between <!-- limits:begin --> and <!-- limits:end -->",
            ]
        );
    }

    #[test]
    fn missing_files_are_reported() {
        assert_eq!(problems(None, None), ["crates/domain/src/limits.rs does not exist"]);
        assert_eq!(problems(Some(CONSTANTS), None), ["docs/operations/limits.md does not exist"]);
    }
}
