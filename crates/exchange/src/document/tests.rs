//! Tests the check of uploaded programme documents with valid, truncated, protected and disguised
//! documents.

use super::inspect;
use super::scan::{BLOCK, places};
use domain::limits::PROGRAMME_SIZE_LIMIT;
use domain::programme::{Media, UploadError};
use proptest::prelude::*;
use std::fs;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use std::path::Path;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn look(bytes: impl AsRef<[u8]>) -> Result<Media, UploadError> {
    inspect(&mut Cursor::new(bytes.as_ref()))
}

const TYPES: &str = r#"<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;

fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn docx(types: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut files: Vec<(&str, &[u8])> = vec![("[Content_Types].xml", types.as_bytes()), ("word/document.xml", b"<w/>")];
    files.extend_from_slice(more);
    zip_of(&files)
}

/// Creates a PDF with a classic cross-reference table. The number after `startxref` is the table's
/// byte position plus the parameter `start`.
fn pdf(before: &str, trailer: &str, start: i64) -> String {
    let body = format!("{before}%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n");
    let table = i64::try_from(body.len() - before.len()).unwrap() + start;
    let entries = "0000000009 00000 n\r\n".repeat(4000);
    format!("{body}xref\n0 4000\n{entries}trailer\n<</Size 4000/Root 1 0 R{trailer}>>\nstartxref\n{table}\n%%EOF\n")
}

/// Creates a PDF whose cross-reference is a stream instead of a table.
fn stream_pdf(dictionary: &str) -> String {
    let body = "%PDF-1.5\n1 0 obj\n<</Note(/Encrypt 9 0 R)>>\nendobj\n";
    let place = body.len();
    format!("{body}7 0 obj\n<</Type/XRef{dictionary}>>\nstream\n/Encrypt\nendstream\nendobj\nstartxref\n{place}\n%%EOF")
}

#[test]
fn a_pdf_is_a_pdf_by_content() {
    assert_eq!(look(pdf("", "", 0)), Ok(Media::Pdf));
    assert_eq!(look(pdf("mail header\r\n", "", 0)), Ok(Media::Pdf));
    assert_eq!(look(stream_pdf("")), Ok(Media::Pdf));
    assert_eq!(look(format!("{}{}", pdf("", "", 0), " ".repeat(1500))), Ok(Media::Pdf));
    assert_eq!(look(pdf(&"x".repeat(2000), "", 0)), Err(UploadError::WrongKind));
}

#[test]
fn a_pdf_that_is_cut_off_is_damaged() {
    let whole = pdf("", "", 0);
    assert_eq!(look(&whole[..whole.len() - 8]), Err(UploadError::Damaged));
    assert_eq!(look(&whole[..200]), Err(UploadError::Damaged));
    assert_eq!(look("%PDF-1.7"), Err(UploadError::Damaged));
    assert_eq!(look(format!("{whole}{}", " ".repeat(4000))), Err(UploadError::Damaged));
}

#[test]
fn a_pdf_behind_a_password_is_encrypted() {
    let locked = "/Encrypt 5 0 R";
    assert_eq!(look(pdf("", locked, 0)), Err(UploadError::Encrypted));
    assert_eq!(look(pdf("junk\n", locked, 0)), Err(UploadError::Encrypted), "offsets count from the header");
    assert_eq!(look(pdf("junk\n", locked, 5)), Err(UploadError::Encrypted), "or from the start of the file");
    assert_eq!(look(stream_pdf(locked)), Err(UploadError::Encrypted));
    // A PDF that readers would repair is searched completely for signs of encryption.
    assert_eq!(look(pdf("", locked, 17)), Err(UploadError::Encrypted));
    assert_eq!(look(pdf("", locked, i64::from(u32::MAX))), Err(UploadError::Encrypted));
    assert_eq!(look(pdf("", locked, 0).replace("startxref", "startref_")), Err(UploadError::Encrypted));
    assert_eq!(look(pdf("", "", 17)), Ok(Media::Pdf));
}

#[test]
fn the_word_encrypt_elsewhere_means_nothing() {
    let text = pdf("", "", 0).replace("endobj", "(/Encrypt 5 0 R) endobj");
    let table = text.find("xref\n0").unwrap();
    let start = text.find("startxref\n").unwrap();
    assert_eq!(look(format!("{}startxref\n{table}\n%%EOF", &text[..start])), Ok(Media::Pdf));
}

#[test]
fn a_docx_is_a_docx_by_its_parts() {
    assert_eq!(look(docx(TYPES, &[])), Ok(Media::Docx));
    assert_eq!(look(docx("<Types/>", &[])), Ok(Media::Docx));
    let other_body = zip_of(&[("[Content_Types].xml", TYPES.as_bytes()), ("word/document2.xml", b"<w/>")]);
    assert_eq!(look(other_body), Ok(Media::Docx));
    let spreadsheet = zip_of(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<x/>")]);
    for other in
        [spreadsheet, zip_of(&[("word/document.xml", b"<w/>")]), zip_of(&[("a.pdf", b"%PDF-1.7 %%EOF")]), zip_of(&[])]
    {
        assert_eq!(look(other), Err(UploadError::WrongKind));
    }
}

#[test]
fn macros_are_refused_however_they_are_named() {
    let declared =
        TYPES.replace("openxmlformats-officedocument.wordprocessingml.document", "ms-word.document.macroEnabled");
    let utf16: Vec<u8> = declared.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let in_utf16 = zip_of(&[("[Content_Types].xml", &utf16), ("word/document.xml", b"<w/>")]);
    let hidden = TYPES
        .replace("</Types>", r#"<Default Extension="x" ContentType="application/vnd.ms-office.vbaProject"/></Types>"#);
    for bytes in [docx(TYPES, &[("word/vbaProject.bin", b"x")]), docx(TYPES, &[("x/VBAPROJECT.BIN", b"x")])] {
        assert_eq!(look(bytes), Err(UploadError::Macros));
    }
    for bytes in [docx(&declared, &[]), in_utf16, docx(&hidden, &[])] {
        assert_eq!(look(bytes), Err(UploadError::Macros));
    }
}

#[test]
fn a_docx_that_is_cut_off_is_damaged() {
    let whole = docx(TYPES, &[("word/media/image1.png", &[7; 5000])]);
    for length in [5, 100, whole.len() / 2, whole.len() - 10] {
        assert_eq!(look(&whole[..length]), Err(UploadError::Damaged), "{length}");
    }
    let mut broken = whole.clone();
    broken[45..150].fill(0x55);
    assert_eq!(look(broken), Err(UploadError::Damaged));
}

#[test]
fn a_docx_behind_a_password_is_encrypted() {
    let mut zip = docx(TYPES, &[]);
    let places: Vec<usize> =
        zip.windows(4).enumerate().filter(|(_, bytes)| *bytes == b"PK\x01\x02").map(|(at, _)| at).collect();
    zip[places[1] + 8] |= 1;
    assert_eq!(look(zip), Err(UploadError::Encrypted));
}

/// Creates an OLE compound file (the old Office format) whose directory is in the given sector and
/// has one entry with the given name.
fn compound(entry: &str, sector: u32) -> Vec<u8> {
    let mut bytes = vec![0; 512];
    bytes[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    bytes[30..32].copy_from_slice(&9u16.to_le_bytes());
    bytes[48..52].copy_from_slice(&sector.to_le_bytes());
    bytes.resize((sector as usize + 1) * 512, 0);
    bytes.extend(entry.encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(bytes.len() + 2048, 0);
    bytes
}

#[test]
fn old_word_and_office_behind_a_password_are_told_apart() {
    assert_eq!(look(compound("EncryptedPackage", 0)), Err(UploadError::Encrypted));
    assert_eq!(look(compound("EncryptedPackage", 20_000)), Err(UploadError::Encrypted));
    assert_eq!(look(compound("WordDocument", 0)), Err(UploadError::WrongKind));
    assert_eq!(look(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Err(UploadError::WrongKind));
}

#[test]
fn nothing_else_is_a_document() {
    assert_eq!(look(b""), Err(UploadError::Empty));
    for bytes in [b"MZ\x90\0".as_slice(), b"{\\rtf1}", b"<html>", b"\x89PNG\r\n", b"P", "Бағдарлама".as_bytes()]
    {
        assert_eq!(look(bytes), Err(UploadError::WrongKind));
    }
    let mut large = io::repeat(0).take(PROGRAMME_SIZE_LIMIT + 1);
    let mut bytes = b"%PDF-1.7".to_vec();
    large.read_to_end(&mut bytes).unwrap();
    assert_eq!(look(&bytes), Err(UploadError::TooLarge));
}

#[test]
fn a_bomb_is_not_unpacked() {
    let bomb = format!("<Types>{}</Types>", " ".repeat(50 * 1024 * 1024));
    assert_eq!(look(docx(&bomb, &[])), Err(UploadError::Damaged));
    let body = vec![b' '; 50 * 1024 * 1024];
    let body = zip_of(&[("[Content_Types].xml", TYPES.as_bytes()), ("word/document.xml", &body)]);
    assert_eq!(look(body), Ok(Media::Docx), "the body is not looked at");
}

#[test]
fn a_zip_of_endless_parts_is_not_listed() {
    let mut bytes = b"PK\x03\x04".to_vec();
    bytes.extend(b"PK\x01\x02".repeat(super::office::MOST_PARTS + 1));
    assert_eq!(look(bytes), Err(UploadError::WrongKind));
}

/// A file that returns an error when it is read, like a file on a broken disk.
struct Failing;

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the disk is gone"))
    }
}

impl Seek for Failing {
    fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
        Ok(100)
    }
}

#[test]
fn a_file_that_cannot_be_read_is_damaged() {
    assert_eq!(inspect(&mut Failing), Err(UploadError::Damaged));
}

#[test]
fn places_are_found_across_the_seams_of_blocks_and_only_once() {
    let block = usize::try_from(BLOCK).unwrap();
    for start in [0, 1, block - 3, block - 1, block, 2 * block - 2] {
        let mut bytes = vec![0; 3 * block];
        bytes[start..start + 4].copy_from_slice(b"seam");
        let found = places(&mut Cursor::new(&bytes), 0, b"seam", 5).unwrap();
        assert_eq!(found, [start as u64]);
    }
    let found = places(&mut Cursor::new(b"a".repeat(3 * block)), 1, b"a", block + 7).unwrap();
    assert_eq!((found.len(), found[0]), (block + 7, 1));
}

#[test]
fn the_demo_programmes_are_what_their_names_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/programmes");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let media = path.extension().and_then(|ending| Media::from_code(ending.to_str()?));
        assert_eq!(inspect(&mut fs::File::open(&path).unwrap()).ok(), media, "{}", path.display());
    }
}

proptest! {
    #[test]
    fn any_bytes_have_an_answer(start in 0..4usize, bytes in proptest::collection::vec(any::<u8>(), 0..3000)) {
        let starts: [&[u8]; 4] = [b"", b"PK\x03\x04", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"];
        let _ = look([starts[start], &bytes].concat());
    }

    #[test]
    fn any_byte_of_a_document_may_be_another(
        kind in 0..4usize, place in any::<proptest::sample::Index>(), byte: u8, length in any::<proptest::sample::Index>(),
    ) {
        let documents =
            [pdf("", "", 0).into_bytes(), stream_pdf("").into_bytes(), docx(TYPES, &[]), compound("WordDocument", 1)];
        let mut bytes = documents[kind].clone();
        let place = place.index(bytes.len());
        bytes[place] = byte;
        let _ = look(&bytes);
        bytes.truncate(length.index(bytes.len()));
        let _ = look(&bytes);
    }
}
