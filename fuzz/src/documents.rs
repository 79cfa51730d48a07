//! Reads programme documents: a PDF or DOCX file, or an input that is divided into the objects of a
//! PDF document (the name of the first one is `1`) or the parts of a DOCX document.

use crate::parts::{divided, zipped};
use domain::name::Name;
use domain::offering::Discipline;
use domain::programme::Media;
use domain::programme::check::check;
use exchange::document::inspect;
use exchange::document::text::{MOST_CHARACTERS, TextError, text};
use std::io::Cursor;
use testkit::sample;
use testkit::sample_documents::assembled;

/// Inspects a programme document, extracts its text, and checks the text. The text of a document
/// that was refused is extracted as well.
pub fn read(input: &[u8]) {
    let bytes = document(input);
    let accepted = inspect(&mut Cursor::new(&bytes)).ok();
    let media = accepted.unwrap_or(if bytes.starts_with(b"PK") { Media::Docx } else { Media::Pdf });
    let text = match text(bytes, media) {
        Ok(text) => text,
        Err(TextError::Unreadable) => String::new(),
        Err(TextError::Busy) => panic!("reading another document has not ended"),
    };
    assert!(text.chars().count() <= MOST_CHARACTERS, "the text is too long");
    let name = Name {
        kk: "Алгоритмдер".to_owned(), ru: "Алгоритмы".to_owned(), en: "Algorithms".to_owned()
    };
    let discipline = Discipline { id: sample::discipline("ALG"), code: "ALG2201".to_owned(), name };
    check(&text, &discipline);
}

fn document(input: &[u8]) -> Vec<u8> {
    match divided(input) {
        Some(parts) if parts.first().is_some_and(|part| part.name == "1") => {
            assembled(&parts.iter().map(|part| part.content.to_vec()).collect::<Vec<_>>())
        }
        _ => zipped(input),
    }
}
