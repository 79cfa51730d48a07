//! `cargo xtask names`: checks that no name of a type is defined twice in a crate.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use crate::repo;
use crate::rust::{self, Kind, Place, RustFile};

/// Fails when the name of a type is defined twice in the same crate.
pub(crate) fn check() -> Result<()> {
    let root = repo::root()?;
    let mut problems = Vec::new();
    for folder in repo::crates(&root)? {
        let source = folder.join("src");
        let crate_name = repo::shown(&root, &folder);
        let doubled = doubled(&source, &rust::files(&source)?);
        problems.extend(doubled.into_iter().map(|finding| format!("{crate_name}: {finding}")));
    }
    repo::conclude("names", &problems)
}

/// Returns a message for every name of a type that is defined more than once in a crate, with the
/// places of the definitions.
fn doubled(folder: &Path, files: &[RustFile]) -> Vec<String> {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in files {
        let types = file.items().into_iter().filter(|item| item.kind == Kind::Type && item.place != Place::Trait);
        for item in types {
            let place = format!("{}:{}", repo::shown(folder, &file.path), item.line);
            places.entry(item.name).or_default().push(place);
        }
    }
    let doubled = places.into_iter().filter(|(_, places)| places.len() > 1);
    doubled.map(|(name, places)| format!("`{name}` is defined in {}", places.join(", "))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(sources: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<RustFile> =
            sources.iter().map(|(path, source)| RustFile::parse(&Path::new("src").join(path), source)).collect();
        doubled(Path::new("src"), &files)
    }

    #[test]
    fn a_type_name_is_defined_once_in_a_crate() {
        let first = "pub struct Asked;\n";
        assert_eq!(
            found(&[("a.rs", first), ("b.rs", "\nenum Asked {}\n"), ("c.rs", "type Other = Asked;\n")]),
            ["`Asked` is defined in a.rs:1, b.rs:2"]
        );
    }

    #[test]
    fn associated_types_and_tests_do_not_count() {
        let source = "struct A;\nimpl Iterator for A {\n    type Item = u8;\n}\nimpl Future for A {\n    type Item = u8;\n}\n\
                      trait B {\n    type Item;\n}\n#[cfg(test)]\nmod tests {\n    struct A;\n}\n";
        assert!(found(&[("a.rs", source)]).is_empty());
    }
}
