//! The catalogue, also called the rule table (1-кесте): the permitted combinations of exam
//! platform, exam format and exam type. Each combination is one row of the catalogue, together with
//! the additional information that the row requires and the faculties to which the row is offered.
//!
//! A catalogue has a version number, and each choice of an exam refers to the catalogue version
//! under which the choice was made. Version 1 is the table in the university's guide, the document
//! that Emtihan implements.

use crate::answer::AnswerError;
pub use crate::id::RowId;
use crate::limits::INFO_LIMIT;
use crate::name::Name;
use crate::visible_text::has_letter_or_digit;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub mod compare;
pub mod edit;
mod edit_error;
pub mod field_checks;
pub mod picked;

/// The value of the exam type's field in an HTML form if the exam has no type (a dash, «-», in the
/// university's guide).
pub const NO_KIND: &str = "none";

/// An exam platform, exam format or exam type that the catalogue defines: a code and a name, and
/// for a platform also a web address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// The code by which the rows of the catalogue refer to an exam platform, exam format or exam
    /// type.
    pub code: String,
    pub name: Name,
    /// The web address of an exam platform (`https://…`), shown to students as a link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// The rule for the additional information (Қосымша ақпарат) that an instructor must enter when
/// choosing a catalogue row. A catalogue row without this rule forbids additional information (step
/// 11 of the university's guide).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InfoRule {
    /// The label of the additional information that a catalogue row requires, such as «Video
    /// conference platform».
    pub label: Name,
    /// The instruction that the HTML form for choosing an exam displays beside the field for
    /// additional information.
    pub prompt: Name,
    #[serde(default)]
    pub suggestions: Vec<String>,
    /// Whether an instructor can name several of the suggestions: the guide asks for the online-course
    /// *platforms* of an alternative exam (row 13). They are stored as one text, separated by commas.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub several: bool,
}

/// The restriction of a catalogue row to some faculties. Instructors of other faculties cannot
/// choose the row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfferedTo {
    /// The codes of the faculties to which a catalogue row is offered. The row can be chosen for a
    /// group if the group's department belongs to one of these faculties.
    pub faculties: Vec<String>,
    /// The text that explains to people of other faculties why a catalogue row is restricted to
    /// some faculties.
    pub reason: Name,
    /// The note in the printed rule table about a catalogue row's restriction to some faculties.
    pub note: Name,
}

/// One row of the catalogue (Table 1 of the university's guide): a combination of exam platform,
/// exam format and exam type that instructors can choose for an exam.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The stable identifier of a catalogue row, which the row has in every version of the
    /// catalogue.
    pub id: RowId,
    /// The number of a catalogue row in the printed rule table.
    pub number: i64,
    pub platform: String,
    pub form: String,
    /// The code of the exam type; `None` if exams of this catalogue row have no type (a dash, «-»,
    /// in the university's guide).
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The title of a catalogue row, worded as in the university's guide.
    pub title: Name,
    /// A longer explanation of a catalogue row, displayed below the row's title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Name>,
    /// The usual duration of an exam that is held according to a catalogue row, in minutes. It
    /// helps people to plan rooms and timetables; Emtihan does not use it.
    #[serde(default)]
    pub minutes: i64,
    /// The usual number of attempts at an exam that is held according to a catalogue row. It helps
    /// people to plan rooms and timetables; Emtihan does not use it.
    #[serde(default)]
    pub attempts: i64,
    /// The number of parts of an exam that is held according to a catalogue row: 2 for an exam that
    /// combines two parts, such as a project and its oral defence, else usually 1.
    #[serde(default = "one")]
    pub parts: i64,
    /// The rule for the additional information that a catalogue row requires; `None` if the row
    /// forbids additional information.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub info: Option<InfoRule>,
    /// The restriction of a catalogue row to some faculties; `None` if the row is offered to all
    /// faculties.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offered: Option<OfferedTo>,
    /// Whether a catalogue row is switched on, so that instructors can choose the row. A row that
    /// was ever chosen can be switched off but not removed.
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
    /// Returns whether a catalogue row is switched on and is offered to the faculty with the code
    /// `faculty`.
    pub fn is_offered_to(&self, faculty: &str) -> bool {
        self.is_on && self.reaches(faculty)
    }

    /// Returns whether a catalogue row is intended for the faculty with the code `faculty`,
    /// regardless of whether the row is switched on.
    pub fn reaches(&self, faculty: &str) -> bool {
        self.offered.as_ref().is_none_or(|offered| offered.faculties.iter().any(|code| code == faculty))
    }

    /// Returns the code of a catalogue row's exam type, or [`NO_KIND`] if the row has no exam type.
    pub fn kind_or_none(&self) -> &str {
        self.kind.as_deref().unwrap_or(NO_KIND)
    }
}

/// An instruction video for users: a stored video file that plays in an HTML page, or a web
/// address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Video {
    /// The topic of an instruction video: the word `general`, the code of an exam platform, or the
    /// id of a catalogue row.
    pub scope: String,
    /// The title of an instruction video in each language.
    pub title: Name,
    /// The file of an instruction video: before loading, its path in the folder of a catalogue;
    /// once the file is stored, the SHA-256 hash of its bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The captions (`WebVTT`) of an instruction video, with one file per language. Each file is
    /// named by its path in the folder of a catalogue or, once stored, by the SHA-256 hash of its
    /// bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captions: Option<Name>,
}

/// One version of the catalogue (the rule table), with its instructions and instruction videos.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// The version number of a catalogue, counted from 1.
    #[serde(default)]
    pub version: i64,
    /// All exam platforms (емтихан өткізу платформасы) that a catalogue defines.
    #[serde(rename = "platform")]
    pub platforms: Vec<Label>,
    /// All exam formats (емтихан өткізу формасы) that a catalogue defines.
    #[serde(rename = "form")]
    pub forms: Vec<Label>,
    /// All exam types (емтихан түрі) that a catalogue defines.
    #[serde(rename = "type")]
    pub kinds: Vec<Label>,
    /// All rows of a catalogue, in the order of the printed rule table.
    #[serde(rename = "row")]
    pub rows: Vec<Row>,
    #[serde(rename = "video", default)]
    pub videos: Vec<Video>,
    /// The instructions of a catalogue, in Markdown, by topic. A topic is the word `general`, the
    /// code of an exam platform, or the id of a catalogue row.
    #[serde(default)]
    pub instructions: BTreeMap<String, Name>,
}

impl Catalogue {
    /// Finds a row of the catalogue by the row's identifier.
    pub fn row(&self, id: &RowId) -> Option<&Row> {
        self.rows.iter().find(|row| row.id == *id)
    }

    /// Returns the catalogue rows that are switched on, in the order of the printed rule table.
    pub fn rows_on(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.is_on)
    }

    /// Finds, among the catalogue rows that are switched on, the row with a certain exam platform,
    /// exam format and exam type. The type is [`NO_KIND`] for a row without an exam type.
    pub fn row_of(&self, platform: &str, form: &str, kind: &str) -> Option<&Row> {
        self.rows_on().find(|row| row.platform == platform && row.form == form && row.kind_or_none() == kind)
    }

    /// Checks whether the faculty with the code `faculty` can hold an exam according to a certain
    /// catalogue row, and whether the additional information is present or absent as the row
    /// requires. Returns the catalogue row.
    ///
    /// The additional information `info` must already be normalised by
    /// [`crate::answer::clean_info`].
    ///
    /// # Errors
    /// Returns all errors in the row and the information, in the sequence of the fields in the HTML
    /// form for choosing an exam.
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

    /// Returns the name of the exam platform with a certain code. A code that is not in the
    /// catalogue is itself returned as the name.
    pub fn platform(&self, code: &str) -> Name {
        label_of(&self.platforms, code)
    }

    /// Returns the web address of the exam platform with a certain code, if the catalogue has a web
    /// address for the platform.
    pub fn link_of(&self, code: &str) -> Option<&str> {
        self.platforms.iter().find(|label| label.code == code)?.link.as_deref()
    }

    /// Returns the name of the exam format with a certain code. A code that is not in the catalogue
    /// is itself returned as the name.
    pub fn form(&self, code: &str) -> Name {
        label_of(&self.forms, code)
    }

    /// Returns the name of the exam type with a certain code; `None` if there is no code, because
    /// the exam has no type.
    pub fn kind(&self, code: Option<&str>) -> Option<Name> {
        code.map(|code| label_of(&self.kinds, code))
    }

    /// Returns the catalogue's instructions on one topic, if the topic has instructions. A topic is
    /// the word `general`, a platform's code or a catalogue row's id.
    pub fn instructions_on(&self, topic: &str) -> Option<&Name> {
        self.instructions.get(topic)
    }

    /// Returns the catalogue's instruction videos on one topic. A topic is the word `general`, a
    /// platform's code or a catalogue row's id.
    pub fn videos_on<'a>(&'a self, topic: &'a str) -> impl Iterator<Item = &'a Video> + 'a {
        self.videos.iter().filter(move |video| video.scope == topic)
    }
}

impl Row {
    fn wrong_info(&self, info: &str) -> Option<AnswerError> {
        match &self.info {
            Some(_) if !has_letter_or_digit(info) => Some(AnswerError::InfoMissing),
            Some(_) if info.chars().count() > INFO_LIMIT => Some(AnswerError::InfoTooLong),
            None if !info.is_empty() => Some(AnswerError::InfoForbidden),
            _ => None,
        }
    }
}

fn label_of(labels: &[Label], code: &str) -> Name {
    labels.iter().find(|label| label.code == code).map_or_else(|| Name::same(code), |label| label.name.clone())
}
