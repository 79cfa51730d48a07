//! The rule table (1-кесте): which platform, form and type belong together, what must be added, and where a row is offered.
//!
//! A catalogue is data with a version; a choice pins the version it was made under. The seed's table is version 1.

use crate::answer::AnswerError;
pub use crate::id::RowId;
use crate::limits::INFO_LIMIT;
use crate::name::Name;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub mod compare;
pub mod edit;
mod edit_error;
pub mod field_checks;
pub mod picked;

/// The code under which "no type" («-» in the seed) is a value of the third field.
pub const NO_KIND: &str = "none";

/// A platform, form or type: a code and its label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// The code by which rows refer to it.
    pub code: String,
    pub name: Name,
    /// Where a platform is, `https://…`, if students are led there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// The rule for the additional information of a row (Қосымша ақпарат). A row without this rule forbids the field (seed,
/// step 11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InfoRule {
    /// The field's label.
    pub label: Name,
    /// The instruction beside the field.
    pub prompt: Name,
    #[serde(default)]
    pub suggestions: Vec<String>,
}

/// A row that only some faculties are offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfferedTo {
    /// Codes of the faculties of the *offering's department*.
    pub faculties: Vec<String>,
    /// Why it is not open elsewhere, for the reader.
    pub reason: Name,
    /// The note in Table 1.
    pub note: Name,
}

/// One row of Table 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Its stable identifier.
    pub id: RowId,
    /// Its number in the table.
    pub number: i64,
    pub platform: String,
    pub form: String,
    /// Type code; `None` is the seed's «-».
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The row's title in the seed.
    pub title: Name,
    /// A longer line of help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Name>,
    /// Planning default: minutes.
    #[serde(default)]
    pub minutes: i64,
    /// Planning default: attempts.
    #[serde(default)]
    pub attempts: i64,
    /// Number of parts (2 for the mixed exams).
    #[serde(default = "one")]
    pub parts: i64,
    /// The additional information that the row asks for, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub info: Option<InfoRule>,
    /// Where it is offered; `None` is everywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offered: Option<OfferedTo>,
    /// It can be chosen. A row that was ever chosen is switched off, never taken out.
    #[serde(rename = "on", default = "yes", skip_serializing_if = "is_yes")]
    pub is_on: bool,
}

fn one() -> i64 {
    1
}

fn yes() -> bool {
    true
}

fn is_yes(on: &bool) -> bool {
    *on
}

impl Row {
    /// Is the row open to offerings of this faculty?
    pub fn is_offered_to(&self, faculty: &str) -> bool {
        self.is_on && self.reaches(faculty)
    }

    /// Is the row meant for this faculty, on or off?
    pub fn reaches(&self, faculty: &str) -> bool {
        self.offered.as_ref().is_none_or(|offered| offered.faculties.iter().any(|code| code == faculty))
    }

    /// The type's code, with [`NO_KIND`] where there is none.
    pub fn kind_or_none(&self) -> &str {
        self.kind.as_deref().unwrap_or(NO_KIND)
    }
}

/// A video: a file in the vault that plays in the page, or a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Video {
    /// `general`, a platform's code or a row's id.
    pub scope: String,
    /// The subject of the video.
    pub title: Name,
    /// In a catalogue folder: the file's path; once loaded: the SHA-256 of its bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Captions (`WebVTT`) by language, addressed like `file`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captions: Option<Name>,
}

/// One version of the whole rule table with its instructions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// Counted from 1.
    #[serde(default)]
    pub version: i64,
    /// Емтихан өткізу платформасы.
    #[serde(rename = "platform")]
    pub platforms: Vec<Label>,
    /// Емтихан өткізу формасы.
    #[serde(rename = "form")]
    pub forms: Vec<Label>,
    /// The types of exams (емтихан түрі).
    #[serde(rename = "type")]
    pub kinds: Vec<Label>,
    /// The rows, in the table's order.
    #[serde(rename = "row")]
    pub rows: Vec<Row>,
    #[serde(rename = "video", default)]
    pub videos: Vec<Video>,
    /// Instructions in Markdown by topic: `general`, a platform's code or a row's id.
    #[serde(default)]
    pub instructions: BTreeMap<String, Name>,
}

impl Catalogue {
    /// The row with this id.
    pub fn row(&self, id: &RowId) -> Option<&Row> {
        self.rows.iter().find(|row| row.id == *id)
    }

    /// The rows that can be chosen, in the table's order.
    pub fn rows_on(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.is_on)
    }

    /// The row of this platform, form and type, among those that can be chosen.
    pub fn row_of(&self, platform: &str, form: &str, kind: &str) -> Option<&Row> {
        self.rows_on().find(|row| row.platform == platform && row.form == form && row.kind_or_none() == kind)
    }

    /// Checks row and information for one offering's faculty. `info` is as cleaned by [`crate::answer::clean_info`].
    ///
    /// # Errors
    /// Everything that is wrong, by field, in the form's order.
    pub fn check(&self, row: &RowId, info: &str, faculty: &str) -> Result<&Row, Vec<AnswerError>> {
        let Some(found) = self.row(row) else {
            return Err(vec![if row.0.is_empty() { AnswerError::RuleMissing } else { AnswerError::RuleUnknown }]);
        };
        let mut wrong = Vec::new();
        if !found.is_offered_to(faculty) {
            wrong.push(AnswerError::RuleNotOffered);
        }
        wrong.extend(found.wrong_info(info));
        if wrong.is_empty() { Ok(found) } else { Err(wrong) }
    }

    /// The label of a platform; an unknown code is its own label.
    pub fn platform(&self, code: &str) -> Name {
        label_of(&self.platforms, code)
    }

    /// Where a platform is, if the table says so.
    pub fn link_of(&self, code: &str) -> Option<&str> {
        self.platforms.iter().find(|label| label.code == code)?.link.as_deref()
    }

    /// The label of a form.
    pub fn form(&self, code: &str) -> Name {
        label_of(&self.forms, code)
    }

    /// The label of a type; nothing where there is none.
    pub fn kind(&self, code: Option<&str>) -> Option<Name> {
        code.map(|code| label_of(&self.kinds, code))
    }

    /// The instructions on one topic, if there are any.
    pub fn instructions_on(&self, topic: &str) -> Option<&Name> {
        self.instructions.get(topic)
    }

    /// The videos of one topic.
    pub fn videos_on<'a>(&'a self, topic: &'a str) -> impl Iterator<Item = &'a Video> + 'a {
        self.videos.iter().filter(move |video| video.scope == topic)
    }
}

impl Row {
    fn wrong_info(&self, info: &str) -> Option<AnswerError> {
        match (&self.info, info.is_empty()) {
            (Some(_), true) => Some(AnswerError::InfoMissing),
            (None, false) => Some(AnswerError::InfoForbidden),
            (Some(_), false) if info.chars().count() > INFO_LIMIT => Some(AnswerError::InfoTooLong),
            _ => None,
        }
    }
}

fn label_of(labels: &[Label], code: &str) -> Name {
    labels.iter().find(|label| label.code == code).map_or_else(|| Name::same(code), |label| label.name.clone())
}
