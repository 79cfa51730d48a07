//! The fields that an instructor fills in to choose an exam, and the catalogue row that they name.
//!
//! A form offers two ways to name the row: the three fields exam platform, exam format and exam
//! type of the university's guide, and a list in which one row is selected. This module makes sure
//! that nothing is stored that differs from one of the two.

use crate::answer::AnswerError;
use crate::catalogue::{Catalogue, Row};
use crate::id::RowId;
use crate::narrowing::Narrowing;
use std::collections::BTreeMap;

/// The fields that an instructor has filled in to choose an exam: the fields exam platform, format and type,
/// the selected catalogue row, and the additional information.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExamEntry {
    pub fields: Narrowing,
    /// The catalogue row that is selected in the list of rows; `None` if no row is selected.
    pub selected: Option<RowId>,
    /// The additional information exactly as the instructor typed it, by the catalogue row beside
    /// which it was typed; `None` for information that was typed before a row was selected.
    pub infos: BTreeMap<Option<RowId>, String>,
}

impl ExamEntry {
    /// Creates the entry of an instructor who has selected a catalogue row, or none, and typed
    /// additional information.
    pub fn of_row(selected: Option<RowId>, info: String) -> Self {
        Self { fields: Narrowing::default(), infos: [(selected.clone(), info)].into_iter().collect(), selected }
    }

    /// Returns the catalogue row that the fields and the selection name.
    ///
    /// Three filled fields name a row even if no row is selected. If a row is selected, each field
    /// is empty or has the value of this row.
    ///
    /// # Errors
    /// Returns why the entry names no row, or names two different ones.
    pub fn row<'c>(&self, catalogue: &'c Catalogue) -> Result<&'c Row, Vec<AnswerError>> {
        let Some(selected) = &self.selected else {
            return self.row_of_fields(catalogue).map_err(|wrong| vec![wrong]);
        };
        let row = catalogue.row(selected).ok_or_else(|| vec![AnswerError::RuleUnknown])?;
        if self.fields.admits(row) {
            return Ok(row);
        }
        let impossible = self.row_of_fields(catalogue).err().filter(|wrong| *wrong == AnswerError::RuleImpossible);
        Err([AnswerError::RuleContradicted].into_iter().chain(impossible).collect())
    }

    /// Returns the catalogue row that a draft of a choice contains; `None` if no row is selected and
    /// the three fields are not all filled in yet.
    ///
    /// # Errors
    /// Returns why the entry names no row, or names two different ones.
    pub fn row_of_draft<'c>(&self, catalogue: &'c Catalogue) -> Result<Option<&'c Row>, Vec<AnswerError>> {
        if self.selected.is_none() && !self.fields.is_complete() {
            return Ok(None);
        }
        self.row(catalogue).map(Some)
    }

    /// Returns whether the instructor has filled in some of the three fields, but named no catalogue
    /// row yet. A draft of a choice cannot contain these fields.
    pub fn is_begun(&self) -> bool {
        self.selected.is_none() && !self.fields.is_empty() && !self.fields.is_complete()
    }

    /// Returns the additional information that the instructor has typed for a catalogue row, or
    /// without one; empty if nothing was typed.
    pub fn info(&self, row: Option<&RowId>) -> &str {
        self.infos.get(&row.cloned()).map_or("", String::as_str)
    }

    fn row_of_fields<'c>(&self, catalogue: &'c Catalogue) -> Result<&'c Row, AnswerError> {
        let mut fitting = catalogue.rows_on().filter(|row| self.fields.admits(row));
        match fitting.next() {
            _ if self.fields.is_empty() => Err(AnswerError::RuleMissing),
            None => Err(AnswerError::RuleImpossible),
            Some(row) if self.fields.is_complete() => Ok(row),
            Some(_) => Err(AnswerError::RuleIncomplete),
        }
    }
}
