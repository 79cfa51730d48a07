//! Tests that an uploaded file which unpacks to far more than it should is refused beside its field, and that nobody can
//! make the spreadsheet program of another person run a formula.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod visitor;

use domain::limits::ROSTER_STRINGS_LIMIT;
use std::collections::BTreeMap;
use testkit::files::{unzipped, zipped};
use visitor::{Site, Visitor, is_whole};

/// An XLSX file with a worksheet of these rows and these shared strings.
fn workbook(rows: &str, strings: &str) -> Vec<u8> {
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let link = |kind: &str, to: &str| {
        format!("<Relationships><Relationship Id=\"r1\" Type=\"{relation}/{kind}\" Target=\"{to}\"/></Relationships>")
    };
    let parts = [
        ("_rels/.rels", link("officeDocument", "xl/workbook.xml")),
        ("xl/_rels/workbook.xml.rels", link("worksheet", "worksheets/sheet1.xml")),
        (
            "xl/workbook.xml",
            "<workbook><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>".to_owned(),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")),
        ("xl/sharedStrings.xml", format!("<sst>{strings}</sst>")),
    ];
    zipped(&parts.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect())
}

#[test]
fn a_small_workbook_with_millions_of_texts_is_refused_beside_its_field() {
    let site = Site::new();
    let mut registrar = site.signed_in("registrar");
    let bomb = workbook("", &"<si/>".repeat(ROSTER_STRINGS_LIMIT + 1));
    assert!(bomb.len() < 100_000, "{}", bomb.len());
    let refused = registrar.upload_roster("groups.xlsx", &bomb);
    assert_eq!(refused.status, 422);
    is_whole(&refused.body, "a workbook that is too large");
    assert!(refused.body.contains("groups.xlsx: ") && refused.body.contains("500\u{a0}000"), "{}", refused.body);
    let empty = registrar.upload_roster("groups.xlsx", &workbook("", "<si><t>x</t></si>"));
    assert_eq!(empty.status, 422);
    assert!(!empty.body.contains("500\u{a0}000"), "{}", empty.body);
}

/// The cells of a CSV text for a program that divides it at this separator.
fn cells(text: &str, separator: char) -> Vec<String> {
    let text = text.trim_start_matches('\u{feff}');
    let (mut cells, mut cell, mut is_quoted) = (Vec::new(), String::new(), false);
    for letter in text.chars() {
        if letter == '"' && (is_quoted || cell.is_empty()) {
            is_quoted = !is_quoted;
        } else if !is_quoted && (letter == separator || letter == '\n') {
            cells.push(std::mem::take(&mut cell));
        } else {
            cell.push(letter);
        }
    }
    cells.push(cell);
    cells
}

fn no_formula(text: &str, what: &str) {
    for cell in [',', ';', '\t', '|'].into_iter().flat_map(|separator| cells(text, separator)) {
        let shown =
            cell.trim_start_matches(|letter: char| letter.is_whitespace() || letter.is_control() || letter == '"');
        let is_number = cell.trim().parse::<i64>().is_ok();
        assert!(is_number || !shown.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']), "{what}: {cell:?}");
    }
}

const HOSTILE: &str = "x,=HYPERLINK(1);=2|=3\u{9}=4,+5;-6,@7,＝8;＋9";

/// Uploads a sheet of groups with one row that is right and one that is refused, and returns the address of the import.
fn upload(registrar: &mut Visitor) -> String {
    let group = HOSTILE.replace('\t', " ");
    let sheet = format!(
        "term;department;discipline code;group;students;instructor login;instructor name\n\
         autumn;CS;ALG;\"{group}\";5;;\nautumn;CS;ALG;\"{group} 2\";many;;\nautumn;CS;\"=NONE,=1\";CS-1;5;;\n"
    );
    let uploaded = registrar.upload_roster("groups.csv", sheet.as_bytes());
    assert_eq!(uploaded.status, 303, "{}", uploaded.body);
    uploaded.location().to_owned()
}

#[test]
fn no_file_that_the_program_writes_holds_a_formula_for_any_separator() {
    let site = Site::new();
    let mut registrar = site.signed_in("registrar");
    let import = upload(&mut registrar);
    for file in ["plan.csv", "refused"] {
        let answer = registrar.get(&format!("{import}/{file}"));
        assert!(answer.status == 200 && answer.body.contains("HYPERLINK"), "{file}: {} {}", answer.status, answer.body);
        no_formula(&answer.body, file);
    }
    let template = registrar.get("/imports/template.csv");
    assert_eq!(template.status, 200);
    no_formula(&template.body, "template.csv");
}

#[test]
fn the_files_of_a_refused_roster_hold_no_formula_and_come_back_as_they_were() {
    let site = Site::new();
    let mut registrar = site.signed_in("registrar");
    let files = [
        ("manifest.csv", "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\n".to_owned()),
        ("orgs.csv", format!("sourcedId,name,type,identifier,parentSourcedId\nu,\"{HOSTILE}\",district,U,\n")),
        (
            "academicSessions.csv",
            "sourcedId,title,type,startDate,endDate,schoolYear\nt,=1+1,term,2026-09-01,2026-12-31,2027\n".to_owned(),
        ),
        ("courses.csv", "sourcedId,title,courseCode,orgSourcedId\n".to_owned()),
        (
            "users.csv",
            "sourcedId,enabledUser,username,givenName,familyName,password\np,true,p,=A,\"B,＝C\",s\n".to_owned(),
        ),
        (
            "roles.csv",
            "sourcedId,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId\nr,nobody,primary,\"=1,=2\",,,u\n"
                .to_owned(),
        ),
        (
            "classes.csv",
            "sourcedId,title,courseSourcedId,classCode,classType,schoolSourcedId,termSourcedIds\n".to_owned(),
        ),
        ("enrollments.csv", "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role,primary\n".to_owned()),
    ];
    let files: BTreeMap<String, Vec<u8>> =
        files.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect();
    let uploaded = registrar.upload_roster("roster.zip", &zipped(&files));
    assert_eq!(uploaded.status, 303, "{}", uploaded.body);
    let import = uploaded.location().to_owned();
    let refused = unzipped(&registrar.get(&format!("{import}/refused")).bytes);
    for (name, bytes) in &refused {
        no_formula(std::str::from_utf8(bytes).unwrap(), name);
    }
    assert!(String::from_utf8_lossy(&refused["orgs.csv"]).contains("HYPERLINK"));
    // The corrected files are the same roster: the protection is removed when they are read.
    let again = registrar.upload_roster("roster.zip", &zipped(&refused)).location().to_owned();
    let plan = |registrar: &mut Visitor, import: &str| registrar.get(&format!("{import}/plan.csv")).body;
    assert_eq!(plan(&mut registrar, &import), plan(&mut registrar, &again));
}
