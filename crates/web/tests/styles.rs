//! Tests that every CSS class that a template uses has a rule in a style sheet of its page, or is listed as an exception.
#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// CSS classes without a rule, which only tests and scripts look for.
const WITHOUT_RULE: [&str; 7] = ["conflicts", "deeds", "kin", "look", "plan", "programmes", "reuse"];
/// The character that replaces each computed value in a template's text.
const COMPUTED: char = '\0';

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

fn texts_below(folder: &str) -> Vec<(PathBuf, String)> {
    let files = files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    files.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

/// A text with each part from `open` to `close` replaced by one character.
fn replaced(text: &str, open: &str, close: &str, replacement: char) -> String {
    let mut parts = text.split(open);
    let mut left = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        left.push(replacement);
        left.push_str(part.split_once(close).map_or("", |(_, rest)| rest));
    }
    left
}

/// The CSS classes in the text of a template, without computed ones.
fn classes(template: &str) -> BTreeSet<String> {
    let html = replaced(&replaced(template, "{%", "%}", ' '), "{{", "}}", COMPUTED);
    let attributes = html.split("class=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let names = attributes.flat_map(str::split_whitespace).filter(|name| !name.contains(COMPUTED));
    names.map(str::to_owned).collect()
}

/// The names of classes (after a point) in a style sheet.
fn styled(css: &str) -> BTreeSet<String> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    let names = css.split('.').skip(1).filter_map(|rest| rest.split(|letter| !is_part(letter)).next());
    names.map(str::to_owned).collect()
}

#[test]
fn every_class_of_a_template_has_a_rule() {
    let sheets = texts_below("assets/src/styles");
    let classes_of = |is_of_page: fn(&Path) -> bool| -> BTreeSet<String> {
        sheets.iter().filter(|(path, _)| is_of_page(path)).flat_map(|(_, css)| styled(css)).collect()
    };
    // Only the progress board loads the second style sheet.
    let (every_page, board) = (classes_of(|path| !path.ends_with("progress.css")), classes_of(|_| true));
    let mut missing = Vec::new();
    for (path, template) in texts_below("templates") {
        let is_board = path.to_string_lossy().contains("reports/progress");
        let styled = if is_board { &board } else { &every_page };
        let unstyled = classes(&template).into_iter().filter(|name| !styled.contains(name));
        let unknown = unstyled.filter(|name| !WITHOUT_RULE.contains(&name.as_str()));
        missing.extend(unknown.map(|name| format!("{}: {name}", path.display())));
    }
    assert!(missing.is_empty(), "no rule in assets/src/styles:\n{}", missing.join("\n"));
}

#[test]
fn classes_are_found_between_the_marks_of_a_template() {
    let found = classes(r#"<p class="chip {% if a.is("b") %}ok{% endif %} w{{ c }}0 {{ d }}">"#);
    assert_eq!(found, BTreeSet::from(["chip".to_owned(), "ok".to_owned()]));
}
