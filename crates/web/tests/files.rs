//! Tests that every report can be exported as a file: the file has the content of the report's page, for the same
//! people, and contains no formulas.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod visitor;

use domain::roster::Org;
use store::history::NewHistoryLine;
use store::{history, orgs, roster};
use testkit::Exam;
use testkit::sample::org;
use visitor::{Answer, Site, Visitor};

/// Every report to test: its path, and a query that narrows it.
const REPORTS: [(&str, &str); 8] = [
    ("/progress", "state=approved"),
    ("/late", "term=autumn"),
    ("/platforms", "what=approved"),
    ("/comparison", "with=spring"),
    ("/uniformity", "term=autumn"),
    ("/changes", "since=2026-09-01"),
    ("/orders", "term=autumn"),
    ("/history", "act=choice-approved"),
];

/// Values of a student group that are in the exported file of the progress board and not on its page.
const MORE: [&str; 3] = ["на казахском языке", "бакалавриат", "очная"];

/// A test site in which two instructors of one discipline have different approved choices, and all names look like
/// formulas.
fn site() -> Site {
    let site = Site::new();
    let document = site.world.upload("aliya", "ALG", "ALG programme");
    site.world.send("aliya", &["ALG-1"], Exam { row: "univer-oral", info: "=1+1" }, document).unwrap();
    site.world.send("bolat", &["ALG-2"], Exam::row("moodle-essay"), document).unwrap();
    site.world.approve("head", &["ALG-1", "ALG-2"]).unwrap();
    site.world
        .app
        .write_now(|work| {
            for one in orgs::all(work.tx)? {
                let name = domain::name::Name::same(&format!("={}", one.code));
                orgs::put(work.tx, &Org { name, ..one })?;
            }
            for mut one in roster::disciplines(work.tx)? {
                one.name = domain::name::Name::same(&format!("@{}", one.code));
                roster::put_disciplines(work.tx, &[&one])?;
            }
            Ok(())
        })
        .unwrap();
    site.world.clock.set("2026-10-20 09:00");
    site
}

/// The cells of a CSV file, row by row, without its header and without the apostrophes that disarm formulas.
fn cells(answer: &Answer) -> Vec<Vec<String>> {
    let row = |line: &str| -> Vec<String> {
        let inner = line.strip_prefix('"').and_then(|line| line.strip_suffix('"')).unwrap();
        inner.split("\";\"").map(str::to_owned).collect()
    };
    let rows: Vec<Vec<String>> = answer.body.trim_start_matches('\u{feff}').lines().map(row).collect();
    assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{rows:?}");
    rows[1..].to_vec()
}

fn text(page: &Answer) -> String {
    let plain = page.body.split('<').filter_map(|rest| rest.split_once('>')).map(|(_, text)| text);
    plain.collect::<Vec<_>>().join("").replace("&#38;", "&")
}

fn in_russian(site: &Site, username: &str) -> Visitor {
    let mut visitor = site.signed_in(username);
    visitor.cookies.insert("lang".into(), "ru".into());
    visitor
}

#[test]
fn a_file_holds_what_its_page_shows_and_nothing_in_it_is_a_formula() {
    let site = site();
    let mut registrar = in_russian(&site, "registrar");
    for (path, asked) in REPORTS {
        let asked = format!("{asked}&org={}", org("FIT"));
        let page = registrar.get(&format!("{path}?{asked}"));
        let links = ["xlsx", "csv"].map(|kind| format!("href=\"{path}/file.{kind}?{}\"", asked.replace('&', "&#38;")));
        assert!(links.iter().all(|link| page.body.contains(link)), "{path}: {links:?}");
        let (page, file) = (text(&page), registrar.get(&format!("{path}/file.csv?{asked}")));
        assert_eq!((file.status, file.header("content-type")), (200, "text/csv; charset=utf-8"), "{path}");
        let name = path.trim_start_matches('/').trim_end_matches('s');
        assert!(file.header("content-disposition").contains(&format!("filename=\"{name}")), "{path}");
        let rows = cells(&file);
        assert!(rows.len() > 1, "{path}: {rows:?}");
        for cell in rows.iter().flatten().filter(|cell| cell.parse::<i64>().is_err()) {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{path}: {cell}");
            // Dates have another format in the exported file, and the file of the progress board has columns that its
            // page does not have.
            let is_other = cell.starts_with("2026-") || (path == "/progress" && MORE.contains(&cell.as_str()));
            assert!(is_other || page.contains(cell.trim_start_matches('\'')), "{path}: {cell} is not on the page");
        }
        let book = registrar.get(&format!("{path}/file.xlsx?{asked}"));
        assert!(book.header("content-type").contains("spreadsheetml") && book.body.starts_with("PK"), "{path}");
        assert_eq!(registrar.get(&format!("{path}/file.exe")).status, 404);
    }
}

#[test]
fn the_filter_and_the_counts_of_the_page_are_those_of_the_file() {
    let site = site();
    let mut registrar = in_russian(&site, "registrar");
    let mut file = |path: &str, asked: &str| cells(&registrar.get(&format!("{path}/file.csv?{asked}")));
    let (fit, med, cs) = (org("FIT"), org("MED"), org("CS"));
    assert_eq!(
        file("/late", &format!("org={fit}")),
        [["'=CS", "4", "0", "0", "4"], ["'=MATH", "1", "0", "0", "1"], ["Всего", "5", "0", "0", "5"]]
    );
    assert_eq!(file("/late", &format!("org={cs}")).len(), 4);
    assert_eq!(file("/platforms", &format!("org={fit}"))[2], ["Всего", "", "2", "50", "2", "50"]);
    let compared = file("/comparison", &format!("org={fit}&with=spring"));
    assert_eq!(compared[0], ["По статусу", "Утверждено", "0", "2", "2"]);
    assert_eq!(compared[3], ["По статусу", "Не заполнено", "7", "5", "-2"]);
    assert_eq!(compared[4][1..], ["ИС UNIVER · УСТНЫЙ", "0", "1", "1"]);
    assert_eq!(compared[6], ["По статусу", "Всего", "7", "7", "0"]);
    let order = file("/orders", "");
    assert_eq!(order[0][..7], ["1", "'=CS", "ALG", "'@ALG", "ALG-1", "25", "Сынақ-aliya Ү."]);
    assert_eq!(order[0][10..], ["'=1+1", "Сынақ-head Ү.", "2026-09-15"]);
    // The name of an order's file does not say that the order is a draft, but the file's content does.
    assert_eq!((order.len(), order[2][0].as_str()), (3, "Проект приказа, ещё не издан"));
    assert_eq!(file("/uniformity", "").iter().map(|row| row[9].clone()).collect::<Vec<_>>(), ["ALG-2", "ALG-1"]);
    assert_eq!(file("/history", "act=choice-sent&who=Сынақ-bol").len(), 1);
    assert_eq!(file("/history", "act=choice-sent&until=2026-09-14"), Vec::<Vec<String>>::new());
    for (path, elsewhere, rows) in [
        ("/uniformity", "term=spring".to_owned(), 0),
        ("/orders", "term=spring".to_owned(), 1),
        ("/orders", format!("org={med}"), 1),
        ("/changes", "since=2026-09-16".to_owned(), 0),
        ("/changes", "since=2026-09-15".to_owned(), 2),
    ] {
        assert_eq!(file(path, &elsewhere).len(), rows, "{path}?{elsewhere}");
    }
}

#[test]
fn a_file_is_answered_to_whom_its_page_is() {
    let site = site();
    for who in ["aliya", "student", "mathhead", "office", "auditor", ""] {
        let mut visitor = if who.is_empty() { site.stranger() } else { site.signed_in(who) };
        for (path, _) in REPORTS {
            for asked in [String::new(), format!("?org={}", org("MED")), "?term=never".to_owned()] {
                let page = visitor.get(&format!("{path}{asked}")).status;
                for kind in ["csv", "xlsx"] {
                    let file = visitor.get(&format!("{path}/file.{kind}{asked}"));
                    assert_eq!(file.status, page, "{who} {path}/file.{kind}{asked}");
                    assert_eq!(file.header("content-disposition").is_empty(), page != 200, "{who} {path}{asked}");
                }
            }
        }
    }
}

#[test]
fn a_long_history_is_cut_and_the_file_says_so() {
    let site = site();
    let whole = site.signed_in("auditor").get("/history/file.csv?act=term-saved&before=0.0.term:x");
    assert_eq!(cells(&whole).len(), 0);
    site.world
        .app
        .write_now(|work| {
            for _ in 0..5_001 {
                let (subject, act, payload) = ("roster".to_owned(), "term-saved", "{}".to_owned());
                history::append(
                    work.tx,
                    NewHistoryLine { subject, at: work.now, actor: None, role: None, act, payload },
                )?;
            }
            Ok(())
        })
        .unwrap();
    let mut auditor = in_russian(&site, "auditor");
    let cut = cells(&auditor.get("/history/file.csv?act=term-saved&before=0.0.term:x"));
    assert_eq!((cut.len(), cut[0][1].as_str()), (5_001, "система"));
    assert_eq!(cut[5_000][0], "В файл вошли только последние записи: 5000. Выберите более короткий период.");
    assert_eq!(text(&auditor.get("/history?act=term-saved")).matches("Семестр сохранён").count(), 51);
}

#[test]
fn a_worksheet_of_a_draft_order_says_that_it_is_a_draft_in_every_language() {
    let site = site();
    let mut registrar = site.signed_in("registrar");
    for (language, name) in [("kk", "Жоба"), ("ru", "Проект"), ("en", "Draft")] {
        registrar.cookies.insert("lang".into(), language.into());
        let book = registrar.get("/orders/file.xlsx");
        let mut book = zip::ZipArchive::new(std::io::Cursor::new(book.bytes)).unwrap();
        let names = std::io::read_to_string(book.by_name("xl/workbook.xml").unwrap()).unwrap();
        assert!(names.contains(&format!("<sheet name=\"{name}\"")), "{names}");
        let texts = std::io::read_to_string(book.by_name("xl/sharedStrings.xml").unwrap()).unwrap();
        let page = text(&registrar.get("/orders"));
        let sentence = texts.split("<t>").filter_map(|rest| rest.split('<').next()).find(|one| one.contains(", "));
        assert!(sentence.is_some_and(|one| page.contains(one)), "{language}: {texts}");
    }
}
