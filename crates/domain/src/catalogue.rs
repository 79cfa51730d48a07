//! The catalogue, which is the rule table (1-кесте): the allowed combinations of platform, form and type, the required
//! additional information, and the faculties to which a row is offered.
//!
//! A catalogue is data with a version; a choice refers to the version under which it was made. The table of the seed
//! document is version 1.

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

/// The code for "no type" (a dash, «-», in the seed document) as a value of the field for the type.
pub const NO_KIND: &str = "none";

/// A platform, form or type of exams: a code and its label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// The code by which rows refer to this label.
    pub code: String,
    pub name: Name,
    /// The URL of a platform (`https://…`), shown to students as a link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// The rule for the additional information of a row (Қосымша ақпарат). A row without this rule forbids the field
/// (seed document, step 11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InfoRule {
    /// The label of the field for additional information.
    pub label: Name,
    /// The instruction displayed beside the field.
    pub prompt: Name,
    #[serde(default)]
    pub suggestions: Vec<String>,
}

/// The restriction of a row to some faculties.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfferedTo {
    /// The codes of the faculties; the faculty of the offering's department decides.
    pub faculties: Vec<String>,
    /// The reason for the restriction, for readers of other faculties.
    pub reason: Name,
    /// The note in the printed rule table.
    pub note: Name,
}

/// One row of the rule table (Table 1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The stable identifier of the row.
    pub id: RowId,
    /// The number of the row in the table.
    pub number: i64,
    pub platform: String,
    pub form: String,
    /// The code of the exam type; `None` is the dash («-») of the seed document.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The title of the row in the seed document.
    pub title: Name,
    /// A longer explanation of the row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Name>,
    /// The default duration of the exam in minutes, for planning.
    #[serde(default)]
    pub minutes: i64,
    /// The default number of attempts, for planning.
    #[serde(default)]
    pub attempts: i64,
    /// The number of parts of the exam; 2 for the mixed exams.
    #[serde(default = "one")]
    pub parts: i64,
    /// The additional information that the row requires, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub info: Option<InfoRule>,
    /// The restriction to some faculties; `None` means that the row is offered to all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offered: Option<OfferedTo>,
    /// Whether the row can be chosen. A row that was ever chosen can be switched off but not removed.
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
    /// Returns whether the row can be chosen for offerings of this faculty.
    pub fn is_offered_to(&self, faculty: &str) -> bool {
        self.is_on && self.reaches(faculty)
    }

    /// Returns whether the row is intended for this faculty, regardless of whether it is switched on.
    pub fn reaches(&self, faculty: &str) -> bool {
        self.offered.as_ref().is_none_or(|offered| offered.faculties.iter().any(|code| code == faculty))
    }

    /// The code of the exam type, or [`NO_KIND`] if the row has none.
    pub fn kind_or_none(&self) -> &str {
        self.kind.as_deref().unwrap_or(NO_KIND)
    }
}

/// An instruction video: a file in the vault that plays in the page, or a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Video {
    /// The topic of the video: `general`, a platform's code or a row's id.
    pub scope: String,
    /// The title of the video.
    pub title: Name,
    /// The video file: its path in a catalogue folder, or the SHA-256 hash of its bytes once loaded.
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
    /// The version of the catalogue, counted from 1.
    #[serde(default)]
    pub version: i64,
    /// The exam platforms (емтихан өткізу платформасы).
    #[serde(rename = "platform")]
    pub platforms: Vec<Label>,
    /// The forms of exams (емтихан өткізу формасы).
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
    /// Finds the row with this id.
    pub fn row(&self, id: &RowId) -> Option<&Row> {
        self.rows.iter().find(|row| row.id == *id)
    }

    /// The rows that can be chosen, in the table's order.
    pub fn rows_on(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.is_on)
    }

    /// Finds the row with this platform, form and type among those that can be chosen.
    pub fn row_of(&self, platform: &str, form: &str, kind: &str) -> Option<&Row> {
        self.rows_on().find(|row| row.platform == platform && row.form == form && row.kind_or_none() == kind)
    }

    /// Checks a row and its additional information for one offering's faculty. `info` must be normalised by
    /// [`crate::answer::clean_info`].
    ///
    /// # Errors
    /// All errors, in the order of the form's fields.
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

    /// The label of a platform; an unknown code is used as its own label.
    pub fn platform(&self, code: &str) -> Name {
        label_of(&self.platforms, code)
    }

    /// The URL of a platform, if the catalogue has one.
    pub fn link_of(&self, code: &str) -> Option<&str> {
        self.platforms.iter().find(|label| label.code == code)?.link.as_deref()
    }

    /// The label of an exam form; an unknown code is used as its own label.
    pub fn form(&self, code: &str) -> Name {
        label_of(&self.forms, code)
    }

    /// The label of an exam type; `None` if the row has no type.
    pub fn kind(&self, code: Option<&str>) -> Option<Name> {
        code.map(|code| label_of(&self.kinds, code))
    }

    /// The instructions on one topic, if there are any.
    pub fn instructions_on(&self, topic: &str) -> Option<&Name> {
        self.instructions.get(topic)
    }

    /// The videos on one topic.
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
