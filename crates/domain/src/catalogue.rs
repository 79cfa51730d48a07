//! The catalogue, which is the rule table (1-кесте): the allowed combinations of exam platform, form and type, the
//! required additional information, and the faculties to which each catalogue row is offered.
//!
//! A catalogue is data with a version; each choice refers to the catalogue version under which it was made. The table
//! of the seed document is version 1.

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

/// The value of the form field for the exam type that means "no type" (a dash, «-», in the seed document).
pub const NO_KIND: &str = "none";

/// An exam platform, exam form or exam type of the catalogue: its code and its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// The code by which catalogue rows refer to a platform, exam form or exam type.
    pub code: String,
    pub name: Name,
    /// The URL of an exam platform (`https://…`), shown to students as a link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// The rule for the additional information (Қосымша ақпарат) of a catalogue row. A row without this rule forbids
/// additional information (seed document, step 11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InfoRule {
    /// The label that the choice form shows for the additional information of a catalogue row.
    pub label: Name,
    /// The instruction displayed beside the field for additional information.
    pub prompt: Name,
    #[serde(default)]
    pub suggestions: Vec<String>,
}

/// The restriction of a catalogue row to some faculties.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfferedTo {
    /// The codes of the faculties to which a catalogue row is offered. The faculty of the offering's department is
    /// compared with them.
    pub faculties: Vec<String>,
    /// The reason for restricting a catalogue row, displayed to people of other faculties.
    pub reason: Name,
    /// The note about a row's restriction to some faculties in the printed rule table.
    pub note: Name,
}

/// One row of the catalogue (Table 1 of the seed document): a combination of exam platform, form and type that
/// instructors can choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The stable identifier of a catalogue row.
    pub id: RowId,
    /// The number of a catalogue row in the printed table.
    pub number: i64,
    pub platform: String,
    pub form: String,
    /// The code of the exam type; `None` is the dash («-») of the seed document.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The title of a catalogue row in the seed document.
    pub title: Name,
    /// A longer explanation of a catalogue row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Name>,
    /// The default duration of the exam in minutes, for planning.
    #[serde(default)]
    pub minutes: i64,
    /// The default number of attempts at the exam, for planning.
    #[serde(default)]
    pub attempts: i64,
    /// The number of parts of the exam; 2 for the mixed exams.
    #[serde(default = "one")]
    pub parts: i64,
    /// The rule for the additional information that a catalogue row requires; `None` means that the row forbids it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub info: Option<InfoRule>,
    /// The restriction of a catalogue row to some faculties; `None` means that the row is offered to all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offered: Option<OfferedTo>,
    /// Whether a catalogue row can be chosen. A row that was ever chosen can be switched off but not removed.
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
    /// Returns whether a catalogue row is switched on and offered to this faculty.
    pub fn is_offered_to(&self, faculty: &str) -> bool {
        self.is_on && self.reaches(faculty)
    }

    /// Returns whether a catalogue row is intended for this faculty, regardless of whether the row is switched on.
    pub fn reaches(&self, faculty: &str) -> bool {
        self.offered.as_ref().is_none_or(|offered| offered.faculties.iter().any(|code| code == faculty))
    }

    /// The code of the exam type, or [`NO_KIND`] if the catalogue row has none.
    pub fn kind_or_none(&self) -> &str {
        self.kind.as_deref().unwrap_or(NO_KIND)
    }
}

/// An instruction video: a stored file that plays in the web page, or a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Video {
    /// The topic of an instruction video: `general`, a platform's code or a catalogue row's id.
    pub scope: String,
    /// The title of an instruction video.
    pub title: Name,
    /// The video file: its path in a catalogue folder, or the SHA-256 hash of its bytes once it is stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The captions (`WebVTT`) of a video by language; like the video file, each is a path or a hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captions: Option<Name>,
}

/// One version of the catalogue (the rule table) with its instructions and videos.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// The version number of the catalogue, counted from 1.
    #[serde(default)]
    pub version: i64,
    /// The exam platforms in the catalogue (емтихан өткізу платформасы).
    #[serde(rename = "platform")]
    pub platforms: Vec<Label>,
    /// The exam forms in the catalogue (емтихан өткізу формасы).
    #[serde(rename = "form")]
    pub forms: Vec<Label>,
    /// The exam types in the catalogue (емтихан түрі).
    #[serde(rename = "type")]
    pub kinds: Vec<Label>,
    /// The catalogue rows, in the order of the printed table.
    #[serde(rename = "row")]
    pub rows: Vec<Row>,
    #[serde(rename = "video", default)]
    pub videos: Vec<Video>,
    /// Instructions in Markdown by topic: `general`, a platform's code or a catalogue row's id.
    #[serde(default)]
    pub instructions: BTreeMap<String, Name>,
}

impl Catalogue {
    /// Finds the catalogue row with this id.
    pub fn row(&self, id: &RowId) -> Option<&Row> {
        self.rows.iter().find(|row| row.id == *id)
    }

    /// The catalogue rows that are switched on, in the order of the table.
    pub fn rows_on(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.is_on)
    }

    /// Finds the catalogue row with this exam platform, form and type among those that are switched on.
    pub fn row_of(&self, platform: &str, form: &str, kind: &str) -> Option<&Row> {
        self.rows_on().find(|row| row.platform == platform && row.form == form && row.kind_or_none() == kind)
    }

    /// Checks the catalogue row and the additional information of an answer for the faculty of one offering. `info`
    /// must be normalised by [`crate::answer::clean_info`].
    ///
    /// # Errors
    /// All errors in the answer, in the order of the choice form's fields.
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

    /// The name of an exam platform; an unknown code is returned as the name.
    pub fn platform(&self, code: &str) -> Name {
        label_of(&self.platforms, code)
    }

    /// The URL of an exam platform, if the catalogue has one.
    pub fn link_of(&self, code: &str) -> Option<&str> {
        self.platforms.iter().find(|label| label.code == code)?.link.as_deref()
    }

    /// The name of an exam form; an unknown code is returned as the name.
    pub fn form(&self, code: &str) -> Name {
        label_of(&self.forms, code)
    }

    /// The name of an exam type; `None` if the catalogue row has no type.
    pub fn kind(&self, code: Option<&str>) -> Option<Name> {
        code.map(|code| label_of(&self.kinds, code))
    }

    /// The catalogue's instructions on one topic, if there are any.
    pub fn instructions_on(&self, topic: &str) -> Option<&Name> {
        self.instructions.get(topic)
    }

    /// The instruction videos on one topic.
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
