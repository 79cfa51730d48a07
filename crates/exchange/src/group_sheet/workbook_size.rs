//! Checks the size of an XLSX file before a library loads it. The library holds all shared strings,
//! formats and names of the file in memory, so a small file that unpacks to millions of them would
//! exhaust it. The parts of the file are unpacked and parsed as a stream, and nothing is stored.

use crate::roster_report::UnreadableReason;
use domain::limits::{ROSTER_CELLS_LIMIT, ROSTER_STRINGS_LIMIT, ROSTER_TEXT_SIZE_LIMIT};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::cell::Cell;
use std::io::{self, BufReader, Read};

/// Maximum size of one XML tag or one piece of text, in bytes. Excel allows 32,767 characters in a
/// cell, each with at most eight bytes.
const LONGEST_EVENT: u64 = 320 * 1024;

/// The same maximum in a part that is not XML, such as a picture.
const LONGEST_EVENT_OF_OTHERS: u64 = 20 * 1024 * 1024;

/// Maximum size of the texts in one cell or shared string, in bytes. A text with formatting consists
/// of several pieces, and the texts behind the last cell count as well.
const LONGEST_TEXT: u64 = 4 * 1024 * 1024;

/// Maximum number of formats, names and relationships in a file. Excel allows 65,490 formats.
const MOST_SETTINGS: usize = 200_000;

/// Counts what a library would hold in memory after loading the parts of an XLSX file.
#[derive(Debug, Default)]
pub(super) struct WorkbookSize {
    strings: usize,
    cells: usize,
    /// The number of fonts, formats, names, worksheets and relationships.
    settings: usize,
    formats: u64,
    worksheets: u64,
    /// The longest tag of a font's name or of a number format, in bytes. The library copies these into every
    /// format.
    longest_font: u64,
    /// The longest tag of a relationship, in bytes. The library copies it into every worksheet.
    longest_relationship: u64,
    /// The size of the texts and tags that the library holds, in bytes.
    held: u64,
}

/// The text of the cell, shared string or name that is being read.
#[derive(Default)]
struct CurrentText {
    size: u64,
    /// Whether the library holds the text.
    is_held: bool,
    has_begun: bool,
}

impl WorkbookSize {
    /// Adds one part of an XLSX file. All parts are parsed, whatever their names are, because the
    /// file itself says which of them are loaded.
    ///
    /// # Errors
    /// [`UnreadableReason::WorkbookTooLarge`] as soon as a limit is exceeded. A part that is not
    /// XML is no error: if the part is needed, loading the file fails.
    pub(super) fn add(&mut self, part: impl Read) -> Result<(), UnreadableReason> {
        let allowance = Allowance::default();
        let mut source = BufReader::new(Metered { source: part, allowance: &allowance });
        allowance.renew(longest_event(&mut source).map_err(|_| UnreadableReason::ArchiveDamaged)?);
        let mut reader = Reader::from_reader(source);
        // The settings with which the library parses the parts.
        let config = reader.config_mut();
        config.check_end_names = false;
        config.check_comments = false;
        config.expand_empty_elements = true;
        let (mut buffer, mut text) = (Vec::new(), CurrentText::default());
        loop {
            match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(tag)) => self.count(&tag, &mut text)?,
                Ok(Event::Text(piece)) => self.count_text(piece.len(), &mut text)?,
                Ok(Event::CData(piece)) => self.count_text(piece.len(), &mut text)?,
                Ok(Event::GeneralRef(piece)) => self.count_text(piece.len(), &mut text)?,
                Ok(Event::Eof) => return Ok(()),
                Ok(_) => {}
                Err(_) if allowance.is_spent() => return Err(UnreadableReason::WorkbookTooLarge),
                Err(_) => return Ok(()),
            }
            buffer.clear();
            allowance.renew(allowance.most.get());
        }
    }

    fn count(&mut self, tag: &BytesStart<'_>, text: &mut CurrentText) -> Result<(), UnreadableReason> {
        let (size, name) = (tag.len() as u64, tag.local_name());
        match name.as_ref() {
            "si" => {
                self.strings += 1;
                *text = CurrentText { size: 0, is_held: true, has_begun: true };
            }
            "c" => {
                self.cells += 1;
                *text = CurrentText { size: 0, is_held: false, has_begun: true };
            }
            "definedName" => {
                self.hold(size);
                *text = CurrentText { size: 0, is_held: true, has_begun: true };
            }
            "sst" if declares_too_many(tag) => return Err(UnreadableReason::WorkbookTooLarge),
            "xf" => {
                self.hold(size);
                self.formats += 1;
            }
            "sheet" => {
                self.hold(size);
                self.worksheets += 1;
            }
            "Relationship" => {
                self.hold(size);
                self.longest_relationship = self.longest_relationship.max(size);
            }
            "numFmt" | "name" => {
                self.hold(size);
                self.longest_font = self.longest_font.max(size);
            }
            "font" | "fill" | "border" => self.hold(size),
            _ => {}
        }
        self.check()
    }

    /// Counts a tag whose content the library holds in memory.
    fn hold(&mut self, size: u64) {
        self.settings += 1;
        self.held += size;
    }

    fn count_text(&mut self, size: usize, text: &mut CurrentText) -> Result<(), UnreadableReason> {
        if !text.has_begun {
            return Ok(());
        }
        text.size += size as u64;
        if text.is_held {
            self.held += size as u64;
        }
        if text.size > LONGEST_TEXT { Err(UnreadableReason::WorkbookTooLarge) } else { self.check() }
    }

    fn check(&self) -> Result<(), UnreadableReason> {
        let copied = self.formats * self.longest_font + self.worksheets * self.longest_relationship;
        let fits = self.strings <= ROSTER_STRINGS_LIMIT
            && self.cells <= ROSTER_CELLS_LIMIT
            && self.settings <= MOST_SETTINGS
            && self.held + copied <= ROSTER_TEXT_SIZE_LIMIT;
        if fits { Ok(()) } else { Err(UnreadableReason::WorkbookTooLarge) }
    }
}

/// Whether the list of shared strings declares more strings than are allowed. The library allocates
/// memory for the declared number.
fn declares_too_many(tag: &BytesStart<'_>) -> bool {
    let declared = tag.split("uniqueCount").skip(1).map(|rest| {
        let digits = rest.trim_start_matches(|letter: char| !letter.is_ascii_digit());
        let end = digits.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(digits.len());
        digits.get(..end).unwrap_or_default()
    });
    let is_too_many =
        |digits: &str| digits.parse().map_or(!digits.is_empty(), |count: usize| count > ROSTER_STRINGS_LIMIT);
    declared.into_iter().any(is_too_many)
}

/// Returns the maximum size of a tag or text in a part of an XLSX file, which depends on whether the
/// part begins like XML.
fn longest_event(source: &mut BufReader<impl Read>) -> io::Result<u64> {
    let beginning = io::BufRead::fill_buf(source)?;
    let beginning = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning);
    let is_xml = beginning.trim_ascii_start().first().is_none_or(|byte| *byte == b'<');
    Ok(if is_xml { LONGEST_EVENT } else { LONGEST_EVENT_OF_OTHERS })
}

/// The number of bytes that can be read until the allowance is renewed. Each XML event renews it, so
/// that the parser never collects more bytes for one event.
struct Allowance {
    most: Cell<u64>,
    left: Cell<u64>,
}

impl Default for Allowance {
    fn default() -> Self {
        Self { most: Cell::new(LONGEST_EVENT), left: Cell::new(LONGEST_EVENT) }
    }
}

impl Allowance {
    fn renew(&self, most: u64) {
        self.most.set(most);
        self.left.set(most);
    }

    fn is_spent(&self) -> bool {
        self.left.get() == 0
    }
}

/// Reads a part of an XLSX file within an allowance.
struct Metered<'a, R> {
    source: R,
    allowance: &'a Allowance,
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.allowance.left.get()).unwrap_or(usize::MAX);
        if left == 0 {
            return Err(io::Error::other("an XML tag or text is too long"));
        }
        let most = left.min(buffer.len());
        let read = self.source.read(buffer.get_mut(..most).unwrap_or_default())?;
        self.allowance.left.set((left - read) as u64);
        Ok(read)
    }
}

#[cfg(test)]
mod tests;
