//! The text of a Word document: paragraphs of its body, then of its headers and footers.

use crate::document::office::MOST_PARTS;
use crate::document::text::text_builder::{MOST_CHARACTERS, TextBuilder};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};
use std::borrow::Cow;
use std::io::{BufReader, Cursor, Read};
use zip::ZipArchive;

/// All parts together may unpack to so much; a body of a hundred pages is about two megabytes.
const MOST_UNPACKED: u64 = 24 * 1024 * 1024;

/// Headers and footers come per section and kind.
const MOST_MARGINS: usize = 12;

/// One tag or one run of text is not longer than this.
const LONGEST_EVENT: usize = 4 * 1024 * 1024;

/// The text, if the body can be read.
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
        // A header that is broken takes nothing from the body.
        let _ignored = read_part(&mut archive, part, &mut text, &mut bytes_left);
    }
    (!body.is_empty()).then(|| text.finish())
}

/// The parts whose names begin like this: `word/document.xml`, sometimes `word/document2.xml`.
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

/// Writes the text of all paragraphs. What was deleted (`w:delText`) and field codes (`w:instrText`) are no text.
fn read_xml(source: impl Read, output: &mut TextBuilder) -> Option<()> {
    let mut reader = Reader::from_reader(BufReader::new(source));
    reader.config_mut().check_end_names = false;
    let (mut buffer, mut is_text) = (Vec::new(), false);
    while !output.is_full() {
        match reader.read_event_into(&mut buffer) {
            // What was read before a fault is text all the same.
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

/// Writes what a tag stands for; says whether text follows.
fn begin(tag: &str, output: &mut TextBuilder) -> bool {
    match tag {
        "t" => return true,
        "tab" => output.write("\t"),
        "br" | "cr" => output.line(),
        // A paragraph of an automatic list: its number is not in the text.
        "numPr" => output.write("• "),
        "noBreakHyphen" => output.write("-"),
        _ => {}
    }
    false
}

/// The character behind `&amp;` or `&#1178;`; entities of a document's own are not followed.
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
