//! Parses and checks the cells of one row of a OneRoster file.

use crate::csv_text::shortened;
use crate::table::as_meant;
use chrono::NaiveDate;
use csv::StringRecord;
use domain::limits::{ROSTER_CODE_LIMIT, ROSTER_NAME_LIMIT, ROSTER_NUMBER_LIMIT};
use domain::name::Name;
use domain::roster::{BadLine, BadValue};
use std::collections::HashMap;

/// A column of a OneRoster file; if the file lacks the column, its cells are empty.
#[derive(Clone, Copy)]
pub(super) struct CsvColumn {
    pub(super) name: &'static str,
    pub(super) place: Option<usize>,
}

/// One row of a OneRoster file with its line number.
pub(super) struct CsvLine<'a> {
    pub(super) file: &'static str,
    pub(super) record: &'a StringRecord,
    pub(super) number: u64,
}

impl CsvLine<'_> {
    /// The text of a cell in the row, without surrounding spaces and without the apostrophe that protects the cell in a
    /// spreadsheet.
    pub(super) fn text(&self, column: CsvColumn) -> &str {
        as_meant(column.place.and_then(|place| self.record.get(place)).unwrap_or_default())
    }

    /// Returns whether all cells of the row are empty.
    pub(super) fn is_blank(&self) -> bool {
        self.record.iter().all(|cell| cell.trim().is_empty())
    }

    /// Reads a required cell of the row with a key or code.
    pub(super) fn key(&self, column: CsvColumn) -> Result<&str, BadLine> {
        match self.code(column)? {
            "" => Err(self.bad(column, BadValue::Empty)),
            key => Ok(key),
        }
    }

    /// Reads an optional cell of the row with a key or code.
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

    /// Looks up the key in this cell among the known records.
    pub(super) fn find<T: Copy>(&self, column: CsvColumn, known: &HashMap<String, T>) -> Result<T, BadLine> {
        known.get(self.key(column)?).copied().ok_or_else(|| self.bad(column, BadValue::Unknown))
    }

    /// Reads an optional cell of the row with a name; control characters such as line breaks are replaced by spaces.
    pub(super) fn name(&self, column: CsvColumn) -> Result<String, BadLine> {
        let text = self.text(column);
        if is_longer(text, ROSTER_NAME_LIMIT) {
            return Err(self.bad(column, BadValue::TooLong));
        }
        Ok(text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect())
    }

    /// Reads a required cell of the row with a name.
    pub(super) fn required_name(&self, column: CsvColumn) -> Result<String, BadLine> {
        let name = self.name(column)?;
        if name.is_empty() { Err(self.bad(column, BadValue::Empty)) } else { Ok(name) }
    }

    /// Reads a name in Kazakh, Russian and English from three cells; if all are empty, the single name in the
    /// standard's own column is used as the Kazakh one.
    pub(super) fn names(&self, [kk, ru, en]: [CsvColumn; 3], standard: CsvColumn) -> Result<Name, BadLine> {
        let name = Name { kk: self.name(kk)?, ru: self.name(ru)?, en: self.name(en)? };
        if name == Name::default() { Ok(Name { kk: self.required_name(standard)?, ..name }) } else { Ok(name) }
    }

    /// Parses an optional cell with a date, `YYYY-MM-DD` or `DD.MM.YYYY`.
    pub(super) fn date(&self, column: CsvColumn) -> Result<Option<NaiveDate>, BadLine> {
        match self.text(column) {
            "" => Ok(None),
            text => parse_date(text).map(Some).ok_or_else(|| self.bad(column, BadValue::NotADate)),
        }
    }

    /// Parses a required cell with a date, `YYYY-MM-DD` or `DD.MM.YYYY`.
    pub(super) fn required_date(&self, column: CsvColumn) -> Result<NaiveDate, BadLine> {
        self.date(column)?.ok_or_else(|| self.bad(column, BadValue::Empty))
    }

    /// Parses an optional cell with `true` or `false` in any case; also accepts the words that a
    /// Russian spreadsheet writes.
    pub(super) fn flag(&self, column: CsvColumn) -> Result<Option<bool>, BadLine> {
        match self.text(column).to_lowercase().as_str() {
            "" => Ok(None),
            "true" | "истина" => Ok(Some(true)),
            "false" | "ложь" => Ok(Some(false)),
            _ => Err(self.bad(column, BadValue::NotAllowed)),
        }
    }

    /// Parses an optional cell with a number of people.
    pub(super) fn number(&self, column: CsvColumn) -> Result<Option<i64>, BadLine> {
        let text = self.text(column);
        if text.is_empty() {
            return Ok(None);
        }
        let digits = Some(text).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
        let number = digits.and_then(|text| text.parse().ok()).filter(|number| *number <= ROSTER_NUMBER_LIMIT);
        number.map(Some).ok_or_else(|| self.bad(column, BadValue::NotANumber))
    }

    /// Parses a cell that may contain one of a few words; `None` for an empty cell.
    pub(super) fn word<T>(&self, column: CsvColumn, meaning: fn(&str) -> Option<T>) -> Result<Option<T>, BadLine> {
        match self.text(column) {
            "" => Ok(None),
            text => meaning(text).map(Some).ok_or_else(|| self.bad(column, BadValue::NotAllowed)),
        }
    }

    /// Creates the refusal of this row because of the value of this cell.
    pub(super) fn bad(&self, column: CsvColumn, reason: BadValue) -> BadLine {
        self.bad_value(column, self.text(column), reason)
    }

    /// Creates the refusal of this row because of a part of this cell's value.
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

/// Parses a date in exactly the format `YYYY-MM-DD`, or `DD.MM.YYYY`, to which a spreadsheet may convert it; texts of
/// another length are in other formats.
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
