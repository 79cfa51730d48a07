//! `cargo xtask layers`: checks that each crate depends only on the crates and libraries that the
//! table of crates in ARCHITECTURE.md allows.

mod circles;
mod manifest;
mod page;
mod sources;
mod table;

use std::path::Path;

use anyhow::Result;

use crate::repo;
use circles::Detail;
use manifest::Manifest;
use table::{ENGINES, LAYERS, Layer};

/// Fails when a crate uses something that the table of crates forbids, when source files of a crate
/// import each other in a cycle, or when the table in ARCHITECTURE.md is out of date.
pub(crate) fn check() -> Result<()> {
    let root = repo::root()?;
    let manifests = manifests(&root)?;
    let mut problems = strangers(&root)?;
    for (layer, manifest) in &manifests {
        problems.extend(wrong_dependencies(layer, manifest));
        problems.extend(sources::problems(&root, layer)?);
    }
    problems.extend(circles::problems(&root, Detail::Shortest)?);
    problems.extend(page::problems(&root, &manifests)?);
    repo::conclude("layers", &problems)
}

/// Fails when source files of a crate import each other in a cycle, and prints each cycle with all
/// imports between its files.
pub(crate) fn check_circles() -> Result<()> {
    repo::conclude("layers", &circles::problems(&repo::root()?, Detail::EveryArrow)?)
}

/// Rewrites the table of crates in ARCHITECTURE.md from the rules of `cargo xtask layers` and the
/// manifests of the crates.
pub(crate) fn write() -> Result<()> {
    let root = repo::root()?;
    page::write(&root, &manifests(&root)?)
}

fn manifests(root: &Path) -> Result<Vec<(&'static Layer, Manifest)>> {
    let read = |layer: &'static Layer| {
        let manifest = repo::read(&root.join("crates").join(layer.folder).join("Cargo.toml"))?;
        Ok((layer, Manifest::parse(&manifest)))
    };
    LAYERS.iter().map(read).collect()
}

/// Returns a message for every crate of the project that is missing from the table of crates.
fn strangers(root: &Path) -> Result<Vec<String>> {
    let crates = root.join("crates");
    let names = repo::folders(&crates)?.into_iter().map(|folder| repo::shown(&crates, &folder));
    let unknown = names.filter(|name| LAYERS.iter().all(|layer| layer.folder != *name));
    Ok(unknown.map(|name| format!("crates/{name} is not in the table (xtask/src/layers/table.rs)")).collect())
}

fn wrong_dependencies(layer: &Layer, manifest: &Manifest) -> Vec<String> {
    let is_crate = |name: &str| LAYERS.iter().any(|other| other.package == name);
    let at_work = manifest.used.iter().chain(&manifest.built_with);
    let mut problems: Vec<String> = at_work
        .filter(|name| is_crate(name) && !layer.may_use.contains(&name.as_str()))
        .map(|name| format!("crates/{}/Cargo.toml: `{}` may not depend on `{name}`", layer.folder, layer.package))
        .collect();
    let everything = manifest.used.iter().chain(&manifest.built_with).chain(&manifest.tested_with);
    let unknown = everything.filter(|name| !is_crate(name) && layer.must_not_name(&name.replace('-', "_")));
    problems.extend(
        unknown.map(|name| format!("crates/{}/Cargo.toml: `{}` must not know `{name}`", layer.folder, layer.package)),
    );
    problems
}

impl Layer {
    /// Returns whether the table of crates forbids a crate to use this external library.
    fn must_not_name(&self, library: &str) -> bool {
        let is_foreign_engine = ENGINES.contains(&library) && self.folder != "store";
        is_foreign_engine || self.never.contains(&library)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(folder: &str, manifest: &str) -> Vec<String> {
        let layer = LAYERS.iter().find(|layer| layer.folder == folder).unwrap();
        wrong_dependencies(layer, &Manifest::parse(manifest))
    }

    #[test]
    fn arrows_point_down() {
        assert!(findings("web", "[dependencies]\napp.workspace = true\ndomain.workspace = true\n").is_empty());
        let found = findings("web", "[dependencies]\nstore.workspace = true\n");
        assert_eq!(found, ["crates/web/Cargo.toml: `web` may not depend on `store`"]);
    }

    #[test]
    fn testkit_is_for_tests_only() {
        assert!(findings("domain", "[dev-dependencies]\ntestkit.workspace = true\n").is_empty());
        assert_eq!(findings("server", "[build-dependencies]\ntestkit.workspace = true\n").len(), 1);
    }

    #[test]
    fn only_the_store_names_an_engine() {
        assert!(findings("store", "[dependencies]\nrusqlite.workspace = true\n").is_empty());
        let found = findings("server", "[dev-dependencies]\nrusqlite.workspace = true\n");
        assert_eq!(found, ["crates/server/Cargo.toml: `emtihan` must not know `rusqlite`"]);
    }

    #[test]
    fn the_domain_speaks_no_language() {
        assert_eq!(findings("domain", "[dependencies.fluent-bundle]\nworkspace = true\n").len(), 1);
    }
}
