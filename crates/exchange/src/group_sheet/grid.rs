//! A group sheet as table rows with cells, from CSV or XLSX. The sizes are limited before a file is read.

use crate::csv_text::{LineNumbers, separator_of};
use crate::roster_report::{ReadingReport, ReadingWarning, UnreadableReason, io_reason, zip_reason};
use crate::text_encoding::decode;
use calamine::{DataRef, Reader, Xlsx};
use csv::{ReaderBuilder, StringRecord};
use domain::limits::{ROSTER_COLUMNS_LIMIT, ROSTER_ROWS_LIMIT, ROSTER_UNPACKED_SIZE_LIMIT};
use std::fs::File;
use std::io::{BufReader, Read, Seek, sink};
use zip::ZipArchive;

/// The file name in warnings about a group sheet: empty, since there is only one file.
pub(super) const SHEET: &str = "";

/// One row of a group sheet with its line number in the file.
pub(super) struct GridRow {
    /// The line of the row in the file, counted from 1.
    pub(super) line: u64,
    pub(super) cells: Vec<String>,
}

/// Reads the rows of a group sheet from a CSV file with any of the known separators.
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
    let (mut numbers, mut record, mut rows) = (LineNumbers::in_text(&text), StringRecord::new(), Vec::new());
    // Reading valid UTF-8 from memory as CSV, with any number of cells per row, cannot fail.
    while reader.read_record(&mut record).unwrap_or(false) {
        let line = numbers.of(record.position().map_or(0, csv::Position::byte));
        if rows.len() > ROSTER_ROWS_LIMIT || record.len() > ROSTER_COLUMNS_LIMIT {
            return Err(UnreadableReason::TooManyRows);
        }
        rows.push(GridRow { line, cells: record.iter().map(str::to_owned).collect() });
    }
    Ok(rows)
}

/// Reads the rows of a group sheet from the first sheet of an XLSX file.
pub(super) fn of_xlsx(file: File) -> Result<Vec<GridRow>, UnreadableReason> {
    let mut file = file;
    measure(&mut file, ROSTER_UNPACKED_SIZE_LIMIT)?;
    file.rewind().map_err(|error| io_reason(&error))?;
    let mut book = Xlsx::new(BufReader::new(file)).map_err(|_| UnreadableReason::ArchiveDamaged)?;
    let first = book.sheet_names().first().cloned().ok_or(UnreadableReason::NotARoster)?;
    let mut cells = book.worksheet_cells_reader(&first).map_err(|_| UnreadableReason::ArchiveDamaged)?;
    let mut rows: Vec<GridRow> = Vec::new();
    // The cells of an XLSX file are read one by one, since a sheet may declare any size.
    while let Some(cell) = cells.next_cell().map_err(|_| UnreadableReason::ArchiveDamaged)? {
        let (row, column) = cell.get_position();
        let text = text_of(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let (line, column) = (u64::from(row) + 1, usize::try_from(column).unwrap_or(usize::MAX));
        if rows.len() > ROSTER_ROWS_LIMIT || column >= ROSTER_COLUMNS_LIMIT {
            return Err(UnreadableReason::TooManyRows);
        }
        if rows.last().is_none_or(|last| last.line != line) {
            rows.push(GridRow { line, cells: Vec::new() });
        }
        let Some(GridRow { cells, .. }) = rows.last_mut() else { continue };
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        if let Some(place) = cells.get_mut(column) {
            *place = text;
        }
    }
    Ok(rows)
}

/// Returns whether this zip file is an XLSX workbook.
pub fn is_workbook(file: &mut File) -> bool {
    ZipArchive::new(file).is_ok_and(|archive| archive.index_for_name("xl/workbook.xml").is_some())
}

/// Unpacks an archive without storing the data to check its real size, since an archive may declare a smaller one.
pub(super) fn measure(file: &mut File, limit: u64) -> Result<(), UnreadableReason> {
    let mut archive = ZipArchive::new(file).map_err(|error| zip_reason(&error))?;
    let mut left = limit;
    for place in 0..archive.len() {
        let entry = archive.by_index(place).map_err(|error| zip_reason(&error))?;
        let size = std::io::copy(&mut entry.take(left + 1), &mut sink()).map_err(|error| io_reason(&error))?;
        left = left.checked_sub(size).ok_or(UnreadableReason::ArchiveTooLarge)?;
    }
    Ok(())
}

fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Int(number) => number.to_string(),
        // A spreadsheet stores the number 24 as 24.0.
        DataRef::Float(number) => format!("{number}"),
        DataRef::DateTime(moment) => format!("{}", moment.as_f64()),
        DataRef::Bool(flag) => flag.to_string(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}
