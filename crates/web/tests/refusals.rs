//! Tests that refusals are shown to people in their language with the submitted values, and to programs as
//! problem+json.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod visitor;

use domain::name::Language;
use testkit::Exam;
use testkit::sample::{discipline, offering};
use visitor::{Answer, Site, Visitor};
use web::i18n::Texts;

fn problem(answer: &Answer) -> (u16, String) {
    assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.body);
    let body: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(body["status"], answer.status);
    let (title, kind) = (body["title"].as_str().unwrap(), body["type"].as_str().unwrap());
    assert!(!title.is_empty() && !title.starts_with("refused-"), "{title}");
    (answer.status, kind.strip_prefix("/problems/").unwrap().to_owned())
}

fn sent(site: &Site) -> String {
    let document = site.world.upload("aliya", "ALG", "ALG programme");
    site.world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
    seen(site)
}

fn seen(site: &Site) -> String {
    let seen = site.world.seen(&["ALG-1"])[0];
    format!("{}:{}", seen.offering, seen.fingerprint)
}

fn program(mut visitor: Visitor) -> Visitor {
    visitor.accept = Some("application/problem+json".into());
    visitor
}

#[test]
fn a_program_is_told_by_code_whatever_is_refused() {
    let site = Site::new();
    let seen = sent(&site);
    let (mut aliya, mut head) = (program(site.signed_in("aliya")), program(site.signed_in("head")));
    assert_eq!(problem(&aliya.get("/queue")), (403, "role-missing".into()));
    assert_eq!(problem(&aliya.get("/nowhere")), (404, "not-found".into()));
    let id = offering("ALG-1").to_string();
    let wrong = aliya.post("/choices", &[("o", &id), ("g", &id), (&format!("v_{id}"), "1")]);
    assert_eq!(problem(&wrong), (422, "rule-missing".into()));
    assert!(wrong.body.contains("\"field\":\"rule\""), "{}", wrong.body);
    let reopening = aliya.post("/reopening-requests", &[("o", &id), ("reason", "")]);
    assert_eq!(problem(&reopening), (422, "reason-missing".into()));
    assert_eq!(problem(&head.post("/returns", &[("seen", &seen)])), (422, "reason-missing".into()));
    assert_eq!(head.post("/approvals", &[("seen", &seen)]).status, 303);
    assert_eq!(problem(&head.post("/approvals", &[("seen", &seen)])), (409, "choice-already-approved".into()));
    let mut stranger = site.stranger();
    stranger.get("/sign-in");
    let mut stranger = program(stranger);
    let entered = |who: &mut Visitor| who.post("/sign-in", &[("username", "aliya"), ("password", "wrong")]);
    assert_eq!(problem(&entered(&mut stranger)), (401, "wrong-sign-in".into()));
    while entered(&mut stranger).status == 401 {}
    let waiting = entered(&mut stranger);
    assert_eq!(problem(&waiting), (429, "too-many-tries".into()));
    assert!(waiting.header("retry-after").parse::<i64>().unwrap() > 0);
}

#[test]
fn a_page_that_is_not_there_offers_the_three_languages_and_a_way_on() {
    let site = Site::new();
    let mut aliya = site.signed_in("aliya");
    for (language, word) in [("kk", "Бет табылмады"), ("ru", "Страница не найдена"), ("en", "Page not found")]
    {
        aliya.cookies.insert("lang".into(), language.into());
        let answer = aliya.get("/offerings/x?a=b");
        assert_eq!(answer.status, 404);
        assert!(answer.body.contains(word) && answer.body.contains("class=\"btn btn-1\" href=\"/\""));
        let other = answer.body.contains("href=\"/offerings/x?a=b&#38;lang=ru\"");
        assert!(other, "{}", answer.body);
    }
    // The response to the form of approvals has no page of its own, so its language links lead to the start page.
    let answer = aliya.post("/approvals", &[("seen", "nonsense")]);
    assert!(answer.status == 404 && answer.body.contains("href=\"/?lang=ru\""), "{}", answer.body);
}

#[test]
fn a_mangled_address_still_opens_its_page() {
    let site = Site::new();
    let (mut aliya, mut registrar) = (site.signed_in("aliya"), site.signed_in("registrar"));
    for path in
        ["/groups?sent=yesterday", "/groups?did=a&did=b", "/dossier?did=a&did=b", "/groups?sent=99999999999999999"]
    {
        assert_eq!(aliya.get(path).status, 200, "{path}");
    }
    // A query parameter that cannot be parsed does not remove the note about the act that was just carried out.
    assert!(aliya.get("/groups?sent=yesterday&did=draft").body.contains("role=\"status\""));
    for path in ["/catalogue?did=discarded&n=x", "/progress?page=x&did=saved"] {
        assert!(registrar.get(path).body.contains("role=\"status\""), "{path}");
    }
    assert_eq!(registrar.get("/progress?page=last&org=nowhere").status, 200);
    assert_eq!(registrar.get("/progress?page=-3").status, 200);
    for day in ["-262143-01-01", "+262142-12-31", "0000-01-01", "9999-12-31"] {
        assert_eq!(registrar.get(&format!("/changes?since={day}")).status, 200, "{day}");
        assert_eq!(registrar.get(&format!("/history?from={day}&until={day}")).status, 200, "{day}");
    }
}

#[test]
fn a_return_that_is_refused_keeps_the_ready_reason_the_ticks_and_the_words() {
    let site = Site::new();
    let seen = sent(&site);
    let mut head = site.signed_in("head");
    let long = "ұзақ ".repeat(300);
    let queue = head.get("/queue").body;
    let phrases: Vec<&str> =
        queue.split("name=\"phrase\" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let form = [("seen", seen.as_str()), ("phrase", phrases[1]), ("reason", long.as_str())];
    let answer = head.post("/returns", &form);
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains(&format!("value=\"{}\" checked", phrases[1])) && answer.body.contains(long.trim()));
    assert!(
        answer.body.contains("<details open>")
            && !answer.body.contains(&format!("data-pick=\"need\" value=\"{seen}\" checked"))
    );
    let bulk = [("seen", seen.as_str()), ("bulk", "1"), ("reason", " ")];
    let answer = head.post("/returns", &bulk);
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains(&format!("data-pick=\"need\" value=\"{seen}\" checked")), "the ticks stay");
    let (before, after) = answer.body.split_once("id=\"bulk\"").unwrap();
    assert!(!before.contains("class=\"err\"") && after.contains("class=\"err\""), "the error stands by its own field");
}

#[test]
fn an_approval_that_came_too_late_blames_no_reason_field() {
    let site = Site::new();
    let seen = sent(&site);
    let document = site.world.upload("aliya", "ALG", "ALG programme");
    site.world.send("aliya", &["ALG-1"], Exam::row("moodle-case"), document).unwrap();
    let answer = site.signed_in("head").post("/approvals", &[("seen", &seen)]);
    assert_eq!(answer.status, 409);
    assert!(!answer.body.contains("class=\"err\"") && !answer.body.contains("<details open>"));
}

#[test]
fn a_form_from_before_signing_in_anew_is_shown_again_not_carried_out() {
    let site = Site::new();
    let document = site.world.upload("aliya", "ALG", "ALG programme").to_string();
    let mut aliya = site.signed_in("aliya");
    let (id, doc) = (offering("ALG-1").to_string(), format!("doc_{}", discipline("ALG")));
    let form = [("o", id.as_str()), ("g", id.as_str()), ("rule", "moodle-essay"), (&doc, &document), ("csrf", "old")];
    let answer = aliya.post_without_csrf("/choices", &form);
    assert_eq!(answer.location(), "/restored-form");
    assert!(site.world.choice("ALG-1").current.is_none());
    assert!(aliya.get("/restored-form").body.contains("value=\"moodle-essay\" checked"));
    assert_eq!(aliya.post_without_csrf("/choices", &form[..3]).status, 403, "a form without any is nobody's");
}

#[test]
fn nobody_types_nul_and_no_database_gets_it() {
    let site = Site::new();
    let seen = sent(&site);
    let answer = site.signed_in("head").post("/returns", &[("seen", &seen), ("reason", "Қай\0та")]);
    assert_eq!(answer.status, 303);
    let stage = site.world.choice("ALG-1").current.unwrap().stage;
    assert!(matches!(stage, domain::choice::Stage::Returned { reason, .. } if reason == "Қайта"));
}

#[test]
fn a_form_that_is_too_large_is_413_and_says_so() {
    let site = Site::new();
    let mut head = site.signed_in("head");
    let long = "ұ".repeat(400_000);
    let answer = head.post("/returns", &[("seen", ""), ("reason", &long)]);
    assert_eq!(answer.status, 413);
    assert!(answer.body.contains("20 МБ"), "{}", answer.body);
}

#[test]
fn a_choice_with_a_warning_is_not_approved_as_one_that_was_shown_without() {
    let site = Site::new();
    let seen = sent(&site);
    let mut head = site.signed_in("head");
    let answer = head.post("/approvals", &[("seen", &seen), ("without_warnings", "1")]);
    assert_eq!(answer.status, 409);
    assert!(answer.body.contains(&Texts::of(Language::Kk).get("refused-warning-appeared")));
    assert_eq!(head.post("/approvals", &[("seen", &seen)]).status, 303);
}
