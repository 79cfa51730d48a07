//! The submitted values of the HTML forms that edit a catalogue draft: texts in three languages,
//! numbers and lists.

use crate::form_data::FormData;
use domain::catalogue::edit::EditError;
use domain::catalogue::{InfoRule, Label, OfferedTo, Row, RowId};
use domain::limits::CATALOGUE_NUMBER_LIMIT;
use domain::name::{Language, Name};
use std::collections::BTreeMap;

/// The value `new` in the address of an HTML form. The form then creates a catalogue row or label,
/// instead of changing an existing one.
pub(super) const NEW: &str = "new";

/// The code of the general exam instructions, which apply to all platforms and all catalogue rows.
pub(super) const GENERAL: &str = "general";

/// The submitted values of an HTML form that edits a catalogue draft, by field name.
#[derive(Debug, Clone, Default)]
pub(super) struct CatalogueForm {
    values: BTreeMap<String, String>,
    /// The codes of the faculties that are ticked in the form of a catalogue row. Only instructors
    /// of these faculties can choose the row.
    pub(super) faculties: Vec<String>,
}

/// An input field of an HTML form for a text in one of the three languages.
pub(super) struct TextInput {
    pub(super) field: String,
    pub(super) language: &'static str,
    pub(super) value: String,
}

/// The names of the fields of a catalogue row that are texts in three languages.
const TEXTS: [&str; 6] = ["title", "help", "label", "prompt", "reason", "note"];

impl CatalogueForm {
    pub(super) fn of(fields: &FormData) -> Self {
        let faculties = fields.all("faculty").map(str::to_owned).collect();
        let values = fields.beginning("").map(|(name, value)| (name.to_owned(), value.trim().replace("\r\n", "\n")));
        Self { values: values.collect(), faculties }
    }

    pub(super) fn get(&self, field: &str) -> &str {
        self.values.get(field).map_or("", String::as_str)
    }

    pub(super) fn put(&mut self, field: &str, value: &str) {
        self.values.insert(field.to_owned(), value.to_owned());
    }

    pub(super) fn put_name(&mut self, field: &str, name: &Name) {
        for language in Language::ALL {
            self.put(&format!("{field}_{}", language.code()), name.exactly(language));
        }
    }

    pub(super) fn name(&self, field: &str) -> Name {
        let [kk, ru, en] = Language::ALL.map(|language| self.get(&format!("{field}_{}", language.code())).to_owned());
        Name { kk, ru, en }
    }

    /// The three input fields for one text of a catalogue draft: one field for each of the
    /// languages Kazakh, Russian and English. The name of each input field begins with `field`.
    pub(super) fn texts(&self, field: &str) -> Vec<TextInput> {
        let text = |language: Language| {
            let field = format!("{field}_{}", language.code());
            TextInput { value: self.get(&field).to_owned(), language: language.code(), field }
        };
        Language::ALL.into_iter().map(text).collect()
    }

    /// The revision number that the catalogue draft had when its form was shown. The number tells
    /// whether the draft has been changed since. A value that cannot be parsed becomes 0, a number
    /// that no draft has.
    pub(super) fn revision(&self) -> i64 {
        self.get("revision").parse().unwrap_or(0)
    }

    /// Whether the form that edits a catalogue draft was sent only for a preview, which saves
    /// nothing.
    pub(super) fn wants_preview(&self) -> bool {
        self.get("then") == "preview"
    }

    /// Whether the check box with the given field name is ticked in the form that edits a catalogue
    /// draft.
    pub(super) fn is_yes(&self, field: &str) -> bool {
        self.get(field) == "yes"
    }

    /// Whether only instructors of selected faculties can choose the catalogue row, according to
    /// the form that edits the row.
    pub(super) fn is_for_some(&self) -> bool {
        self.get("whom") == "some"
    }

    /// Whether the value typed in a number field of a catalogue row is empty or an allowed number.
    pub(super) fn is_number(&self, field: &str) -> bool {
        self.number(field).is_ok_and(|number| (0..=CATALOGUE_NUMBER_LIMIT).contains(&number))
    }

    fn number(&self, field: &str) -> Result<i64, EditError> {
        let typed = self.get(field);
        if typed.is_empty() { Ok(0) } else { typed.parse().map_err(|_| EditError::BadNumber) }
    }

    /// The values of the form that edits a label of the catalogue (the name of a platform, exam
    /// format or type).
    pub(super) fn from_label(label: &Label) -> Self {
        let mut values = Self::default();
        values.put_name("name", &label.name);
        values.put("link", label.link.as_deref().unwrap_or_default());
        values
    }

    /// The values of the form that edits a row of a catalogue draft.
    pub(super) fn from_row(row: &Row) -> Self {
        let mut values = Self::default();
        let plain = [
            ("id", row.id.0.as_str()),
            ("platform", &row.platform),
            ("form", &row.form),
            ("type", row.kind.as_deref().unwrap_or_default()),
            ("is_on", if row.is_on { "yes" } else { "" }),
            ("has_info", if row.info.is_some() { "yes" } else { "" }),
            ("several", if row.info.as_ref().is_some_and(|info| info.several) { "yes" } else { "" }),
            ("whom", if row.offered.is_some() { "some" } else { "all" }),
        ];
        for (field, value) in plain {
            values.put(field, value);
        }
        for (field, number) in
            [("number", row.number), ("minutes", row.minutes), ("attempts", row.attempts), ("parts", row.parts)]
        {
            values.put(field, &number.to_string());
        }
        let empty = Name::default();
        let info = row.info.as_ref();
        let offered = row.offered.as_ref();
        let names = [
            &row.title,
            row.help.as_ref().unwrap_or(&empty),
            info.map_or(&empty, |info| &info.label),
            info.map_or(&empty, |info| &info.prompt),
            offered.map_or(&empty, |offered| &offered.reason),
            offered.map_or(&empty, |offered| &offered.note),
        ];
        for (field, name) in TEXTS.into_iter().zip(names) {
            values.put_name(field, name);
        }
        values.put("suggestions", &info.map(|info| info.suggestions.join("\n")).unwrap_or_default());
        values.faculties = offered.map(|offered| offered.faculties.clone()).unwrap_or_default();
        values
    }

    /// Builds a catalogue row with the given id and number from the submitted values.
    pub(super) fn row(&self, id: RowId, number: i64) -> Result<Row, EditError> {
        let lines = self.get("suggestions").lines().map(str::trim).filter(|line| !line.is_empty());
        let info = InfoRule {
            label: self.name("label"),
            prompt: self.name("prompt"),
            suggestions: lines.map(str::to_owned).collect(),
            several: self.is_yes("several"),
        };
        let (reason, note) = (self.name("reason"), self.name("note"));
        let offered = OfferedTo { faculties: self.faculties.clone(), reason, note };
        let help = self.name("help");
        let kind = self.get("type");
        Ok(Row {
            id,
            number,
            platform: self.get("platform").to_owned(),
            form: self.get("form").to_owned(),
            kind: (!kind.is_empty()).then(|| kind.to_owned()),
            title: self.name("title"),
            help: (help != Name::default()).then_some(help),
            minutes: self.number("minutes")?,
            attempts: self.number("attempts")?,
            parts: self.number("parts")?,
            info: self.is_yes("has_info").then_some(info),
            offered: self.is_for_some().then_some(offered),
            is_on: self.is_yes("is_on"),
        })
    }
}
