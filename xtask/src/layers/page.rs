//! Checks the page ARCHITECTURE.md: its table of crates must agree with the manifests of the
//! crates, and the file paths that it mentions must exist.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::manifest::Manifest;
use super::table::{LAYERS, Layer};
use crate::{repo, section};

const PAGE: &str = "ARCHITECTURE.md";
const SECTION: &str = "layers";
/// The beginnings of media types. A media type such as `text/html` in ARCHITECTURE.md is not taken
/// for a file path.
const MEDIA: &[&str] = &["application/", "audio/", "font/", "image/", "multipart/", "text/", "video/"];

type Manifests<'a> = [(&'a Layer, Manifest)];

/// Returns a message if the table of crates in ARCHITECTURE.md is out of date, and one for every
/// mentioned file path that does not exist.
pub(super) fn problems(root: &Path, manifests: &Manifests) -> Result<Vec<String>> {
    if !root.join(PAGE).is_file() {
        println!("layers: there is no {PAGE}, so its table and paths are not checked");
        return Ok(Vec::new());
    }
    let page = repo::read(&root.join(PAGE))?;
    let mut problems = Vec::new();
    match section::replaced(&page, SECTION, &table(manifests)) {
        None => println!("layers: {PAGE} has no {}, so its table is not checked", section::begin(SECTION)),
        Some(fresh) if fresh == page => {}
        Some(_) => problems.push(format!("{PAGE}: the table is out of date, run `cargo xtask layers --write`")),
    }
    for (line, path) in paths(&page) {
        if !exists(root, path)? {
            problems.push(format!("{PAGE}:{line}: `{path}` does not exist"));
        }
    }
    Ok(problems)
}

/// Rewrites the table of crates in ARCHITECTURE.md, which is between two marker comments.
pub(super) fn write(root: &Path, manifests: &Manifests) -> Result<()> {
    let page = repo::read(&root.join(PAGE))?;
    let Some(fresh) = section::replaced(&page, SECTION, &table(manifests)) else {
        bail!("{PAGE} has no {}", section::begin(SECTION));
    };
    fs::write(root.join(PAGE), fresh).with_context(|| format!("{PAGE} is not writable"))
}

fn table(manifests: &Manifests) -> String {
    let head = "| crate | job | crates it may use | libraries it uses | must not know |\n|---|---|---|---|---|\n";
    let rows = manifests.iter().map(|(layer, manifest)| row(layer, manifest));
    std::iter::once(head.to_owned()).chain(rows).collect()
}

fn row(layer: &Layer, manifest: &Manifest) -> String {
    let is_library = |name: &&str| !LAYERS.iter().any(|layer| layer.package == *name);
    let mut libraries: Vec<&str> = manifest.used.iter().map(String::as_str).filter(is_library).collect();
    libraries.sort_unstable();
    let name = match layer.folder {
        folder if folder == layer.package => format!("`{folder}`"),
        folder => format!("`{folder}` (package `{}`)", layer.package),
    };
    let cells = [&name, layer.job, &list(layer.may_use), &list(&libraries), layer.must_not_know];
    format!("| {} |\n", cells.join(" | "))
}

fn list(names: &[&str]) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Finds the texts between backticks in a Markdown page that look like file paths of the project,
/// with their line numbers. Code blocks are skipped.
fn paths(page: &str) -> Vec<(usize, &str)> {
    let mut in_block = false;
    let mut found = Vec::new();
    for (line, number) in page.lines().zip(1..) {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if !in_block {
            let spans = line.split('`').skip(1).step_by(2);
            found.extend(spans.filter(|span| is_path(span)).map(|span| (number, span)));
        }
    }
    found
}

fn is_path(span: &str) -> bool {
    let is_file = |ending: &&str| span.strip_suffix(*ending).is_some_and(|name| !name.is_empty());
    let looks_like_one = span.contains('/') || [".rs", ".md", ".toml"].iter().any(is_file);
    let is_pattern = span.contains([' ', '<', '*', '{', '…', '\'', '"', '(', '$']) || span.contains("NNNN");
    let is_address = span.starts_with(['/', '~']) || span.contains("://");
    let is_media = MEDIA.iter().any(|kind| span.starts_with(kind));
    looks_like_one && !is_pattern && !is_address && !is_media && !span.starts_with("target/")
}

/// Returns whether a path that ARCHITECTURE.md mentions exists. The path can be relative to the
/// root folder or to `crates/`, or can be a file name in any folder.
fn exists(root: &Path, path: &str) -> Result<bool> {
    if root.join(path).exists() || root.join("crates").join(path).exists() {
        return Ok(true);
    }
    Ok(!path.contains('/') && repo::has_file_named(root, path)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_a_row_for_each_crate() {
        let layer = LAYERS.first().unwrap();
        let manifest = Manifest::parse("[dependencies]\nuuid.workspace = true\nthiserror.workspace = true\n");
        let table = table(&[(layer, manifest)]);
        assert!(table.ends_with(
            "| `domain` | entities, rules and permissions, as pure functions | none | `thiserror`, `uuid` \
             | async, SQL, HTTP, files, environment, human language, the current time |\n"
        ));
    }

    #[test]
    fn only_paths_of_the_project_are_looked_up() {
        let page = "`crates/web/src` and `a b/c`, `POST /choices`, `/choices`\n```\n`x/y`\n```\n`lib.rs` `docs/adr/NNNN-x.md`\n\
                    `text/html` `a::b` `locales/{kk,ru}` `.cargo/config.toml` `target/release/emtihan`";
        assert_eq!(paths(page), [(1, "crates/web/src"), (5, "lib.rs"), (6, ".cargo/config.toml")]);
    }
}
