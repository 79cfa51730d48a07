//! Tests the errors for which a whole OneRoster roster is refused, and the deviations that only
//! cause a warning.

use super::super::read;
use super::{MANIFEST, ORGS, Sample, read_zip, zip_of};
use crate::roster_report::{Encoding, ReadingWarning, UnreadableReason};
use domain::limits::{ROSTER_CLASS_TERMS_LIMIT, ROSTER_COLUMNS_LIMIT, ROSTER_FILES_LIMIT, ROSTER_LINES_LIMIT};
use encoding_rs::WINDOWS_1251;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn reason(sample: &Sample) -> (String, &'static str) {
    let unreadable = sample.try_read().unwrap_err();
    (unreadable.file, unreadable.reason.code())
}

/// Returns the sample roster with one of its columns renamed.
fn renamed(file: &'static str, column: &str) -> Sample {
    let text = String::from_utf8(Sample::new().0[file].clone()).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    let cells: Vec<&str> = header.split(',').map(|cell| if cell == column { "other" } else { cell }).collect();
    Sample::new().with(file, format!("{}\n{rows}", cells.join(",")))
}

#[test]
fn every_file_must_be_there() {
    for file in Sample::new().0.keys() {
        assert_eq!(reason(&Sample::new().without(file)), ((*file).to_owned(), "missing-file"));
    }
    assert_eq!(read(Path::new("/no/such/roster")).unwrap_err().reason, UnreadableReason::MissingFile);
}

#[test]
fn a_file_that_the_manifest_calls_absent_may_be_missing() {
    let manifest = "file.classes,absent\nfile.enrollments,absent";
    let sample = Sample::new().plus("manifest.csv", manifest);
    let reading = sample.clone().without("enrollments.csv").without("classes.csv").read();
    assert_eq!((reading.roster.offerings.len(), reading.roster.people.is_empty()), (0, false));
    assert_eq!((reading.refused, reading.warnings), (vec![], vec![]));
    let warnings = sample.read().warnings;
    assert_eq!(warnings, ["classes.csv", "enrollments.csv"].map(|file| ReadingWarning::NotAbsent { file }));
}

#[test]
fn classes_without_enrollments_are_refused_since_all_would_lose_their_instructors() {
    let sample = Sample::new().plus("manifest.csv", "file.enrollments,absent").without("enrollments.csv");
    assert_eq!(reason(&sample), ("enrollments.csv".into(), "file-not-optional"));
}

#[test]
fn delta_files_and_other_versions_are_refused() {
    let sample = Sample::new().plus("manifest.csv", "file.users,delta");
    assert_eq!(reason(&sample), ("users.csv".into(), "delta-not-supported"));
    let sample = Sample::new().but("manifest.csv", "oneroster.version,1.2", "oneroster.version,1.1");
    assert_eq!(reason(&sample), ("manifest.csv".into(), "not-a-roster"));
    let sample = Sample::new().but("manifest.csv", "oneroster.version,1.2\n", "");
    assert_eq!(reason(&sample), ("manifest.csv".into(), "not-a-roster"));
}

#[test]
fn a_wrong_header_is_refused_with_the_column() {
    for (file, required) in super::super::schema::ALL.map(|shape| (shape.file, shape.required)) {
        for column in required {
            let unreadable = renamed(file, column).try_read().unwrap_err();
            let wrong = UnreadableReason::WrongHeader { column: (*column).to_owned() };
            assert_eq!((unreadable.file.as_str(), unreadable.reason), (file, wrong));
        }
    }
    let twice = ORGS.replace("identifier", "name");
    assert_eq!(reason(&Sample::new().with("orgs.csv", twice)), ("orgs.csv".into(), "wrong-header"));
    assert_eq!(reason(&Sample::new().with("orgs.csv", "")), ("orgs.csv".into(), "wrong-header"));
}

#[test]
fn columns_may_stand_in_any_order_and_unknown_ones_are_listed() {
    let courses = "metadata.room,orgSourcedId,title,sourcedId,цвет\n1,d-inf,Алгоритмдер,alg,x\n,d-med,Хирургия,sur,\n";
    let reading = Sample::new().with("courses.csv", courses).read();
    assert_eq!(reading.refused, vec![]);
    assert_eq!(reading.roster.disciplines[0].code, "alg");
    let columns = vec!["metadata.room".to_owned(), "цвет".to_owned()];
    assert_eq!(reading.warnings, [ReadingWarning::UnknownColumns { file: "courses.csv", columns }]);
}

#[test]
fn an_encoding_that_is_none_is_refused() {
    let mut bytes = ORGS.as_bytes().to_vec();
    bytes.extend_from_slice(b"x,,,\xd2,school,,uni,,,\n");
    assert_eq!(reason(&Sample::new().with("orgs.csv", &bytes)), ("orgs.csv".into(), "unreadable-encoding"));
    let utf16: Vec<u8> = ORGS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(reason(&Sample::new().with("orgs.csv", utf16)), ("orgs.csv".into(), "unreadable-encoding"));
}

#[test]
fn other_encodings_and_separators_are_read_with_a_notice() {
    let plain = Sample::new().read().roster;
    let semicolons = Sample::new().but("orgs.csv", ",", ";").read();
    assert_eq!((&semicolons.roster, semicolons.refused.len()), (&plain, 0));
    assert_eq!(semicolons.warnings, [ReadingWarning::Separator { file: "orgs.csv", separator: ';' }]);
    let tabs = Sample::new().but("roles.csv", ",", "\t").read();
    assert_eq!(tabs.roster, plain);
    assert_eq!(tabs.warnings, [ReadingWarning::Separator { file: "roles.csv", separator: '\t' }]);
    let marked = Sample::new().but("users.csv", "sourcedId", "\u{feff}sourcedId").read();
    assert_eq!(marked.roster, plain);
    assert_eq!(marked.warnings, [ReadingWarning::ByteOrderMark { file: "users.csv" }]);
    let windows = Sample::new().but("orgs.csv", "\n", "\r\n").read();
    assert_eq!((windows.roster, windows.warnings), (plain, vec![]));
}

#[test]
fn windows_1251_is_read_with_a_notice() {
    let courses = "sourcedId;title;orgSourcedId\nalg;Алгоритмы и структуры;d-inf\nsur;Хирургия;d-med\n";
    let (bytes, _, had_errors) = WINDOWS_1251.encode(courses);
    assert!(!had_errors);
    let reading = Sample::new().with("courses.csv", &bytes).read();
    assert_eq!(reading.roster.disciplines[0].name.kk, "Алгоритмы и структуры");
    let encoding = ReadingWarning::Encoding { file: "courses.csv", encoding: Encoding::Windows1251 };
    assert_eq!(reading.warnings, [encoding, ReadingWarning::Separator { file: "courses.csv", separator: ';' }]);
}

#[test]
fn a_zip_reads_like_the_folder_also_with_one_folder_inside() {
    let plain = Sample::new().read();
    for top in ["", "roster-2026/", "roster\\"] {
        assert_eq!(read_zip(&Sample::new().zipped(top)).unwrap(), plain, "{top:?}");
    }
    let mut files: Vec<_> = Sample::new().0.into_iter().map(|(file, bytes)| (format!("a/{file}"), bytes)).collect();
    files.push(("__MACOSX/manifest.csv".into(), vec![]));
    assert_eq!(read_zip(&zip_of(files.clone())).unwrap(), plain);
    files.push(("b/manifest.csv".into(), MANIFEST.into()));
    assert_eq!(read_zip(&zip_of(files)).unwrap_err().reason, UnreadableReason::NotARoster);
    let deep = read_zip(&Sample::new().zipped("a/b/")).unwrap_err();
    assert_eq!((deep.file.as_str(), deep.reason), ("manifest.csv", UnreadableReason::MissingFile));
}

#[test]
fn a_zip_that_leads_outside_is_refused() {
    for path in ["../orgs.csv", "/etc/orgs.csv", "a/../../orgs.csv", "..\\orgs.csv", "C:\\orgs.csv"] {
        let unreadable = read_zip(&zip_of(vec![(path.into(), vec![])])).unwrap_err();
        assert_eq!((unreadable.file, unreadable.reason), (path.replace('\\', "/"), UnreadableReason::UnsafePath));
    }
}

#[test]
fn a_zip_that_is_too_large_is_refused() {
    let many = (0..=ROSTER_FILES_LIMIT).map(|number| (format!("{number}.csv"), vec![])).collect();
    assert_eq!(read_zip(&zip_of(many)).unwrap_err().reason, UnreadableReason::ArchiveTooLarge);
    let megabyte = vec![b' '; 1024 * 1024];
    let large = zip_of(vec![("orgs.csv".into(), megabyte.repeat(201))]);
    assert!(large.len() < megabyte.len());
    assert_eq!(read_zip(&large).unwrap_err().reason, UnreadableReason::ArchiveTooLarge);
}

#[test]
fn a_roster_with_too_many_rows_or_columns_is_refused_before_they_are_stored() {
    let lines = format!("{ORGS}{}", "x\n".repeat(ROSTER_LINES_LIMIT));
    assert_eq!(reason(&Sample::new().with("orgs.csv", lines)), ("orgs.csv".to_owned(), "roster-too-long"));
    let half = "x\n".repeat(ROSTER_LINES_LIMIT / 2);
    let halves = Sample::new().plus("orgs.csv", &half).plus("users.csv", &half);
    assert_eq!(reason(&halves), ("users.csv".to_owned(), "roster-too-long"));
    let wide = format!("{ORGS}{}\n", ",".repeat(ROSTER_COLUMNS_LIMIT));
    assert_eq!(reason(&Sample::new().with("orgs.csv", wide)), ("orgs.csv".to_owned(), "roster-too-long"));
    // The column that describes the errors of a downloaded file does not count.
    let header = ORGS.lines().next().unwrap();
    let commas = ",".repeat(ROSTER_COLUMNS_LIMIT - header.split(',').count());
    let widest = |more: &str| {
        let wide = ORGS.replacen(header, &format!("{header}{commas}{more}"), 1);
        Sample::new().with("orgs.csv", wide)
    };
    assert!(widest("").try_read().is_ok_and(|_| widest(",Ошибка").try_read().is_ok()));
    assert_eq!(reason(&widest(",x")), ("orgs.csv".to_owned(), "roster-too-long"));
}

#[test]
fn groups_and_students_are_not_multiplied_by_the_terms_of_their_class() {
    let terms: Vec<String> = (0..=ROSTER_CLASS_TERMS_LIMIT).map(|number| format!("t{number}")).collect();
    let sessions: String =
        terms.iter().map(|term| [term, ",T,term,2026-09-01,2026-12-31,2027,,,\n"].concat()).collect();
    let many = Sample::new().plus("academicSessions.csv", sessions.trim_end());
    let class =
        |terms: &[String]| format!("c9,C,alg,C9,scheduled,f-it,\"{}\",C9,ru,partTime,master,,", terms.join(","));
    let refused = many.clone().plus("classes.csv", &class(&terms)).try_read().unwrap().refused;
    let [bad] = refused.as_slice() else { panic!("{refused:?}") };
    assert_eq!((bad.column.as_str(), bad.reason.code()), ("termSourcedIds", "value-too-long"));
    let many = many.plus("classes.csv", &class(&terms[1..]));
    assert_eq!(many.try_read().unwrap().roster.offerings.len(), 3 + ROSTER_CLASS_TERMS_LIMIT);
    let rows = ROSTER_LINES_LIMIT / ROSTER_CLASS_TERMS_LIMIT + 1;
    let students: String =
        (0..rows).map(|number| ["s", &number.to_string(), ",c9,f-it,st1,student,\n"].concat()).collect();
    let multiplied = many.plus("enrollments.csv", students.trim_end());
    assert_eq!(reason(&multiplied), ("classes.csv".to_owned(), "roster-too-long"));
}

#[test]
fn a_zip_that_lies_about_its_size_is_refused() {
    let honest = zip_of(vec![("manifest.csv".into(), vec![b' '; 1024 * 1024].repeat(201))]);
    let lie = 201u32 * 1024 * 1024;
    let place = |bytes: &[u8]| bytes.windows(4).rposition(|window| window == lie.to_le_bytes());
    let mut lying = honest;
    while let Some(at) = place(&lying) {
        lying[at..at + 4].copy_from_slice(&10u32.to_le_bytes());
    }
    let reason = read_zip(&lying).unwrap_err().reason;
    assert!(matches!(reason, UnreadableReason::ArchiveTooLarge | UnreadableReason::ArchiveDamaged), "{reason:?}");
}

#[test]
fn a_zip_that_is_damaged_or_none_at_all_is_refused() {
    let zip = Sample::new().zipped("");
    assert_eq!(read_zip(&zip[..zip.len() / 2]).unwrap_err().reason, UnreadableReason::ArchiveDamaged);
    let mut damaged = zip.clone();
    damaged[60..200].fill(0x55);
    assert_eq!(read_zip(&damaged).unwrap_err().reason, UnreadableReason::ArchiveDamaged);
    let mut encrypted = zip;
    for (magic, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let starts: Vec<usize> =
            encrypted.windows(4).enumerate().filter(|(_, bytes)| bytes == magic).map(|(at, _)| at).collect();
        for at in starts {
            encrypted[at + flags] |= 1;
        }
    }
    assert_eq!(read_zip(&encrypted).unwrap_err().reason, UnreadableReason::ArchiveEncrypted);
    for bytes in [b"".as_slice(), b"sourcedId,name", b"%PDF-1.7"] {
        let unreadable = read_zip(bytes).unwrap_err();
        assert_eq!((unreadable.file.as_str(), unreadable.reason), ("roster.zip", UnreadableReason::NotARoster));
    }
}

#[test]
fn a_folder_that_cannot_be_a_roster_is_refused() {
    let folder = TempDir::new().unwrap();
    assert_eq!(read(folder.path()).unwrap_err().reason, UnreadableReason::MissingFile);
    fs::create_dir(folder.path().join("manifest.csv")).unwrap();
    assert_eq!(read(folder.path()).unwrap_err().reason, UnreadableReason::MissingFile);
}

#[test]
fn rows_to_be_deleted_are_passed_over_with_a_notice() {
    let reading = Sample::new().plus("orgs.csv", "old,tobedeleted,,Ескі,school,,uni,,,").read();
    assert_eq!((reading.roster.orgs.len(), reading.refused), (5, vec![]));
    assert_eq!(reading.warnings, [ReadingWarning::Deleted { file: "orgs.csv", lines: 1 }]);
}

#[test]
fn every_notice_says_its_file() {
    let warnings = [
        (ReadingWarning::ByteOrderMark { file: "a.csv" }, "a.csv: begins with a byte order mark"),
        (
            ReadingWarning::Encoding { file: "a.csv", encoding: Encoding::Kz1048 },
            "a.csv: is not UTF-8, read as KZ-1048",
        ),
        (ReadingWarning::Separator { file: "a.csv", separator: '\t' }, "a.csv: cells are separated by tabs"),
        (ReadingWarning::Separator { file: "a.csv", separator: ';' }, "a.csv: cells are separated by `;`"),
    ];
    for (warning, text) in warnings {
        assert_eq!((warning.to_string().as_str(), warning.file()), (text, "a.csv"));
    }
}
