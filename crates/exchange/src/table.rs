//! Writes tables as CSV for spreadsheet programs. A cell with text from an external source is
//! protected, so that a spreadsheet never runs the text as a formula.

use domain::roster::BadLine;
use std::borrow::Cow;

/// The characters that make a spreadsheet read a cell as a formula if the cell begins with one of
/// them. Spreadsheets skip a tab or carriage return before a formula.
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The byte order mark of UTF-8. Spreadsheet programs read a CSV file as UTF-8 only if the file
/// begins with this mark.
pub(crate) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Protects the text of a cell: adds an apostrophe at the beginning if a spreadsheet would read the
/// text as a formula.
pub fn neutral(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(FORMULA_STARTS) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// Returns the text of a cell without surrounding spaces, and without the apostrophe that
/// [`neutral`] adds to prevent spreadsheets from reading the text as a formula.
pub(crate) fn as_meant(cell: &str) -> &str {
    let cell = cell.trim();
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA_STARTS)).map_or(cell, str::trim)
}

/// The column that the server adds to a file of refused roster rows. Its cells describe the error
/// of each row.
#[derive(Clone, Copy)]
pub struct ErrorColumn<'w> {
    /// The name of the column that describes errors, in the language of the signed-in person.
    pub title: &'w str,
    /// Describes the error of a refused roster row, in the language of the signed-in person.
    pub describe: &'w dyn Fn(&BadLine) -> String,
}

/// Writes a list of refused roster rows as CSV (RFC 4180, UTF-8 with byte order mark). Each line
/// contains the roster file, the line number, the column and value with the error, and the code of
/// the error.
pub fn refused_csv(refused: &[BadLine]) -> String {
    let mut text = String::from(BYTE_ORDER_MARK);
    push_row(&mut text, ["file", "line", "column", "value", "reason"]);
    for bad in refused {
        let line = bad.line.to_string();
        push_row(&mut text, [&bad.file, line.as_str(), &bad.column, &bad.value, bad.reason.code()]);
    }
    text
}

/// Writes rows of texts as CSV with commas, for a spreadsheet program.
pub fn csv<'c, Row: IntoIterator<Item = &'c str>>(rows: impl IntoIterator<Item = Row>) -> String {
    let mut text = String::from(BYTE_ORDER_MARK);
    rows.into_iter().for_each(|row| push_row(&mut text, row));
    text
}

/// Appends one table row to a CSV text. Every cell is in quotation marks, and commas separate the
/// cells.
pub(crate) fn push_row<'c>(text: &mut String, cells: impl IntoIterator<Item = &'c str>) {
    let quoted: Vec<String> =
        cells.into_iter().map(|cell| format!("\"{}\"", neutral(cell).replace('"', "\"\""))).collect();
    text.push_str(&quoted.join(","));
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::roster::BadValue;

    #[test]
    fn a_cell_never_becomes_a_formula() {
        for dangerous in ["=1+1", "+7 701", "-5", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(neutral(dangerous), format!("'{dangerous}"));
        }
        for harmless in ["", "CS-21-1", "a=b", " x", "'=1"] {
            assert!(matches!(neutral(harmless), Cow::Borrowed(same) if same == harmless));
        }
    }

    #[test]
    fn the_report_is_csv_that_reads_back() {
        let bad = BadLine {
            file: "classes.csv".into(),
            line: 7,
            column: "title".into(),
            value: "=\"a\",\nb".into(),
            reason: BadValue::TooLong,
        };
        let text = refused_csv(&[bad]);
        let mut reader = csv::Reader::from_reader(text.trim_start_matches(BYTE_ORDER_MARK).as_bytes());
        assert_eq!(reader.headers().unwrap(), vec!["file", "line", "column", "value", "reason"]);
        let row = reader.records().next().unwrap().unwrap();
        assert_eq!(row, vec!["classes.csv", "7", "title", "'=\"a\",\nb", "value-too-long"]);
        assert!(text.starts_with(BYTE_ORDER_MARK) && text.ends_with("\r\n"));
    }
}
