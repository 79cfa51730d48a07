//! Functions that help to read CSV text. They detect the separator, find the line in which a CSV
//! row begins, and shorten cell values for reports.

use csv_core::{ReadFieldResult, ReaderBuilder};

/// Converts byte positions in a CSV text to line numbers. The positions have to be requested in
/// ascending sequence.
pub(crate) struct LineNumbers<'a> {
    text: &'a [u8],
    at: usize,
    number: u64,
}

impl<'a> LineNumbers<'a> {
    /// Starts counting lines at the beginning of the CSV text.
    pub(crate) fn in_text(text: &'a str) -> Self {
        Self { text: text.as_bytes(), at: 0, number: 1 }
    }

    /// Returns the line number of the CSV row that begins at this byte position. The CSV reader
    /// counts line ends before a row as part of the row, so they are skipped before the line number
    /// is determined.
    pub(crate) fn of(&mut self, start: u64) -> u64 {
        let start = usize::try_from(start).unwrap_or(usize::MAX).max(self.at);
        let rest = self.text.get(start..).unwrap_or_default();
        let first = start + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let passed = self.text.get(self.at..first).unwrap_or_default();
        self.number += line_ends(passed);
        self.at = first;
        self.number
    }
}

/// Counts the line ends in a part of a CSV text: CR, LF, or CR and LF together. The CSV reader ends
/// a row at each of them.
fn line_ends(text: &[u8]) -> u64 {
    let is_second = |place: usize| place.checked_sub(1).and_then(|before| text.get(before)) == Some(&b'\r');
    let ends = text.iter().enumerate().filter(|(place, byte)| match byte {
        b'\r' => true,
        b'\n' => !is_second(*place),
        _ => false,
    });
    ends.count() as u64
}

/// Detects the separator of a CSV file: the one among comma, semicolon and tab that is most
/// frequent in the header, or a comma if the header contains none of them. Cells in quotation marks
/// are not searched.
pub(crate) fn separator_of(text: &str) -> u8 {
    const SEPARATORS: [u8; 3] = [b'\t', b';', b','];
    let (mut counts, mut is_quoted, mut is_beginning) = ([0_usize; 3], false, true);
    for byte in text.trim_start_matches(['\r', '\n']).bytes() {
        match byte {
            // Behind a closing quotation mark another one opens again, because two of them are one
            // quotation mark of the cell's text.
            b'"' if is_quoted || is_beginning => (is_quoted, is_beginning) = (!is_quoted, true),
            _ if is_quoted => {}
            b'\r' | b'\n' => break,
            _ => {
                let place = SEPARATORS.iter().position(|separator| *separator == byte);
                is_beginning = place.is_some();
                if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
                    *count += 1;
                }
            }
        }
    }
    SEPARATORS.into_iter().zip(counts).max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| separator)
}

/// The size of a CSV text.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CsvSize {
    /// The number of rows in the CSV text, with the header.
    pub(crate) rows: usize,
    /// The number of cells in the widest row of the CSV text.
    pub(crate) columns: usize,
}

impl CsvSize {
    /// Counts the rows and cells of a CSV text without storing them, so that a text can be refused
    /// before it is read.
    pub(crate) fn of(text: &str, separator: u8) -> Self {
        let mut reader = ReaderBuilder::new().delimiter(separator).build();
        let (mut size, mut columns) = (Self::default(), 0);
        let (mut rest, mut discarded) = (text.as_bytes(), [0; 4096]);
        loop {
            let (result, read, _) = reader.read_field(rest, &mut discarded);
            rest = rest.get(read..).unwrap_or_default();
            match result {
                ReadFieldResult::Field { record_end } => {
                    columns += 1;
                    if record_end {
                        size = Self { rows: size.rows + 1, columns: size.columns.max(columns) };
                        columns = 0;
                    }
                }
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
                ReadFieldResult::End => return size,
            }
        }
    }
}

/// Shortens the value of a cell to its first 100 characters, so that a report of refused rows can
/// quote the value.
pub(crate) fn shortened(value: &str) -> String {
    const MOST: usize = 100;
    match value.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", value.get(..end).unwrap_or_default()),
        None => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_seen_in_the_header() {
        assert_eq!(separator_of("a;b;c\n1,2,3,4,5\n"), b';');
        assert_eq!(separator_of("a\tb\n"), b'\t');
        assert_eq!(separator_of("\r\na,b\n"), b',');
        assert_eq!(separator_of(""), b',');
        assert_eq!(separator_of("a;\"b, c, d, e\";f\n"), b';');
        assert_eq!(separator_of("\"a\",\"b;\n;\"\";;\"\n;;;;"), b',');
        assert_eq!(separator_of("a 5\";b\";c,d\n"), b';');
    }

    #[test]
    fn rows_and_cells_are_counted_as_the_reader_counts_them() {
        let long = format!("a;\"{}\"\r\n", "x;\n".repeat(5_000));
        for text in ["", "a", "a;b\n", "a;b\r\n\r\nc;d;e\n", ";;;;\n;", "\"a;\n\";b\rc", &long] {
            let mut reader = csv::ReaderBuilder::new();
            let mut reader = reader.delimiter(b';').flexible(true).has_headers(false).from_reader(text.as_bytes());
            let rows: Vec<usize> = reader.records().map(|row| row.unwrap().len()).collect();
            let expected = CsvSize { rows: rows.len(), columns: rows.into_iter().max().unwrap_or(0) };
            assert_eq!(CsvSize::of(text, b';'), expected, "{text:.20}");
        }
    }

    #[test]
    fn a_long_value_is_quoted_in_part() {
        assert_eq!(shortened("ә"), "ә");
        assert_eq!(shortened(&"ә".repeat(101)), format!("{}…", "ә".repeat(100)));
    }
}
