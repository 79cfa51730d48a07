//! Tests the correction of refused rows of a roster file: a roster with errors is downloaded with an error text in each
//! row, corrected, and imported as if it had never had an error.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]

use app::roster::import_roster::{ImportOptions, ImportReport, import_roster};
use app::roster::imports::{self, ImportJob, ImportPreview, RefusedRows};
use chrono::TimeDelta;
use domain::id::ImportId;
use domain::roster::BadLine;
use std::collections::BTreeMap;
use std::sync::Arc;
use testkit::files::{unzipped, zipped};
use testkit::{World, both};

type Files = BTreeMap<String, Vec<u8>>;

const ROSTER: [(&str, &str); 8] = [
    ("manifest.csv", "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\n"),
    (
        "orgs.csv",
        "sourcedId,name,type,identifier,parentSourcedId\nn-u,Солтүстік,district,NU,\nn-f,Факультет,school,NF,n-u\n\
         n-d,Кафедра,department,ND,n-f\nn-e,Тағы кафедра,department,NE,n-f\n",
    ),
    (
        "academicSessions.csv",
        "sourcedId,title,type,startDate,endDate,schoolYear,metadata.approveUntil\n\
         winter,Қысқы семестр,term,2026-09-01,2026-12-31,2027,2026-10-20\n",
    ),
    ("courses.csv", "sourcedId,title,courseCode,orgSourcedId\nn-c,Геодезия,GEO,n-d\nn-k,\"Карта, план\",KAR,n-e\n"),
    (
        "users.csv",
        "sourcedId,enabledUser,username,givenName,familyName,middleName,phone,password\n\
         n-1,true,asqar,Асқар,Нұрлан,-,+7 701,secret\nn-2,true,gulnar,Гүлнәр,Омар,,,\nn-3,true,dana,Дана,Сейіт,,,\n",
    ),
    (
        "roles.csv",
        "sourcedId,userSourcedId,roleType,role,orgSourcedId,beginDate\n\
         n-r1,n-1,primary,teacher,n-d,2026-09-01\nn-r2,n-2,primary,teacher,n-e,\nn-r3,n-3,primary,student,n-f,\n",
    ),
    (
        "classes.csv",
        "sourcedId,title,courseSourcedId,classType,schoolSourcedId,termSourcedIds,metadata.students\n\
         n-g1,G-1,n-c,scheduled,n-f,winter,24\nn-g2,G-2,n-k,scheduled,n-f,winter,\nn-g3,G-3,n-k,scheduled,n-f,winter,7\n",
    ),
    (
        "enrollments.csv",
        "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role,primary\nn-e1,n-g1,n-f,n-1,teacher,true\n\
         n-e2,n-g2,n-f,n-2,teacher,true\nn-e3,n-g2,n-f,n-3,student,\nn-e4,n-g3,n-f,n-1,teacher,true\n\
         n-e5,n-g3,n-f,n-2,teacher,false\n",
    ),
];

/// A correction of a roster file: row, column, and new content of the cell.
type Mend = (&'static str, &'static str, &'static str);

/// The errors planted in roster files: file, correct text, faulty text, and the correction.
const FAULTS: [(&str, &str, &str, Mend); 7] = [
    ("orgs.csv", "department,NE,n-f", "department,NE,n-x", ("n-e", "parentSourcedId", "n-f")),
    ("academicSessions.csv", "2026-10-20", "жақында", ("winter", "metadata.approveUntil", "20.10.2026")),
    ("courses.csv", "Геодезия", "", ("n-c", "title", "Геодезия")),
    ("users.csv", "n-2,true", "n-2,иә", ("n-2", "enabledUser", "ИСТИНА")),
    ("roles.csv", "teacher,n-d", "teachr,n-d", ("n-r1", "role", "teacher")),
    ("classes.csv", "winter,24", "winter,24 адам", ("n-g1", "metadata.students", "24")),
    ("enrollments.csv", "n-2,teacher,false", "n-2,teacher,true", ("n-e5", "primary", "false")),
];

fn faultless() -> Files {
    ROSTER.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
}

fn faulty() -> Files {
    let mut files = faultless();
    for (file, good, bad, _) in FAULTS {
        let text = String::from_utf8(files[file].clone()).unwrap();
        assert!(text.contains(good), "{file}: {good}");
        files.insert(file.to_owned(), text.replace(good, bad).into_bytes());
    }
    // The roster file contains the same row twice: the second one is to be removed.
    files.get_mut("enrollments.csv").unwrap().extend_from_slice("n-e3,n-g2,n-f,n-3,student,\n".as_bytes());
    files
}

/// Splits a line of the downloaded table of refused rows into cells.
fn cells(line: &str) -> Vec<String> {
    line[1..line.len() - 1].split("\";\"").map(str::to_owned).collect()
}

/// Corrects the reported errors in the refused rows of a roster file, as a person does in a spreadsheet. An error in a
/// row that refers to a refused row is reported only after that row is corrected.
fn mend(files: &mut Files) {
    for (file, _, _, (key, column, cell)) in FAULTS {
        let text = String::from_utf8(files[file].clone()).unwrap();
        let mut lines: Vec<Vec<String>> = text.trim_start_matches('\u{feff}').lines().map(cells).collect();
        let place = |name: &str| lines[0].iter().position(|title| title == name).unwrap();
        if lines[0][0] != "қате" {
            continue;
        }
        let (key_at, cell_at) = (place("sourcedId"), place(column));
        let row = lines.iter_mut().find(|row| row[key_at] == key).unwrap();
        if row[0].starts_with(column) {
            cell.clone_into(&mut row[cell_at]);
        }
        lines.retain(|row| !row[0].starts_with("sourcedId: duplicate"));
        let text: Vec<String> = lines.iter().map(|row| format!("\"{}\"", row.join("\";\""))).collect();
        files.insert(file.to_owned(), text.join("\r\n").into_bytes());
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

fn look(world: &World, files: &Files) -> (ImportId, Arc<ImportPreview>) {
    world.clock.pass(TimeDelta::minutes(1));
    let (app, claim) = (world.app.clone(), world.claim("registrar"));
    let mut incoming = app.vault.begin(1 << 20).unwrap();
    incoming.write(&zipped(files)).unwrap();
    runtime().block_on(async {
        let id = imports::upload(&app, claim, "roster.zip", incoming).await.unwrap();
        match imports::standing(&app, claim, id).await.unwrap().task {
            Some(ImportJob::Ready(outlook)) => (id, outlook),
            _ => panic!("not looked at"),
        }
    })
}

fn download(world: &World, id: ImportId) -> Files {
    let (app, claim) = (world.app.clone(), world.claim("registrar"));
    let words = |bad: &BadLine| format!("{} қатесі", bad.reason.code());
    match runtime().block_on(imports::refused(&app, claim, id, "қате".to_owned(), words)).unwrap() {
        RefusedRows::Zip(bytes) => unzipped(&bytes),
        RefusedRows::Csv(_) => panic!("all files of a roster"),
    }
}

fn bring_in(world: &World, files: &Files) {
    let (id, outlook) = look(world, files);
    assert_eq!(outlook.refused, []);
    apply(world, id, &outlook);
}

fn apply(world: &World, id: ImportId, outlook: &ImportPreview) {
    let (app, claim) = (world.app.clone(), world.claim("registrar"));
    runtime().block_on(imports::apply(&app, claim, id, decision(outlook.fingerprint))).unwrap();
}

/// The changes that a roster without errors would still make.
fn compared(world: &World) -> ImportReport {
    let path = world.folder.path().join("faultless.zip");
    std::fs::write(&path, zipped(&faultless())).unwrap();
    let roster = exchange::oneroster::read(&path).unwrap().roster;
    let how = ImportOptions { dry_run: true, ..ImportOptions::default() };
    world.app.write_now(move |work| import_roster(work, &roster, &how)).unwrap()
}

both! {
    fn a_roster_that_was_mended_comes_in_as_if_it_had_never_had_a_fault(world) {
        let (mut id, mut outlook) = look(&world, &faulty());
        let mut found: Vec<&str> = outlook.refused.iter().map(|bad| bad.file.as_str()).collect();
        found.dedup();
        assert_eq!(found.len(), FAULTS.len(), "{:?}", outlook.refused);
        let mut rounds = 0;
        while !outlook.refused.is_empty() {
            let mut files = download(&world, id);
            mend(&mut files);
            (id, outlook) = look(&world, &files);
            rounds += 1;
            assert!(rounds <= 3, "{:?}", outlook.refused);
        }
        apply(&world, id, &outlook);

        let other = World::sqlite();
        bring_in(&other, &faultless());
        assert_eq!(compared(&world), compared(&other));
        assert_eq!(compared(&world).changes(), 0);
    }
}

#[test]
fn what_needs_no_mending_comes_back_as_it_was() {
    let world = World::sqlite();
    let (id, outlook) = look(&world, &faulty());
    let files = download(&world, id);
    assert_eq!(files["manifest.csv"], faultless()["manifest.csv"]);
    let users = String::from_utf8(files["users.csv"].clone()).unwrap();
    let head = "\u{feff}\"қате\";\"sourcedId\";\"enabledUser\";";
    assert!(users.starts_with(head), "{users}");
    // In the downloaded table of refused rows, no cell is a formula and no password is contained.
    assert!(users.contains("\"'-\";\"'+7 701\";\"\"") && !users.contains("secret"), "{users}");
    assert!(users.contains("\r\n\"enabledUser: not-allowed-value қатесі\";\"n-2\";\"иә\";"), "{users}");
    // Rows that are not corrected are refused again; a second download has no second column of errors.
    let (id, again) = look(&world, &files);
    assert_eq!(again.refused, outlook.refused);
    assert!(again.warnings.iter().all(|notification| notification.code() != "unknown-columns"), "{:?}", again.warnings);
    assert_eq!(download(&world, id), files);
}

/// The decision to apply an import with all its dangerous changes.
fn decision(seen: domain::digest::Digest) -> app::roster::imports::ImportDecision {
    let confirmed = domain::roster::danger::DangerKind::ALL.to_vec();
    app::roster::imports::ImportDecision { seen, absent: domain::roster::plan::Absent::default(), confirmed }
}
