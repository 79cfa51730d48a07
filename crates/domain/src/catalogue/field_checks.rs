//! Checks that the texts, lists and numbers of a catalogue do not exceed their maximum sizes, and
//! that its codes and web addresses are well-formed.

use super::edit_error::EditError;
use super::{Catalogue, Row};
use crate::limits::{
    CATALOGUE_CODE_LIMIT, CATALOGUE_INSTRUCTIONS_LIMIT, CATALOGUE_LIST_LIMIT, CATALOGUE_NUMBER_LIMIT,
    CATALOGUE_ROWS_LIMIT, CATALOGUE_SUGGESTION_LIMIT, CATALOGUE_TEXT_LIMIT,
};
use crate::name::{Language, Name};
use crate::narrowing::Axis;

impl Catalogue {
    /// Returns whether all texts, lists, numbers and codes of an imported catalogue are within the
    /// maximum sizes for catalogues.
    pub fn is_within_limits(&self) -> bool {
        let labels = Axis::ALL.iter().flat_map(|&axis| self.labels(axis));
        let lengths = [self.rows.len(), self.platforms.len(), self.forms.len(), self.kinds.len(), self.videos.len()];
        lengths.iter().all(|&length| length <= CATALOGUE_ROWS_LIMIT)
            && self.rows.iter().all(|row| fits(row).is_ok())
            && labels.into_iter().all(|label| is_code(&label.code) && is_short(&label.name))
            && self.videos.iter().all(|video| is_short(&video.title))
            && self.instructions.values().all(|text| is_within(text, CATALOGUE_INSTRUCTIONS_LIMIT))
    }
}

/// Returns whether a text is a web address that a browser opens as a page: it begins with
/// `https://` or `http://`, contains no white space and is not too long.
pub(crate) fn is_web_address(url: &str) -> bool {
    let is_plain = url.chars().all(|letter| !letter.is_control() && !letter.is_whitespace());
    (url.starts_with("https://") || url.starts_with("http://")) && is_plain && url.len() <= CATALOGUE_TEXT_LIMIT
}

/// Returns whether a code in a catalogue is valid: not empty, not too long, and only lower-case
/// letters, digits, `-` and `_`, because codes are used in URLs and file names.
pub(super) fn is_code(code: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-' || letter == '_';
    !code.is_empty() && code.len() <= CATALOGUE_CODE_LIMIT && code.chars().all(fits)
}

pub(super) fn is_within(name: &Name, limit: usize) -> bool {
    Language::ALL.iter().all(|&language| name.exactly(language).chars().count() <= limit)
}

pub(super) fn is_short(name: &Name) -> bool {
    is_within(name, CATALOGUE_TEXT_LIMIT)
}

/// Checks that the texts, lists and numbers of one catalogue row do not exceed the maximum sizes
/// for catalogues, and that the id of the row is valid.
pub(super) fn fits(row: &Row) -> Result<(), EditError> {
    let mut names = vec![&row.title];
    names.extend(&row.help);
    let mut lists = Vec::new();
    if let Some(info) = &row.info {
        names.extend([&info.label, &info.prompt]);
        lists.push(&info.suggestions);
    }
    if let Some(offered) = &row.offered {
        names.extend([&offered.reason, &offered.note]);
        lists.push(&offered.faculties);
    }
    let numbers = [row.minutes, row.attempts, row.parts, row.number];
    if !is_code(&row.id.0) || row.id.0.contains('_') {
        Err(EditError::BadCode)
    } else if names.iter().any(|name| !is_short(name)) {
        Err(EditError::TextTooLong)
    } else if lists.iter().any(|list| list.len() > CATALOGUE_LIST_LIMIT) {
        Err(EditError::TooMany)
    } else if lists.iter().flat_map(|list| list.iter()).any(|one| one.chars().count() > CATALOGUE_SUGGESTION_LIMIT) {
        Err(EditError::TextTooLong)
    } else if numbers.iter().any(|number| !(0..=CATALOGUE_NUMBER_LIMIT).contains(number)) {
        Err(EditError::BadNumber)
    } else {
        Ok(())
    }
}
