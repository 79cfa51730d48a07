//! Compares two versions of the catalogue. The result lists the items that were added, removed or
//! changed between the earlier and the later version, with the changed fields, ready for display.

use super::{Catalogue, Row};
use crate::name::{Language, Name};
use crate::narrowing::Axis;
use std::collections::BTreeSet;

/// A difference between two catalogue versions: one catalogue row, exam platform, exam format, exam
/// type or instruction text, or the list of videos, was added, removed or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueChange {
    /// The code for one type of difference between two catalogue versions, such as `row-added`. The
    /// code completes the translation key `change-…`.
    pub kind: &'static str,
    /// The catalogue item in which two catalogue versions differ: the id of a row, the code of an
    /// exam platform, format or type, or the topic of instructions. Empty if the lists of videos
    /// differ.
    pub subject: String,
    /// The name of the catalogue item in which two catalogue versions differ. The name is taken
    /// from the later version, or from the earlier version if the item was removed.
    pub name: Name,
    /// The changed fields of a catalogue item, each with its values in the earlier and the later of
    /// two compared catalogue versions. Empty if the whole item was added or removed.
    pub fields: Vec<FieldChange>,
}

/// One changed field of a catalogue item, with the values of the field in the earlier and the later
/// of two compared catalogue versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The code of a catalogue item's changed field, such as `title`. The code completes the
    /// translation key `part-…`.
    pub field: &'static str,
    /// The language in which a text of a catalogue item was changed; `None` for a field that is the
    /// same in all languages.
    pub language: Option<Language>,
    /// The value of a catalogue item's field in the earlier of two compared catalogue versions;
    /// empty if the field had no value.
    pub before: String,
    /// The value of a catalogue item's field in the later of two compared catalogue versions; empty
    /// if the field has no value.
    pub after: String,
}

/// Lists all differences between an earlier catalogue version `from` and a later version `to`:
/// first the rows in the sequence of the rule table, then the names of exam platforms, formats and
/// types, then the instructions, then the videos.
pub fn compare(from: &Catalogue, to: &Catalogue) -> Vec<CatalogueChange> {
    let mut changes = rows(from, to);
    for axis in Axis::ALL {
        changes.extend(labels(from, to, axis));
    }
    changes.extend(instructions(from, to));
    if from.videos != to.videos {
        let fields = vec![FieldChange::of("videos", &videos(from), &videos(to))];
        changes.push(CatalogueChange { kind: "videos-changed", subject: String::new(), name: Name::default(), fields });
    }
    changes
}

fn rows(from: &Catalogue, to: &Catalogue) -> Vec<CatalogueChange> {
    let mut changes = Vec::new();
    for row in &to.rows {
        let (kind, fields) = match from.row(&row.id) {
            None => ("row-added", Vec::new()),
            Some(before) if before == row => continue,
            Some(before) => (kind_of(before, row), row_fields(before, row)),
        };
        changes.push(CatalogueChange { kind, subject: row.id.0.clone(), name: row.title.clone(), fields });
    }
    let gone = from.rows.iter().filter(|row| to.row(&row.id).is_none());
    changes.extend(gone.map(|row| CatalogueChange {
        kind: "row-removed",
        subject: row.id.0.clone(),
        name: row.title.clone(),
        fields: Vec::new(),
    }));
    changes
}

fn kind_of(before: &Row, after: &Row) -> &'static str {
    match (before.is_on, after.is_on) {
        (true, false) => "row-off",
        (false, true) => "row-on",
        _ => "row-changed",
    }
}

fn row_fields(before: &Row, after: &Row) -> Vec<FieldChange> {
    let mut fields = Vec::new();
    let empty = Name::default();
    let code = |code: &Option<String>| code.clone().unwrap_or_default();
    let plain = [
        ("number", before.number.to_string(), after.number.to_string()),
        ("platform", before.platform.clone(), after.platform.clone()),
        ("form", before.form.clone(), after.form.clone()),
        ("type", code(&before.kind), code(&after.kind)),
        ("minutes", before.minutes.to_string(), after.minutes.to_string()),
        ("attempts", before.attempts.to_string(), after.attempts.to_string()),
        ("parts", before.parts.to_string(), after.parts.to_string()),
        ("suggestions", suggestions(before), suggestions(after)),
        ("several", several(before), several(after)),
        ("faculties", faculties(before), faculties(after)),
    ];
    fields.extend(
        plain.iter().filter(|(_, old, new)| old != new).map(|(field, old, new)| FieldChange::of(field, old, new)),
    );
    let info = |row: &Row| row.info.clone().map(|info| (info.label, info.prompt)).unwrap_or_default();
    let offered = |row: &Row| row.offered.clone().map(|offered| (offered.reason, offered.note)).unwrap_or_default();
    let ((label, prompt), (new_label, new_prompt)) = (info(before), info(after));
    let ((reason, note), (new_reason, new_note)) = (offered(before), offered(after));
    let texts = [
        ("title", &before.title, &after.title),
        ("help", before.help.as_ref().unwrap_or(&empty), after.help.as_ref().unwrap_or(&empty)),
        ("info-label", &label, &new_label),
        ("info-prompt", &prompt, &new_prompt),
        ("reason", &reason, &new_reason),
        ("note", &note, &new_note),
    ];
    fields.extend(texts.into_iter().flat_map(|(field, old, new)| text_changes(field, old, new)));
    fields
}

fn suggestions(row: &Row) -> String {
    row.info.as_ref().map(|info| info.suggestions.join(", ")).unwrap_or_default()
}

/// Whether several suggestions can be chosen, as 1 or 0; empty for a row without additional information.
fn several(row: &Row) -> String {
    row.info.as_ref().map(|info| i64::from(info.several).to_string()).unwrap_or_default()
}

fn faculties(row: &Row) -> String {
    row.offered.as_ref().map(|offered| offered.faculties.join(", ")).unwrap_or_default()
}

fn labels(from: &Catalogue, to: &Catalogue, axis: Axis) -> Vec<CatalogueChange> {
    let (old, new) = (from.labels(axis), to.labels(axis));
    let change = |kind, code: &str, name: &Name, fields| CatalogueChange {
        kind,
        subject: code.to_owned(),
        name: name.clone(),
        fields,
    };
    let mut changes = Vec::new();
    for label in new {
        match old.iter().find(|known| known.code == label.code) {
            None => changes.push(change("label-added", &label.code, &label.name, Vec::new())),
            Some(known) if known.name == label.name => {}
            Some(known) => {
                let fields = text_changes("name", &known.name, &label.name);
                changes.push(change("label-changed", &label.code, &label.name, fields));
            }
        }
    }
    let gone = old.iter().filter(|label| new.iter().all(|known| known.code != label.code));
    changes.extend(gone.map(|label| change("label-removed", &label.code, &label.name, Vec::new())));
    changes
}

fn instructions(from: &Catalogue, to: &Catalogue) -> Vec<CatalogueChange> {
    let empty = Name::default();
    let topics: BTreeSet<&String> = from.instructions.keys().chain(to.instructions.keys()).collect();
    let mut changes = Vec::new();
    for topic in topics {
        let side = |catalogue: &Catalogue| catalogue.instructions.get(topic).unwrap_or(&empty).clone();
        let fields = text_changes("instructions", &side(from), &side(to));
        if !fields.is_empty() {
            let name = to.name_of_topic(topic);
            changes.push(CatalogueChange { kind: "instructions-changed", subject: topic.clone(), name, fields });
        }
    }
    changes
}

impl Catalogue {
    /// Returns the name of a topic on which the catalogue has instructions: the title of a
    /// catalogue row or the name of an exam platform. The name is empty for the topic `general`.
    pub fn name_of_topic(&self, topic: &str) -> Name {
        let row = self.rows.iter().find(|row| row.id.0 == topic).map(|row| row.title.clone());
        let platform = || self.platforms.iter().find(|label| label.code == topic).map(|label| label.name.clone());
        row.or_else(platform).unwrap_or_default()
    }
}

fn videos(catalogue: &Catalogue) -> String {
    let name = |video: &super::Video| {
        let place = video.url.as_deref().or(video.file.as_deref()).unwrap_or_default();
        format!("{}: {} ({place})", video.scope, video.title.text(Language::Kk))
    };
    catalogue.videos.iter().map(name).collect::<Vec<_>>().join("\n")
}

fn text_changes(field: &'static str, before: &Name, after: &Name) -> Vec<FieldChange> {
    let differs = Language::ALL.into_iter().filter(|&language| before.exactly(language) != after.exactly(language));
    let change = |language| FieldChange {
        language: Some(language),
        ..FieldChange::of(field, before.exactly(language), after.exactly(language))
    };
    differs.map(change).collect()
}

impl FieldChange {
    fn of(field: &'static str, before: &str, after: &str) -> Self {
        Self { field, language: None, before: before.to_owned(), after: after.to_owned() }
    }
}
