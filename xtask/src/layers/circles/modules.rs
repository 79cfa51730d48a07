//! Finds the source file that a path in Rust code (`a::b::C`) leads to, from the modules of a crate
//! and the names that each module defines or imports.
//!
//! A name that a module only imports is followed to the file that defines it, so that a path
//! through a re-export leads to the right file. A name that no module defines, for example one that
//! a macro defines, is attributed to the module in which the path looks for it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::rust::{Item, Kind, Mention, Place, RustFile};

/// The maximum number of imports through which a path in Rust code is followed, because imports can
/// refer to each other endlessly.
const MOST_IMPORTS: usize = 16;

/// The modules of a crate that are in separate files; the key is the path of the module.
pub(super) struct Modules {
    modules: BTreeMap<Vec<String>, Module>,
}

/// The module of one source file, with the names that it defines and the names that it imports.
struct Module {
    file: usize,
    defined: BTreeSet<String>,
    imported: BTreeMap<String, Vec<Vec<String>>>,
    globs: Vec<Vec<String>>,
}

/// The target of a path in Rust code (`a::b::C`): the module of the crate to which the path leads,
/// or the item in that module to which it leads.
struct Target<'a> {
    path: &'a [String],
    module: &'a Module,
    is_item: bool,
}

impl Modules {
    pub(super) fn of(folder: &Path, files: &[RustFile]) -> Self {
        let modules = files.iter().enumerate().map(|(file, source)| {
            let items = source.items();
            (path_of(folder, &source.path), Module::new(file, &items, mentions(source, &items)))
        });
        Self { modules: modules.collect() }
    }

    /// Returns the files of the same crate that a source file uses, each with the line number of
    /// the use.
    pub(super) fn used_by(&self, file: usize, source: &RustFile) -> Vec<(usize, usize)> {
        let Some((at, _)) = self.modules.iter().find(|(_, module)| module.file == file) else { return Vec::new() };
        let mentions = mentions(source, &source.items());
        let mut used = Vec::new();
        for mention in &mentions {
            let ends = match mention.segments.split_last() {
                Some((star, path)) if star == "*" => self.through_glob(at, path, source),
                _ => self
                    .target(at, &mention.segments, 0)
                    .filter(|end| end.is_item || !is_way(mention, &mentions))
                    .map_or_else(Vec::new, |end| vec![end.module.file]),
            };
            used.extend(ends.into_iter().map(|end| (mention.line, end)));
        }
        used
    }

    /// Returns the files that define the names which a source file uses through a glob import (`use
    /// a::*`). If no such name is recognised, returns only the file of the imported module.
    fn through_glob(&self, at: &[String], path: &[String], source: &RustFile) -> Vec<usize> {
        let Some(end) = self.target(at, path, 0) else { return Vec::new() };
        let words: BTreeSet<&str> = source.code.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
        let known = words.into_iter().filter(|word| !end.is_item && end.module.knows(word));
        let ends: BTreeSet<usize> = known
            .filter_map(|word| self.follow(end.path, &[word.to_owned()], 0))
            .map(|target| target.module.file)
            .collect();
        if ends.is_empty() { vec![end.module.file] } else { ends.into_iter().collect() }
    }

    /// Finds the module or item to which a path leads that is written in the Rust code of the
    /// module `at`; `None` if the path leads out of the crate.
    fn target<'a>(&'a self, at: &[String], path: &[String], imports: usize) -> Option<Target<'a>> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => self.follow(&[], rest, imports),
            "self" | "super" => self.follow(at, path, imports),
            _ => self.named(at, path, imports),
        }
    }

    /// Finds the module or item to which a path in Rust code leads if it is followed from the
    /// module `at`; `None` if the path leads out of the crate.
    fn follow<'a>(&'a self, at: &[String], path: &[String], imports: usize) -> Option<Target<'a>> {
        let (at, module) = self.modules.get_key_value(at)?;
        match path.split_first() {
            None => Some(Target { path: at, module, is_item: false }),
            Some((first, rest)) if first == "self" => self.follow(at, rest, imports),
            Some((first, rest)) if first == "super" => self.follow(at.split_last()?.1, rest, imports),
            Some((first, _)) => {
                // A path whose first name leads to no file of the crate is treated in one of two
                // ways. If the name is an import or a child module, the path leads to another
                // crate. Otherwise, the path is attributed to the current module.
                let is_elsewhere = module.imported.contains_key(first) || self.child(at, first).is_some();
                let own = Target { path: at, module, is_item: true };
                self.named(at, path, imports).or_else(|| (!is_elsewhere).then_some(own))
            }
        }
    }

    /// Finds the module or item to which a path in Rust code leads. The first name of the path has
    /// to be a child module of the module `at`, or be defined or imported in that module.
    fn named<'a>(&'a self, at: &[String], path: &[String], imports: usize) -> Option<Target<'a>> {
        let (first, rest) = path.split_first()?;
        let (at, module) = self.modules.get_key_value(at)?;
        let defined = || module.defined.contains(first).then_some(Target { path: at, module, is_item: true });
        let imported = || self.imported(at, module, path, imports);
        match self.child(at, first) {
            Some(child) if !rest.is_empty() => self.follow(child, rest, imports),
            None if !rest.is_empty() => imported().or_else(defined),
            child => defined().or_else(imported).or_else(|| self.follow(child?, rest, imports)),
        }
    }

    /// Returns the path of the child module `name` of the module `at`, if the child module is in a
    /// separate file.
    fn child(&self, at: &[String], name: &String) -> Option<&[String]> {
        let path = joined(at, std::slice::from_ref(name));
        self.modules.get_key_value(&path).map(|(path, _)| path.as_slice())
    }

    fn imported<'a>(&'a self, at: &[String], module: &Module, path: &[String], imports: usize) -> Option<Target<'a>> {
        let (first, rest) = path.split_first().filter(|_| imports < MOST_IMPORTS)?;
        let mut sources = module.imported.get(first).into_iter().flatten();
        let by_name = sources.find_map(|source| self.target(at, &joined(source, rest), imports + 1));
        by_name.or_else(|| {
            let ends = module.globs.iter().filter_map(|glob| self.target(at, glob, imports + 1));
            let mut known = ends.filter(|end| !end.is_item && end.path != at && end.module.knows(first));
            known.find_map(|end| self.follow(end.path, path, imports + 1))
        })
    }
}

impl Module {
    fn new(file: usize, items: &[Item], mentions: Vec<Mention>) -> Self {
        let is_defined = |item: &&Item| item.place == Place::Module && item.kind != Kind::ModuleElsewhere;
        let defined = items.iter().filter(is_defined).map(|item| item.name.clone()).collect();
        let mut module = Self { file, defined, imported: BTreeMap::new(), globs: Vec::new() };
        for Mention { mut segments, imported_as, .. } in mentions {
            match imported_as.as_deref() {
                None | Some("_") => {}
                Some("*") => {
                    segments.pop();
                    module.globs.push(segments);
                }
                Some(name) => module.imported.entry(name.to_owned()).or_default().push(segments),
            }
        }
        module
    }

    fn knows(&self, name: &str) -> bool {
        self.defined.contains(name) || self.imported.contains_key(name)
    }
}

/// Returns whether a file imports a module only to write shorter paths through it. If so, these
/// paths count as uses of the module, and the import itself does not.
fn is_way(import: &Mention, mentions: &[Mention]) -> bool {
    let Some(name) = &import.imported_as else { return false };
    mentions.iter().any(|mention| mention.root() == name && mention.segments.len() > 1 && mention != import)
}

/// Returns the paths (`a::b::C`) that a source file mentions, relative to the module of the file.
/// In a module between braces (`mod b { … }`), a path that begins with `super` leads to the module
/// of the file, so this `super` is replaced by `self`.
fn mentions(source: &RustFile, items: &[Item]) -> Vec<Mention> {
    let inline: Vec<&Item> = items.iter().filter(|item| item.kind == Kind::ModuleHere).collect();
    let depth = |line: usize| inline.iter().filter(|item| item.line < line && line <= item.last_line).count();
    let mut mentions = source.mentions();
    for mention in &mut mentions {
        for segment in mention.segments.iter_mut().take(depth(mention.line)).take_while(|segment| *segment == "super") {
            "self".clone_into(segment);
        }
    }
    mentions
}

/// Returns the module path of a source file: `a/b.rs` and `a/b/mod.rs` are both `a::b`.
fn path_of(folder: &Path, file: &Path) -> Vec<String> {
    let inside = file.strip_prefix(folder).unwrap_or(file).with_extension("");
    let mut path: Vec<String> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let is_root = path.len() == 1 && path.iter().any(|name| name == "lib" || name == "main");
    if is_root || path.last().is_some_and(|name| name == "mod") {
        path.pop();
    }
    path
}

fn joined(first: &[String], second: &[String]) -> Vec<String> {
    first.iter().chain(second).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: &[(&str, &str)] = &[
        ("lib.rs", "pub mod rooms;\npub mod words;\npub use rooms::list::List;\npub type Answer = u8;\n"),
        ("rooms.rs", "mod list;\nmod one;\npub use list::*;\nuse crate::words as texts;\npub struct Room;\n"),
        ("rooms/list.rs", "pub struct List;\nmod inner {\n    use super::super::Room;\n}\n"),
        ("rooms/one.rs", ""),
        ("words.rs", "pub use domain::Outside;\nmacro_rules! said { () => {}; }\npub(crate) use said;\n"),
    ];

    /// Returns the test files that the test file at `path` uses, each file once. The file at `path`
    /// has the text `source` instead of its text in `FILES`.
    fn used(path: &str, source: &str) -> Vec<String> {
        let read = |(name, text): &(&str, &str)| {
            RustFile::parse(&Path::new("src").join(name), if *name == path { source } else { text })
        };
        let files: Vec<RustFile> = FILES.iter().map(read).collect();
        let modules = Modules::of(Path::new("src"), &files);
        let place = FILES.iter().position(|(name, _)| *name == path).unwrap();
        let used: BTreeSet<usize> = modules.used_by(place, &files[place]).into_iter().map(|(_, file)| file).collect();
        used.into_iter().filter(|file| *file != place).map(|file| FILES[file].0.to_owned()).collect()
    }

    #[test]
    fn a_path_leads_to_the_file_that_defines_its_item() {
        assert_eq!(used("rooms/one.rs", "use super::Room;\n"), ["rooms.rs"]);
        assert_eq!(used("rooms/one.rs", "fn f() -> crate::Answer {}\n"), ["lib.rs"]);
        assert_eq!(used("rooms/one.rs", "crate::rooms::list::List::new()\n"), ["rooms/list.rs"]);
        assert_eq!(used("rooms.rs", "mod list;\nfn f() {\n    list::f();\n}\n"), ["rooms/list.rs"]);
    }

    #[test]
    fn a_path_through_a_re_export_uses_its_source() {
        assert_eq!(used("words.rs", "use crate::List;\n"), ["rooms/list.rs"]);
        assert_eq!(used("rooms/one.rs", "use super::List;\n"), ["rooms/list.rs"]);
        assert_eq!(used("rooms/one.rs", "use super::texts::said;\n"), ["words.rs"]);
        assert_eq!(used("rooms/one.rs", "use crate::words::said;\n"), ["words.rs"]);
    }

    #[test]
    fn an_imported_module_may_be_only_a_way() {
        assert_eq!(used("words.rs", "use crate::rooms;\nfn f(_: rooms::List) {}\n"), ["rooms/list.rs"]);
        assert_eq!(used("words.rs", "use crate::rooms;\n"), ["rooms.rs"]);
    }

    #[test]
    fn a_glob_uses_what_is_named() {
        assert_eq!(used("rooms/one.rs", "use super::*;\nfn f(_: Room) {}\n"), ["rooms.rs"]);
        assert_eq!(used("rooms/one.rs", "use crate::*;\nfn f(_: List) {}\n"), ["rooms/list.rs"]);
        assert_eq!(used("rooms/one.rs", "use super::*;\n"), ["rooms.rs"]);
    }

    #[test]
    fn declarations_and_other_crates_are_no_use() {
        assert!(used("rooms.rs", "mod list;\nmod one;\n").is_empty());
        assert!(used("words.rs", "use tokio;\nuse domain::rooms::Room;\nfn f() -> Self::X {}\n").is_empty());
    }

    #[test]
    fn a_name_from_another_crate_ends_outside() {
        assert!(used("rooms/one.rs", "use crate::words::Outside;\n").is_empty());
        assert!(used("rooms/one.rs", "use super::texts::Outside;\n").is_empty());
        assert_eq!(used("rooms/one.rs", "use crate::words::made_by_a_macro;\n"), ["words.rs"]);
    }

    #[test]
    fn a_module_between_braces_stands_one_deeper() {
        assert_eq!(used("rooms/list.rs", FILES[2].1), ["rooms.rs"]);
        assert!(used("rooms/list.rs", "struct A;\nmod inner {\n    use super::A;\n}\n").is_empty());
    }
}
