//! The page of requests to extend the deadline, from the instructor's list to the registrar's answer.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod visitor;

use domain::name::Language;
use testkit::sample::offering;
use visitor::{Answer, Site, Visitor, is_whole};
use web::i18n::Texts;

const PAGE: &str = "/extension-requests";

fn page(visitor: &mut Visitor) -> Answer {
    let answer = visitor.get(PAGE);
    assert_eq!(answer.status, 200);
    is_whole(&answer.body, "the requests");
    answer
}

/// The ids of the requests that can be ticked on a page.
fn requests(answer: &Answer) -> Vec<String> {
    let ticks = answer.body.split("name=\"request\" value=\"").skip(1);
    ticks.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

#[test]
fn from_the_list_of_groups_to_the_answer() {
    let site = Site::new();
    let t = Texts::of(Language::Kk);
    assert!(!site.signed_in("aliya").get("/groups").body.contains(PAGE), "the deadline is not over");
    site.world.clock.set("2026-10-02 09:00");
    let [mut aliya, mut head, mut registrar] = ["aliya", "head", "registrar"].map(|who| site.signed_in(who));
    assert!(aliya.get("/groups").body.contains(&format!("href=\"{PAGE}\"")));
    let (first, second) = (offering("ALG-1").to_string(), offering("PYT-1").to_string());
    assert!(page(&mut aliya).body.contains(&format!("name=\"o\" value=\"{first}\"")));

    // Nothing ticked, no reason: the error stands beside the field, and what was typed stays.
    let answer = aliya.post(PAGE, &[("reason", "Ауырып «қалдым»")]);
    assert!(answer.status == 422 && answer.body.contains("Ауырып «қалдым»</textarea>"), "{}", answer.status);
    assert!(answer.body.contains(&t.get("refused-nothing-ticked")));
    let answer = aliya.post(PAGE, &[("o", &first), ("reason", " ")]);
    assert!(answer.status == 422 && answer.body.contains(&format!("value=\"{first}\" checked")));
    let answer = aliya.post(PAGE, &[("o", &first), ("o", &second), ("reason", "Ауырып қалдым")]);
    assert_eq!((answer.status, answer.location()), (303, "/extension-requests?did=asked"));
    assert!(page(&mut aliya).body.contains(&t.get("extension-is-waiting")));

    // The head finds the requests from the queue; the registrar from the terms.
    let count = t.count("extension-requests-count", 2_i64);
    assert!(head.get("/queue").body.contains(&count) && registrar.get("/terms").body.contains(&count));
    let listed = requests(&page(&mut head));
    assert_eq!(listed.len(), 2);
    assert!(!page(&mut head).body.contains("/extension-requests/grants"), "the head endorses only");
    let both = [("request", listed[0].as_str()), ("request", &listed[1])];
    assert_eq!(head.post("/extension-requests/endorsements", &both).location(), "/extension-requests?did=endorsed");
    assert!(requests(&page(&mut head)).is_empty());
    assert_eq!(head.post("/extension-requests/grants", &[both[0], ("until", "2026-10-20")]).status, 403);

    let answer = registrar.post("/extension-requests/grants", &[both[0], ("until", "2026-09-30")]);
    assert!(answer.status == 422 && answer.body.contains("value=\"2026-09-30\""), "{}", answer.status);
    let answer = registrar.post("/extension-requests/refusals", &[both[1], ("reason", "")]);
    assert!(answer.status == 422 && answer.body.contains(&format!("value=\"{}\" checked", listed[1])));
    let answer = registrar.post("/extension-requests/grants", &[both[0], ("until", "2026-10-20")]);
    assert_eq!(answer.location(), "/extension-requests?did=granted");
    let answer = registrar.post("/extension-requests/refusals", &[both[1], ("reason", "Кеш")]);
    assert_eq!(answer.location(), "/extension-requests?did=declined");
    let answer = registrar.post("/extension-requests/refusals", &[both[1], ("reason", "Кеш")]);
    assert!(answer.status == 409 && answer.body.contains(&t.get("refused-request-answered")));
    let own = page(&mut aliya).body;
    assert!(own.contains(&t.get("extension-is-granted")) && own.contains("«Кеш»"));
}

#[test]
fn a_stranger_to_the_department_sees_no_request() {
    let site = Site::new();
    site.world.clock.set("2026-10-02 09:00");
    let mut aliya = site.signed_in("aliya");
    let answer = aliya.post(PAGE, &[("o", &offering("ALG-1").to_string()), ("reason", "Ауырып қалдым")]);
    assert_eq!(answer.status, 303);
    let listed = requests(&page(&mut site.signed_in("head")));
    for who in ["mathhead", "bolat", "saule", "student", "office"] {
        let mut visitor = site.signed_in(who);
        let answer = visitor.get(PAGE);
        assert!(answer.status == 200 && requests(&answer).is_empty() && !answer.body.contains("Ауырып"), "{who}");
        let refused = visitor.post("/extension-requests/endorsements", &[("request", &listed[0])]).status;
        assert!(matches!(refused, 403 | 404), "{who}: {refused}");
    }
}
