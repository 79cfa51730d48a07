//! Tests of reports over HTTP: links that preserve the query, files, orders.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod visitor;

use app::reviewing::decide::ShownChoice;
use app::reviewing::review_queue::review_queue;
use testkit::sample::org;
use testkit::{Exam, bulk};
use visitor::Site;

fn busy(site: &Site) {
    let document = site.world.upload("aliya", "ALG", "ALG programme");
    site.world.send("aliya", &["ALG-1"], Exam { row: "univer-oral", info: "=1+1" }, document).unwrap();
    site.world.send("bolat", &["ALG-2"], Exam::row("moodle-essay"), document).unwrap();
    site.world.approve("head", &["ALG-2"]).unwrap();
}

#[test]
fn a_file_is_what_the_page_shows_in_the_readers_language_and_no_cell_is_a_formula() {
    let site = Site::new();
    busy(&site);
    let mut registrar = site.signed_in("registrar");
    registrar.cookies.insert("lang".into(), "ru".into());
    let answer = registrar.get("/progress/file.csv?state=in-review");
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/csv; charset=utf-8"));
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"progress-autumn.csv\"");
    let lines: Vec<&str> = answer.body.lines().collect();
    assert!(lines[0].starts_with("\u{feff}\"Факультет\";\"Кафедра\";"), "{}", lines[0]);
    assert_eq!(lines.len(), 2);
    assert!(lines[1].contains("\"ALG-1\"") && lines[1].contains(";\"'=1+1\";\"На проверке\";"), "{}", lines[1]);
    let book = registrar.get(&format!("/progress/file.xlsx?org={}", org("CS")));
    assert!(book.header("content-type").contains("spreadsheetml") && book.body.starts_with("PK"));
    assert_eq!(book.header("content-disposition"), "attachment; filename=\"progress-CS-autumn.xlsx\"");
    assert_eq!(registrar.get("/progress/file.exe").status, 404);
    let mut office = site.signed_in("office");
    assert_eq!(office.get("/progress/file.csv").body.lines().count(), 8);
    assert_eq!(office.get(&format!("/progress/file.csv?org={}", org("MED"))).status, 404);
    assert_eq!(site.signed_in("aliya").get("/progress/file.csv").status, 403);
    assert_eq!(site.stranger().get("/progress/file.csv").status, 303);
}

#[test]
fn every_link_of_the_board_keeps_what_was_asked() {
    let site = Site::new();
    busy(&site);
    let mut registrar = site.signed_in("registrar");
    let department = org("CS").to_string();
    let page = registrar.get(&format!("/progress?term=spring&org={department}&sort=name&dir=desc&q=PYT"));
    assert_eq!(page.status, 200);
    let links: Vec<&str> =
        page.body.split("href=\"/progress").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let own: Vec<_> = links.iter().filter(|link| link.contains("sort=") || link.contains("person=")).collect();
    assert!(own.len() > 15, "{links:?}");
    for link in own {
        assert!(link.contains("term=spring") && link.contains("q=PYT"), "{link}");
    }
    assert!(page.body.contains("aria-sort=\"descending\"><a"));
    assert!(page.body.contains("name=\"sort\" value=\"name\"") && page.body.contains("value=\"spring\" selected"));
    assert!(page.body.contains("person=vacancy"));
    visitor::is_whole(&page.body, "board");
    let vacancy = registrar.get(&format!("/progress?org={department}&person=vacancy"));
    assert!(vacancy.body.contains("PYT-V") && !vacancy.body.contains("PYT-1<"));
    assert_eq!(registrar.get("/progress?term=never").status, 404);
    // Query parameters of the progress board that cannot be parsed are ignored.
    assert_eq!(registrar.get("/progress?sort=sideways&page=x&state=x&org=x&person=x").status, 200);
}

#[test]
fn every_report_is_whole_in_three_languages_and_keeps_unit_and_term() {
    let site = Site::new();
    busy(&site);
    let mut registrar = site.signed_in("registrar");
    let unit = org("FIT").to_string();
    for language in ["kk", "ru", "en"] {
        registrar.cookies.insert("lang".into(), language.into());
        for path in ["/late", "/platforms", "/comparison", "/uniformity", "/changes", "/orders", "/progress"] {
            for asked in [String::new(), format!("?term=autumn&org={unit}")] {
                let answer = registrar.get(&format!("{path}{asked}"));
                assert_eq!(answer.status, 200, "{path}{asked}");
                visitor::is_whole(&answer.body, &format!("{path}{asked} {language}"));
                let is_kept = answer.body.contains(&format!("/platforms?term=autumn&#38;org={unit}"));
                assert_eq!(is_kept, !asked.is_empty(), "{path}{asked}");
            }
        }
        let answer = registrar.get("/history?act=choice-sent&who=&from=2026-01-01&before=nonsense");
        assert_eq!(answer.status, 200);
        visitor::is_whole(&answer.body, "history");
    }
    let uniform = registrar.get("/uniformity?term=spring").body;
    assert!(uniform.contains("value=\"spring\" selected") && uniform.contains("href=\"/late?term=spring\""));
    let mut head = site.signed_in("head");
    assert!(!head.get("/late").body.contains("href=\"/history"));
    assert_eq!(head.get("/history").status, 403);
}

#[test]
fn an_order_is_issued_from_its_draft_and_read_at_its_fingerprint() {
    let site = Site::new();
    let mut registrar = site.signed_in("registrar");
    let empty = registrar.get("/orders");
    assert_eq!((empty.status, empty.body.contains("name=\"seen\"")), (200, false));
    busy(&site);
    let draft = registrar.get(&format!("/orders?org={}", org("CS")));
    let seen = draft.body.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let unit = org("CS").to_string();
    let form = [("term", "autumn"), ("org", unit.as_str()), ("seen", seen.as_str())];
    let mut head = site.signed_in("head");
    assert!(!head.get(&format!("/orders?org={unit}")).body.contains("name=\"seen\""));
    assert_eq!(head.post("/orders", &form).status, 403);
    let issued = registrar.post("/orders", &form);
    assert_eq!((issued.status, issued.location()), (303, format!("/orders/{seen}").as_str()));
    let page = registrar.get(issued.location());
    assert_eq!(page.status, 200);
    assert!(page.body.contains(&seen) && page.body.contains("ALG-2") && !page.body.contains("ALG-1"));
    visitor::is_whole(&page.body, "order");
    assert!(registrar.get(&format!("/orders?org={unit}")).body.contains(&format!("/orders/{seen}")));
    assert_eq!(head.get(issued.location()).status, 200);
    assert_eq!(site.signed_in("mathhead").get(issued.location()).status, 404);
    // A choice that was approved after the page was loaded makes the shown draft of the order outdated.
    site.world.approve("head", &["ALG-1"]).unwrap();
    assert_eq!(registrar.post("/orders", &form).status, 409);
    assert_eq!(registrar.post("/orders", &[("term", "autumn"), ("seen", "x")]).status, 404);
    assert_eq!(registrar.get("/orders/x").status, 404);
}

#[test]
fn groups_that_were_asked_for_stand_before_the_units() {
    let site = Site::new();
    busy(&site);
    let mut registrar = site.signed_in("registrar");
    let department = org("CS").to_string();
    let is_first = |body: &str| body.find("href=\"/offerings/").unwrap() < body.find("class=\"meter\"").unwrap();
    let narrowed = registrar.get("/progress?state=in-review").body;
    assert!(is_first(&narrowed) && narrowed.contains("class=\"meter\""));
    assert!(!is_first(&registrar.get(&format!("/progress?org={department}")).body));
}

#[test]
fn a_long_order_is_shown_in_pages_and_whole_for_printing() {
    let site = Site::new();
    bulk::choices(&site.world, "autumn", "2026-09-01", 230);
    let queue = site.world.as_("head", review_queue).unwrap();
    let cards = queue.need.iter().chain(&queue.clean).flat_map(|card| &card.items);
    let seen: Vec<_> =
        cards.map(|(offering, fingerprint)| ShownChoice { offering: offering.id, fingerprint: *fingerprint }).collect();
    site.world.approve_shown("head", &seen).unwrap();
    let mut registrar = site.signed_in("registrar");
    registrar.cookies.insert("lang".into(), "en".into());

    let exams = |body: &str| body.matches("scope=\"row\" class=\"code\"").count();
    let number = |body: &str, number: usize| body.contains(&format!("data-l=\"№\">{number}</td>"));
    let first = registrar.get("/orders").body;
    assert_eq!((exams(&first), number(&first, 1), number(&first, 101)), (100, true, false));
    assert!(first.contains("Rows 1–100 of 230") && first.contains("Exams: 230"), "{first}");
    assert!(first.contains("href=\"/orders?page=3\"") && first.contains("href=\"/orders?whole=1\""));
    for page in ["0", "x", "-1"] {
        assert!(number(&registrar.get(&format!("/orders?page={page}")).body, 1), "{page}");
    }
    let beyond = registrar.get("/orders?page=99999999999999999999").body;
    assert_eq!((exams(&beyond), number(&beyond, 230)), (30, true));
    let last = registrar.get("/orders?page=9").body;
    assert_eq!((exams(&last), number(&last, 201), number(&last, 230)), (30, true, true));
    let whole = registrar.get("/orders?whole=1").body;
    assert_eq!((exams(&whole), whole.contains("Rows ")), (230, false));

    let board = registrar.get("/progress?state=approved").body;
    assert_eq!((exams(&board), board.contains("Rows 1–50 of 230")), (50, true));
    assert!(
        board.contains("href=\"/progress?state=approved&amp;page=5\"") || board.contains("state=approved&#38;page=5"),
        "{board}"
    );
    let last = registrar.get("/progress?state=approved&page=5").body;
    assert_eq!((exams(&last), last.contains("Rows 201–230 of 230")), (30, true));

    let seen = first.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let issued = registrar.post("/orders", &[("seen", &seen), ("term", "autumn")]);
    assert_eq!(issued.status, 303);
    let second = registrar.get(&format!("/orders/{seen}?page=2")).body;
    assert_eq!((exams(&second), number(&second, 101), number(&second, 200)), (100, true, true));
    assert!(second.contains(&format!("href=\"/orders/{seen}?whole=1\"")));
    // Only the whole order has lines for signatures and tells how to print.
    let whole = registrar.get(&format!("/orders/{seen}?whole=1")).body;
    for mark in ["class=\"signs\"", "Print command"] {
        assert_eq!((second.contains(mark), whole.contains(mark)), (false, true), "{mark}");
    }
}
