//! Makes small valid PDF documents and ZIP archives for tests.

use crate::sample_documents;
use domain::offering::Discipline;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Makes a PDF document of one page with this text. Different texts give documents with different
/// bytes.
pub fn pdf(words: &str) -> Vec<u8> {
    let words: String = words.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == ' ').collect();
    let stream = format!("BT /F1 12 Tf 50 750 Td ({words}) Tj ET");
    let mut pdf = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for object in [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()),
    ] {
        places.push(pdf.len());
        pdf.push_str(&format!("{} 0 obj\n{object}\nendobj\n", places.len()));
    }
    let start = pdf.len();
    pdf.push_str("xref\n0 5\n0000000000 65535 f \n");
    for place in places {
        pdf.push_str(&format!("{place:010} 00000 n \n"));
    }
    pdf.push_str(&format!("trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
    pdf.into_bytes()
}

/// Makes a PDF document in Kazakh with everything that a programme document must contain. Different
/// values of `words` give documents with different bytes.
pub fn good_programme(discipline: &Discipline, words: &str) -> Vec<u8> {
    let title = format!("{} {}: {words}", discipline.code, discipline.name.kk);
    let lines = [
        title.as_str(),
        "Емтиханға енетін тақырыптар",
        "1. Негізгі ұғымдар және олардың байланысы",
        "2. Әдістерді таңдау және салыстыру",
        "3. Күрделі мысалдарды талдау",
        "4. Қолдану салалары және шектері",
        "Емтихан өткізу тәртібі",
        "Емтихан Moodle платформасында жазбаша өтеді, 120 минут беріледі.",
        "Үш сұрақ 100 балмен бағаланады.",
    ];
    sample_documents::pdf(&lines, sample_documents::Layout::Lines)
}

/// Makes a ZIP archive that contains the files of a list.
pub fn zipped(files: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Reads all files of a ZIP archive. The keys of the map are the names of the files.
pub fn unzipped(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = BTreeMap::new();
    for place in 0..zip.len() {
        let (mut entry, mut content) = (zip.by_index(place).unwrap(), Vec::new());
        entry.read_to_end(&mut content).unwrap();
        files.insert(String::from_utf8(entry.name_raw().to_vec()).unwrap(), content);
    }
    files
}
