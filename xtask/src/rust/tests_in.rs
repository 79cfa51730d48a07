//! Finds the items under `#[cfg(test)]` in Rust sources, so that the checks ignore tests.

use std::collections::BTreeSet;

/// The lines of a Rust source file that belong to tests.
#[derive(Default)]
pub(super) struct Tests {
    lines: BTreeSet<usize>,
    /// The names of modules declared under `#[cfg(test)]` whose text is in another file.
    pub(super) modules: Vec<String>,
}

impl Tests {
    pub(super) fn contains(&self, line: usize) -> bool {
        self.lines.contains(&line)
    }

    pub(super) fn count(&self) -> usize {
        self.lines.len()
    }

    /// Returns the text of a Rust source file with empty lines in place of the tests.
    pub(super) fn blank(&self, text: &str) -> String {
        let kept = text.lines().zip(1..).map(|(line, number)| if self.contains(number) { "" } else { line });
        kept.fold(String::with_capacity(text.len()), |all, line| all + line + "\n")
    }
}

/// Finds the tests in Rust code. Comments and string literals must have been removed from the code,
/// because the braces in it are counted.
pub(super) fn find(code: &str) -> Tests {
    let mut tests = Tests::default();
    let mut lines = code.lines().zip(1..).peekable();
    while let Some((line, number)) = lines.next() {
        if !is_test_attribute(line) {
            continue;
        }
        tests.lines.insert(number);
        let mut item = TestItem::default();
        item.read(line.trim_start().split_once(']').map_or("", |(_attribute, rest)| rest));
        while !item.is_complete {
            let Some((line, number)) = lines.next() else { break };
            tests.lines.insert(number);
            item.read(line);
        }
        tests.modules.extend(item.module);
    }
    tests
}

fn is_test_attribute(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("#[cfg(test)]") || line.starts_with("#[cfg(all(test,")
}

/// A Rust item (function, module or other) under a `#[cfg(test)]` attribute, which is read line by
/// line up to its last brace or semicolon.
#[derive(Default)]
struct TestItem {
    depth: usize,
    is_complete: bool,
    module: Option<String>,
}

impl TestItem {
    fn read(&mut self, line: &str) {
        if self.depth == 0 {
            self.module = module_elsewhere(line).or(self.module.take());
        }
        let is_attribute = self.depth == 0 && line.trim_start().starts_with("#[");
        for c in line.chars().filter(|_| !is_attribute) {
            match c {
                '{' => self.depth += 1,
                '}' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            self.is_complete |= self.depth == 0 && (c == '}' || c == ';');
        }
    }
}

/// Returns the module's name in a Rust declaration `mod name;`, `pub mod name;` or similar.
fn module_elsewhere(line: &str) -> Option<String> {
    let declaration = line.trim().strip_suffix(';')?;
    let (before, name) = declaration.rsplit_once(' ')?;
    (before == "mod" || before.ends_with(" mod")).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_ends_with_its_brace_or_semicolon() {
        let code =
            "#[cfg(test)]\nuse a::{\n    b,\n};\nfn kept() {}\n#[cfg(test)]\n#[expect(x)]\nfn gone() {\n}\nlet kept;\n";
        let lines: Vec<usize> = find(code).lines.into_iter().collect();
        assert_eq!(lines, [1, 2, 3, 4, 6, 7, 8, 9]);
    }

    #[test]
    fn modules_in_other_files_are_named() {
        let tests = find("#[cfg(test)]\npub(crate) mod samples;\n#[cfg(test)] mod sums;\nmod kept;\n");
        assert_eq!(tests.modules, ["samples", "sums"]);
        assert_eq!(tests.count(), 3);
    }
}
