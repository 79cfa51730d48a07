//! Writes tables for spreadsheet programs. CSV files can be opened directly by Excel in countries
//! with a decimal comma. XLSX files have typed cells, a frozen header and a filter on every column.

use crate::table::{BYTE_ORDER_MARK, neutral};
use chrono::{NaiveDate, NaiveDateTime};
use rust_xlsxwriter::{Format, Workbook, Worksheet as XlsxWorksheet, XlsxError};

/// The value of one cell in a table that is exported to CSV or XLSX.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Empty,
    Text(String),
    /// Cell value of an exported table: a number, with which a spreadsheet program can calculate.
    Number(i64),
    Day(NaiveDate),
    /// Cell value of an exported table: a date and time in the time zone of the university.
    Moment(NaiveDateTime),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// An exported table, which becomes one worksheet of an XLSX file or one CSV file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Worksheet {
    /// The title of the exported table, which is also the name of its worksheet.
    pub title: String,
    /// The names of the columns in the header of the exported table.
    pub head: Vec<String>,
    /// The rows of the exported table. Each row has as many cells as the header.
    pub rows: Vec<Vec<Cell>>,
    /// Additional rows below the exported table, such as totals, which a spreadsheet neither
    /// filters nor sorts.
    pub foot: Vec<Vec<Cell>>,
}

/// Writes an exported table as CSV. The file is UTF-8 with a byte order mark, cells are in
/// quotation marks and separated by `;`, lines end with CRLF, and dates are in ISO 8601.
pub fn csv(sheet: &Worksheet) -> Vec<u8> {
    let mut text = String::from(BYTE_ORDER_MARK);
    push_row(&mut text, sheet.head.iter().map(|name| neutral(name).into_owned()));
    for row in sheet.rows.iter().chain(&sheet.foot) {
        push_row(&mut text, (0..sheet.head.len()).map(|column| row.get(column).map(plain).unwrap_or_default()));
    }
    text.into_bytes()
}

/// Appends one table row to a CSV text with semicolons, which spreadsheet programs open directly in
/// countries with a decimal comma.
pub(crate) fn push_row(text: &mut String, cells: impl Iterator<Item = String>) {
    let quoted: Vec<String> = cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
    text.push_str(&quoted.join(";"));
    text.push_str("\r\n");
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => neutral(text).into_owned(),
        // A number cannot be read as a formula. An apostrophe, which protects texts, would turn a
        // negative number into text.
        Cell::Number(number) => number.to_string(),
        Cell::Day(day) => day.to_string(),
        Cell::Moment(at) => at.format("%Y-%m-%d %H:%M").to_string(),
    }
}

/// The error that a table cannot be written as an XLSX file.
#[derive(Debug, thiserror::Error)]
#[error("the table cannot be written: {0}")]
pub struct NotWritten(#[from] XlsxError);

/// Writes several tables as one XLSX file with one worksheet per table.
///
/// # Errors
/// [`NotWritten`] if a table has more rows than Excel allows (1,048,576).
pub fn xlsx(sheets: &[Worksheet]) -> Result<Vec<u8>, NotWritten> {
    let (mut book, mut names) = (Workbook::new(), Vec::new());
    for sheet in sheets {
        names.push(sheet_name(&sheet.title, &names));
        fill(book.add_worksheet().set_name(names.last().map_or("", String::as_str))?, sheet)?;
    }
    Ok(book.save_to_buffer()?)
}

/// Makes a valid name for a worksheet from the title of a table. Excel allows at most 31
/// characters, none of `[ ] : * ? / \`, no apostrophe at the beginning or end, and no name twice in
/// a file.
fn sheet_name(title: &str, used_names: &[String]) -> String {
    let allowed: String =
        title.chars().map(|letter| if "[]:*?/\\'".contains(letter) { ' ' } else { letter }).take(26).collect();
    let name = allowed.trim();
    let is_taken = used_names.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    if is_taken { format!("{name} {}", used_names.len() + 1) } else { name.to_owned() }
}

/// The formats that are used for the cells of a worksheet: text, date, date with time, and number.
struct CellFormats {
    words: Format,
    day: Format,
    moment: Format,
    number: Format,
}

impl CellFormats {
    fn of(base: &Format) -> Self {
        let with = |number_format| base.clone().set_num_format(number_format);
        Self { words: base.clone(), day: with("dd.mm.yyyy"), moment: with("dd.mm.yyyy hh:mm"), number: with("#,##0") }
    }
}

fn fill(page: &mut XlsxWorksheet, sheet: &Worksheet) -> Result<(), NotWritten> {
    let (usual, bold) = (CellFormats::of(&Format::new()), CellFormats::of(&Format::new().set_bold()));
    for (column, name) in (0..).zip(&sheet.head) {
        page.write_string_with_format(0, column, neutral(name).as_ref(), &bold.words)?;
        page.set_column_width(column, width(sheet, usize::from(column)))?;
    }
    let table = (1..).zip(&sheet.rows).map(|(line, row)| (line, row, &usual));
    // An empty row separates the table from the rows in `sheet.foot` (such as totals), so that
    // Excel does not treat those rows as part of the table.
    let below = (2..).skip(sheet.rows.len()).zip(&sheet.foot).map(|(line, row)| (line, row, &bold));
    for (line, row, formats) in table.chain(below) {
        for (column, cell) in (0..).zip(row) {
            write_cell(page, line, column, cell, formats)?;
        }
    }
    page.set_freeze_panes(1, 0)?;
    let (rows, columns) = (u32::try_from(sheet.rows.len()), u16::try_from(sheet.head.len()));
    if let (Ok(last_row), Ok(columns @ 1..)) = (rows, columns) {
        page.autofilter(0, 0, last_row, columns - 1)?;
    }
    Ok(())
}

/// Writes one cell of a worksheet. In XLSX a text cell is never a formula, but people save XLSX
/// files as CSV, so the text is protected against being read as a formula.
fn write_cell(
    page: &mut XlsxWorksheet,
    line: u32,
    column: u16,
    cell: &Cell,
    formats: &CellFormats,
) -> Result<(), NotWritten> {
    match cell {
        Cell::Empty => page,
        Cell::Text(text) => page.write_string_with_format(line, column, neutral(text).as_ref(), &formats.words)?,
        #[expect(clippy::cast_precision_loss, reason = "counts of a university are far below 2^52")]
        Cell::Number(count) => page.write_number_with_format(line, column, *count as f64, &formats.number)?,
        Cell::Day(date) => page.write_datetime_with_format(line, column, date, &formats.day)?,
        Cell::Moment(at) => page.write_datetime_with_format(line, column, at, &formats.moment)?,
    };
    Ok(())
}

/// Returns the width of a worksheet's column. The width is enough for the texts in the first
/// hundred rows, up to a maximum width.
fn width(sheet: &Worksheet, column: usize) -> f64 {
    let head = sheet.head.get(column).map_or(0, |name| name.chars().count());
    let cells = sheet.rows.iter().take(100).filter_map(|row| row.get(column)).map(|cell| plain(cell).chars().count());
    let widest = u32::try_from(cells.chain([head + 2]).max().unwrap_or(0).clamp(8, 48)).unwrap_or(8);
    f64::from(widest + 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Read};

    fn sheet() -> Worksheet {
        Worksheet {
            title: "Топтар: [2026/27]".into(),
            head: vec!["Топ".into(), "Студенттер".into(), "Күні".into(), "Уақыты".into()],
            rows: vec![
                vec![
                    "=HYPERLINK(\"http://evil\")".into(),
                    25.into(),
                    Cell::Day("2026-11-26".parse().unwrap()),
                    Cell::Empty,
                ],
                vec![
                    "-5; \"x\"".into(),
                    (-5).into(),
                    Cell::Empty,
                    Cell::Moment("2026-11-26T09:05:00".parse().unwrap()),
                ],
            ],
            foot: vec![vec!["Барлығы".into(), 20.into()], vec!["+1".into()]],
        }
    }

    #[test]
    fn csv_reads_back_and_no_cell_of_somebody_elses_is_a_formula() {
        let bytes = csv(&sheet());
        let text = std::str::from_utf8(&bytes).unwrap();
        assert!(text.starts_with(BYTE_ORDER_MARK) && text.ends_with("\r\n"));
        let mut reader =
            csv::ReaderBuilder::new().delimiter(b';').from_reader(text.trim_start_matches(BYTE_ORDER_MARK).as_bytes());
        assert_eq!(reader.headers().unwrap(), vec!["Топ", "Студенттер", "Күні", "Уақыты"]);
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows[0], vec!["'=HYPERLINK(\"http://evil\")", "25", "2026-11-26", ""]);
        assert_eq!(rows[1], vec!["'-5; \"x\"", "-5", "", "2026-11-26 09:05"]);
        assert_eq!(rows[2..], [vec!["Барлығы", "20", "", ""], vec!["'+1", "", "", ""]]);
    }

    fn part(bytes: &[u8], name: &str) -> String {
        let mut book = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        book.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn xlsx_has_typed_cells_a_frozen_header_a_filter_and_no_formula() {
        let bytes = xlsx(&[sheet(), sheet()]).unwrap();
        let page = part(&bytes, "xl/worksheets/sheet1.xml");
        assert!(page.contains("<pane ySplit=\"1\"") && page.contains("<autoFilter ref=\"A1:D3\"/>"));
        assert!(page.contains("<v>25</v>") && page.contains("<v>-5</v>") && !page.contains("<f>"), "{page}");
        // Excel stores dates as numbers of days since 1900; day 46352 is 26 November 2026.
        assert!(page.contains("<v>46352</v>"));
        let words = part(&bytes, "xl/sharedStrings.xml");
        assert!(words.contains("<t>'=HYPERLINK") && words.contains("<t>'-5; "));
        // The filter of the worksheet ends with the last row of the table. After an empty row
        // follow the totals, which must not be filtered.
        assert!(page.contains("<row r=\"5\"") && !page.contains("<row r=\"4\""), "{page}");
        let book = part(&bytes, "xl/workbook.xml");
        assert!(book.contains("name=\"Топтар   2026 27\"") && book.contains("name=\"Топтар   2026 27 2\""), "{book}");
    }

    #[test]
    fn an_empty_table_is_a_table_too() {
        let empty = Worksheet { title: "x".into(), head: vec!["a".into()], ..Worksheet::default() };
        assert!(part(&xlsx(std::slice::from_ref(&empty)).unwrap(), "xl/worksheets/sheet1.xml").contains("A1"));
        assert_eq!(csv(&empty), "\u{feff}\"a\"\r\n".as_bytes());
    }
}
