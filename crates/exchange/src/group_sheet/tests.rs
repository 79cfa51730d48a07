//! Tests the reading of group sheets from CSV files and XLSX workbooks.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use super::header::ColumnKind;
use super::{GroupSheet, cell_words, grid, lookup, template_xlsx};
use crate::roster_file::{RefusedRows, RosterFile};
use crate::roster_report::{ReadingWarning, RosterReading, UnreadableReason};
use crate::table::ErrorColumn;
use domain::id::{DisciplineId, OrgId, PersonId, TermId};
use domain::limits::{ROSTER_COLUMNS_LIMIT, ROSTER_ROWS_LIMIT};
use domain::name::{Language, Name};
use domain::offering::{Level, StudyForm};
use domain::person::Person;
use domain::roster::{BadLine, Org, OrgKind, Roster, RosterDiscipline, RosterTerm};
use std::fs::File;
use std::io::{Seek, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const HEADER: &str =
    "семестр;факультет;кафедра;пән коды;пән атауы;топ;оқыту тілі;оқу түрі;студенттер саны;логин;оқытушы";

fn file(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.rewind().unwrap();
    file
}

fn org(code: &str, parent: Option<&str>, kind: OrgKind) -> Org {
    let name = Name { kk: format!("{code} бөлімі"), ru: format!("Отдел {code}"), en: String::new() };
    let parent = parent.map(|code| OrgId::of(&[code]));
    Org { id: OrgId::of(&[code]), parent, kind, code: code.to_owned(), name }
}

fn known() -> Roster {
    let day = |text: &str| text.parse().unwrap();
    let term = RosterTerm {
        id: TermId::of(&["autumn"]),
        code: "autumn".into(),
        name: Name { kk: "Күзгі семестр".into(), ..Name::default() },
        starts: day("2026-09-01"),
        ends: day("2026-12-30"),
        choose_from: day("2026-09-01"),
        choose_until: day("2026-10-01"),
        approve_until: day("2026-10-08"),
    };
    let aliya = Person {
        id: PersonId::of(&["u-17"]),
        username: "aliya".into(),
        family_name: "Сейтқали".into(),
        given_name: "Әлия".into(),
        middle_name: String::new(),
        locale: None,
        is_enabled: true,
        email: None,
    };
    let algebra = RosterDiscipline {
        id: DisciplineId::of(&["c-1"]),
        department: OrgId::of(&["CS"]),
        code: "ALG".into(),
        name: Name { kk: "Алгоритмдер".into(), ru: "Алгоритмы".into(), en: String::new() },
    };
    let orgs = vec![
        org("UNI", None, OrgKind::University),
        org("FIT", Some("UNI"), OrgKind::Faculty),
        org("CS", Some("FIT"), OrgKind::Department),
    ];
    Roster { orgs, terms: vec![term], people: vec![aliya], disciplines: vec![algebra], ..Roster::default() }
}

fn read(rows: &[&str]) -> (RosterFile, RosterReading) {
    let text = [&[HEADER], rows].concat().join("\n");
    let file = RosterFile::read(file(text.as_bytes()), "groups.csv").unwrap();
    let reading = file.reading(&known()).into_owned();
    (file, reading)
}

fn codes(refused: &[BadLine]) -> Vec<(u64, &str, &str)> {
    refused.iter().map(|bad| (bad.line, bad.column.as_str(), bad.reason.code())).collect()
}

#[test]
fn a_row_names_what_is_there_by_code_name_or_login() {
    let rows = ["Күзгі  семестр;;отдел cs;alg;;CS-21-1;русский;очная;24;ALIYA;", "autumn;FIT;CS;ALG;;CS-21-2;;;;;"];
    let (_, reading) = read(&rows);
    assert!(reading.refused.is_empty(), "{:?}", reading.refused);
    let roster = reading.roster;
    assert_eq!((roster.orgs.len(), roster.disciplines.len(), roster.people.len()), (1, 1, 1));
    assert_eq!(roster.disciplines, known().disciplines);
    let [first, second] = roster.offerings.as_slice() else { panic!("two groups") };
    assert_eq!((first.responsible, first.students), (Some(PersonId::of(&["u-17"])), 24));
    assert_eq!((first.language, first.study_form), (Language::Ru, StudyForm::FullTime));
    assert_eq!((second.responsible, second.discipline), (None, DisciplineId::of(&["c-1"])));
}

#[test]
fn what_is_not_there_yet_is_new_and_the_same_the_next_time() {
    let rows = [
        "autumn;Заң факультеті;Азаматтық құқық;LAW;Құқық;L-1;қазақ;;30;samal;Омар Самал Бекқызы",
        "autumn;Заң факультеті;Азаматтық құқық;LAW;;L-2;;;30;samal;",
    ];
    let (_, reading) = read(&rows);
    assert!(reading.refused.is_empty(), "{:?}", reading.refused);
    let roster = reading.roster;
    assert_eq!(
        (roster.orgs.len(), roster.disciplines.len(), roster.people.len(), roster.offerings.len()),
        (2, 1, 1, 2)
    );
    assert_eq!(roster.people[0].full_name(), "Омар Самал Бекқызы");
    assert_eq!(roster.appointments.len(), 1);
    assert_eq!(roster.orgs[1].parent, Some(roster.orgs[0].id));
    // The records of the group sheet are stored before the same sheet is read again, so that its
    // rows refer to stored records.
    let mut then = known();
    then.orgs.extend(roster.orgs.clone());
    then.people.extend(roster.people.clone());
    then.appointments.extend(roster.appointments.clone());
    then.disciplines.extend(roster.disciplines.clone());
    then.offerings.extend(roster.offerings.clone());
    let text = [&[HEADER], rows.as_slice()].concat().join("\n");
    let again = RosterFile::read(file(text.as_bytes()), "x").unwrap().reading(&then).into_owned().roster;
    assert_eq!((again.orgs.as_slice(), &again.people), (&roster.orgs[1..], &roster.people));
    assert_eq!((&again.disciplines, &again.offerings), (&roster.disciplines, &roster.offerings));
    assert!(again.appointments.is_empty());
}

#[test]
fn a_bad_row_is_refused_by_line_and_column_and_comes_back_mended() {
    let rows = [
        "autumn;;CS;ALG;;CS-21-1;;;24 адам;aliya;",
        "winter;;CS;ALG;;CS-21-1;;;24;aliya;",
        "autumn;;CSE;ALG;;CS-21-1;;;24;aliya;",
        "autumn;;CS;;;CS-21-1;;;24;aliya;",
        "autumn;;CS;ALG;;CS-21-1;эсперанто;;24;aliya;",
        "autumn;;CS;ALG;;CS-21-1;;;24;aliya;",
        "autumn;;CS;alg;;cs-21-1;;;25;aliya;",
        "autumn;;CS;NEW;;CS-21-1;;;25;aliya;",
        "autumn;;CS;ALG;;CS-21-3;;;25;;Омар Самал",
        "autumn;;CS;ALG;;CS-21-4;;;25;nobody;",
    ];
    let (file, reading) = read(&rows);
    let expected = [
        (2, "студенттер саны", "not-a-number"),
        (3, "семестр", "unknown-key"),
        (4, "кафедра", "unknown-key"),
        (5, "пән коды", "empty-cell"),
        (6, "оқыту тілі", "not-allowed-value"),
        (8, "топ", "duplicate-key"),
        (9, "пән атауы", "empty-cell"),
        (10, "логин", "empty-cell"),
        (11, "оқытушы", "empty-cell"),
    ];
    assert_eq!(codes(&reading.refused), expected);
    assert_eq!(reading.roster.offerings.len(), 1);
    let code = |bad: &BadLine| bad.reason.code().to_owned();
    let column = ErrorColumn { title: "қате", describe: &code };
    let report = file.refused(self::file(b""), "x", &reading.refused[..1], column).unwrap();
    let RefusedRows::Csv(report) = report else { panic!("rows of a sheet") };
    assert!(report.contains("\"24 адам\",\"aliya\",\"\",\"not-a-number\""), "{report}");
    // The file of refused rows is itself a group sheet. After correction it can be read, and the
    // column that describes the errors is skipped.
    let mended = GroupSheet::read(self::file(report.replace("24 адам", "24").as_bytes()), "x", false).unwrap();
    let reading = mended.reading(&known());
    assert!(reading.refused.is_empty() && reading.roster.offerings.len() == 1, "{:?}", reading.refused);
    assert!(!reading.warnings.iter().any(|warning| matches!(warning, ReadingWarning::UnknownColumns { .. })));
}

/// The refused rows of a workbook, read again from the CSV file that the registrar downloads.
fn refused_again(rows: &str) -> (Vec<BadLine>, GroupSheet) {
    let sheet = RosterFile::read(file(&workbook(rows)), "x").unwrap();
    let refused = sheet.reading(&known()).refused.clone();
    let code = |bad: &BadLine| bad.reason.code().to_owned();
    let column = ErrorColumn { title: "қате", describe: &code };
    let Ok(RefusedRows::Csv(text)) = sheet.refused(file(b""), "x", &refused, column) else { panic!("rows of a sheet") };
    (refused, GroupSheet::read(file(text.as_bytes()), "x", false).unwrap_or_else(|error| panic!("{error:?}")))
}

#[test]
fn refused_rows_of_any_workbook_are_read_again() {
    let header: Vec<&str> = HEADER.split(';').collect();
    let (one, other) = (["winter", "", "CS", "ALG", "", "one"], ["winter", "", "CS", "ALG", "", "other"]);
    let header_row = row(1, &header);
    let last_column = "<c r=\"CV1\" t=\"inlineStr\"><is><t>x</t></is></c></row>";
    let widest = header_row.replace("</row>", last_column);
    let (lower, upper) = (row(9, &one), row(2, &other));
    let nul = row(2, &["winter", "", "CS", "ALG", "", "a_x0000_b"]);
    for (rows, groups) in [
        ([&header_row, &lower, &upper].map(String::as_str).concat(), vec!["other", "one"]),
        ([&widest, &upper, &lower].map(String::as_str).concat(), vec!["other", "one"]),
        ([&header_row, &nul].map(String::as_str).concat(), vec!["ab"]),
    ] {
        let (refused, again) = refused_again(&rows);
        assert_eq!(refused.len(), groups.len());
        let read: Vec<&str> = again.rows.iter().map(|row| again.cell(&row.cells, ColumnKind::Group)).collect();
        assert_eq!(read, groups);
    }
}

#[test]
fn what_is_no_sheet_is_refused_as_a_whole() {
    let reason = |bytes: &[u8]| RosterFile::read(file(bytes), "x").err().map(|error| error.reason);
    assert!(matches!(reason(b""), Some(UnreadableReason::WrongHeader { .. })));
    assert!(matches!(reason("топ;кафедра\n1;2\n".as_bytes()), Some(UnreadableReason::WrongHeader { .. })));
    assert_eq!(reason(b"%PDF-1.7\n\0\xff\xd8"), Some(UnreadableReason::UnreadableEncoding));
    assert_eq!(reason(b"PK\x03\x04 and nothing"), Some(UnreadableReason::ArchiveDamaged));
    let wide = format!("{HEADER}{}", ";x".repeat(ROSTER_COLUMNS_LIMIT));
    assert_eq!(reason(wide.as_bytes()), Some(UnreadableReason::TooManyRows));
    let long = format!("{HEADER}\n{}", "a\n".repeat(ROSTER_ROWS_LIMIT + 1));
    assert_eq!(reason(long.as_bytes()), Some(UnreadableReason::TooManyRows));
}

/// Creates an XLSX workbook with one worksheet. Texts that look like numbers become number cells,
/// all other texts become text cells.
fn workbook(rows: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let files = [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>")),
    ];
    for (name, text) in files {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn row(number: usize, cells: &[&str]) -> String {
    let cell = |(place, text): (usize, &&str)| {
        let column = char::from(b'A' + u8::try_from(place).unwrap());
        match text.parse::<i64>() {
            Ok(value) => format!("<c r=\"{column}{number}\"><v>{value}</v></c>"),
            Err(_) => format!("<c r=\"{column}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
        }
    };
    format!("<row r=\"{number}\">{}</row>", cells.iter().enumerate().map(cell).collect::<String>())
}

#[test]
fn a_workbook_is_read_like_csv_with_its_own_line_numbers() {
    let header: Vec<&str> = HEADER.split(';').collect();
    let good = ["autumn", "", "CS", "ALG", "", "125", "", "", "24", "aliya"];
    let bad = ["autumn", "", "CS", "ALG", "", "126", "", "", "many", "aliya"];
    let sheet = [row(2, &header), row(5, &good), row(9, &bad)].concat();
    let file = RosterFile::read(file(&workbook(&sheet)), "groups.xlsx").unwrap();
    let reading = file.reading(&known());
    assert_eq!(codes(&reading.refused), [(9, "студенттер саны", "not-a-number")]);
    let [only] = reading.roster.offerings.as_slice() else { panic!("one group") };
    assert_eq!((only.group.as_str(), only.students), ("125", 24));
}

#[test]
fn a_workbook_that_swells_or_breaks_is_refused() {
    let reason = |bytes: &[u8]| RosterFile::read(file(bytes), "x").err().map(|error| error.reason);
    // The worksheet of this test has a single cell in the last possible column. Some readers would
    // allocate memory for all columns.
    let far = "<row r=\"9\"><c r=\"XFD9\"><v>1</v></c></row>";
    assert_eq!(reason(&workbook(far)), Some(UnreadableReason::TooManyRows));
    // The header and as many rows as are allowed, each with two cells.
    let rows = |count: usize| {
        let row = |number: usize| {
            format!("<row r=\"{number}\"><c r=\"A{number}\"><v>1</v></c><c r=\"B{number}\"><v>2</v></c></row>")
        };
        workbook(&(1..count + 2).map(row).collect::<String>())
    };
    assert!(matches!(reason(&rows(ROSTER_ROWS_LIMIT)), Some(UnreadableReason::WrongHeader { .. })));
    assert_eq!(reason(&rows(ROSTER_ROWS_LIMIT + 1)), Some(UnreadableReason::TooManyRows));
    let spaces = workbook(&" ".repeat(100_000));
    assert!(spaces.len() < 5_000);
    assert_eq!(grid::measure(&mut file(&spaces), 90_000), Err(UnreadableReason::ArchiveTooLarge));
    assert_eq!(grid::measure(&mut file(&spaces), 110_000), Ok(()));
    let whole = workbook(&row(1, &HEADER.split(';').collect::<Vec<_>>()));
    assert!(reason(&whole[..whole.len() - 40]).is_some());
    assert!(reason(&workbook("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>x")).is_some());
}

/// Fills in the template of a group sheet like a registrar: writes the values into the first row
/// below the header, column by column.
fn filled_in(template: &[u8], row: &[&str]) -> File {
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(template)).unwrap();
    let mut filled = ZipWriter::new(tempfile::tempfile().unwrap());
    for place in 0..book.len() {
        let mut entry = book.by_index(place).unwrap();
        let (mut content, name) = (String::new(), String::from_utf8(entry.name_raw().to_vec()).unwrap());
        std::io::Read::read_to_string(&mut entry, &mut content).unwrap();
        let cells = row
            .iter()
            .zip('A'..)
            .map(|(cell, column)| format!("<c r=\"{column}2\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"));
        let row = format!("<row r=\"2\">{}</row></sheetData>", cells.collect::<String>());
        filled.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        filled.write_all(content.replace("</sheetData>", &row).as_bytes()).unwrap();
    }
    let mut file = filled.finish().unwrap();
    file.rewind().unwrap();
    file
}

#[test]
fn the_template_is_filled_in_and_read_in_every_language() {
    for (place, language) in Language::ALL.into_iter().enumerate() {
        let offered = |kind| cell_words::allowed_words(kind, place)[1];
        let row = [
            "autumn",
            "FIT",
            "CS",
            "007",
            "Ж",
            "",
            "",
            "CS-21-1",
            offered(ColumnKind::Language),
            offered(ColumnKind::StudyForm),
            offered(ColumnKind::Level),
            "24",
            "aliya",
            "",
        ];
        let file = filled_in(&template_xlsx(language).unwrap(), &row);
        let file = RosterFile::read(file, "groups.xlsx").unwrap();
        let reading = file.reading(&known()).into_owned();
        assert_eq!((reading.refused, reading.warnings), (vec![], vec![]));
        let [group] = reading.roster.offerings.as_slice() else { panic!("one group") };
        assert_eq!((group.group.as_str(), group.students, group.language), ("CS-21-1", 24, Language::Ru));
        assert_eq!((group.study_form, group.level), (StudyForm::Evening, Level::Master));
        assert_eq!(reading.roster.disciplines[0].code, "007");
    }
}

#[test]
fn every_word_that_the_template_offers_is_understood() {
    for language in 0..3 {
        let understood = |kind, known: fn(&str) -> bool| {
            let offered = cell_words::allowed_words(kind, language);
            assert!(!offered.is_empty() && offered.iter().all(|word| known(&lookup::plain(word))), "{offered:?}");
        };
        understood(ColumnKind::Language, |word| cell_words::language(word).is_some());
        understood(ColumnKind::StudyForm, |word| cell_words::study_form(word).is_some());
        understood(ColumnKind::Level, |word| cell_words::level(word).is_some());
    }
}
