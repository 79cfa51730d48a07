//! Tests of a person's own sessions over HTTP: the list on the page of settings, ending them, and new tokens.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod visitor;

use app::access::session::token_hash;
use chrono::TimeDelta;
use domain::limits::SESSION_IDLE_HOURS;
use domain::name::Language;
use testkit::sample::person;
use visitor::{Site, Visitor, is_whole};
use web::i18n::Texts;

const PASSWORD: &str = "correct horse";
const NEW: &str = "seven green trams";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0";
const IPHONE: &str =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1";

fn sign_in(site: &Site, username: &str, address: &str, user_agent: &str) -> Visitor {
    let mut visitor = site.stranger_at(address);
    visitor.user_agent = Some(user_agent.into());
    assert_eq!(visitor.sign_in(username, PASSWORD).status, 303);
    visitor
}

fn id_of(visitor: &Visitor) -> String {
    token_hash(&visitor.cookies["emtihan"]).to_string()
}

#[test]
fn settings_list_where_a_person_is_signed_in_and_end_what_they_do_not_know() {
    let site = Site::new();
    for who in ["aliya", "bolat"] {
        site.world.set_password(who, PASSWORD);
    }
    let mut expired = sign_in(&site, "aliya", "10.0.0.9", "curl/8");
    site.world.clock.pass(TimeDelta::hours(SESSION_IDLE_HOURS + 1));
    let mut phone = sign_in(&site, "aliya", "2001:db8::1", IPHONE);
    site.world.clock.pass(TimeDelta::hours(1));
    let mut desk = sign_in(&site, "aliya", "::ffff:10.0.0.1", FIREFOX);
    let mut stranger = sign_in(&site, "aliya", "10.6.6.6", "<script>");
    let mut bolat = sign_in(&site, "bolat", "10.0.0.2", FIREFOX);
    for language in Language::ALL {
        desk.cookies.insert("lang".into(), language.code().into());
        let (page, t) = (desk.get("/settings").body, Texts::of(language));
        is_whole(&page, "settings");
        for shown in ["Firefox, Linux", "10.0.0.1", "Safari, iPhone", "2001:db8::/64", "10.6.6.6"] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
        assert!(page.contains(&t.get("session-device-unknown")) && page.contains(&t.moment(site.world.clock.now())));
        assert_eq!(page.matches(&t.get("session-present")).count(), 1);
        assert_eq!(
            page.matches("name=\"session\"").count(),
            2,
            "this one, the expired one and those of others have none"
        );
    }
    let end = "/settings/sessions/ended";
    let unknown = id_of(&stranger);
    // Only with the value that protects forms, and only one's own.
    assert_eq!(desk.post_without_csrf(end, &[("session", unknown.as_str())]).status, 403);
    bolat.get("/settings");
    assert_eq!(bolat.post(end, &[("session", unknown.as_str())]).status, 404);
    assert_eq!(desk.get(end).status, 405);
    assert_eq!(stranger.get("/groups").status, 200);
    desk.get("/settings");
    assert_eq!(desk.post(end, &[("session", unknown.as_str())]).location(), "/settings?did=ended");
    assert_eq!(desk.post(end, &[("session", unknown.as_str())]).status, 404);
    assert_eq!(desk.post(end, &[("session", "x")]).status, 404);
    assert_eq!((stranger.get("/groups").status, phone.get("/groups").status), (303, 200));
    let ended = desk.get("/settings?did=ended").body;
    assert!(ended.contains(&Texts::of(Language::En).get("session-ended")) && !ended.contains("10.6.6.6"));
    assert_eq!(desk.post(end, &[("others", "1")]).location(), "/settings?did=others-ended");
    assert_eq!((phone.get("/groups").status, desk.get("/groups").status), (303, 200));
    assert_eq!((bolat.get("/groups").status, expired.get("/groups").status), (200, 303));
    assert!(!desk.get("/settings").body.contains("name=\"others\""));
}

#[test]
fn signing_in_ends_the_session_that_the_browser_had() {
    let site = Site::new();
    for who in ["aliya", "bolat"] {
        site.world.set_password(who, PASSWORD);
    }
    let mut browser = site.stranger();
    assert_eq!(browser.sign_in("aliya", PASSWORD).status, 303);
    let (mut copy, mut elsewhere) = (browser.clone(), site.stranger());
    assert_eq!(elsewhere.sign_in("aliya", PASSWORD).status, 303);
    assert_eq!(browser.sign_in("aliya", "wrong").status, 401);
    assert_eq!(copy.get("/groups").status, 200, "a wrong password ends nothing");
    assert_eq!(browser.sign_in("aliya", PASSWORD).status, 303);
    assert_ne!(browser.cookies["emtihan"], copy.cookies["emtihan"]);
    assert_eq!((copy.get("/groups").status, browser.get("/groups").status), (303, 200));
    assert_eq!(elsewhere.get("/groups").status, 200, "sessions of other browsers go on");
    let mut copy = browser.clone();
    assert_eq!(browser.sign_in("bolat", PASSWORD).status, 303);
    assert_eq!(copy.get("/groups").status, 303, "also when somebody else signs in");
}

#[test]
fn a_new_password_gives_the_browser_a_new_token_and_ends_every_older_one() {
    let site = Site::new();
    site.world.set_password("aliya", PASSWORD);
    let mut here = sign_in(&site, "aliya", "10.0.0.1", FIREFOX);
    let mut elsewhere = sign_in(&site, "aliya", "10.0.0.2", IPHONE);
    here.get("/password");
    let (mut copy, csrf) = (here.clone(), here.csrf.clone());
    let form = [("old", PASSWORD), ("new", NEW), ("again", NEW)];
    assert_eq!(here.post("/password", &form).location(), "/password?did=changed");
    assert_ne!(here.cookies["emtihan"], copy.cookies["emtihan"]);
    assert_eq!((here.get("/password").status, copy.get("/groups").status), (200, 303));
    assert_eq!(elsewhere.get("/groups").status, 303);
    assert_ne!(here.csrf, csrf);
    // A form of the time before is not carried out; it is shown again.
    let before = here.post_without_csrf("/settings", &[("language", "en"), ("csrf", csrf.as_str())]);
    assert_eq!(before.location(), "/restored-form");
    let page = here.get("/settings").body;
    assert!(page.contains("Firefox, Linux") && page.contains("10.0.0.1") && !page.contains("name=\"session\""));
}

#[test]
fn a_link_changes_the_language_of_the_page_and_only_a_form_that_of_the_person() {
    let site = Site::new();
    let locale = || {
        let found = site.world.app.read_now(|work| Ok(store::people::find(work.tx, person("aliya"))?));
        found.unwrap().unwrap().locale
    };
    let mut aliya = site.signed_in("aliya");
    let before = locale();
    assert_eq!(aliya.get("/groups?lang=ru&did=draft").location(), "/groups?did=draft");
    assert!(aliya.get("/groups").body.contains("<html lang=\"ru\">"));
    assert_eq!(locale(), before);
    aliya.get("/settings");
    assert_eq!(aliya.post_without_csrf("/settings", &[("language", "ru")]).status, 403);
    assert_eq!(locale(), before);
    let saved = aliya.post("/settings", &[("language", "en")]);
    assert_eq!((saved.location(), locale()), ("/settings?did=saved", Some(Language::En)));
    let page = aliya.get("/settings").body;
    assert!(
        page.contains("<html lang=\"en\">") && page.contains("<option value=\"en\" lang=\"en\" selected>"),
        "{page}"
    );
    aliya.post("/settings", &[("language", "xx")]);
    assert_eq!(locale(), Some(Language::En));
    assert!(site.signed_in("aliya").get("/groups").body.contains("<html lang=\"en\">"));
}
