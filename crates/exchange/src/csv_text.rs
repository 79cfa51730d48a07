//! CSV as text: detects the separator of a CSV file, and the line in which a CSV row begins.

/// Converts byte offsets in a CSV text to line numbers; offsets must be requested in ascending order.
pub(crate) struct LineNumbers<'a> {
    text: &'a [u8],
    at: usize,
    number: u64,
}

impl<'a> LineNumbers<'a> {
    /// Starts counting at the first line of the CSV text.
    pub(crate) fn in_text(text: &'a str) -> Self {
        Self { text: text.as_bytes(), at: 0, number: 1 }
    }

    /// The line number of the CSV row that begins at this offset. The CSV reader counts the line end before a row, and
    /// empty lines before the row, as part of the row; they are skipped here.
    pub(crate) fn of(&mut self, start: u64) -> u64 {
        let start = usize::try_from(start).unwrap_or(usize::MAX).max(self.at);
        let rest = self.text.get(start..).unwrap_or_default();
        let first = start + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let passed = self.text.get(self.at..first).unwrap_or_default();
        self.number += passed.split(|byte| *byte == b'\n').skip(1).count() as u64;
        self.at = first;
        self.number
    }
}

/// Detects the most frequent separator in the header of a CSV file: comma, semicolon or tab; a comma if none occurs.
pub(crate) fn separator_of(text: &str) -> u8 {
    let header = text.trim_start_matches(['\r', '\n']).lines().next().unwrap_or_default();
    let count = |separator: u8| header.bytes().filter(|byte| *byte == separator).count();
    [b'\t', b';', b','].into_iter().max_by_key(|&separator| count(separator)).unwrap_or(b',')
}

/// Returns the first 100 characters of a cell's value, for quoting the value in a report.
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
    }

    #[test]
    fn a_long_value_is_quoted_in_part() {
        assert_eq!(shortened("ә"), "ә");
        assert_eq!(shortened(&"ә".repeat(101)), format!("{}…", "ә".repeat(100)));
    }
}
