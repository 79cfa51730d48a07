//! Tests that small XLSX files which unpack to millions of strings, formats or names are refused
//! before anything of them is stored, and that ordinary files are not.

use super::*;
use crate::group_sheet::grid::of_xlsx;
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook};
use std::fs::File;
use std::io::{Cursor, Seek, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts of an XLSX file with this worksheet, and further parts that replace those of the same
/// name.
fn workbook(rows: &str, parts: &[(&str, String)]) -> File {
    let mut all = vec![
        (
            "_rels/.rels",
            format!(
                "<Relationships><Relationship Id=\"r1\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns:r=\"{RELATIONS}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships><Relationship Id=\"r1\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>")),
    ];
    all.retain(|(name, _)| parts.iter().all(|(other, _)| name != other));
    let mut zip = ZipWriter::new(tempfile::tempfile().unwrap());
    for (name, text) in all.iter().chain(parts) {
        zip.start_file(*name, SimpleFileOptions::default().compression_level(Some(1))).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    let mut file = zip.finish().unwrap();
    file.rewind().unwrap();
    file
}

fn refusal(rows: &str, parts: &[(&str, String)]) -> Option<UnreadableReason> {
    of_xlsx(workbook(rows, parts)).err()
}

fn sst(content: &str) -> String {
    format!("<?xml version=\"1.0\"?><sst xmlns=\"{MAIN}\">{content}</sst>")
}

const STRINGS: &str = "xl/sharedStrings.xml";
const STYLES: &str = "xl/styles.xml";

#[test]
fn millions_of_strings_are_counted_and_not_stored() {
    let many = ROSTER_STRINGS_LIMIT + 100_000;
    let (text, mut size) = (sst(&"<si/>".repeat(many)), WorkbookSize::default());
    assert_eq!(size.add(text.as_bytes()), Err(UnreadableReason::WorkbookTooLarge));
    // The count stops at the first string too many, and nothing but numbers is kept.
    assert_eq!((size.strings, size.held), (ROSTER_STRINGS_LIMIT + 1, 0));
    // The relationships of the file say where the strings are.
    assert_eq!(refusal("", &[("other/place.bin", text)]), Some(UnreadableReason::WorkbookTooLarge));
    for string in ["<si/>", "<si></si>", "<x:si/>", "<si><t/></si>", "<si>"] {
        for text in [
            sst(&string.repeat(10)),
            format!("x{}", sst(&string.repeat(10))),
            format!("<a></b>{}", sst(&string.repeat(10))),
        ] {
            let mut size = WorkbookSize { strings: ROSTER_STRINGS_LIMIT - 9, ..WorkbookSize::default() };
            assert_eq!(size.add(text.as_bytes()), Err(UnreadableReason::WorkbookTooLarge), "{text}");
            assert_eq!(size.strings, ROSTER_STRINGS_LIMIT + 1, "{text}");
        }
    }
}

#[test]
fn a_declared_number_of_strings_allocates_nothing() {
    for count in ["500001", "99999999999", "18446744073709551615", "99999999999999999999999999"] {
        for quote in ['"', '\''] {
            let text = format!("<sst count=\"1\" uniqueCount = {quote}{count}{quote}><si><t>a</t></si></sst>");
            assert_eq!(refusal("", &[(STRINGS, text)]), Some(UnreadableReason::WorkbookTooLarge), "{count}");
        }
    }
    let usual = "<sst count=\"900000\" uniqueCount=\"500000\"><si><t>a</t></si></sst>".to_owned();
    assert_eq!(refusal("", &[(STRINGS, usual)]), None);
}

#[test]
fn long_texts_are_not_collected() {
    let long = "x".repeat(usize::try_from(LONGEST_EVENT).unwrap() + 10_000);
    let pieces = "<r><t>x</t></r>".repeat(10).replace('x', &"y".repeat(300_000)).repeat(2);
    let shapes = [
        format!("<si><t>{long}</t></si>"),
        format!("<si><t><![CDATA[{long}]]></t></si>"),
        format!("<si><t><![CDATA[{}]]></t></si>", "<si>".repeat(long.len() / 4)),
        format!("<!-- {long} -->"),
        format!("<?{long}?>"),
        format!("<si a=\"{long}\"/>"),
        format!("<{long}/>"),
        format!("&{long};"),
        format!("<si>{pieces}</si>"),
        format!("<x:si></si>{pieces}"),
        format!("<si><t>{}</t></si>", "&amp;".repeat(1_400_000)),
    ];
    for shape in shapes {
        let found = refusal("", &[(STRINGS, sst(&shape))]);
        assert_eq!(found, Some(UnreadableReason::WorkbookTooLarge), "{shape:.40}");
        let row = format!("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\">{}</c></row>", shape.replace("si", "is"));
        let found = WorkbookSize::default().add(row.as_bytes());
        assert_eq!(found, Err(UnreadableReason::WorkbookTooLarge), "{row:.80}");
    }
}

#[test]
fn formats_and_names_that_are_copied_are_counted_with_their_copies() {
    let long = "y".repeat(200_000);
    let formats = |before: &str, many: usize, format: &str| {
        format!("<styleSheet>{before}<cellXfs>{}</cellXfs></styleSheet>", format.repeat(many))
    };
    let font = format!("<fonts><font><name val=\"{long}\"/></font></fonts>");
    let number = format!("<numFmts><numFmt numFmtId=\"200\" formatCode=\"{long}\"/></numFmts>");
    let sheets = "<sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/>".repeat(5_000);
    let relations =
        format!("<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"{long}\"/></Relationships>");
    let names = format!("<definedName name=\"{long}\">{long}</definedName>").repeat(200);
    let parts = [
        (STYLES, formats(&font, 5_000, "<xf fontId=\"0\"/>")),
        (STYLES, formats(&number, 5_000, "<xf numFmtId=\"200\"/>")),
        (STYLES, formats("", MOST_SETTINGS + 1, "<xf/>")),
        ("xl/workbook.xml", format!("<workbook><definedNames>{names}</definedNames></workbook>")),
    ];
    for part in parts {
        assert_eq!(
            refusal("", std::slice::from_ref(&part)),
            Some(UnreadableReason::WorkbookTooLarge),
            "{:.60}",
            part.1
        );
    }
    for one in
        ["<font/>", "<fill/>", "<border/>", "<name/>", "<numFmt/>", "<Relationship/>", "<sheet/>", "<definedName/>"]
    {
        let mut size = WorkbookSize { settings: MOST_SETTINGS - 1, ..WorkbookSize::default() };
        let part = format!("<a>{one}{one}</a>");
        assert_eq!(size.add(part.as_bytes()), Err(UnreadableReason::WorkbookTooLarge), "{one}");
    }
    let copied =
        [("xl/workbook.xml", format!("<workbook>{sheets}</workbook>")), ("xl/_rels/workbook.xml.rels", relations)];
    assert_eq!(refusal("", &copied), Some(UnreadableReason::WorkbookTooLarge));
}

#[test]
fn a_text_that_many_cells_repeat_is_counted_in_every_cell() {
    let text = sst(&format!("<si><t>{}</t></si>", "z".repeat(30_000)));
    let row = |number: usize| format!("<row r=\"{number}\">{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(50));
    let rows: String = (1..=50).map(row).collect();
    assert_eq!(refusal(&rows, &[(STRINGS, text)]), Some(UnreadableReason::WorkbookTooLarge));
}

#[test]
fn cells_of_all_worksheets_are_counted() {
    let mut size = WorkbookSize { cells: ROSTER_CELLS_LIMIT - 1, ..WorkbookSize::default() };
    let mut add = |text: &str| size.add(text.as_bytes());
    assert_eq!(add("<worksheet><sheetData><row><c/></row></sheetData></worksheet>"), Ok(()));
    assert_eq!(
        add("<worksheet><sheetData><row><c/></row></sheetData></worksheet>"),
        Err(UnreadableReason::WorkbookTooLarge)
    );
}

#[test]
fn a_fault_of_the_library_is_a_damaged_file() {
    let cells = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";
    for dimension in ["B9:A1", "A1:XFD99999999", "A0", "99999999999999999999", ":", ""] {
        let sheet = format!("<worksheet><dimension ref=\"{dimension}\"/><sheetData>{cells}</sheetData></worksheet>");
        let found = of_xlsx(workbook("", &[("xl/worksheets/sheet1.xml", sheet)]));
        assert!(
            found.as_ref().map_or_else(|why| *why == UnreadableReason::ArchiveDamaged, |rows| rows.len() == 1),
            "{dimension}"
        );
    }
    for place in ["A99999999999", "ZZZZZZZZZ1", "1", "A", "", "-1", "A1:B2"] {
        drop(of_xlsx(workbook(&format!("<row r=\"{place}\"><c r=\"{place}\"><v>1</v></c></row>"), &[])));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_part_has_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..500), at in 0..3_usize, flip: prop::sample::Index) {
        drop(WorkbookSize::default().add(bytes.as_slice()));
        let (name, text) = [
            (STRINGS, sst("<si><t>a</t></si><si><r><t>b</t></r></si>")),
            (STYLES, "<styleSheet><fonts><font><name val=\"a\"/></font></fonts><cellXfs><xf fontId=\"0\"/></cellXfs></styleSheet>".to_owned()),
            ("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\" s=\"0\"><v>1</v></c></row></sheetData></worksheet>".to_owned()),
        ][at].clone();
        let mut damaged = text.into_bytes();
        let place = flip.index(damaged.len());
        damaged[place] = bytes.first().copied().unwrap_or(b'<') & 0x7f;
        drop(of_xlsx(workbook("", &[(name, String::from_utf8(damaged).unwrap())])));
    }
}

#[test]
fn an_ordinary_file_with_much_formatting_is_read() {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    for row in 0..2_000 {
        let format = Format::new().set_font_size(f64::from(row % 100) + 4.0).set_num_format(format!("0.{row}"));
        for column in 0..12 {
            page.write_string_with_format(row, column, format!("Топ {row} {column} <&>"), &format).unwrap();
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    let mut zip = ZipWriter::new_append(Cursor::new(bytes)).unwrap();
    // A picture, and a drawing that is not well-formed XML, as spreadsheet programs write it.
    for (name, content) in
        [("xl/media/image1.png", vec![0x89; 2_000_000]), ("xl/vmlDrawing1.vml", b"<xml><br></xml><".to_vec())]
    {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&content).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert!(ZipArchive::new(Cursor::new(&bytes)).unwrap().len() > 10);
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&bytes).unwrap();
    file.rewind().unwrap();
    let rows = of_xlsx(file).unwrap();
    assert_eq!((rows.len(), rows[7].cells[3].as_str()), (2_000, "Топ 7 3 <&>"));
}
