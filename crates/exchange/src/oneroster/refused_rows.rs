//! A roster that comes back to be mended: all its files, with what is wrong at the head of every refused row. Mended there, it is
//! an ordinary roster again.
//!
//! The rows keep their order, because a key may only be refused for standing further up. What is wrong stands in the first
//! column, where it is seen however wide the file is, and where a row with too few cells still has its place.

use crate::group_sheet::is_report;
use crate::oneroster::ReadingReport;
use crate::oneroster::bundle::{Bundle, io_reason, zip_reason};
use crate::oneroster::schema;
use crate::oneroster::schema::FileSchema;
use crate::oneroster::sheet::CsvFile;
use crate::oneroster::unreadable::UnreadableRoster;
use crate::spreadsheet::push_row;
use crate::table::{BYTE_ORDER_MARK, ReasonColumn, neutral};
use domain::roster::BadLine;
use std::collections::HashMap;
use std::fs::File;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Nobody needs these cells to mend a row, and they are never read: they come back empty.
const SECRET: &str = "password";

/// What is wrong, by line.
type ErrorsByLine = HashMap<u64, String>;

/// Packs the files of this zip again, with what is wrong in words.
///
/// # Errors
/// What refuses the roster as a whole.
pub fn for_mending(
    (file, name): (File, &str),
    refused: &[BadLine],
    words: ReasonColumn<'_>,
) -> Result<Vec<u8>, UnreadableRoster> {
    let bundle = Bundle::of_zip(file, name)?;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for shape in schema::ALL {
        let Some(bytes) = bundle.bytes(shape.file) else { continue };
        let written = rewritten((shape, bytes), refused, words);
        let started = zip.start_file(shape.file, SimpleFileOptions::default());
        started.map_err(|error| zip_reason(&error).of(name))?;
        let content = written.as_ref().map_or(bytes, String::as_bytes);
        zip.write_all(content).map_err(|error| io_reason(&error).of(name))?;
    }
    Ok(zip.finish().map_err(|error| zip_reason(&error).of(name))?.into_inner())
}

/// The file with what is wrong with it. One without a fault stays as it is, byte for byte.
fn rewritten(
    (shape, bytes): (&'static FileSchema, &[u8]),
    refused: &[BadLine],
    (title, say): ReasonColumn<'_>,
) -> Option<String> {
    let sheet = CsvFile::open(shape, bytes.to_vec(), &mut ReadingReport::default()).ok()?;
    let wrong = wrong(refused.iter().filter(|bad| bad.file == shape.file), say);
    let secret = sheet.header().iter().position(|column| column == SECRET);
    if wrong.is_empty() && secret.is_none() {
        return None;
    }
    let before: Vec<usize> =
        (0..).zip(sheet.header()).filter(|(_, name)| is_report(name)).map(|(place, _)| place).collect();
    let mut text = String::from(BYTE_ORDER_MARK);
    let own = |place: &usize| !before.contains(place);
    let header = (0..).zip(sheet.header()).filter(|(place, _)| own(place)).map(|(_, name)| name);
    push_row(&mut text, [title].into_iter().chain(header).map(|cell| neutral(cell).into_owned()));
    sheet.rows(|line, record| {
        let said = wrong.get(&line).map_or("", String::as_str);
        let cells = (0..).zip(record).filter(|(place, _)| own(place));
        let cells = cells.map(|(place, cell)| if Some(place) == secret { "" } else { cell });
        push_row(&mut text, [said].into_iter().chain(cells).map(|cell| neutral(cell).into_owned()));
    });
    Some(text)
}

fn wrong<'r>(refused: impl Iterator<Item = &'r BadLine>, say: &dyn Fn(&BadLine) -> String) -> ErrorsByLine {
    let mut wrong = ErrorsByLine::new();
    for bad in refused {
        let said = if bad.column.is_empty() { say(bad) } else { format!("{}: {}", bad.column, say(bad)) };
        let row = wrong.entry(bad.line).or_default();
        let comma = if row.is_empty() { "" } else { "; " };
        *row += &format!("{comma}{said}");
    }
    wrong
}
