//! Reads and checks the cells in one row of a OneRoster file.

use crate::csv_text::shortened;
use chrono::NaiveDate;
use csv::StringRecord;
use domain::limits::{ROSTER_CODE_LIMIT, ROSTER_NAME_LIMIT, ROSTER_NUMBER_LIMIT};
use domain::name::Name;
use domain::roster::{BadLine, BadValue};
use std::collections::HashMap;

/// A column of a OneRoster file. If the file does not have the column, its cells count as empty.
#[derive(Clone, Copy)]
pub(super) struct CsvColumn {
    pub(super) name: &'static str,
    pub(super) place: Option<usize>,
}

/// One row of a OneRoster file, with its line number and the name of the file.
pub(super) struct CsvLine<'a> {
    pub(super) file: &'static str,
    pub(super) record: &'a StringRecord,
    pub(super) number: u64,
}

impl CsvLine<'_> {
    /// Returns the text of a cell in the roster row, without surrounding spaces. An apostrophe that
    /// protects the text against being read as a formula in a spreadsheet is removed as well.
    pub(super) fn text(&self, column: CsvColumn) -> &str {
        column.place.and_then(|place| self.record.get(place)).unwrap_or_default().trim()
    }

    /// Returns whether all cells of the roster row are empty.
    pub(super) fn is_blank(&self) -> bool {
        self.record.iter().all(|cell| cell.trim().is_empty())
    }

    /// Reads a cell with an identifier or code. A roster row with an empty cell is refused.
    pub(super) fn key(&self, column: CsvColumn) -> Result<&str, BadLine> {
        match self.code(column)? {
            "" => Err(self.bad(column, BadValue::Empty)),
            key => Ok(key),
        }
    }

    /// Reads a cell with an identifier or code; an empty cell is allowed.
    pub(super) fn code(&self, column: CsvColumn) -> Result<&str, BadLine> {
        let text = self.text(column);
        if is_longer(text, ROSTER_CODE_LIMIT) {
            Err(self.bad(column, BadValue::TooLong))
        } else if text.chars().any(char::is_control) {
            Err(self.bad(column, BadValue::NotAllowed))
        } else {
            Ok(text)
        }
    }

    /// Reads a cell with the identifier of another record, and finds this record among the records
    /// of the rows and files that were read before. The roster row is refused if there is no such
    /// record.
    pub(super) fn find<T: Copy>(&self, column: CsvColumn, known: &HashMap<String, T>) -> Result<T, BadLine> {
        known.get(self.key(column)?).copied().ok_or_else(|| self.bad(column, BadValue::Unknown))
    }

    /// Reads a cell with a name; an empty cell is allowed. Control characters such as line breaks
    /// are replaced by spaces.
    pub(super) fn name(&self, column: CsvColumn) -> Result<String, BadLine> {
        let text = self.text(column);
        if is_longer(text, ROSTER_NAME_LIMIT) {
            return Err(self.bad(column, BadValue::TooLong));
        }
        Ok(text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect())
    }

    /// Reads a cell with a name. A roster row with an empty cell is refused.
    pub(super) fn required_name(&self, column: CsvColumn) -> Result<String, BadLine> {
        let name = self.name(column)?;
        if name.is_empty() { Err(self.bad(column, BadValue::Empty)) } else { Ok(name) }
    }

    /// Reads a name in Kazakh, Russian and English from three columns that extend the OneRoster
    /// standard. If their cells are empty, the name in the standard's column is used as the Kazakh
    /// name.
    pub(super) fn names(&self, [kk, ru, en]: [CsvColumn; 3], standard: CsvColumn) -> Result<Name, BadLine> {
        let name = Name { kk: self.name(kk)?, ru: self.name(ru)?, en: self.name(en)? };
        if name == Name::default() { Ok(Name { kk: self.required_name(standard)?, ..name }) } else { Ok(name) }
    }

    /// Reads a cell with a date, `YYYY-MM-DD` or `DD.MM.YYYY`; an empty cell is allowed.
    pub(super) fn date(&self, column: CsvColumn) -> Result<Option<NaiveDate>, BadLine> {
        match self.text(column) {
            "" => Ok(None),
            text => parse_date(text).map(Some).ok_or_else(|| self.bad(column, BadValue::NotADate)),
        }
    }

    /// Reads a cell with a date, `YYYY-MM-DD` or `DD.MM.YYYY`. A roster row with an empty cell is
    /// refused.
    pub(super) fn required_date(&self, column: CsvColumn) -> Result<NaiveDate, BadLine> {
        self.date(column)?.ok_or_else(|| self.bad(column, BadValue::Empty))
    }

    /// Reads a cell with `true` or `false`, in upper or lower case; an empty cell is allowed. The
    /// words that a Russian spreadsheet program writes instead are accepted as well.
    pub(super) fn flag(&self, column: CsvColumn) -> Result<Option<bool>, BadLine> {
        match self.text(column).to_lowercase().as_str() {
            "" => Ok(None),
            "true" | "истина" => Ok(Some(true)),
            "false" | "ложь" => Ok(Some(false)),
            _ => Err(self.bad(column, BadValue::NotAllowed)),
        }
    }

    /// Reads a cell with a number of people; an empty cell is allowed.
    pub(super) fn number(&self, column: CsvColumn) -> Result<Option<i64>, BadLine> {
        let text = self.text(column);
        if text.is_empty() {
            return Ok(None);
        }
        let digits = Some(text).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
        let number = digits.and_then(|text| text.parse().ok()).filter(|number| *number <= ROSTER_NUMBER_LIMIT);
        number.map(Some).ok_or_else(|| self.bad(column, BadValue::NotANumber))
    }

    /// Reads a cell that can contain one of a few words; `None` for an empty cell. The function
    /// `meaning` converts the word to a value.
    pub(super) fn word<T>(&self, column: CsvColumn, meaning: fn(&str) -> Option<T>) -> Result<Option<T>, BadLine> {
        match self.text(column) {
            "" => Ok(None),
            text => meaning(text).map(Some).ok_or_else(|| self.bad(column, BadValue::NotAllowed)),
        }
    }

    /// Creates the refusal of the roster row for an error in the cell of a column.
    pub(super) fn bad(&self, column: CsvColumn, reason: BadValue) -> BadLine {
        self.bad_value(column, self.text(column), reason)
    }

    /// Creates the refusal of the roster row for an error in one part of a cell, such as one
    /// identifier in a list.
    pub(super) fn bad_value(&self, column: CsvColumn, value: &str, reason: BadValue) -> BadLine {
        BadLine {
            file: self.file.to_owned(),
            line: self.number,
            column: column.name.to_owned(),
            value: shortened(value),
            reason,
        }
    }
}

fn is_longer(text: &str, limit: usize) -> bool {
    text.len() > limit && text.chars().count() > limit
}

/// Parses a date in the format `YYYY-MM-DD`, or in the format `DD.MM.YYYY` that spreadsheet
/// programs write. Texts that do not have exactly ten characters are not accepted.
fn parse_date(text: &str) -> Option<NaiveDate> {
    let has_shape = |between| text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == between);
    if has_shape(b'-') {
        text.parse().ok()
    } else if has_shape(b'.') {
        NaiveDate::parse_from_str(text, "%d.%m.%Y").ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_as_the_standard_or_a_spreadsheet_does() {
        assert_eq!(parse_date("2026-09-01"), NaiveDate::from_ymd_opt(2026, 9, 1));
        assert_eq!(parse_date("01.09.2026"), NaiveDate::from_ymd_opt(2026, 9, 1));
        for bad in [
            "2026-9-1",
            "1.9.2026",
            "2026.09.01",
            "31.02.2026",
            "01/09/2026",
            "2026-02-30",
            "20260901",
            "+2026-09-1",
            "2026-09-01T00:00",
            "--------01",
        ] {
            assert_eq!(parse_date(bad), None, "{bad}");
        }
    }
}
