//! Writes the refused rows of a OneRoster roster for correction: a zip with all files of the
//! roster, in which every refused row begins with its error. After correction, the zip can be
//! imported like any roster.
//!
//! The rows of a file remain in the same sequence, because a row can be refused for repeating the
//! identifier of an earlier row. The error is in the first column, because the first column is
//! always visible, and because even a row with too few cells has a first cell.

use crate::column_name::is_error_column;
use crate::oneroster::bundle::Bundle;
use crate::oneroster::schema;
use crate::oneroster::schema::FileSchema;
use crate::oneroster::sheet::CsvFile;
use crate::roster_report::{ReadingReport, UnreadableRoster, io_reason, zip_reason};
use crate::spreadsheet::push_row;
use crate::table::{BYTE_ORDER_MARK, ErrorColumn, neutral};
use domain::roster::BadLine;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::File;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The column of `users.csv` with passwords. Its cells are left empty in the files for correction,
/// because passwords are not needed for correcting a row and the server never reads them.
const SECRET: &str = "password";

/// The errors in the refused rows of one roster file. The key is the line number of the row.
type ErrorsByLine = HashMap<u64, String>;

/// Packs all files of a roster's zip file into a new zip file. In the new files, the first column
/// contains the errors of refused rows.
///
/// # Errors
/// [`UnreadableRoster`] if the zip file cannot be read again, or the new zip file cannot be
/// written.
pub fn refused_rows_zip(
    file: File,
    name: &str,
    refused: &[BadLine],
    column: ErrorColumn<'_>,
) -> Result<Vec<u8>, UnreadableRoster> {
    let bundle = Bundle::of_zip(file, name)?;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for shape in schema::ALL {
        let Some(bytes) = bundle.bytes(shape.file) else { continue };
        let written = rewritten(shape, bytes, refused, column);
        let started = zip.start_file(shape.file, SimpleFileOptions::default());
        started.map_err(|error| zip_reason(&error).of(name))?;
        let content = written.as_ref().map_or(bytes, String::as_bytes);
        zip.write_all(content).map_err(|error| io_reason(&error).of(name))?;
    }
    Ok(zip.finish().map_err(|error| zip_reason(&error).of(name))?.into_inner())
}

/// Returns the text of a OneRoster file with the errors of its refused rows in the first column and
/// without passwords. Returns `None` if no row was refused and the file has no column of passwords
/// and no cells that a spreadsheet would read as formulas, because the file is then kept unchanged.
fn rewritten(shape: &'static FileSchema, bytes: &[u8], refused: &[BadLine], column: ErrorColumn<'_>) -> Option<String> {
    let sheet = CsvFile::open(shape, bytes.to_vec(), &mut ReadingReport::default()).ok()?;
    let errors = errors_by_line(refused.iter().filter(|bad| bad.file == shape.file), column);
    let secret = sheet.header().iter().position(|column| column == SECRET);
    if errors.is_empty() && secret.is_none() && !has_formulas(&sheet) {
        return None;
    }
    let before: Vec<usize> =
        (0..).zip(sheet.header()).filter(|(_, name)| is_error_column(name)).map(|(place, _)| place).collect();
    let mut text = String::from(BYTE_ORDER_MARK);
    let own = |place: &usize| !before.contains(place);
    let header = (0..).zip(sheet.header()).filter(|(place, _)| own(place)).map(|(_, name)| name);
    push_row(&mut text, [column.title].into_iter().chain(header).map(|cell| neutral(cell).into_owned()));
    sheet.rows(|line, record| {
        let error = errors.get(&line).map_or("", String::as_str);
        let cells = (0..).zip(record).filter(|(place, _)| own(place));
        let cells = cells.map(|(place, cell)| if Some(place) == secret { "" } else { cell });
        push_row(&mut text, [error].into_iter().chain(cells).map(|cell| neutral(cell).into_owned()));
    });
    Some(text)
}

fn has_formulas(sheet: &CsvFile) -> bool {
    let is_formula = |record: &csv::StringRecord| record.iter().any(|cell| matches!(neutral(cell), Cow::Owned(_)));
    let mut found = is_formula(sheet.header());
    sheet.rows(|_, record| found |= is_formula(record));
    found
}

fn errors_by_line<'r>(refused: impl Iterator<Item = &'r BadLine>, column: ErrorColumn<'_>) -> ErrorsByLine {
    let mut errors = ErrorsByLine::new();
    for bad in refused {
        let reason = (column.describe)(bad);
        let error = if bad.column.is_empty() { reason } else { format!("{}: {reason}", bad.column) };
        let line = errors.entry(bad.line).or_default();
        let separator = if line.is_empty() { "" } else { "; " };
        *line += &format!("{separator}{error}");
    }
    errors
}
