//! Checks that a catalogue (the table of permitted combinations of exam platform, format and type)
//! is consistent. A catalogue version with a fault can be neither loaded nor published.

use crate::catalogue::field_checks::is_web_address;
use crate::catalogue::{Catalogue, Label, Row, RowId, Video};
use crate::name::{Language, Name};
use std::collections::BTreeSet;

pub mod context_checks;
pub mod fixes;

/// A fault that a check found in a catalogue, with the catalogue rows or other items that have the
/// fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueFault {
    /// The code of the check that the catalogue failed, which is also the second half of the
    /// translation key `proof-…`.
    pub code: &'static str,
    /// The ids of the catalogue rows that have the fault.
    pub rows: Vec<RowId>,
    /// The item of the catalogue that has the fault, if it is not a row: a platform, an exam
    /// format, an exam type, a language or a topic of the instructions.
    pub what: String,
}

/// Runs all checks on a catalogue and returns the faults: first those that concern the whole
/// catalogue and pairs of its rows, then those of single rows, of names, of instructions and of
/// videos.
pub fn faults(catalogue: &Catalogue) -> Vec<CatalogueFault> {
    let mut faults = Vec::new();
    // A catalogue whose rows are all switched off is as faulty as a catalogue without rows, because
    // nothing can be chosen.
    if catalogue.rows_on().next().is_none() {
        faults.push(CatalogueFault { code: "no-rows", rows: Vec::new(), what: String::new() });
    }
    faults.extend(pairs(catalogue));
    for row in &catalogue.rows {
        faults.extend(row_faults(catalogue, row));
    }
    for LabelUse { kind, labels, used } in label_uses(catalogue) {
        faults.extend(label_faults(kind, labels, &used));
    }
    faults.extend(instruction_faults(catalogue));
    faults.extend(catalogue.videos.iter().flat_map(|video| video_faults(catalogue, video)));
    faults
}

/// Finds the faults of pairs of catalogue rows that must not occur together, such as duplicates.
fn pairs(catalogue: &Catalogue) -> Vec<CatalogueFault> {
    let mut faults = Vec::new();
    for (place, first) in catalogue.rows.iter().enumerate() {
        for second in catalogue.rows.iter().skip(place + 1) {
            if let Some(code) = pair_fault(first, second) {
                let what = format!("{}/{}/{}", first.platform, first.form, first.kind_or_none());
                faults.push(CatalogueFault { code, rows: vec![first.id.clone(), second.id.clone()], what });
            }
        }
    }
    faults
}

fn pair_fault(first: &Row, second: &Row) -> Option<&'static str> {
    let same_place = first.platform == second.platform && first.form == second.form;
    if first.id == second.id {
        Some("duplicate-id")
    } else if !first.is_on || !second.is_on {
        // A catalogue row that is switched off is not compared with other rows, so that a new row
        // with the same exam platform, format and type can replace it.
        None
    } else if same_place && first.kind == second.kind {
        Some("duplicate-row")
    } else if same_place && first.kind.is_some() != second.kind.is_some() {
        // Two catalogue rows have the same exam platform and exam format, but only one of them has
        // an exam type. It would be unclear which of the two rows applies.
        Some("contradiction")
    } else if first.number == second.number {
        Some("duplicate-number")
    } else {
        None
    }
}

fn row_faults(catalogue: &Catalogue, row: &Row) -> Vec<CatalogueFault> {
    let fault = |code, what: &str| CatalogueFault { code, rows: vec![row.id.clone()], what: what.to_owned() };
    let mut faults = Vec::new();
    let knows = |labels: &[Label], code: &str| labels.iter().any(|label| label.code == code);
    if !is_plain_id(&row.id.0) {
        faults.push(fault("bad-id", &row.id.0));
    }
    if !knows(&catalogue.platforms, &row.platform) {
        faults.push(fault("unknown-platform", &row.platform));
    }
    if !knows(&catalogue.forms, &row.form) {
        faults.push(fault("unknown-form", &row.form));
    }
    if let Some(kind) = row.kind.as_deref().filter(|kind| !knows(&catalogue.kinds, kind)) {
        faults.push(fault("unknown-type", kind));
    }
    if row.offered.as_ref().is_some_and(|offered| offered.faculties.is_empty()) {
        faults.push(fault("offered-to-nobody", ""));
    }
    if !(1..=9).contains(&row.parts) || row.minutes < 0 || row.attempts < 0 {
        faults.push(fault("bad-number", ""));
    }
    faults.extend(
        row_names(row)
            .into_iter()
            .flat_map(|RowName { field, name }| missing_languages(field, name))
            .map(|what| fault("language-missing", &what)),
    );
    faults
}

fn is_plain_id(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-')
}

/// A text field of a catalogue row in three languages, such as the title of the row.
struct RowName<'r> {
    /// The path of the text field in the catalogue row, such as `info.label`.
    field: &'static str,
    name: &'r Name,
}

fn row_names(row: &Row) -> Vec<RowName<'_>> {
    let named = |field, name| RowName { field, name };
    let mut names = vec![named("title", &row.title)];
    names.extend(row.help.as_ref().map(|help| named("help", help)));
    if let Some(info) = &row.info {
        names.extend([named("info.label", &info.label), named("info.prompt", &info.prompt)]);
    }
    if let Some(offered) = &row.offered {
        names.extend([named("offered.reason", &offered.reason), named("offered.note", &offered.note)]);
    }
    names
}

fn missing_languages(what: &str, name: &Name) -> Vec<String> {
    let missing = Language::ALL.into_iter().filter(|&language| name.exactly(language).trim().is_empty());
    missing.map(|language| format!("{what}.{}", language.code())).collect()
}

/// One of the three lists of a catalogue (exam platforms, exam formats or exam types), and the
/// codes from this list that catalogue rows use.
struct LabelUse<'a> {
    kind: &'static str,
    labels: &'a [Label],
    used: BTreeSet<&'a str>,
}

fn label_uses(catalogue: &Catalogue) -> [LabelUse<'_>; 3] {
    [
        LabelUse {
            kind: "platform",
            labels: &catalogue.platforms,
            used: catalogue.rows.iter().map(|row| row.platform.as_str()).collect(),
        },
        LabelUse {
            kind: "form",
            labels: &catalogue.forms,
            used: catalogue.rows.iter().map(|row| row.form.as_str()).collect(),
        },
        LabelUse {
            kind: "type",
            labels: &catalogue.kinds,
            used: catalogue.rows.iter().filter_map(|row| row.kind.as_deref()).collect(),
        },
    ]
}

fn label_faults(axis: &str, labels: &[Label], used: &BTreeSet<&str>) -> Vec<CatalogueFault> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for label in labels {
        let what = format!("{axis} {}", label.code);
        let fault = |code| CatalogueFault { code, rows: Vec::new(), what: what.clone() };
        if !seen.insert(&label.code) {
            faults.push(fault("duplicate-label"));
        }
        // If no catalogue row uses a certain platform, exam format or exam type, an instructor who
        // selects it could not complete a choice.
        if !used.contains(label.code.as_str()) {
            faults.push(fault("dead-end"));
        }
        if !label.name.is_complete() {
            faults.push(fault("language-missing"));
        }
        if label.link.as_ref().is_some_and(|link| !leads_somewhere(link)) {
            faults.push(fault("bad-link"));
        }
    }
    faults
}

/// Returns whether the link of an exam platform is a web address (`https://`), so that students can
/// follow it.
fn leads_somewhere(link: &str) -> bool {
    let host = link.strip_prefix("https://").unwrap_or_default();
    host.starts_with(|first: char| first.is_ascii_alphanumeric()) && !host.contains(char::is_whitespace)
}

/// Finds missing instructions in a catalogue: every catalogue row, every platform and the general
/// topic must have instructions in every language.
fn instruction_faults(catalogue: &Catalogue) -> Vec<CatalogueFault> {
    let platforms = catalogue.platforms.iter().map(|label| label.code.as_str());
    let rows = catalogue.rows.iter().map(|row| row.id.0.as_str());
    std::iter::once("general")
        .chain(platforms)
        .chain(rows)
        .filter(|topic| !catalogue.instructions.get(*topic).is_some_and(Name::is_complete))
        .map(|topic| CatalogueFault { code: "instructions-missing", rows: Vec::new(), what: topic.to_owned() })
        .collect()
}

/// Finds the faults of one instruction video in a catalogue: a video must belong to a topic of the
/// instructions and have a file or a link, and a video file must have captions in every language.
fn video_faults(catalogue: &Catalogue, video: &Video) -> Vec<CatalogueFault> {
    let rows: Vec<RowId> =
        catalogue.rows.iter().filter(|row| row.id.0 == video.scope).map(|row| row.id.clone()).collect();
    let fault = |code| CatalogueFault { code, rows: rows.clone(), what: video.scope.clone() };
    let mut faults = Vec::new();
    if !catalogue.topics().contains(&video.scope.as_str()) {
        faults.push(fault("video-without-topic"));
    }
    match (&video.file, &video.url) {
        (None, None) => faults.push(fault("video-nowhere")),
        (_, Some(url)) if !is_web_address(url) => faults.push(fault("video-nowhere")),
        (Some(_), _) if !video.captions.as_ref().is_some_and(Name::is_complete) => {
            faults.push(fault("captions-missing"));
        }
        _ => {}
    }
    if !video.title.is_complete() {
        faults.push(fault("video-untitled"));
    }
    faults
}
