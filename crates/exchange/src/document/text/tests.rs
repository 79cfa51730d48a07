//! Tests the extraction of text: documents of common programs give their text, damaged documents
//! give none, and the extraction always ends.

use super::{TextError, text, within};
use domain::programme::Media;
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};
use testkit::sample_documents::{Layout, Sheet, assembled, docx, pdf};

const LINES: [&str; 3] = ["Емтихан бағдарламасы, ALG2201", "Қазақ тілі: әіңғүұқөһ & <ё>", "English, too"];

fn read(bytes: &[u8], media: Media) -> Result<String, TextError> {
    text(bytes.to_vec(), media)
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_layout_of_a_pdf_gives_the_same_words() {
    for layout in [Layout::Lines, Layout::Paragraph, Layout::Words, Layout::Torn] {
        let told = read(&pdf(&LINES, layout), Media::Pdf).unwrap();
        assert_eq!(words(&told), LINES.join(" "), "{layout:?}");
        assert_eq!(told.lines().count(), 3, "{layout:?}: {told}");
    }
}

#[test]
fn every_layout_of_a_docx_gives_the_same_words() {
    for sheet in [Sheet::Plain, Sheet::Runs, Sheet::Table] {
        let told = read(&docx(&LINES, sheet, "Header"), Media::Docx).unwrap();
        assert_eq!(words(&told), format!("{} Header", LINES.join(" ")), "{sheet:?}");
    }
    let listed = read(&docx(&["1. First", "plain"], Sheet::Lists, ""), Media::Docx).unwrap();
    assert_eq!(words(&listed), "• First plain");
}

#[test]
fn what_the_demo_hands_in_can_be_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/programmes");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let media = Media::from_code(path.extension().unwrap().to_str().unwrap()).unwrap();
        let told = read(&fs::read(&path).unwrap(), media).unwrap();
        let code = path.file_name().unwrap().to_str().unwrap().split('-').next().unwrap().to_owned();
        assert!(told.contains(&code) && told.chars().count() > 400, "{}", path.display());
    }
}

#[test]
fn a_scan_has_no_text_and_a_font_without_a_map_no_words() {
    assert_eq!(words(&read(&pdf(&LINES, Layout::Scan), Media::Pdf).unwrap()), "");
    assert!(!read(&pdf(&LINES, Layout::Blind), Media::Pdf).unwrap().contains("ALG2201"));
}

#[test]
fn a_document_without_pages_or_body_cannot_be_read() {
    for bytes in [&b""[..], b"%PDF-1.7 %%EOF", b"PK\x05\x06"] {
        assert_eq!(read(bytes, Media::Pdf), Err(TextError::Unreadable));
        assert_eq!(read(bytes, Media::Docx), Err(TextError::Unreadable));
    }
}

#[test]
fn a_long_document_is_read_as_far_as_is_needed() {
    let line = "Ұзақ құжат ".repeat(7);
    let lines = vec![line.as_str(); 6_000];
    for (bytes, media) in [(pdf(&lines, Layout::Lines), Media::Pdf), (docx(&lines, Sheet::Plain, ""), Media::Docx)] {
        let told = read(&bytes, media).unwrap();
        assert!(told.chars().count() <= super::MOST_CHARACTERS && told.len() > 100_000, "{}", told.len());
    }
}

#[test]
fn nested_without_end_is_no_way_to_stop_the_program() {
    let deep =
        [b"<< /Type /Catalog /Pages 2 0 R /X ".to_vec(), b"[".repeat(100_000), b"]".repeat(100_000), b" >>".to_vec()];
    let circle = b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>".to_vec();
    let started = Instant::now();
    for objects in [vec![deep.concat(), circle.clone()], vec![b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(), circle]] {
        drop(read(&assembled(&objects), Media::Pdf));
    }
    let nested = ["<w:p>".repeat(200_000), "<w:t>deep</w:t>".to_owned()].concat();
    drop(read(&docx(&[&nested], Sheet::Plain, ""), Media::Docx));
    assert!(started.elapsed() < Duration::from_secs(30));
}

#[test]
fn a_panic_or_a_hang_costs_one_thread() {
    let panics = within(Duration::from_secs(5), || std::panic::resume_unwind(Box::new("a fault of a library")));
    assert_eq!(panics, Err(TextError::Unreadable));
    let started = Instant::now();
    let hangs = within(Duration::from_millis(50), || {
        thread::park_timeout(Duration::from_secs(3));
        Some(String::new())
    });
    assert_eq!(hangs, Err(TextError::Unreadable));
    assert!(started.elapsed() < Duration::from_secs(3));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_have_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        for media in [Media::Pdf, Media::Docx] {
            prop_assert!(read(&bytes, media) != Err(TextError::Busy));
        }
    }

    #[test]
    fn a_document_cut_off_or_flipped_anywhere_has_an_answer(
        end in 0..1000_usize, flips in prop::collection::vec((any::<prop::sample::Index>(), 0..8_u8), 0..12), layout in 0..4_usize,
    ) {
        let layouts = [Layout::Lines, Layout::Paragraph, Layout::Words, Layout::Torn];
        for (whole, media) in [(pdf(&LINES, layouts[layout]), Media::Pdf), (docx(&LINES, Sheet::Runs, "x"), Media::Docx)] {
            let mut flipped = whole.clone();
            for (place, bit) in &flips {
                let place = place.index(flipped.len());
                flipped[place] ^= 1 << bit;
            }
            drop(read(&flipped, media));
            let kept = whole.len() * end / 1000;
            drop(read(&whole[..kept], media));
        }
    }
}
