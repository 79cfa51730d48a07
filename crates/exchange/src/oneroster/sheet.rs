//! Reads one CSV file of a OneRoster roster. The header is checked when the file is opened, and
//! each row is checked when it is read.

use super::line::{CsvColumn, CsvLine};
use crate::column_name::is_error_column;
use crate::csv_text::{CsvSize, LineNumbers, separator_of, shortened};
use crate::oneroster::schema::FileSchema;
use crate::roster_report::{ReadingReport, ReadingWarning, UnreadableReason, UnreadableRoster};
use crate::table::restored;
use crate::text_encoding::decode;
use csv::{Reader, ReaderBuilder, StringRecord};
use domain::limits::{ROSTER_COLUMNS_LIMIT, ROSTER_LINES_LIMIT};
use domain::roster::{BadLine, BadValue};
use std::collections::HashSet;

/// An opened CSV file of a OneRoster roster. A file that the manifest declares absent has no rows.
pub(super) struct CsvFile {
    shape: &'static FileSchema,
    text: String,
    separator: u8,
    header: StringRecord,
}

impl CsvFile {
    /// Creates an empty CSV file in place of a file that the manifest of the roster declares
    /// absent.
    pub(super) fn absent(shape: &'static FileSchema) -> Self {
        Self { shape, text: String::new(), separator: b',', header: StringRecord::new() }
    }

    /// Opens a CSV file of a OneRoster roster: detects its encoding and separator, counts its rows
    /// and columns, and checks its header.
    pub(super) fn open(
        shape: &'static FileSchema,
        bytes: Vec<u8>,
        report: &mut ReadingReport,
    ) -> Result<Self, UnreadableRoster> {
        let text = decode(shape.file, bytes, report).map_err(|reason| reason.of(shape.file))?;
        let separator = separator_of(&text);
        if separator != b',' {
            report.warnings.push(ReadingWarning::Separator { file: shape.file, separator: char::from(separator) });
        }
        let size = CsvSize::of(&text, separator);
        report.rows += size.rows;
        // A file of refused rows has one more column, which describes the errors.
        if report.rows > ROSTER_LINES_LIMIT || size.columns > ROSTER_COLUMNS_LIMIT + 1 {
            return Err(UnreadableReason::TooLong.of(shape.file));
        }
        let mut sheet = Self { text, separator, ..Self::absent(shape) };
        let header = sheet.reader().headers().cloned().unwrap_or_default();
        sheet.header = header.iter().map(str::trim).collect();
        if size.columns > ROSTER_COLUMNS_LIMIT + usize::from(sheet.header.iter().any(is_error_column)) {
            return Err(UnreadableReason::TooLong.of(shape.file));
        }
        sheet.check_header(report)?;
        Ok(sheet)
    }

    fn check_header(&self, report: &mut ReadingReport) -> Result<(), UnreadableRoster> {
        let wrong = |column: &str| UnreadableReason::WrongHeader { column: column.to_owned() }.of(self.shape.file);
        let missing = self.shape.required.iter().find(|&&required| self.place(required).is_none());
        if let Some(column) = missing {
            return Err(wrong(column));
        }
        let mut seen = HashSet::new();
        if let Some(column) = self.header.iter().find(|column| self.shape.knows(column) && !seen.insert(*column)) {
            return Err(wrong(column));
        }
        let unknown = self.header.iter().filter(|column| !column.is_empty() && !self.shape.knows(column));
        let unknown = unknown.filter(|column| !is_error_column(column));
        let columns: Vec<String> = unknown.map(shortened).collect();
        if !columns.is_empty() {
            report.warnings.push(ReadingWarning::UnknownColumns { file: self.shape.file, columns });
        }
        Ok(())
    }

    fn place(&self, column: &str) -> Option<usize> {
        self.header.iter().position(|name| name == column)
    }

    fn reader(&self) -> Reader<&[u8]> {
        ReaderBuilder::new().delimiter(self.separator).flexible(true).from_reader(self.text.as_bytes())
    }

    /// Returns the name of the CSV file, such as `classes.csv`.
    pub(super) fn file(&self) -> &'static str {
        self.shape.file
    }

    /// Finds the positions of the columns with these names in the header of the CSV file.
    pub(super) fn columns<const COUNT: usize>(&self, names: [&'static str; COUNT]) -> [CsvColumn; COUNT] {
        names.map(|name| CsvColumn { name, place: self.place(name) })
    }

    /// Passes every valid row of the CSV file to the function `take`. A valid row has the right
    /// number of cells and an identifier that no earlier row has. Refused rows are added to the
    /// report.
    pub(super) fn each(&self, report: &mut ReadingReport, mut take: impl FnMut(&CsvLine<'_>) -> Result<(), BadLine>) {
        let mut rows = Rows::of(self);
        self.rows(|number, record| {
            let line = CsvLine { file: self.shape.file, record, number };
            let taken = rows.check(&line).and_then(|is_row| if is_row { take(&line) } else { Ok(()) });
            if let Err(bad) = taken {
                report.refused.push(bad);
            }
        });
        if rows.deleted > 0 {
            report.warnings.push(ReadingWarning::Deleted { file: self.shape.file, lines: rows.deleted });
        }
    }

    /// Passes every row of the CSV file to the function `take`, with its line number, without the
    /// protection of cells against being read as formulas, and without any checks.
    pub(super) fn rows(&self, mut take: impl FnMut(u64, &StringRecord)) {
        let mut numbers = LineNumbers::in_text(&self.text);
        let mut record = StringRecord::new();
        let mut reader = self.reader();
        // Reading CSV with any number of cells per row from valid UTF-8 text in memory cannot fail.
        while reader.read_record(&mut record).unwrap_or(false) {
            let line = numbers.of(record.position().map_or(0, csv::Position::byte));
            if record.as_slice().contains('\'') {
                record = record.iter().map(restored).collect::<Vec<_>>().into();
            }
            take(line, &record);
        }
    }

    /// Returns the column names that the header of the CSV file contains.
    pub(super) fn header(&self) -> &StringRecord {
        &self.header
    }

    /// Creates the refusal of a row of the CSV file after the row has already been read.
    pub(super) fn bad(&self, line: u64, column: &str, value: &str, reason: BadValue) -> BadLine {
        BadLine { file: self.shape.file.to_owned(), line, column: column.to_owned(), value: shortened(value), reason }
    }
}

/// Checks a row in the same way for every CSV file of a OneRoster roster: number of cells, status,
/// and unique identifier.
struct Rows {
    cells: usize,
    key: CsvColumn,
    status: CsvColumn,
    seen: HashSet<String>,
    deleted: u64,
}

impl Rows {
    fn of(sheet: &CsvFile) -> Self {
        let [key, status] = sheet.columns([sheet.shape.key(), "status"]);
        Self { cells: sheet.header.len(), key, status, seen: HashSet::new(), deleted: 0 }
    }

    /// Returns whether a row of the CSV file is imported. Empty rows and rows with the status
    /// `tobedeleted` are not.
    fn check(&mut self, line: &CsvLine<'_>) -> Result<bool, BadLine> {
        if line.is_blank() {
            return Ok(false);
        }
        if line.record.len() != self.cells {
            let count = line.record.len().to_string();
            return Err(line.bad_value(CsvColumn { name: "", place: None }, &count, BadValue::WrongCells));
        }
        match line.text(self.status) {
            "" | "active" => {}
            "tobedeleted" => {
                self.deleted += 1;
                return Ok(false);
            }
            _ => return Err(line.bad(self.status, BadValue::NotAllowed)),
        }
        let key = line.key(self.key)?;
        if self.seen.contains(key) {
            return Err(line.bad(self.key, BadValue::Duplicate));
        }
        self.seen.insert(key.to_owned());
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oneroster::schema;

    fn lines(text: &str) -> Vec<(u64, String)> {
        let mut report = ReadingReport::default();
        let sheet = CsvFile::open(&schema::MANIFEST, text.as_bytes().to_vec(), &mut report).unwrap();
        let [key] = sheet.columns(["propertyName"]);
        let mut lines = Vec::new();
        sheet.each(&mut report, |line| {
            lines.push((line.number, line.text(key).to_owned()));
            Ok(())
        });
        lines.extend(report.refused.into_iter().map(|bad| (bad.line, bad.reason.code().to_owned())));
        lines
    }

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        let expected = [(2, "a".to_owned()), (4, "b".to_owned()), (6, "c".to_owned())];
        for end in ["\n", "\r\n", "\r"] {
            let text = ["propertyName,value", "a,1", "", "b,\"two", "lines\"", "c,3"].join(end);
            assert_eq!(lines(&text), expected, "{end:?}");
            assert_eq!(lines(&format!("{text}{end}{end},{end}")), expected, "{end:?}");
        }
        assert_eq!(lines("\n\npropertyName,value\na,1\n"), [(4, "a".to_owned())]);
    }

    #[test]
    fn a_row_needs_as_many_cells_as_the_header() {
        let text = "propertyName,value\na\nb,1,2\nc,3\n";
        let codes = [(4, "c"), (2, "wrong-number-of-cells"), (3, "wrong-number-of-cells")];
        assert_eq!(lines(text), codes.map(|(line, text)| (line, text.to_owned())));
    }
}
