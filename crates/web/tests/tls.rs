//! Tests that a site with TLS protects its cookies against other hosts and pages without TLS, and that people can work
//! with it as without TLS.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod visitor;

use chrono::TimeDelta;
use testkit::sample::offering;
use visitor::{Answer, Site};

fn set_cookies(answer: &Answer) -> Vec<String> {
    answer.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap().to_owned()).collect()
}

#[test]
fn every_cookie_belongs_to_this_host_only() {
    let site = Site::with_tls();
    site.world.set_password("aliya", "correct horse");
    let mut visitor = site.stranger();
    let mut lines = set_cookies(&visitor.get("/help?lang=ru"));
    lines.extend(set_cookies(&visitor.get("/sign-in")));
    let form = [("username", "aliya"), ("password", "correct horse"), ("next", "/")];
    let signed_in = visitor.post("/sign-in", &form);
    assert_eq!(signed_in.status, 303, "{}", signed_in.body);
    lines.extend(set_cookies(&signed_in));
    lines.extend(set_cookies(&visitor.get("/groups?lang=kk")));
    visitor.get("/groups");
    lines.extend(set_cookies(&visitor.post("/sign-out?lang=en", &[])));
    assert!(lines.len() > 8, "{lines:?}");
    for line in lines {
        assert!(line.starts_with("__Host-") && line.contains("; Path=/;") && line.contains("; Secure"), "{line}");
        assert!(line.contains("; HttpOnly; SameSite=Lax") && !line.to_lowercase().contains("domain"), "{line}");
    }
    assert_eq!(visitor.get("/groups").location(), "/sign-in?next=%2Fgroups");
}

#[test]
fn a_cookie_without_the_prefix_is_not_taken() {
    let site = Site::with_tls();
    let mut aliya = site.signed_in("aliya");
    assert_eq!(aliya.get("/groups").status, 200);
    let prefixed = std::mem::take(&mut aliya.cookies);
    // Another host of the domain can set cookies with these names, but none with the prefix.
    aliya.cookies = prefixed.iter().map(|(name, value)| (name.replace("__Host-", ""), value.clone())).collect();
    assert!(aliya.cookies.contains_key("emtihan"), "{prefixed:?}");
    assert_eq!(aliya.get("/groups").status, 303);
    aliya.cookies.extend(prefixed.clone());
    aliya.cookies.insert("lang".into(), "en".into());
    aliya.cookies.insert("emtihan".into(), "forged".into());
    let shown = aliya.get("/groups");
    assert!(shown.status == 200 && !shown.body.contains("<html lang=\"en\""), "{}", shown.body);
}

#[test]
fn without_tls_the_cookies_have_plain_names() {
    let site = Site::new();
    let mut aliya = site.signed_in("aliya");
    assert!(aliya.cookies.keys().all(|name| !name.contains("__")) && aliya.cookies.contains_key("emtihan"));
    let answer = aliya.get("/groups");
    assert_eq!((answer.status, answer.header("strict-transport-security")), (200, ""));
}

#[test]
fn answers_say_that_this_host_and_those_below_it_speak_tls_only() {
    let site = Site::with_tls();
    for path in ["/", "/help", "/healthz", "/none", "/assets/none", "/groups"] {
        let answer = site.stranger().get(path);
        assert_eq!(answer.header("strict-transport-security"), "max-age=31536000; includeSubDomains", "{path}");
    }
}

#[test]
fn a_form_that_was_sent_too_late_is_shown_again_after_signing_in() {
    let site = Site::with_tls();
    let mut aliya = site.signed_in("aliya");
    let id = offering("ALG-1").to_string();
    aliya.get(&format!("/choose?o={id}"));
    site.world.clock.pass(TimeDelta::hours(9));
    let version = format!("v_{id}");
    let form = [
        ("o", id.as_str()),
        ("g", &id),
        (&version, "0"),
        ("rule", "univer-oral"),
        ("info_univer-oral", "Microsoft Teams"),
    ];
    let expired = aliya.post("/choices", &form);
    assert_eq!((expired.status, expired.location()), (303, "/sign-in?next=%2Frestored%2Dform"));
    assert_eq!(aliya.sign_in_to("aliya", "correct horse", "/restored-form").location(), "/restored-form");
    let shown = aliya.get("/restored-form");
    assert!(shown.status == 200 && shown.body.contains("Microsoft Teams"), "{}", shown.body);
}
