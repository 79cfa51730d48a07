//! `cargo xtask comments`: checks that public items have a doc comment, and that the wording of
//! comments is understandable.
//!
//! The command checks the doc comments of every crate and its tests, and the comments in the
//! scripts and style sheets of the website and of the browser tests.

mod documented;
mod scripts;
mod wording;

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::{repo, rust};

/// The folders that contain scripts and style sheets, relative to the project's root folder.
const SCRIPT_FOLDERS: [&str; 2] = ["crates/web/assets", "browser-tests"];
const SCRIPT_ENDINGS: [&str; 3] = ["js", "mjs", "css"];

/// Fails when a public module, function or type has no doc comment, or when a comment breaks a rule
/// of wording.
pub(crate) fn check() -> Result<()> {
    let root = repo::root()?;
    let mut problems = Vec::new();
    for folder in repo::crates(&root)? {
        let undocumented = documented::problems(&rust::files(&folder.join("src"))?);
        problems
            .extend(undocumented.into_iter().map(|(file, finding)| format!("{}:{finding}", repo::shown(&root, &file))));
        for file in repo::files(&folder, "rs")? {
            let wrong = rust::docs(&repo::read(&file)?).into_iter().filter_map(|doc| {
                let finding = wording::problem(&doc.text)?;
                Some(format!("{}:{}: {finding}", repo::shown(&root, &file), doc.first_line))
            });
            problems.extend(wrong);
        }
    }
    for file in script_files(&root)? {
        let wrong = scripts::problems(&repo::read(&file)?);
        problems.extend(
            wrong.into_iter().map(|(line, finding)| format!("{}:{line}: {finding}", repo::shown(&root, &file))),
        );
    }
    repo::conclude("comments", &problems)
}

fn script_files(root: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for folder in SCRIPT_FOLDERS {
        for ending in SCRIPT_ENDINGS {
            found.extend(repo::files(&root.join(folder), ending)?);
        }
    }
    Ok(found)
}
