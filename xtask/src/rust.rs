//! Reads Rust source files for the checks of `cargo xtask`, and separates code, comments, string
//! literals and tests.

mod docs;
mod items;
mod lexer;
mod paths;
mod tests_in;

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::repo;
pub(crate) use docs::Doc;
pub(crate) use items::{Item, Kind, Place};
pub(crate) use lexer::Literal;
pub(crate) use paths::Mention;

/// A Rust source file, without its test modules. Removed parts are blanked, so that line numbers do
/// not change.
pub(crate) struct RustFile {
    pub(crate) path: PathBuf,
    /// The code of the source file without comments and without the content of string literals.
    pub(crate) code: String,
    /// The code of the source file without comments, but with its string literals.
    pub(crate) text: String,
    pub(crate) literals: Vec<Literal>,
    pub(crate) docs: Vec<Doc>,
    test_lines: usize,
    /// The names of the test modules that the source file declares and that are in separate files
    /// (`#[cfg(test)] mod tests;`).
    test_modules: Vec<String>,
}

impl RustFile {
    pub(crate) fn parse(path: &Path, source: &str) -> Self {
        let lexer::Views { code, text, literals } = lexer::views(source);
        let tests = tests_in::find(&code);
        let docs = docs::find(source, &text).into_iter().filter(|doc| !tests.contains(doc.first_line)).collect();
        Self {
            path: path.to_path_buf(),
            code: tests.blank(&code),
            text: tests.blank(&text),
            literals: literals.into_iter().filter(|literal| !tests.contains(literal.line)).collect(),
            docs,
            test_lines: tests.count(),
            test_modules: tests.modules,
        }
    }

    /// Returns the number of lines of the source file, without its test modules.
    pub(crate) fn lines_without_tests(&self) -> usize {
        self.code.lines().count() - self.test_lines
    }

    /// Returns every path (`a::b`) that the source file imports or contains in its code, with its
    /// line number.
    pub(crate) fn mentions(&self) -> Vec<Mention> {
        paths::mentions(&self.code)
    }

    /// Returns every item (function, type or module) that the source file defines, even inside
    /// other items.
    pub(crate) fn items(&self) -> Vec<Item> {
        items::find(&self.code)
    }

    /// Returns the folder that contains the files of the modules that this source file declares.
    pub(crate) fn folder_of_modules(&self) -> PathBuf {
        let stem = self.path.file_stem().unwrap_or_default();
        let is_root = ["lib", "main", "mod"].iter().any(|root| stem == *root);
        if is_root { self.path.with_file_name("") } else { self.path.with_extension("") }
    }

    /// Returns the paths of the test modules that this source file declares, without the extension
    /// `.rs`.
    fn test_module_paths(&self) -> impl Iterator<Item = PathBuf> + '_ {
        let folder = self.folder_of_modules();
        self.test_modules.iter().map(move |module| folder.join(module))
    }
}

/// Finds every doc comment in a Rust source text, even in test modules.
pub(crate) fn docs(source: &str) -> Vec<Doc> {
    docs::find(source, &lexer::views(source).text)
}

/// Reads all Rust source files in a folder and its subfolders, except files that contain only
/// tests.
pub(crate) fn files(folder: &Path) -> Result<Vec<RustFile>> {
    let mut files = Vec::new();
    for path in repo::files(folder, "rs")? {
        files.push(RustFile::parse(&path, &repo::read(&path)?));
    }
    let tests: Vec<PathBuf> = files.iter().flat_map(RustFile::test_module_paths).collect();
    files.retain(|file| !tests.iter().any(|test| file.path.with_extension("") == *test || file.path.starts_with(test)));
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "//! Doc.\nuse std::fs;\nconst A: &str = \"one\";\n\n#[cfg(test)]\nmod tests {\n    const B: &str = \"}\";\n}\n";

    #[test]
    fn tests_are_neither_counted_nor_seen() {
        let file = RustFile::parse(Path::new("src/a.rs"), SOURCE);
        assert_eq!(file.lines_without_tests(), 4);
        assert_eq!(file.literals.iter().map(|literal| literal.value.as_str()).collect::<Vec<_>>(), ["one"]);
        assert!(!file.text.contains("mod tests"));
    }

    #[test]
    fn a_test_module_in_its_own_file_is_found() {
        let file = RustFile::parse(Path::new("src/a.rs"), "#[cfg(test)]\nmod sums;\n");
        assert_eq!(file.test_module_paths().collect::<Vec<_>>(), [PathBuf::from("src/a/sums")]);
        let root = RustFile::parse(Path::new("src/lib.rs"), "#[cfg(test)]\nmod sums;\n");
        assert_eq!(root.test_module_paths().collect::<Vec<_>>(), [PathBuf::from("src/sums")]);
    }
}
