//! Finds the uses of interface texts: in templates, in source code, and indirectly through the
//! codes of refusals, roles and states.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;

use super::fluent::is_key_char;
use crate::repo;
use crate::rust::{self, RustFile};

/// The prefixes of keys that consist of a prefix and a code: the code `x` of a refusal, role or
/// state is translated by the key `<prefix>x`.
const PREFIXES: &[&str] = &[
    "refused-",
    "denied-",
    "document-",
    "import-",
    "act-",
    "role-",
    "stage-",
    "study-",
    "level-",
    "proof-",
    "warn-",
    "finding-help-",
    "field-",
    "done-",
    "taught-in-",
    "demo-",
    "day-",
    "uniformity-",
    "validity-",
    "gap-",
    "unit-",
    "notification-",
    "mail-preference-",
    "fix-",
    "break-",
    "remedy-",
    "part-",
    "import-kind-",
    "import-notice-",
    "import-aside-",
    "import-danger-",
    "import-now-",
    "imported-",
    "changes-",
    "change-",
];
/// The crates whose source code can contain keys of interface texts, or codes from which keys are
/// made.
const CRATES: &[&str] = &["domain", "exchange", "app", "web", "server"];
/// The beginnings of function calls with which templates and source code ask for an interface text,
/// such as `t.get("key")` and `t.count("key", …)`.
const CALLS: &[&str] = &["t.get(", "t.count(", "t.with(", "texts.get(", "texts.count(", "texts.with("];

/// All texts in templates and source code that can be keys of interface texts, or codes from which
/// keys are made.
#[derive(Default)]
pub(super) struct Uses {
    /// The words between quotes in templates, which can be keys of interface texts.
    in_pages: BTreeSet<String>,
    /// The string literals of the source code. Each can be the key of an interface text, or a code
    /// (of a refusal, role or state) from which the key of an interface text is made.
    in_code: BTreeSet<String>,
    /// The place and the key of every function call that asks for an interface text by its key.
    pub(super) asked: Vec<(String, String)>,
    /// A message for every line of a template that contains Cyrillic letters, because such a text
    /// is not translated.
    pub(super) texts_in_pages: Vec<String>,
}

impl Uses {
    pub(super) fn collect(root: &Path) -> Result<Self> {
        let mut uses = Self::default();
        for path in repo::files(&root.join("crates/web/templates"), "html")? {
            uses.read_page(&repo::shown(root, &path), &repo::read(&path)?);
        }
        for name in CRATES {
            for file in rust::files(&root.join("crates").join(name).join("src"))? {
                uses.read_code(&repo::shown(root, &file.path), &file);
            }
        }
        Ok(uses)
    }

    /// Returns whether an interface text is used: its key is in a template or in source code, or
    /// source code makes its key from a prefix and a code or number.
    pub(super) fn has(&self, key: &str) -> bool {
        let is_code = |prefix: &&str| key.strip_prefix(*prefix).is_some_and(|code| self.in_code.contains(code));
        // Source code with `format!("month-{}", …)` uses every key of an interface text that begins
        // with `month-`.
        let is_counted =
            key.rsplit_once('-').is_some_and(|(prefix, _)| self.in_code.contains(&format!("{prefix}-{{}}")));
        self.in_pages.contains(key) || self.in_code.contains(key) || is_counted || PREFIXES.iter().any(is_code)
    }

    pub(super) fn read_page(&mut self, path: &str, page: &str) {
        let page = without_comments(page);
        let cyrillic = page.lines().zip(1..).filter(|(line, _)| line.contains(is_cyrillic));
        self.texts_in_pages.extend(
            cyrillic.map(|(line, number)| format!("{path}:{number}: text that is not in locales/: {}", line.trim())),
        );
        self.in_pages.extend(quoted(&page).map(str::to_owned));
        self.ask(path, &page);
    }

    pub(super) fn read_code(&mut self, path: &str, file: &RustFile) {
        self.in_code.extend(file.literals.iter().map(|literal| literal.value.clone()));
        self.ask(path, &file.text);
    }

    fn ask(&mut self, path: &str, text: &str) {
        self.asked.extend(asked(text).into_iter().map(|(line, key)| (format!("{path}:{line}"), key.to_owned())));
    }
}

fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&c)
}

/// Removes the comments `{# … #}` from a template; line numbers do not change.
fn without_comments(page: &str) -> String {
    let mut kept = String::new();
    let mut rest = page;
    while let Some((before, after)) = rest.split_once("{#") {
        let (comment, beyond) = after.split_once("#}").unwrap_or((after, ""));
        kept.push_str(before);
        kept.extend(comment.chars().filter(|c| *c == '\n'));
        rest = beyond;
    }
    kept + rest
}

/// Finds every text between two quotes that contains only characters allowed in keys. Quotes of
/// HTML and of template expressions can be nested, so opening and closing quotes are not
/// distinguished.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    let parts: Vec<&str> = text.split('"').collect();
    let inner = parts.len().saturating_sub(1);
    parts.into_iter().take(inner).skip(1).filter(|part| !part.is_empty() && part.chars().all(is_key_char))
}

/// Finds the keys in function calls that ask for an interface text, with their line numbers.
fn asked(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for call in CALLS {
        for (at, _) in text.match_indices(call) {
            let (before, rest) = text.split_at_checked(at).unwrap_or((text, ""));
            let is_longer_name = before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let argument = rest.strip_prefix(call).map(str::trim_start).and_then(|rest| rest.strip_prefix('"'));
            let key = argument.and_then(|rest| rest.split('"').next()).filter(|_| !is_longer_name);
            found.extend(key.map(|key| (before.matches('\n').count() + 1, key)));
        }
    }
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_inside_attributes_too() {
        let mut uses = Uses::default();
        uses.read_page("a.html", "<a title=\"{{ t.get(\"send\") }}\" class=\"big\">{{ f(\"sent\") }}</a>");
        assert!(uses.has("send") && uses.has("sent") && !uses.has("send-all"));
    }

    #[test]
    fn codes_use_their_keys() {
        let mut uses = Uses::default();
        let source =
            "fn code() -> &'static str { \"own-choice\" }\n#[cfg(test)]\nmod tests { const A: &str = \"late\"; }\n";
        uses.read_code("a.rs", &RustFile::parse(Path::new("a.rs"), source));
        assert!(uses.has("denied-own-choice") && uses.has("own-choice"));
        assert!(!uses.has("other-own-choice") && !uses.has("denied-late"));
    }

    #[test]
    fn asked_keys_are_found_across_lines() {
        let text = "t.get(\"a\")\nself.texts.with(\n    \"b\", 1) list.get(\"no\") t.get(key)";
        assert_eq!(asked(text), [(1, "a"), (2, "b")]);
    }

    #[test]
    fn pages_hold_no_text_of_their_own() {
        let mut uses = Uses::default();
        uses.read_page("a.html", "{# түсінік\n жазба #}\n<p>Сәлем</p>\n");
        assert_eq!(uses.texts_in_pages, ["a.html:3: text that is not in locales/: <p>Сәлем</p>"]);
    }
}
