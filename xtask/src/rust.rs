//! Rust sources for the checks of xtask: code, comments, literals and tests, separated from each other.

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

/// A Rust source file whose test modules are blanked out; line numbers are preserved in all its texts.
pub(crate) struct RustFile {
    pub(crate) path: PathBuf,
    /// The source file's code without comments and without the content of literals.
    pub(crate) code: String,
    /// The source file's code with its literals but without comments.
    pub(crate) text: String,
    pub(crate) literals: Vec<Literal>,
    pub(crate) docs: Vec<Doc>,
    test_lines: usize,
    /// The names of the source file's test modules in files of their own (`#[cfg(test)] mod tests;`).
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

    /// The number of lines of the source file without its test modules.
    pub(crate) fn lines_without_tests(&self) -> usize {
        self.code.lines().count() - self.test_lines
    }

    /// Every path (`a::b`) that the source file imports or writes out, with its line.
    pub(crate) fn mentions(&self) -> Vec<Mention> {
        paths::mentions(&self.code)
    }

    /// Every item that the file defines, including items inside others.
    pub(crate) fn items(&self) -> Vec<Item> {
        items::find(&self.code)
    }

    /// The folder of the modules that this source file declares.
    pub(crate) fn folder_of_modules(&self) -> PathBuf {
        let stem = self.path.file_stem().unwrap_or_default();
        let is_root = ["lib", "main", "mod"].iter().any(|root| stem == *root);
        if is_root { self.path.with_file_name("") } else { self.path.with_extension("") }
    }

    /// The paths of the test modules that this source file declares, without file extension.
    fn test_module_paths(&self) -> impl Iterator<Item = PathBuf> + '_ {
        let folder = self.folder_of_modules();
        self.test_modules.iter().map(move |module| folder.join(module))
    }
}

/// Every doc comment of a Rust source text, including those in tests.
pub(crate) fn docs(source: &str) -> Vec<Doc> {
    docs::find(source, &lexer::views(source).text)
}

/// The Rust source files below a folder, without files that consist of tests.
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
