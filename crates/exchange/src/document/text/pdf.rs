//! Extracts the text of a PDF page by page. A library reads the objects and fonts of the PDF, and
//! this module interprets the drawing instructions of each PDF page.

mod page;

use self::page::PageReader;
use crate::document::scan::find;
use crate::document::text::text_builder::MOST_CHARACTERS;
use lopdf::{Dictionary, Document, Encoding, LoadOptions, ObjectId};
use std::collections::{BTreeMap, HashMap};

/// Maximum number of pages of a PDF from which text is extracted. Further pages are ignored.
const MOST_PAGES: usize = 120;

/// Maximum size of the unpacked drawing instructions of one PDF page, in bytes.
const MOST_PER_PAGE: usize = 4 * 1024 * 1024;

/// Maximum size of the unpacked table that maps the codes of a PDF font to characters, in bytes.
const MOST_PER_FONT: usize = 1024 * 1024;

/// Maximum size of all unpacked object streams of a PDF together, in bytes. The library unpacks all
/// of them at the same time.
const MOST_OBJECTS: usize = 16 * 1024 * 1024;

/// Maximum size of the part of a PDF outside of streams, in bytes. In memory, the objects of this
/// part need many times their size in the file.
const MOST_BARE: usize = 6 * 1024 * 1024;

/// Maximum number of streams in a PDF. A normal document has some hundreds.
const MOST_STREAMS: usize = 20_000;

/// The fonts of a PDF page, by the names that the drawing instructions of the PDF page use.
type FontDictionaries<'a> = BTreeMap<Vec<u8>, &'a Dictionary>;

/// Extracts the text of a PDF; `None` if the document has no readable pages or exceeds the size
/// limits.
pub(super) fn text(bytes: &[u8]) -> Option<String> {
    let options = LoadOptions::with_max_decompressed_size(most_per_stream(bytes)?);
    let document = Document::load_mem_with_options(bytes, options).ok()?;
    let pages: Vec<ObjectId> = document.page_iter().take(MOST_PAGES).collect();
    let fonts: Vec<FontDictionaries<'_>> =
        pages.iter().map(|page| document.get_page_fonts(*page).unwrap_or_default()).collect();
    let prepared: HashMap<usize, Dictionary> =
        fonts.iter().flat_map(BTreeMap::values).map(|font| (key(font), prepared(font, &document))).collect();
    let encodings = encodings(&prepared, &document);
    let mut walk = PageReader::new(MOST_CHARACTERS);
    for (page, fonts) in pages.iter().zip(&fonts) {
        if walk.is_full() {
            break;
        }
        let Ok(content) = document.get_page_content_with_limit(*page, MOST_PER_PAGE) else { continue };
        let known: BTreeMap<&[u8], &Encoding<'_>> =
            fonts.iter().filter_map(|(name, font)| Some((name.as_slice(), encodings.get(&key(font))?))).collect();
        walk.page(&content, &known);
    }
    (!pages.is_empty()).then(|| walk.finish())
}

/// Returns a key that identifies a PDF font: the address of the font's dictionary in memory.
/// Several PDF pages can use the same font.
fn key(font: &Dictionary) -> usize {
    std::ptr::from_ref(font) as usize
}

/// Removes the encoding from a PDF font that also has a table from codes to characters. The PDF
/// library would use the encoding, but the table is more reliable.
fn prepared(font: &Dictionary, document: &Document) -> Dictionary {
    let mut font = font.clone();
    if font.get_deref(b"ToUnicode", document).and_then(lopdf::Object::as_stream).is_ok() {
        font.remove(b"Encoding");
    }
    font
}

fn encodings<'a>(fonts: &'a HashMap<usize, Dictionary>, document: &'a Document) -> HashMap<usize, Encoding<'a>> {
    let known = fonts.iter().filter_map(|(key, font)| {
        let encoding = font.get_font_encoding_with_limit(document, MOST_PER_FONT).ok()?;
        Some((*key, encoding))
    });
    known.collect()
}

/// Returns the maximum unpacked size of one stream of a PDF, so that all object streams together
/// stay within the limit. Returns `None` if the PDF has too many streams or too much data outside
/// of streams.
fn most_per_stream(bytes: &[u8]) -> Option<usize> {
    let (mut bare, mut streams, mut rest) = (0, 0, bytes);
    while let Some(start) = find(rest, b"stream") {
        let (before, behind) = rest.split_at_checked(start)?;
        let length = find(behind, b"endstream").unwrap_or(behind.len());
        rest = behind.get(length + b"endstream".len()..).unwrap_or_default();
        bare += before.len();
        streams += 1;
        if streams > MOST_STREAMS {
            return None;
        }
    }
    let packed = bytes.windows(7).filter(|window| *window == b"/ObjStm").count();
    (bare + rest.len() <= MOST_BARE).then(|| MOST_OBJECTS / packed.max(1))
}
