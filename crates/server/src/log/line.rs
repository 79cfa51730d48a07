//! Makes one line of each event of the log. Control characters, with which a value could forge a
//! line or change how a terminal shows it, are escaped, and a long line is shortened.

use domain::limits::LOG_LINE_LIMIT;
use serde_json::{Value, json};
use std::io::{self, Write};

/// The format of the lines of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineFormat {
    Text,
    /// The format of the log: one JSON object in each line.
    Json,
}

/// Writes events of the log, each as one line. The log passes a whole event in one write.
pub(super) struct LineWriter<W> {
    output: W,
    format: LineFormat,
}

impl<W> LineWriter<W> {
    /// Writes lines of this format to the output.
    pub(super) fn new(output: W, format: LineFormat) -> Self {
        Self { output, format }
    }
}

impl<W: Write> Write for LineWriter<W> {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(event);
        let text = text.strip_suffix('\n').unwrap_or(&text);
        let mut line = match self.format {
            LineFormat::Text => text_line(text),
            LineFormat::Json => json_line(text),
        };
        line.push('\n');
        self.output.write_all(line.as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

/// Returns a text for a terminal, in which control characters other than line ends are escaped.
pub(crate) fn printable(text: &str) -> String {
    text.split('\n').map(one_line).collect::<Vec<_>>().join("\n")
}

/// Returns a text in one line, in which control characters are escaped.
pub(crate) fn one_line(text: &str) -> String {
    escaped(text, &|letter| format!("\\u{{{:x}}}", u32::from(letter)))
}

fn text_line(text: &str) -> String {
    let line = one_line(text);
    if line.len() <= LOG_LINE_LIMIT {
        return line;
    }
    let mark = format!("… ({} bytes)", text.len());
    format!("{}{mark}", shortened(&line, LOG_LINE_LIMIT.saturating_sub(mark.len())))
}

/// Makes a line of an event that the log has written as a JSON object. The line is JSON too: the
/// texts of a long event are shortened one by one.
fn json_line(text: &str) -> String {
    let line = json_escaped(text);
    if line.len() <= LOG_LINE_LIMIT {
        return line;
    }
    let mut event = serde_json::from_str(text).unwrap_or_else(|_| json!({ "message": text }));
    let mut most = LOG_LINE_LIMIT / 2;
    while most > 0 {
        shorten_texts(&mut event, most);
        let line = json_escaped(&event.to_string());
        if line.len() <= LOG_LINE_LIMIT {
            return line;
        }
        most /= 2;
    }
    json!({ "message": "an event is too long for the log" }).to_string()
}

fn json_escaped(text: &str) -> String {
    let units = |letter: char| letter.encode_utf16(&mut [0; 2]).to_vec();
    escaped(text, &|letter| {
        let units: Vec<String> = units(letter).iter().map(|unit| format!("\\u{unit:04x}")).collect();
        units.concat()
    })
}

fn shorten_texts(value: &mut Value, most: usize) {
    match value {
        Value::String(text) if text.len() > most => *text = format!("{}…", shortened(text, most)),
        Value::Array(values) => values.iter_mut().for_each(|value| shorten_texts(value, most)),
        Value::Object(fields) => fields.values_mut().for_each(|value| shorten_texts(value, most)),
        _ => {}
    }
}

/// Returns the beginning of a text, at most the given number of bytes.
fn shortened(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or_default()
}

/// Copies a text, with an escape for each character that must not reach a log or a terminal.
fn escaped(text: &str, escape: &dyn Fn(char) -> String) -> String {
    let mut line = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_hidden(letter) { line.push_str(&escape(letter)) } else { line.push(letter) }
    }
    line
}

/// Whether a character is not shown but acts: control characters (C0, DEL, C1), line and paragraph
/// separators, direction marks, zero-width characters and tags.
fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}
