//! The field for the additional information («Қосымша ақпарат») of a catalogue row, with its suggestions.

use crate::i18n::Texts;
use domain::catalogue::InfoRule;

/// The field for the additional information of a catalogue row.
pub(super) struct InfoView {
    pub(super) label: String,
    pub(super) prompt: String,
    /// The typed information, without the suggestions that are ticked.
    pub(super) typed: String,
    pub(super) suggestions: Vec<Suggestion>,
    /// Whether the suggestions are check boxes.
    pub(super) several: bool,
}

/// A suggested additional information, such as an online-course platform.
pub(super) struct Suggestion {
    pub(super) text: String,
    pub(super) is_ticked: bool,
}

impl InfoView {
    pub(super) fn of(rule: &InfoRule, typed: &str, t: Texts) -> Self {
        let parts: Vec<&str> = if rule.several { info_parts(typed).collect() } else { Vec::new() };
        let suggestion = |text: &String| Suggestion { text: text.clone(), is_ticked: parts.contains(&text.as_str()) };
        let others = parts.iter().filter(|part| rule.suggestions.iter().all(|known| known != *part));
        Self {
            label: t.labelled("field-info", t.name(&rule.label)),
            prompt: t.name(&rule.prompt).to_owned(),
            typed: if rule.several { others.copied().collect::<Vec<_>>().join(", ") } else { typed.to_owned() },
            suggestions: rule.suggestions.iter().map(suggestion).collect(),
            several: rule.several,
        }
    }
}

/// The parts of an additional information that names several things, separated by commas.
fn info_parts(info: &str) -> impl Iterator<Item = &str> {
    info.split([',', ';']).map(str::trim).filter(|part| !part.is_empty())
}
