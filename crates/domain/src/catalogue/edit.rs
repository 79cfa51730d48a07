//! Edits of a catalogue draft, which is a catalogue version that is not published yet. Each edit is
//! a pure function that applies one small change. Another module, `proofs`, checks the edited
//! catalogue for faults.

pub use super::edit_error::EditError;
use super::field_checks::{fits, is_code, is_short, is_web_address, is_within};
use super::{Catalogue, Label, Row, RowId, Video};
use crate::limits::{CATALOGUE_INSTRUCTIONS_LIMIT, CATALOGUE_ROWS_LIMIT};
use crate::name::Name;
use crate::narrowing::Axis;

/// One edit of a catalogue draft, which is a catalogue version that is not published yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Edit of a catalogue draft: adds a catalogue row at the end of the rule table, with the next
    /// free row number.
    AddRow(Box<Row>),
    /// Edit of a catalogue draft: replaces a catalogue row by a new row with the same id.
    ChangeRow(Box<Row>),
    /// Edit of a catalogue draft: switches the catalogue row with a certain id on (`true`) or off
    /// (`false`).
    Switch(RowId, bool),
    /// Edit of a catalogue draft: moves the catalogue row with a certain id up (`true`) or down
    /// (`false`) by one position in the rule table. The moved row and its neighbour exchange their
    /// row numbers.
    Move(RowId, bool),
    /// Edit of a catalogue draft: removes the catalogue row with a certain id.
    RemoveRow(RowId),
    /// Edit of a catalogue draft: adds an exam platform, exam format or exam type, or renames the
    /// existing one with the same code.
    PutLabel(Axis, Label),
    /// Edit of a catalogue draft: removes the exam platform, exam format or exam type with a
    /// certain code.
    RemoveLabel(Axis, String),
    /// Edit of a catalogue draft: replaces the instructions on one topic. A text that is empty in
    /// all languages removes the instructions on the topic.
    Instructions(String, Name),
    /// Edit of a catalogue draft: adds an instruction video.
    AddVideo(Box<Video>),
    /// Edit of a catalogue draft: removes an instruction video by its position in the list of
    /// videos, counted from 0.
    RemoveVideo(usize),
}

impl Edit {
    /// Returns the code of an edit of a catalogue draft, such as `row-added`, as recorded in the
    /// history.
    pub fn code(&self) -> &'static str {
        match self {
            Self::AddRow(_) => "row-added",
            Self::ChangeRow(_) => "row-changed",
            Self::Switch(_, true) => "row-on",
            Self::Switch(_, false) => "row-off",
            Self::Move(..) => "row-moved",
            Self::RemoveRow(_) => "row-removed",
            Self::PutLabel(..) => "label-changed",
            Self::RemoveLabel(..) => "label-removed",
            Self::Instructions(..) => "instructions-changed",
            Self::AddVideo(_) => "video-added",
            Self::RemoveVideo(_) => "video-removed",
        }
    }

    /// Returns the id, code, topic or position that identifies the edited item of a catalogue
    /// draft, as recorded in the history.
    pub fn subject(&self) -> String {
        match self {
            Self::AddRow(row) | Self::ChangeRow(row) => row.id.0.clone(),
            Self::Switch(id, _) | Self::Move(id, _) | Self::RemoveRow(id) => id.0.clone(),
            Self::PutLabel(_, label) => label.code.clone(),
            Self::RemoveLabel(_, code) => code.clone(),
            Self::Instructions(topic, _) => topic.clone(),
            Self::AddVideo(video) => video.scope.clone(),
            Self::RemoveVideo(place) => place.to_string(),
        }
    }
}

impl Catalogue {
    /// Applies one edit to a catalogue draft. If the edit is refused, the draft is unchanged and
    /// the reason for the refusal is returned.
    pub fn edit(&mut self, edit: &Edit) -> Result<(), EditError> {
        match edit {
            Edit::AddRow(row) => self.add_row(row),
            Edit::ChangeRow(row) => {
                fits(row)?;
                let place = self.place(&row.id)?;
                replace(&mut self.rows, place, Row::clone(row))
            }
            Edit::Switch(id, on) => {
                self.rows.iter_mut().find(|row| row.id == *id).ok_or(EditError::Missing)?.is_on = *on;
                Ok(())
            }
            Edit::Move(id, up) => self.move_row(id, *up),
            Edit::RemoveRow(id) => {
                let place = self.place(id)?;
                self.rows.remove(place);
                Ok(())
            }
            Edit::PutLabel(axis, label) => self.put_label(*axis, label),
            Edit::RemoveLabel(axis, code) => {
                let labels = self.labels_mut(*axis);
                let place = labels.iter().rposition(|label| label.code == *code).ok_or(EditError::Missing)?;
                labels.remove(place);
                Ok(())
            }
            Edit::Instructions(topic, text) => self.put_instructions(topic, text),
            Edit::AddVideo(video) => self.add_video(video),
            Edit::RemoveVideo(place) => {
                if *place >= self.videos.len() {
                    return Err(EditError::Missing);
                }
                self.videos.remove(*place);
                Ok(())
            }
        }
    }

    /// Returns all exam platforms, all exam formats or all exam types of a catalogue; the parameter
    /// `axis` selects one of these three lists.
    pub fn labels(&self, axis: Axis) -> &[Label] {
        match axis {
            Axis::Platform => &self.platforms,
            Axis::Form => &self.forms,
            Axis::Kind => &self.kinds,
        }
    }

    pub(crate) fn labels_mut(&mut self, axis: Axis) -> &mut Vec<Label> {
        match axis {
            Axis::Platform => &mut self.platforms,
            Axis::Form => &mut self.forms,
            Axis::Kind => &mut self.kinds,
        }
    }

    /// Returns the topics on which a catalogue can have instructions and videos: the word
    /// `general`, the codes of the exam platforms, and the ids of the rows.
    pub fn topics(&self) -> Vec<&str> {
        let platforms = self.platforms.iter().map(|label| label.code.as_str());
        std::iter::once("general").chain(platforms).chain(self.rows.iter().map(|row| row.id.0.as_str())).collect()
    }

    fn place(&self, id: &RowId) -> Result<usize, EditError> {
        self.rows.iter().position(|row| row.id == *id).ok_or(EditError::Missing)
    }

    fn add_row(&mut self, row: &Row) -> Result<(), EditError> {
        fits(row)?;
        if self.rows.len() >= CATALOGUE_ROWS_LIMIT {
            return Err(EditError::TooMany);
        }
        if self.topics().contains(&row.id.0.as_str()) {
            return Err(EditError::IdTaken);
        }
        let number = self.rows.iter().map(|known| known.number).max().unwrap_or(0) + 1;
        self.rows.push(Row { number, ..row.clone() });
        Ok(())
    }

    fn move_row(&mut self, id: &RowId, up: bool) -> Result<(), EditError> {
        let place = self.place(id)?;
        let other = if up { place.checked_sub(1) } else { Some(place + 1) };
        let Some(other) = other.filter(|&other| other < self.rows.len()) else { return Ok(()) };
        let (first, second) = (place.min(other), place.max(other));
        if let Some([one, two]) = self.rows.get_mut(first..=second) {
            std::mem::swap(&mut one.number, &mut two.number);
            std::mem::swap(one, two);
        }
        Ok(())
    }

    fn put_label(&mut self, axis: Axis, label: &Label) -> Result<(), EditError> {
        if !is_code(&label.code) {
            return Err(EditError::BadCode);
        }
        if !is_short(&label.name) {
            return Err(EditError::TextTooLong);
        }
        let is_row =
            axis == Axis::Platform && (label.code == "general" || self.rows.iter().any(|row| row.id.0 == label.code));
        let labels = self.labels_mut(axis);
        if let Some(known) = labels.iter_mut().find(|known| known.code == label.code) {
            known.name = label.name.clone();
            return Ok(());
        }
        if is_row {
            // The instructions of a catalogue are found by topic, and a topic is a platform's code
            // or a catalogue row's id. Therefore the code of a new platform must differ from the
            // ids of all rows.
            Err(EditError::IdTaken)
        } else if labels.len() >= CATALOGUE_ROWS_LIMIT {
            Err(EditError::TooMany)
        } else {
            labels.push(label.clone());
            Ok(())
        }
    }

    fn put_instructions(&mut self, topic: &str, text: &Name) -> Result<(), EditError> {
        if !is_within(text, CATALOGUE_INSTRUCTIONS_LIMIT) {
            return Err(EditError::TextTooLong);
        }
        if !self.topics().contains(&topic) {
            return Err(EditError::Missing);
        }
        if *text == Name::default() {
            self.instructions.remove(topic);
        } else {
            self.instructions.insert(topic.to_owned(), text.clone());
        }
        Ok(())
    }

    fn add_video(&mut self, video: &Video) -> Result<(), EditError> {
        if !self.topics().contains(&video.scope.as_str()) {
            Err(EditError::Missing)
        } else if self.videos.len() >= CATALOGUE_ROWS_LIMIT {
            Err(EditError::TooMany)
        } else if !is_short(&video.title) {
            Err(EditError::TextTooLong)
        } else if video.url.as_deref().is_some_and(|url| !is_web_address(url)) {
            Err(EditError::BadAddress)
        } else {
            self.videos.push(video.clone());
            Ok(())
        }
    }
}

fn replace(rows: &mut [Row], place: usize, row: Row) -> Result<(), EditError> {
    *rows.get_mut(place).ok_or(EditError::Missing)? = row;
    Ok(())
}
