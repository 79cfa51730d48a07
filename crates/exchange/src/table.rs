//! Writes tables as CSV for spreadsheet programs. A cell with text from an external source is
//! protected, so that a spreadsheet never runs the text as a formula.

use domain::roster::BadLine;
use std::borrow::Cow;

/// The characters that make a spreadsheet read a cell as a formula if the cell begins with one of
/// them, in usual and in full width, and their small forms.
const FORMULA_SIGNS: [char; 12] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫'];

/// The characters at which a program can divide a CSV text into cells. A program that expects
/// another separator than the file has also divides the text of a cell.
const SEPARATORS: [char; 6] = [',', ';', '\t', '|', '\r', '\n'];

/// The byte order mark of UTF-8. Spreadsheet programs read a CSV file as UTF-8 only if the file
/// begins with this mark.
pub(crate) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Protects the text of a cell: adds an apostrophe before each sign that a spreadsheet would read as
/// the beginning of a formula. Such a sign is at the beginning of the text, or behind a separator at
/// which a program could divide the text. A tab or line end at the beginning is protected as well.
pub fn neutral(cell: &str) -> Cow<'_, str> {
    let mut protected = if begins_with_line_end(cell) { String::from("'") } else { String::new() };
    let mut is_beginning = true;
    for letter in cell.chars() {
        if is_beginning && FORMULA_SIGNS.contains(&letter) {
            protected.push('\'');
        }
        protected.push(letter);
        is_beginning = is_beginning_after(letter, is_beginning);
    }
    if protected.len() == cell.len() { Cow::Borrowed(cell) } else { Cow::Owned(protected) }
}

/// Returns the text of a cell without the apostrophes that [`neutral`] adds as a protection.
pub(crate) fn restored(cell: &str) -> Cow<'_, str> {
    if !cell.contains('\'') {
        return Cow::Borrowed(cell);
    }
    let inner = cell.strip_prefix('\'').filter(|rest| begins_with_line_end(rest)).unwrap_or(cell);
    let (mut text, mut is_beginning) = (String::with_capacity(inner.len()), true);
    let mut letters = inner.chars().peekable();
    while let Some(letter) = letters.next() {
        let is_sign_next = letters.peek().is_some_and(|next| FORMULA_SIGNS.contains(next));
        if is_beginning && letter == '\'' && is_sign_next {
            text.extend(letters.next());
            is_beginning = false;
            continue;
        }
        text.push(letter);
        is_beginning = is_beginning_after(letter, is_beginning);
    }
    Cow::Owned(text)
}

fn begins_with_line_end(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n'])
}

/// Whether a cell can begin after this letter. Programs skip spaces, quotation marks and invisible
/// characters at the beginning of a cell.
fn is_beginning_after(letter: char, was_beginning: bool) -> bool {
    let is_skipped = letter.is_whitespace()
        || letter.is_control()
        || matches!(letter, '"' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    SEPARATORS.contains(&letter) || (was_beginning && is_skipped)
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
        for dangerous in
            ["=1+1", "+7 701", "-5", "@SUM(A1)", "＝1＋1", "＋7", "－5", "＠SUM", "﹦1", "\rx", "\nx", "\tx"]
        {
            assert_eq!(neutral(dangerous), format!("'{dangerous}"));
        }
        for (dangerous, protected) in [
            ("x,=HYPERLINK(\"http://evil\"),", "x,'=HYPERLINK(\"http://evil\"),"),
            ("x;+1;-2,@3", "x;'+1;'-2,'@3"),
            ("x\t=1", "x\t'=1"),
            ("x|=1", "x|'=1"),
            ("x\n=1\r\n=2", "x\n'=1\r\n'=2"),
            ("x,\"=1", "x,\"'=1"),
            ("x, \u{a0}=1", "x, \u{a0}'=1"),
            ("x,\u{200b}=1", "x,\u{200b}'=1"),
            ("x,＝1", "x,'＝1"),
            ("\t=1", "'\t'=1"),
            ("\r\n=1", "'\r\n'=1"),
            (" =1", " '=1"),
            ("\u{feff}=1", "\u{feff}'=1"),
            ("\"=1\"", "\"'=1\""),
            (",=1", ",'=1"),
            ("'=1,=2", "'=1,'=2"),
        ] {
            assert_eq!(neutral(dangerous), protected);
        }
        for harmless in
            ["", "CS-21-1", "a=b", " x", "'=1", "C++, C#", "a, b - c", "10:00-12:00; Zoom", "a@b.kz, c@d.kz"]
        {
            assert!(matches!(neutral(harmless), Cow::Borrowed(same) if same == harmless), "{harmless}");
        }
    }

    /// Divides a CSV text into cells at this separator, as a spreadsheet does that does not know the separator of the
    /// file: quotation marks at the beginning of a cell protect its content, all others are kept.
    fn cells(text: &str, separator: char) -> Vec<String> {
        let mut reader = csv::ReaderBuilder::new();
        let reader = reader.delimiter(u8::try_from(separator).unwrap()).has_headers(false).flexible(true);
        let rows = reader.from_reader(text.as_bytes()).into_records();
        rows.flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect()
    }

    #[test]
    fn no_cell_is_a_formula_whatever_separator_a_program_expects() {
        let hostile = [
            "x,=1,",
            "x;=1;",
            "x\t=1\t",
            "x|=1|",
            "x\n=1\n",
            "x,\"=1\",",
            "\",=1",
            "\"\n=1",
            "=1,=2;=3",
            "＝1,＝2",
            "a,@b;+c",
        ];
        let mut text = String::new();
        let hostile_row = |text: &mut String| push_row(text, hostile);
        hostile_row(&mut text);
        let mut semicolons = String::new();
        crate::spreadsheet::push_row(&mut semicolons, hostile.iter().map(|cell| neutral(cell).into_owned()));
        for (text, separator) in
            [&text, &semicolons].iter().flat_map(|text| [',', ';', '\t', '|'].map(|one| (text, one)))
        {
            for cell in cells(text, separator) {
                let shown = cell.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '"');
                assert!(!shown.starts_with(FORMULA_SIGNS), "{separator:?}: {cell:?} in {text}");
            }
        }
    }

    #[test]
    fn the_protection_is_removed_when_a_file_comes_back() {
        let texts = [
            "=1",
            "x,=1;+2",
            "\t=1",
            "\r\n=1",
            "a, \"=1\"",
            "＝1,＋2",
            "-5",
            "C++",
            "it's, x",
            "",
            "'",
            "a,'b",
            "\tx",
            " =1",
        ];
        for text in texts {
            assert_eq!(restored(&neutral(text)), text);
        }
        assert_eq!(restored("'=1"), "=1");
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
