//! Extracts the text of a Word document (DOCX): the paragraphs of the body, then the paragraphs of
//! headers and footers.

use crate::document::office::MOST_PARTS;
use crate::document::text::text_builder::{MOST_CHARACTERS, TextBuilder};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};
use std::borrow::Cow;
use std::io::{BufReader, Cursor, Read};
use zip::ZipArchive;

/// Maximum size of all unpacked parts of a Word document together, in bytes. The body of a document
/// with a hundred pages has about two megabytes.
const MOST_UNPACKED: u64 = 24 * 1024 * 1024;

/// Maximum number of headers and footers that are read from a Word document. Each section of a
/// document can have several of them.
const MOST_MARGINS: usize = 12;

/// Maximum size of one XML tag or one piece of text in a Word document, in bytes.
const LONGEST_EVENT: usize = 4 * 1024 * 1024;

/// Extracts the text of a Word document (DOCX); `None` if the body of the document cannot be read.
pub(super) fn text(bytes: &[u8]) -> Option<String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok().filter(|archive| archive.len() <= MOST_PARTS)?;
    let mut text = TextBuilder::new(MOST_CHARACTERS);
    let mut bytes_left = MOST_UNPACKED;
    let body = parts(&archive, "word/document");
    for part in body.iter().take(1) {
        read_part(&mut archive, part, &mut text, &mut bytes_left)?;
    }
    let margins = [parts(&archive, "word/header"), parts(&archive, "word/footer")].concat();
    for part in margins.iter().take(MOST_MARGINS) {
        // A damaged header or footer of a Word document is skipped, so that the text of the body
        // remains.
        let _ignored = read_part(&mut archive, part, &mut text, &mut bytes_left);
    }
    (!body.is_empty()).then(|| text.finish())
}

/// Returns the names of the parts of a Word document that begin with `start`, for example
/// `word/document.xml`; some programs write `word/document2.xml` instead.
fn parts(archive: &ZipArchive<Cursor<&[u8]>>, start: &str) -> Vec<String> {
    let is_one = |name: &str| {
        let number = name.to_ascii_lowercase();
        let number = number.strip_prefix(start).and_then(|rest| rest.strip_suffix(".xml").map(str::to_owned));
        number.is_some_and(|number| number.chars().all(|digit| digit.is_ascii_digit()))
    };
    let names = archive.file_names().filter_map(Result::ok);
    let mut found: Vec<String> = names.filter(|name| is_one(name)).map(Cow::into_owned).collect();
    found.sort();
    found
}

fn read_part(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    part: &str,
    text: &mut TextBuilder,
    bytes_left: &mut u64,
) -> Option<()> {
    let entry = archive.by_name(part).ok()?;
    let mut unpacked = entry.take(*bytes_left);
    let read = read_xml(BufReader::new(&mut unpacked), text);
    *bytes_left = unpacked.limit();
    read
}

/// Appends the text of all paragraphs in one part of a Word document. Deleted text (`w:delText`)
/// and field codes (`w:instrText`) are skipped.
fn read_xml(source: impl Read, output: &mut TextBuilder) -> Option<()> {
    let mut reader = Reader::from_reader(BufReader::new(source));
    reader.config_mut().check_end_names = false;
    let (mut buffer, mut is_text) = (Vec::new(), false);
    while !output.is_full() {
        match reader.read_event_into(&mut buffer) {
            // After an XML error, the text that was read so far is returned.
            Ok(Event::Eof) | Err(_) => break,
            Ok(Event::Start(tag)) => is_text = begin(tag.local_name().as_ref(), output),
            Ok(Event::Empty(tag)) => drop(begin(tag.local_name().as_ref(), output)),
            Ok(Event::End(tag)) => {
                is_text = false;
                if tag.local_name().as_ref() == "p" {
                    output.line();
                }
            }
            Ok(Event::Text(text)) if is_text => output.write(&text.xml10_content()),
            Ok(Event::CData(text)) if is_text => output.write(&text.xml10_content()),
            Ok(Event::GeneralRef(entity)) if is_text => output.write(&resolved(&entity)),
            Ok(_) => {}
        }
        if buffer.len() > LONGEST_EVENT {
            return None;
        }
        buffer.clear();
    }
    Some(())
}

/// Appends the character for an XML tag of a Word document, for example a tab or a line break.
/// Returns whether the tag is `w:t`, which contains text.
fn begin(tag: &str, output: &mut TextBuilder) -> bool {
    match tag {
        "t" => return true,
        "tab" => output.write("\t"),
        "br" | "cr" => output.line(),
        // The tag `numPr` marks a paragraph of an automatic list in Word. The number of the list
        // item is not stored in the text, so a bullet is added to the extracted text.
        "numPr" => output.write("• "),
        "noBreakHyphen" => output.write("-"),
        _ => {}
    }
    false
}

/// Returns the character of an XML entity such as `&amp;` or `&#1178;`. An entity that the document
/// defines itself results in an empty text.
fn resolved(entity: &BytesRef<'_>) -> String {
    if let Ok(Some(letter)) = entity.resolve_char_ref() {
        return letter.to_string();
    }
    match &**entity {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
    .to_owned()
}
