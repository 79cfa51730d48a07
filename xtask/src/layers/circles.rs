//! Finds cycles of imports: source files of one crate that import each other, directly or through
//! further files. Such files can only be understood together, so these cycles are forbidden.

mod graph;
mod modules;

use std::path::Path;

use anyhow::Result;

use super::table::LAYERS;
use crate::repo;
use crate::rust::{self, RustFile};
use graph::Graph;
use modules::Modules;

/// The amount of detail that is printed about a cycle of imports (source files that import each
/// other).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// Prints only the shortest cycle among the source files that import each other.
    Shortest,
    /// Prints the shortest cycle, and every import between the source files that import each other
    /// directly or through further files.
    EveryArrow,
}

/// Returns a message for every cycle of imports (source files that import each other) in every
/// crate.
pub(super) fn problems(root: &Path, detail: Detail) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for layer in LAYERS {
        let folder = root.join("crates").join(layer.folder).join("src");
        let files = rust::files(&folder)?;
        let found = circles(&folder, &files, detail);
        problems.extend(found.into_iter().map(|circle| format!("{}: {circle}", repo::shown(root, &folder))));
    }
    Ok(problems)
}

fn circles(folder: &Path, files: &[RustFile], detail: Detail) -> Vec<String> {
    let graph = uses(folder, files);
    let name = |file: usize| files.get(file).map_or_else(String::new, |file| repo::shown(folder, &file.path));
    let components = graph.components();
    components.iter().map(|component| told(&graph, component, detail, &name)).collect()
}

/// Builds the graph of imports between the source files of a crate. Each import has the number of
/// the line on which it is first used.
fn uses(folder: &Path, files: &[RustFile]) -> Graph {
    let modules = Modules::of(folder, files);
    let mut graph = Graph::default();
    for (file, source) in files.iter().enumerate() {
        for (line, used) in modules.used_by(file, source) {
            graph.add(file, used, line);
        }
    }
    graph
}

fn told(graph: &Graph, component: &[usize], detail: Detail, name: &dyn Fn(usize) -> String) -> String {
    let way = graph.shortest_circle(component);
    let ends = way.iter().skip(1).chain(way.first());
    let steps = way.iter().zip(ends).map(|(&from, &to)| format!("{}:{}", name(from), graph.line(from, to)));
    let last = way.first().map_or_else(String::new, |&file| name(file));
    let mut told = format!("import circle: {} -> {last}", steps.collect::<Vec<_>>().join(" -> "));
    if component.len() > way.len() {
        let all: Vec<String> = component.iter().map(|&file| name(file)).collect();
        told += &format!("; {} files are in circles with these: {}", all.len(), all.join(", "));
    }
    if detail == Detail::EveryArrow {
        for (from, to, line) in graph.arrows(component) {
            told += &format!("\n    {}:{line} -> {}", name(from), name(to));
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(sources: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<RustFile> =
            sources.iter().map(|(path, source)| RustFile::parse(&Path::new("src").join(path), source)).collect();
        circles(Path::new("src"), &files, Detail::Shortest)
    }

    #[test]
    fn two_files_that_use_each_other_are_a_circle() {
        let sources = [
            ("a.rs", "use crate::b::B;\npub struct A;\n"),
            ("b.rs", "pub struct B;\nfn f(a: super::a::A) {}\n"),
            ("lib.rs", "mod a;\nmod b;\n"),
        ];
        assert_eq!(found(&sources), ["import circle: a.rs:1 -> b.rs:2 -> a.rs"]);
    }

    #[test]
    fn an_order_is_no_circle() {
        let sources = [
            ("a.rs", "use crate::b::B;\n#[cfg(test)]\nmod tests {\n    use crate::c::C;\n}\n"),
            ("b.rs", "use crate::c::C;\n"),
            ("c.rs", "pub struct C;\n// crate::a\n"),
            ("lib.rs", "mod a;\nmod b;\nmod c;\npub use a::A;\n"),
        ];
        assert!(found(&sources).is_empty());
    }

    #[test]
    fn a_child_that_uses_its_parent_is_a_circle_when_the_parent_uses_it() {
        let parent = "mod child;\npub use child::X;\npub struct Y;\n";
        let child = ("a/child.rs", "use super::Y;\npub struct X;\n");
        assert_eq!(
            found(&[("a.rs", parent), child, ("lib.rs", "mod a;\n")]),
            ["import circle: a.rs:2 -> a/child.rs:1 -> a.rs"]
        );
        assert!(found(&[("a.rs", "mod child;\npub struct Y;\n"), child, ("lib.rs", "mod a;\n")]).is_empty());
    }

    #[test]
    fn a_larger_knot_is_reported_once() {
        let sources = [
            ("a.rs", "use crate::{b, c};\n"),
            ("b.rs", "use crate::a;\n"),
            ("c.rs", "use crate::d;\n"),
            ("d.rs", "use crate::a;\n"),
            ("lib.rs", ""),
        ];
        let expected =
            "import circle: a.rs:1 -> b.rs:1 -> a.rs; 4 files are in circles with these: a.rs, b.rs, c.rs, d.rs";
        assert_eq!(found(&sources), [expected]);
    }
}
