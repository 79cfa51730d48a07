//! Reads the rows and cells of a group sheet from a CSV or XLSX file. Size limits are checked
//! before the content of the file is held in memory.

use super::workbook_size::WorkbookSize;
use crate::csv_text::{CsvSize, LineNumbers, separator_of};
use crate::roster_report::{ReadingReport, ReadingWarning, UnreadableReason, io_reason, zip_reason};
use crate::table::restored;
use crate::text_encoding::decode;
use crate::zip_file::open_zip;
use calamine::{DataRef, Reader, Xlsx};
use csv::{ReaderBuilder, StringRecord};
use domain::limits::{ROSTER_COLUMNS_LIMIT, ROSTER_ROWS_LIMIT, ROSTER_TEXT_SIZE_LIMIT, ROSTER_UNPACKED_SIZE_LIMIT};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read, Seek, sink};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Maximum number of entries in the zip of an XLSX file. A normal file has some dozens.
const MOST_PARTS: usize = 5_000;

/// The file name for warnings about a group sheet. It is empty because a group sheet is a single
/// file, so that no warning has to name the file.
pub(super) const SHEET: &str = "";

/// One row of a group sheet, with its line number in the file.
pub(super) struct GridRow {
    /// The line number of the row in the group sheet's file, counted from 1.
    pub(super) line: u64,
    pub(super) cells: Vec<String>,
}

/// Reads the rows of a group sheet from a CSV file with commas, semicolons or tabs as separators.
pub(super) fn of_csv(file: &mut File, report: &mut ReadingReport) -> Result<Vec<GridRow>, UnreadableReason> {
    let mut bytes = Vec::new();
    file.take(ROSTER_UNPACKED_SIZE_LIMIT + 1).read_to_end(&mut bytes).map_err(|error| io_reason(&error))?;
    if bytes.len() as u64 > ROSTER_UNPACKED_SIZE_LIMIT {
        return Err(UnreadableReason::ArchiveTooLarge);
    }
    let text = decode(SHEET, bytes, report)?;
    let separator = separator_of(&text);
    if separator != b',' {
        report.warnings.push(ReadingWarning::Separator { file: SHEET, separator: char::from(separator) });
    }
    let mut reader = ReaderBuilder::new();
    let mut reader = reader.delimiter(separator).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let size = CsvSize::of(&text, separator);
    // A file of refused rows has one more column, which describes the errors.
    if size.rows > ROSTER_ROWS_LIMIT + 1 || size.columns > ROSTER_COLUMNS_LIMIT + 1 {
        return Err(UnreadableReason::TooManyRows);
    }
    let (mut numbers, mut record, mut rows) = (LineNumbers::in_text(&text), StringRecord::new(), Vec::new());
    // Reading CSV with any number of cells per row from valid UTF-8 text in memory cannot fail.
    while reader.read_record(&mut record).unwrap_or(false) {
        let line = numbers.of(record.position().map_or(0, csv::Position::byte));
        rows.push(GridRow { line, cells: record.iter().map(|cell| restored(cell).into_owned()).collect() });
    }
    Ok(rows)
}

/// Reads the rows of a group sheet from the first worksheet of an XLSX file.
pub(super) fn of_xlsx(file: File) -> Result<Vec<GridRow>, UnreadableReason> {
    let mut file = file;
    measure(&mut file, ROSTER_UNPACKED_SIZE_LIMIT)?;
    check_parts(&mut file)?;
    file.rewind().map_err(|error| io_reason(&error))?;
    // A fault of the library in a damaged file must not fail the request.
    catch_unwind(AssertUnwindSafe(|| cells_of_xlsx(file))).unwrap_or(Err(UnreadableReason::ArchiveDamaged))
}

/// Reads the cells of the first worksheet of an XLSX file whose size has been checked.
fn cells_of_xlsx(file: File) -> Result<Vec<GridRow>, UnreadableReason> {
    let mut book = Xlsx::new(BufReader::new(file)).map_err(|_| UnreadableReason::ArchiveDamaged)?;
    let first = book.sheet_names().first().cloned().ok_or(UnreadableReason::NotARoster)?;
    let mut cells = book.worksheet_cells_reader(&first).map_err(|_| UnreadableReason::ArchiveDamaged)?;
    // A worksheet can list its rows in any sequence, and a row several times.
    let (mut rows, mut text_size) = (BTreeMap::<u64, Vec<String>>::new(), 0);
    // The cells of an XLSX file are read one by one, because a worksheet can declare any size, for
    // which a library would allocate memory.
    while let Some(cell) = cells.next_cell().map_err(|_| UnreadableReason::ArchiveDamaged)? {
        let (row, column) = cell.get_position();
        let mut text = restored(&text_of(cell.get_value())).into_owned();
        // A worksheet can contain NUL as `_x0000_`; a CSV file of refused rows cannot.
        text.retain(|letter| letter != '\0');
        if text.is_empty() {
            continue;
        }
        let (line, column) = (u64::from(row) + 1, usize::try_from(column).unwrap_or(usize::MAX));
        if (rows.len() > ROSTER_ROWS_LIMIT && !rows.contains_key(&line)) || column > ROSTER_COLUMNS_LIMIT {
            return Err(UnreadableReason::TooManyRows);
        }
        // Many cells can refer to the same long text.
        text_size += text.len() as u64;
        if text_size > ROSTER_TEXT_SIZE_LIMIT {
            return Err(UnreadableReason::WorkbookTooLarge);
        }
        let cells = rows.entry(line).or_default();
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        if let Some(place) = cells.get_mut(column) {
            *place = text;
        }
    }
    Ok(rows.into_iter().map(|(line, cells)| GridRow { line, cells }).collect())
}

/// Returns whether a zip file is a workbook in the Excel format XLSX.
pub fn is_workbook(file: &mut File) -> bool {
    open_zip(file, MOST_PARTS).is_ok_and(|archive| archive.index_for_name("xl/workbook.xml").is_some())
}

/// Unpacks a zip file without storing the data, and refuses the zip file if the unpacked size
/// exceeds the limit. The size that a zip file declares can be wrong.
pub(super) fn measure(file: &mut File, limit: u64) -> Result<(), UnreadableReason> {
    let mut archive = open_zip(file, MOST_PARTS)?;
    let mut left = limit;
    for place in 0..archive.len() {
        let entry = archive.by_index(place).map_err(|error| zip_reason(&error))?;
        let size = std::io::copy(&mut entry.take(left + 1), &mut sink()).map_err(|error| io_reason(&error))?;
        left = left.checked_sub(size).ok_or(UnreadableReason::ArchiveTooLarge)?;
    }
    Ok(())
}

/// Parses all parts of an XLSX file without storing the data, and refuses the file if a library
/// would hold too much of it in memory.
fn check_parts(file: &mut File) -> Result<(), UnreadableReason> {
    let mut archive = open_zip(file, MOST_PARTS)?;
    let mut size = WorkbookSize::default();
    for place in 0..archive.len() {
        size.add(archive.by_index(place).map_err(|error| zip_reason(&error))?)?;
    }
    Ok(())
}

fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Int(number) => number.to_string(),
        // Spreadsheet programs store the whole number 24 as 24.0; formatting the number removes the
        // decimal places.
        DataRef::Float(number) => format!("{number}"),
        DataRef::DateTime(moment) => format!("{}", moment.as_f64()),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}
