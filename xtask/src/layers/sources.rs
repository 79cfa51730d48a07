//! Checks that the source files of a crate mention no crate, library or SQL text that the table of
//! crates forbids. Tests are not checked.

use std::path::Path;

use anyhow::Result;

use super::table::{ENGINES, LAYERS, Layer};
use crate::repo;
use crate::rust::{self, RustFile};

/// Returns a message for every forbidden crate, library or SQL text in the source files of a crate.
pub(super) fn problems(root: &Path, layer: &Layer) -> Result<Vec<String>> {
    let files = rust::files(&root.join("crates").join(layer.folder).join("src"))?;
    let own_modules: Vec<String> = files.iter().filter_map(module_name).collect();
    let mut problems = Vec::new();
    for file in &files {
        let path = repo::shown(root, &file.path);
        let findings = forbidden_paths(layer, file, &own_modules).into_iter().chain(sql(layer, file));
        problems.extend(findings.map(|(line, finding)| format!("{path}:{line}: {finding}")));
    }
    Ok(problems)
}

/// Returns the name of the module in a source file. If a module has the same name as a crate (such
/// as the module `web::pages::app` and the crate `app`), the name alone does not count as a use of
/// that crate.
fn module_name(file: &RustFile) -> Option<String> {
    let stem = file.path.file_stem()?.to_str()?;
    let name = if stem == "mod" { file.path.parent()?.file_name()?.to_str()? } else { stem };
    Some(name.to_owned())
}

fn forbidden_paths(layer: &Layer, file: &RustFile, own_modules: &[String]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for mention in file.mentions() {
        let root = mention.root();
        if is_foreign(layer, root) && !own_modules.iter().any(|module| module == root) {
            found.push((mention.line, format!("`{}` must not name `{root}`", layer.package)));
            continue;
        }
        let never = layer.never.iter().find(|never| mention.has(&never.split("::").collect::<Vec<_>>()));
        found.extend(never.map(|never| (mention.line, format!("`{}` must not know `{never}`", layer.package))));
    }
    found
}

/// Returns whether the first name of a path is a crate or a database library that the table of
/// crates forbids.
fn is_foreign(layer: &Layer, root: &str) -> bool {
    let is_engine = ENGINES.contains(&root) && layer.folder != "store";
    let is_crate = LAYERS.iter().any(|other| other.package == root);
    is_engine || is_crate && root != layer.package && !layer.may_use.contains(&root)
}

fn sql(layer: &Layer, file: &RustFile) -> Vec<(usize, String)> {
    let literals = file.literals.iter().filter(|literal| !layer.speaks_sql && is_sql(&literal.value));
    literals.map(|literal| (literal.line, format!("`{}` must not contain SQL text", layer.package))).collect()
}

fn is_sql(text: &str) -> bool {
    let is_update = text.split_once("UPDATE ").is_some_and(|(_, rest)| rest.contains(" SET "));
    is_update || ["SELECT ", "INSERT INTO", "DELETE FROM"].iter().any(|words| text.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(folder: &str, source: &str) -> Vec<String> {
        let layer = LAYERS.iter().find(|layer| layer.folder == folder).unwrap();
        let file = RustFile::parse(Path::new("src/lib.rs"), source);
        let found = forbidden_paths(layer, &file, &["exchange".to_owned()]).into_iter().chain(sql(layer, &file));
        found.map(|(line, finding)| format!("{line}: {finding}")).collect()
    }

    #[test]
    fn the_domain_has_no_clock_and_no_files() {
        let found = findings("domain", "use std::{fmt, fs};\nfn f() {\n    chrono::Utc::now();\n}\n");
        assert_eq!(found, ["1: `domain` must not know `std::fs`", "3: `domain` must not know `Utc::now`"]);
    }

    #[test]
    fn pages_know_neither_sql_nor_the_store() {
        let source = "use app::store::Tx;\nconst A: &str = \"UPDATE x\n SET y = 1\";\nlet b = store::open();\n";
        assert_eq!(findings("web", source).len(), 3);
        assert!(findings("web", "// SELECT store::open\nlet a = \"select a row\";\n").is_empty());
    }

    #[test]
    fn engines_are_named_in_the_store_only() {
        assert_eq!(findings("server", "use postgres::Client;\n"), ["1: `emtihan` must not name `postgres`"]);
        assert!(findings("store", "use postgres::Client;\n").is_empty());
        assert!(findings("server", "use store::postgres::Server;\n").is_empty());
    }

    #[test]
    fn tests_and_modules_of_the_same_name_are_left_alone() {
        assert!(findings("domain", "#[cfg(test)]\nmod tests {\n    use testkit::people;\n}\n").is_empty());
        assert!(findings("domain", "use exchange::x;\n").is_empty());
    }
}
