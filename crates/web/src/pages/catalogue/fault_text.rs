//! Names the part of a catalogue draft that a fault (failed check) is about, in the language of the
//! page.

use crate::i18n::Texts;
use crate::pages::catalogue::catalogue_form::GENERAL;
use domain::catalogue::Catalogue;
use domain::narrowing::Axis;
use domain::proofs::CatalogueFault;

/// Returns the label, the text or the topic of the instructions that a fault is about, under the
/// name that the pages of the catalogue use. A code that names nothing in the draft is returned
/// unchanged; the text is empty if the fault is about whole catalogue rows.
pub(super) fn subject(t: Texts, catalogue: &Catalogue, fault: &CatalogueFault) -> String {
    let what = fault.what.as_str();
    if let Some((axis, code)) = what.split_once(' ')
        && let Some(axis) = Axis::ALL.into_iter().find(|known| known.code() == axis)
    {
        let label = catalogue.labels(axis).iter().find(|label| label.code == code);
        let name = label.map(|label| t.name(&label.name)).filter(|name| !name.is_empty()).unwrap_or(code);
        return format!("{}: {name}", t.code("field", axis.code()));
    }
    if let Some((text, language)) = what.rsplit_once('.')
        && let Some(key) = key_of_text(text)
    {
        return format!("{}: {}", t.get(key), t.own_name(language));
    }
    let is_topic = !what.is_empty() && catalogue.topics().contains(&what);
    if is_topic { topic_title(t, catalogue, what) } else { what.to_owned() }
}

/// Returns the title of a topic of the instructions: general, a platform, or a catalogue row.
pub(super) fn topic_title(t: Texts, catalogue: &Catalogue, topic: &str) -> String {
    match topic {
        GENERAL => t.get("general-guide"),
        _ => t.name(&catalogue.name_of_topic(topic)).to_owned(),
    }
}

/// Returns the key of the interface text that names a text field of a catalogue row.
fn key_of_text(path: &str) -> Option<&'static str> {
    match path {
        "title" => Some("part-title"),
        "help" => Some("part-help"),
        "info.label" => Some("part-info-label"),
        "info.prompt" => Some("part-info-prompt"),
        "offered.reason" => Some("part-reason"),
        "offered.note" => Some("part-note"),
        _ => None,
    }
}
