//! Tests of first-run setup over HTTP: only with the one-time key, only once, and without losing the submitted values.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod visitor;

use app::access::setup_key::SetupKey;
use chrono::TimeDelta;
use domain::limits::SETUP_KEY_MINUTES;
use testkit::World;
use testkit::engine::Engine;
use visitor::{Answer, Site, Visitor, is_whole};

const GOOD: [(&str, &str); 7] = [
    ("name_kk", "Үлгі университеті"),
    ("name_ru", "Университет"),
    ("name_en", "University"),
    ("username", "Office"),
    ("family_name", "Сынақова"),
    ("new", "long enough"),
    ("again", "long enough"),
];

/// A site whose setup is still possible, the key, and the holder of the key.
struct Unopened {
    site: Site,
    key: String,
    holder: SetupKey,
}

fn unopened(world: World) -> Unopened {
    let (holder, new) = SetupKey::issue(world.clock.now()).unwrap();
    Unopened { site: Site::unopened(world, &holder), key: new.key, holder }
}

/// Sends the setup form with one other value.
fn send(visitor: &mut Visitor, key: &str, other: (&str, &str)) -> Answer {
    let fields = GOOD.into_iter().map(|(name, was)| (name, if name == other.0 { other.1 } else { was }));
    visitor.post_without_csrf("/setup", &fields.chain([("key", key)]).collect::<Vec<_>>())
}

#[test]
fn whoever_types_the_key_opens_the_house_once() {
    let Unopened { site, key, .. } = unopened(World::empty(Engine::Sqlite));
    let mut somebody = site.stranger();
    assert!(somebody.get("/sign-in").body.contains("href=\"/setup\""));
    let page = somebody.get("/setup");
    assert_eq!(page.status, 200);
    is_whole(&page.body, "setup");
    assert!(page.body.contains("name=\"name_kk\"") && page.body.contains("name=\"key\""));
    // The key of an address is not taken over into the form.
    assert!(!somebody.get(&format!("/setup?key={key}")).body.contains(&key));
    let wrong = send(&mut somebody, "guess", ("", ""));
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("id=\"e-key\"") && wrong.body.contains("Үлгі университеті"));
    is_whole(&wrong.body, "setup with a wrong key");

    let typed = format!(" {} ", key.to_uppercase().replace('-', " "));
    let done = send(&mut somebody, &typed, ("", ""));
    assert_eq!((done.status, done.location()), (303, "/terms"), "{}", done.body);
    assert_eq!(somebody.get("/").location(), "/terms");
    assert_eq!(somebody.get("/terms").status, 200);

    let mut other = site.stranger();
    assert_eq!(other.get("/setup").status, 404);
    assert_eq!(send(&mut other, &key, ("username", "thief")).status, 404);
    assert!(!other.get("/sign-in").body.contains("href=\"/setup\""));
    assert_eq!(other.sign_in("office", "long enough").location(), "/");
}

#[test]
fn what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays() {
    let Unopened { site, key, .. } = unopened(World::empty(Engine::Sqlite));
    let mut somebody = site.stranger();
    for (field, value, beside) in [
        ("name_en", "", "name_en"),
        ("username", "two words", "username"),
        ("family_name", " ", "family_name"),
        ("new", "short", "new"),
        ("new", "password123", "new"),
        ("new", "office-2026", "new"),
        ("new", "үлгі университеті", "new"),
        ("again", "long enouhg", "again"),
    ] {
        let answer = send(&mut somebody, &key, (field, value));
        assert_eq!(answer.status, 422, "{field}");
        assert!(answer.body.contains(&format!("id=\"e-{beside}\"")), "{field}");
        assert!(answer.body.contains("Үлгі университеті") && answer.body.contains(&key), "{field}");
    }
    assert_eq!(somebody.sign_in("office", "long enough").status, 401);
}

#[test]
fn where_the_university_is_known_its_name_is_not_asked() {
    let Unopened { site, .. } = unopened(World::sqlite());
    let page = site.stranger().get("/setup");
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("name=\"name_kk\""));
}

#[test]
fn a_key_ends_after_an_hour_and_wrong_keys_are_delayed() {
    let Unopened { site, key, holder } = unopened(World::empty(Engine::Sqlite));
    let now = || site.world.clock.now();
    assert!(holder.renew(now()).unwrap().is_none(), "the first key is still valid");
    site.world.clock.pass(TimeDelta::minutes(SETUP_KEY_MINUTES));
    let mut somebody = site.stranger_at("10.0.0.1");
    assert_eq!(send(&mut somebody, &key, ("", "")).status, 422);
    let new = holder.renew(now()).unwrap().unwrap();
    assert_eq!(new.valid_until, now() + TimeDelta::minutes(SETUP_KEY_MINUTES));
    assert_eq!(send(&mut somebody, &key, ("", "")).status, 422, "the old key is not valid any more");
    let guesses: Vec<u16> = (0..12).map(|_| send(&mut somebody, "guess", ("", "")).status).collect();
    assert_eq!(guesses.last(), Some(&429), "{guesses:?}");
    let waiting = send(&mut somebody, &new.key, ("", ""));
    assert!(waiting.status == 429 && !waiting.header("retry-after").is_empty());
    is_whole(&waiting.body, "setup after wrong keys");
    assert_eq!(send(&mut site.stranger_at("10.0.0.2"), &new.key, ("", "")).status, 303);
}
