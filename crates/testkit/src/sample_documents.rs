//! Makes sample PDF and Word documents, for tests that extract the text of documents. The documents
//! are structured like those of different word processors and scanners.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The structure of the text in a sample PDF document. It differs between the programs that write
/// PDF documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Structure of a sample PDF document: every line is a separate text object.
    Lines,
    /// Structure of a sample PDF document: all lines of a page are in one text object, in a
    /// compressed stream.
    Paragraph,
    /// Structure of a sample PDF document: each word is positioned separately, without space
    /// characters.
    Words,
    /// Structure of a sample PDF document: words are split into several pieces of text, as in a
    /// document whose font changes within a word.
    Torn,
    /// Structure of a sample PDF document: the font has no mapping to Unicode, so the text cannot
    /// be extracted.
    Blind,
    /// Structure of a sample PDF document: the pages have no text, like the pages that a scanner
    /// produces.
    Scan,
}

/// The maximum number of characters in a line of a sample PDF document.
const WIDTH: usize = 84;

/// The maximum number of lines on a page of a sample PDF document.
const HEIGHT: usize = 48;

/// Makes a sample PDF document with certain lines of text in a certain structure; long lines are
/// wrapped.
pub fn pdf(lines: &[&str], layout: Layout) -> Vec<u8> {
    let lines: Vec<String> = lines.iter().flat_map(|line| broken(line)).collect();
    let codes = codes(&lines);
    let pages: Vec<&[String]> = lines.chunks(HEIGHT).collect();
    let mut objects = vec!["<< /Type /Catalog /Pages 2 0 R >>".to_owned().into_bytes()];
    let kids: String = (0..pages.len()).map(|page| format!("{} 0 R ", 6 + page * 2)).collect();
    objects.push(format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()).into_bytes());
    let map = if layout == Layout::Blind { "" } else { "/ToUnicode 5 0 R" };
    objects.push(format!("<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Sample /Encoding /Identity-H /DescendantFonts [4 0 R] {map} >>").into_bytes());
    objects.push(b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Sample /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 550 >>".to_vec());
    objects.push(stream(cmap(&codes).as_bytes(), false));
    for (place, page) in pages.iter().enumerate() {
        objects.push(format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>", 7 + place * 2).into_bytes());
        objects.push(stream(drawn(page, layout, &codes).as_bytes(), layout != Layout::Lines));
    }
    assembled(&objects)
}

fn broken(line: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in line.split(' ') {
        let last = lines.last_mut().unwrap();
        if last.chars().count() + word.chars().count() > WIDTH && !last.is_empty() {
            lines.push(word.to_owned());
        } else {
            last.push_str(if last.is_empty() { "" } else { " " });
            last.push_str(word);
        }
    }
    lines
}

/// Assigns a glyph number to every letter in a sample PDF document. The numbers are not those of
/// Unicode, as in a PDF document that contains only a part of a font.
fn codes(lines: &[String]) -> BTreeMap<char, u16> {
    let mut codes = BTreeMap::new();
    for letter in lines.iter().flat_map(|line| line.chars()) {
        let next = 3 + u16::try_from(codes.len()).unwrap();
        codes.entry(letter).or_insert(next);
    }
    codes
}

fn cmap(codes: &BTreeMap<char, u16>) -> String {
    let mut map = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    let all: Vec<String> =
        codes.iter().map(|(letter, code)| format!("<{code:04X}> <{:04X}>\n", u32::from(*letter))).collect();
    for some in all.chunks(100) {
        map.push_str(&format!("{} beginbfchar\n{}endbfchar\n", some.len(), some.concat()));
    }
    map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    map
}

fn hex(text: &str, codes: &BTreeMap<char, u16>) -> String {
    let codes = text.chars().map(|letter| format!("{:04X}", codes[&letter]));
    format!("<{}>", codes.collect::<String>())
}

fn drawn(lines: &[String], layout: Layout, codes: &BTreeMap<char, u16>) -> String {
    let y = |row: usize| 790 - row * 15;
    let rows = lines.iter().enumerate();
    match layout {
        Layout::Scan => "q 595 0 0 842 0 0 cm 0 g 10 10 m 20 20 l S Q".to_owned(),
        Layout::Lines | Layout::Blind => {
            rows.map(|(row, line)| format!("BT /F1 10 Tf 50 {} Td {} Tj ET\n", y(row), hex(line, codes))).collect()
        }
        Layout::Paragraph => {
            let lines: String = lines.iter().map(|line| format!("{} Tj T*\n", hex(line, codes))).collect();
            format!("BT /F1 10 Tf 15 TL 50 790 Td\n{lines}ET\n")
        }
        Layout::Words => rows
            .map(|(row, line)| {
                let words: Vec<String> = line.split(' ').map(|word| hex(word, codes)).collect();
                format!("BT /F1 10 Tf 1 0 0 1 50 {} Tm [{}] TJ ET\n", y(row), words.join(" -333 "))
            })
            .collect(),
        Layout::Torn => rows
            .map(|(row, line)| {
                let letters: Vec<char> = line.chars().collect();
                let pieces = letters.chunks(7).enumerate().map(|(place, piece)| {
                    let piece: String = piece.iter().collect();
                    format!(
                        "BT /F1 10 Tf {} {} Td {} Tj ET\n",
                        50.0 + place as f64 * 7.0 * 5.5,
                        y(row),
                        hex(&piece, codes)
                    )
                });
                pieces.collect::<String>()
            })
            .collect(),
    }
}

/// Makes a stream object of a PDF document. If `is_packed` is true, the content is put into zlib
/// blocks without compressing it. Writing such blocks needs no compression library, but a program
/// that reads the PDF has to unpack them like compressed ones.
fn stream(content: &[u8], is_packed: bool) -> Vec<u8> {
    let (filter, content) = if is_packed { ("/Filter /FlateDecode", zlib(content)) } else { ("", content.to_vec()) };
    let mut object = format!("<< /Length {} {filter} >>\nstream\n", content.len()).into_bytes();
    object.extend(content);
    object.extend(b"\nendstream");
    object
}

fn zlib(content: &[u8]) -> Vec<u8> {
    let mut packed = vec![0x78, 0x01];
    let blocks: Vec<&[u8]> = content.chunks(60_000).collect();
    for (place, block) in blocks.iter().enumerate() {
        let length = u16::try_from(block.len()).unwrap();
        packed.push(u8::from(place + 1 == blocks.len()));
        packed.extend(length.to_le_bytes());
        packed.extend((!length).to_le_bytes());
        packed.extend(*block);
    }
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in content {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    packed.extend((b << 16 | a).to_be_bytes());
    packed
}

/// Assembles a PDF document from its objects and adds their cross-reference table.
pub fn assembled(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut pdf = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        pdf.extend(format!("{} 0 obj\n", number + 1).into_bytes());
        pdf.extend(object);
        pdf.extend(b"\nendobj\n");
    }
    let start = pdf.len();
    pdf.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for place in places {
        pdf.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    let size = objects.len() + 1;
    pdf.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").into_bytes());
    pdf
}

/// The structure of the text in a sample Word document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// Structure of a sample Word document: every line is a paragraph.
    Plain,
    /// Structure of a sample Word document: pieces of text end within words, as after spelling
    /// corrections.
    Runs,
    /// Structure of a sample Word document: the text is in the cells of a table.
    Table,
    /// Structure of a sample Word document: the numbers and dashes of lists are generated by the
    /// word processor and are not part of the text.
    Lists,
}

/// Makes a sample Word document (DOCX) with these lines of text in the given structure. The text
/// `header` is at the top of every page.
pub fn docx(lines: &[&str], sheet: Sheet, header: &str) -> Vec<u8> {
    let paragraphs: Vec<String> = lines.iter().map(|line| paragraph(line, sheet)).collect();
    let body = match sheet {
        Sheet::Table => {
            let rows =
                paragraphs.chunks(2).map(|pair| format!("<w:tr><w:tc>{}</w:tc></w:tr>", pair.join("</w:tc><w:tc>")));
            format!("<w:tbl>{}</w:tbl>", rows.collect::<String>())
        }
        _ => paragraphs.concat(),
    };
    let xml = |root: &str, inside: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<w:{root} xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{inside}</w:{root}>"
        )
    };
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let files = [
        ("[Content_Types].xml", types.to_owned()),
        ("word/document.xml", xml("document", &format!("<w:body>{body}</w:body>"))),
        ("word/header1.xml", xml("hdr", &paragraph(header, Sheet::Plain))),
    ];
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn paragraph(line: &str, sheet: Sheet) -> String {
    let bare = line.trim_start_matches(|letter: char| letter.is_ascii_digit() || ".–- )".contains(letter));
    let (mark, line) = match sheet {
        Sheet::Lists if bare.len() < line.len() && !bare.is_empty() => {
            ("<w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>", bare)
        }
        _ => ("", line),
    };
    let letters: Vec<char> = line.chars().collect();
    let long = if sheet == Sheet::Runs { 9 } else { 10_000 };
    let runs = letters.chunks(long).map(|run| {
        let text: String = run.iter().collect();
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    });
    format!("<w:p>{mark}{}</w:p>", runs.collect::<String>())
}
