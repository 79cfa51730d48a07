//! Extracts the text of a PDF, one PDF page after another: the library reads objects and fonts, this module interprets
//! the drawing instructions of the pages.

mod page;

use self::page::PageReader;
use crate::document::scan::find;
use crate::document::text::text_builder::MOST_CHARACTERS;
use lopdf::{Dictionary, Document, Encoding, LoadOptions, ObjectId};
use std::collections::{BTreeMap, HashMap};

/// The maximum number of PDF pages whose text is read.
const MOST_PAGES: usize = 120;

/// The maximum unpacked size of a PDF page's drawing instructions, in bytes.
const MOST_PER_PAGE: usize = 4 * 1024 * 1024;

/// The maximum unpacked size of a PDF font's map to characters, in bytes.
const MOST_PER_FONT: usize = 1024 * 1024;

/// The maximum unpacked size of all object streams of a PDF together, in bytes; they are unpacked all at once.
const MOST_OBJECTS: usize = 16 * 1024 * 1024;

/// The largest part of a PDF outside of streams, in bytes: this part is read into memory as objects, each many times
/// its size.
const MOST_BARE: usize = 6 * 1024 * 1024;

/// The maximum number of streams in a PDF; a normal document has some hundreds.
const MOST_STREAMS: usize = 20_000;

/// The fonts of a PDF page by the names in the page's drawing instructions.
type FontDictionaries<'a> = BTreeMap<Vec<u8>, &'a Dictionary>;

/// Extracts the text of a PDF; `None` if the document has no readable pages.
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

/// The identity of a PDF font, which several pages may share: the font's address in the loaded document.
fn key(font: &Dictionary) -> usize {
    std::ptr::from_ref(font) as usize
}

/// Removes the encoding of a PDF font that has a map to characters. The library would prefer the encoding, but the map
/// is more reliable.
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

/// The maximum unpacked size of one PDF stream while objects are read, so that all streams together are within the
/// limits; `None` for a file whose structure exceeds the limits.
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
