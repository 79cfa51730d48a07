//! Tests of first-run setup over HTTP: only with the one-time key, only once, and without losing the submitted values.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod visitor;

use testkit::World;
use testkit::engine::Engine;
use visitor::Site;

const KEY: &str = "the key that the program said";
const GOOD: [(&str, &str); 8] = [
    ("key", KEY),
    ("name_kk", "Үлгі университеті"),
    ("name_ru", "Университет"),
    ("name_en", "University"),
    ("username", "Office"),
    ("family_name", "Сынақова"),
    ("new", "long enough"),
    ("again", "long enough"),
];

fn with(field: &str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    GOOD.into_iter().map(|(name, was)| (name, if name == field { value } else { was })).collect()
}

#[test]
fn whoever_has_the_key_opens_the_house_once() {
    let site = Site::unopened(World::empty(Engine::Sqlite), KEY);
    let mut somebody = site.stranger();
    assert_eq!(somebody.get("/setup").status, 404);
    assert_eq!(somebody.get("/setup?key=guess").status, 404);
    assert_eq!(somebody.post_without_csrf("/setup", &with("key", "guess")).status, 404);
    assert!(somebody.get("/sign-in").body.contains("бір реттік сілтемені"));

    let page = somebody.get("/setup?key=the+key+that+the+program+said");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("name=\"name_kk\""));
    let done = somebody.post_without_csrf("/setup", &GOOD);
    assert_eq!((done.status, done.location()), (303, "/terms"));
    assert_eq!(somebody.get("/").location(), "/terms");
    assert_eq!(somebody.get("/terms").status, 200);

    let mut other = site.stranger();
    assert_eq!(other.get("/setup?key=the+key+that+the+program+said").status, 404);
    assert_eq!(other.post_without_csrf("/setup", &with("username", "thief")).status, 404);
    assert!(!other.get("/sign-in").body.contains("бір реттік сілтемені"));
    assert_eq!(other.sign_in("office", "long enough").location(), "/");
}

#[test]
fn what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays() {
    let site = Site::unopened(World::empty(Engine::Sqlite), KEY);
    let mut somebody = site.stranger();
    for (field, value, beside) in [
        ("name_en", "", "name_en"),
        ("username", "two words", "username"),
        ("family_name", " ", "family_name"),
        ("new", "short", "new"),
        ("again", "long enouhg", "again"),
    ] {
        let answer = somebody.post_without_csrf("/setup", &with(field, value));
        assert_eq!(answer.status, 422, "{field}");
        assert!(answer.body.contains(&format!("id=\"e-{beside}\"")), "{field}");
        assert!(answer.body.contains("Үлгі университеті"), "{field}");
    }
    assert_eq!(somebody.sign_in("office", "long enough").status, 401);
}

#[test]
fn where_the_university_is_known_its_name_is_not_asked() {
    let site = Site::unopened(World::sqlite(), KEY);
    let page = site.stranger().get("/setup?key=the+key+that+the+program+said");
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("name=\"name_kk\""));
}
