//! Tests of the catalogue's pages over HTTP: editing a draft, errors with the submitted values, publishing exactly the
//! shown draft.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod visitor;

use domain::name::Language;
use testkit::Exam;
use testkit::sample::offering;
use visitor::{Site, Visitor};

/// The part of a text between two delimiters.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let rest = text.split_once(before).unwrap_or_else(|| panic!("{before} is not there")).1;
    rest.split_once(after).unwrap().0
}

/// Signs a registrar in and creates a catalogue draft; returns the draft's address.
fn drafting(site: &Site) -> (Visitor, String) {
    let mut registrar = site.signed_in("registrar");
    registrar.get("/catalogue");
    let answer = registrar.post("/catalogue/drafts", &[("base", "1")]);
    assert_eq!(answer.status, 303);
    let path = answer.location().to_owned();
    (registrar, path)
}

fn revision(visitor: &mut Visitor, draft: &str) -> String {
    between(&visitor.get(draft).body, "name=\"revision\" value=\"", "\"").to_owned()
}

fn post(visitor: &mut Visitor, draft: &str, to: &str, fields: &[(&str, &str)]) -> visitor::Answer {
    let revision = revision(visitor, draft);
    let fields: Vec<_> = fields.iter().copied().chain([("revision", revision.as_str())]).collect();
    visitor.post(&format!("{draft}/{to}"), &fields)
}

#[test]
fn a_row_is_switched_off_and_published_and_the_instructor_sees_it() {
    let site = Site::new();
    let document = site.world.upload("aliya", "ALG", "ALG programme");
    site.world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
    let (mut registrar, draft) = drafting(&site);
    let done = post(&mut registrar, &draft, "switches", &[("row", "moodle-essay"), ("on", "no")]);
    assert_eq!((done.status, done.location().ends_with("#moodle-essay")), (303, true));
    let page = registrar.get(&format!("{draft}/dry-run")).body;
    assert!(page.contains("ALG-1") && page.contains("do_row-gone"));
    let (seen, term) = (between(&page, "name=\"seen\" value=\"", "\""), between(&page, "name=\"t\" value=\"", "\""));
    let silent = [("seen", seen), ("t", term), ("do_row-gone", "give-back")];
    let refused = registrar.post(&format!("{draft}/publication"), &silent);
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("value=\"give-back\" checked"), "what was ticked stays");
    let stale = [("seen", "00"), ("t", term), ("do_row-gone", "give-back"), ("reason", "Эссе енді жоқ")];
    assert_eq!(registrar.post(&format!("{draft}/publication"), &stale).status, 409);
    let whole = [("seen", seen), ("t", term), ("do_row-gone", "give-back"), ("reason", "Эссе енді жоқ")];
    let done = registrar.post(&format!("{draft}/publication"), &whole);
    assert_eq!((done.status, done.location()), (303, "/catalogue?did=published&n=2&returned=1&moved=0"));
    let said = registrar.get(&format!("{}&lang=en", done.location()));
    let said = registrar.get(said.location()).body;
    assert!(said.contains("<p>Version 2 published · Returned: 1</p>"), "{said}");
    assert_eq!(registrar.get(&draft).status, 404);
    let mut aliya = site.signed_in("aliya");
    let form = aliya.get(&format!("/choose?o={}", offering("ALG-1"))).body;
    assert!(form.contains("Эссе енді жоқ") && !form.contains("value=\"moodle-essay\""));
    assert!(!aliya.get("/catalogue/current").body.contains("id=\"moodle-essay\""));
}

#[test]
fn what_is_wrong_is_said_and_nothing_typed_is_lost() {
    let site = Site::new();
    let (mut registrar, draft) = drafting(&site);
    let typed = [("id", "Жаңа"), ("platform", "moodle"), ("form", "oral"), ("title_kk", "Жаңа жол"), ("is_on", "yes")];
    let answer = post(&mut registrar, &draft, "rows/new", &typed);
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("value=\"Жаңа жол\"") && answer.body.contains("data-error-summary"));
    assert!(answer.body.contains("id=\"e-id\"") && answer.body.contains("href=\"#id\""), "{}", answer.body);
    let many = [("id", "moodle-oral"), ("platform", "moodle"), ("form", "oral"), ("minutes", "90"), ("parts", "two")];
    let answer = post(&mut registrar, &draft, "rows/new", &many);
    assert!(
        answer.status == 422 && answer.body.contains("id=\"e-parts\"") && !answer.body.contains("id=\"e-minutes\"")
    );
    // A catalogue draft accepts a row with only a valid id; the draft's page lists the missing fields as faults.
    let answer = post(&mut registrar, &draft, "rows/new", &[&[("id", "moodle-oral")], &typed[1..]].concat());
    assert_eq!(answer.status, 303);
    let page = registrar.get(&draft).body;
    assert!(page.contains("rows/moodle-oral") && page.contains("instructions/moodle-oral"));
    assert!(registrar.get(&format!("{draft}/rows/moodle-oral")).body.contains("(Атауы: Русский)"));
    // Another person has saved the catalogue row meanwhile: status 409, with the submitted values.
    let late = [("title_kk", "Кеш келген"), ("revision", "1")];
    let answer = registrar.post(&format!("{draft}/rows/moodle-essay"), &late);
    assert!(answer.status == 409 && answer.body.contains("Кеш келген"));
}

#[test]
fn instructions_are_looked_at_before_they_are_kept_and_nothing_in_them_can_run() {
    let site = Site::new();
    let (mut registrar, draft) = drafting(&site);
    let text = "# Ауызша\n\n**Маңызды** <script>alert(1)</script>";
    let typed = [("is_text", "yes"), ("text_kk", text), ("text_ru", "# Устно"), ("text_en", "# Oral")];
    let preview = [&typed[..], &[("then", "preview")]].concat();
    let answer = post(&mut registrar, &draft, "instructions/univer-oral", &preview);
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("<strong>Маңызды</strong>") && !answer.body.contains("<script>alert"));
    assert!(!registrar.get(&format!("{draft}/instructions/univer-oral")).body.contains("Маңызды"));
    assert_eq!(post(&mut registrar, &draft, "instructions/univer-oral", &typed).status, 303);
    assert!(registrar.get(&format!("{draft}/instructions/univer-oral")).body.contains("Маңызды"));
    let nowhere = [("topic", "general"), ("title_kk", "Бейне"), ("url", "javascript:alert(1)")];
    assert_eq!(post(&mut registrar, &draft, "videos", &nowhere).status, 422);
    let there = [("topic", "general"), ("title_kk", "Бейне"), ("url", "https://video.example/a")];
    assert_eq!(post(&mut registrar, &draft, "videos", &there).status, 303);
    // The video's title is missing in two languages, which the page of the catalogue draft lists as a fault.
    assert!(registrar.get(&draft).body.contains("instructions/general"));
}

#[test]
fn every_page_of_a_draft_is_whole_in_three_languages() {
    let site = Site::new();
    let document = site.world.upload("aliya", "ALG", "ALG programme");
    site.world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
    let (mut registrar, draft) = drafting(&site);
    post(&mut registrar, &draft, "switches", &[("row", "moodle-essay"), ("on", "no")]);
    post(&mut registrar, &draft, "labels/form/new", &[("code", "paper"), ("name_kk", "Қағаз")]);
    let here = |rest: &str| format!("{draft}{rest}");
    let pages = [
        "/catalogue".to_owned(),
        "/catalogue/versions/1".to_owned(),
        format!("/catalogue/compare?from=1&to={}", draft.rsplit('/').next().unwrap()),
        here(""),
        here("/rows/univer-oral"),
        here("/rows/new"),
        here("/labels/form/paper"),
        here("/labels/type/new"),
        here("/instructions/general"),
        here("/dry-run"),
        here("/preview?q=ALG"),
        here(&format!("/preview/{}?rule=univer-oral", offering("ALG-1"))),
    ];
    for language in Language::ALL {
        registrar.cookies.insert("lang".into(), language.code().into());
        for path in &pages {
            let answer = registrar.get(path);
            assert_eq!(answer.status, 200, "{path}");
            visitor::is_whole(&answer.body, &format!("{path} {}", language.code()));
        }
    }
    let form = registrar.get(&here(&format!("/preview/{}", offering("ALG-1")))).body;
    assert!(form.contains(" inert ") && !form.contains("data-autosave") && !form.contains("r-moodle-essay"));
    let mut auditor = site.signed_in("auditor");
    for (path, status) in pages.iter().zip([200, 200, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403]) {
        assert_eq!(auditor.get(path).status, status, "{path}");
    }
    let file = auditor.get("/catalogue/versions/1/file");
    assert_eq!((file.status, file.header("content-type")), (200, "application/zip"));
    assert_eq!(site.signed_in("aliya").get("/catalogue").status, 403);
}
