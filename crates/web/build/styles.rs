//! Joins the modules of the website's style sheets and removes comments and white space.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::Failure;

/// The style sheet of every page. It imports its modules.
pub(crate) const MAIN: &str = "main.css";
/// The style sheet that the progress board loads besides, so that the first visit stays small.
pub(crate) const PROGRESS: &str = "progress.css";

/// The characters of CSS after which white space has no meaning. `:` is included because it ends
/// the name of a property; in a selector, the formatter Prettier puts no space after `:`.
const NO_SPACE_AFTER: [char; 9] = ['{', '}', ';', ',', '>', '~', ':', '(', ' '];
/// The characters of CSS before which white space has no meaning.
const NO_SPACE_BEFORE: [char; 8] = ['{', '}', ';', ',', '>', '~', ')', '!'];

/// Builds the style sheet that begins with the module `sheet`: each line `@import "./….css";` is replaced
/// by the text of the named module.
pub(crate) fn build(folder: &Path, sheet: &str) -> Result<String, Failure> {
    let mut joined = String::new();
    for line in fs::read_to_string(folder.join(sheet))?.lines() {
        match imported(line) {
            Some(name) => joined.push_str(
                &fs::read_to_string(folder.join(name)).map_err(|error| format!("{sheet} → {name}: {error}"))?,
            ),
            None => joined.extend([line, "\n"]),
        }
    }
    minify(&joined)
}

/// Refuses a module that no style sheet imports.
pub(crate) fn refuse_unused(folder: &Path) -> Result<(), Failure> {
    let sheets = [MAIN, PROGRESS].map(|sheet| fs::read_to_string(folder.join(sheet)));
    let sheets = sheets.into_iter().collect::<Result<String, _>>()?;
    let used: BTreeSet<&str> = sheets.lines().filter_map(imported).chain([MAIN, PROGRESS]).collect();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !used.contains(name.as_str()) {
            return Err(format!("{name}: no style sheet imports it").into());
        }
    }
    Ok(())
}

/// The module that a line imports.
fn imported(line: &str) -> Option<&str> {
    line.strip_prefix("@import \"./")?.strip_suffix("\";")
}

/// Removes comments, white space, the last semicolon of each block and the zero before a decimal
/// point from a style sheet.
///
/// The source is formatted by Prettier, so white space between two words (`a :is(b)`, `1rem + 2vw`)
/// is the only white space with a meaning.
fn minify(source: &str) -> Result<String, Failure> {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(next) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").ok_or("a comment without an end")?.1;
        } else if matches!(next, '"' | '\'') {
            let text = rest.get(1..).and_then(|text| text.split_once(next)).ok_or("a text without an end")?.0;
            out.push_str(rest.get(..text.len() + 2).unwrap_or_default());
            rest = rest.get(text.len() + 2..).unwrap_or_default();
        } else if next.is_whitespace() {
            rest = rest.trim_start();
            let is_needed = !out.is_empty() && !out.ends_with(NO_SPACE_AFTER) && !rest.starts_with(NO_SPACE_BEFORE);
            if is_needed {
                out.push(' ');
            }
        } else {
            if next == '}' && out.ends_with(';') {
                out.pop();
            }
            let is_needless_zero =
                rest.starts_with("0.") && !out.ends_with(|last: char| last.is_ascii_digit() || last == '.');
            if !is_needless_zero {
                out.push(next);
            }
            rest = rest.get(next.len_utf8()..).unwrap_or_default();
        }
    }
    Ok(out)
}
