//! Finds public modules, functions and types that have no doc comment.

use std::path::PathBuf;

use crate::rust::{Doc, Item, Kind, Place, RustFile};

/// Returns a problem for every public item without a doc comment: the file, and a message with the
/// item's line number.
pub(super) fn problems(files: &[RustFile]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for file in files {
        let is_root = ["lib.rs", "main.rs"].iter().any(|root| file.path.ends_with(root));
        if is_root && !begins_with_doc(file) {
            found.push((file.path.clone(), "1: the crate has no doc comment".to_owned()));
        }
        let items = file.items();
        let public = items.iter().filter(|item| item.is_public && is_counted(item));
        let bare = public.filter(|item| !is_documented(item, file, files));
        found.extend(bare.map(|item| {
            let finding = format!("{}: the public {} `{}` has no doc comment", item.line, called(item), item.name);
            (file.path.clone(), finding)
        }));
    }
    found
}

fn is_counted(item: &Item) -> bool {
    item.kind != Kind::Other && matches!(item.place, Place::Module | Place::InherentImpl)
}

fn called(item: &Item) -> &'static str {
    match item.kind {
        Kind::Type => "type",
        Kind::Function => "function",
        Kind::ModuleElsewhere | Kind::ModuleHere => "module",
        Kind::Other => "item",
    }
}

fn is_documented(item: &Item, file: &RustFile, files: &[RustFile]) -> bool {
    let outer = file.docs.iter().any(|doc| !doc.is_inner && stands_before(doc, item, file));
    outer
        || match item.kind {
            Kind::ModuleHere => file.docs.iter().any(|doc| doc.is_inner && doc.first_line == item.line + 1),
            Kind::ModuleElsewhere => file_of(item, file, files).is_some_and(begins_with_doc),
            _ => false,
        }
}

/// Returns whether a doc comment belongs to an item, because there are only attributes between the
/// comment and the item.
fn stands_before(doc: &Doc, item: &Item, file: &RustFile) -> bool {
    let Some(lines) = item.line.checked_sub(doc.last_line + 1) else { return false };
    let between: String =
        file.code.lines().skip(doc.last_line).take(lines).flat_map(|line| [line.trim(), " "]).collect();
    let between = between.trim();
    between.is_empty() || between.starts_with("#[") && between.ends_with(']') && !between.contains([';', '{', '}'])
}

/// Finds the source file of the module that a declaration `mod name;` names.
fn file_of<'a>(item: &Item, file: &RustFile, files: &'a [RustFile]) -> Option<&'a RustFile> {
    let folder = file.folder_of_modules();
    let candidates: [PathBuf; 2] =
        [folder.join(&item.name).with_extension("rs"), folder.join(&item.name).join("mod.rs")];
    files.iter().find(|other| candidates.contains(&other.path))
}

fn begins_with_doc(file: &RustFile) -> bool {
    let before = |doc: &Doc| file.code.lines().take(doc.first_line).all(|line| line.trim().is_empty());
    file.docs.iter().any(|doc| doc.is_inner && before(doc))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn found(sources: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<RustFile> =
            sources.iter().map(|(path, source)| RustFile::parse(&Path::new("src").join(path), source)).collect();
        problems(&files).into_iter().map(|(file, finding)| format!("{}:{finding}", file.display())).collect()
    }

    #[test]
    fn public_items_are_documented() {
        let source = "//! Crate.\npub mod b;\npub struct A {\n    pub c: u8,\n}\nimpl A {\n    #[must_use]\n    pub fn d(&self) {}\n}\n";
        assert_eq!(
            found(&[("lib.rs", source), ("b.rs", "/// Something else.\nstruct E;\n")]),
            [
                "src/lib.rs:2: the public module `b` has no doc comment",
                "src/lib.rs:3: the public type `A` has no doc comment",
                "src/lib.rs:8: the public function `d` has no doc comment",
            ]
        );
    }

    #[test]
    fn a_crate_is_documented_at_the_top() {
        for root in ["lib.rs", "main.rs"] {
            assert_eq!(found(&[(root, "mod a;\n")]), [format!("src/{root}:1: the crate has no doc comment")]);
        }
    }

    #[test]
    fn comments_stand_before_attributes_or_at_the_top() {
        let source = "//! Crate.\npub mod b;\n/// One.\npub mod c;\n/// Two.\n#[derive(\n    Debug,\n)]\n#[must_use]\npub struct A;\npub mod d {\n    //! Three.\n}\n";
        assert!(found(&[("lib.rs", source), ("b.rs", "//! The module.\n"), ("c.rs", "")]).is_empty());
    }

    #[test]
    fn what_is_not_public_or_implements_a_trait_may_go_without() {
        let source = "//! Crate.\npub(crate) fn a() {}\nfn b() {}\npub const C: u8 = 1;\nimpl X for Y {\n    fn d() {}\n}\npub use e::F;\n";
        assert!(found(&[("lib.rs", source)]).is_empty());
        assert_eq!(found(&[("lib.rs", "//! Crate.\n/// A.\nstruct A;\npub fn b() {}\n")]).len(), 1);
    }
}
