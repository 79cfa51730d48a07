//! Tests of the security log: which requests it contains, and what must never stand in it.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod visitor;

use app::access::setup_key::SetupKey;
use app::catalogue::catalogue_files::packed;
use domain::id::PersonId;
use serde_json::Value;
use std::cell::RefCell;
use std::io::Write;
use std::sync::Once;
use testkit::World;
use testkit::engine::Engine;
use testkit::sample::{org, person};
use visitor::{Site, Visitor};

const PASSWORD: &str = "correct horse";
const NEW_PASSWORD: &str = "seven green trams";
const HOME: &str = "10.9.9.9";
const SHEET: &str = "term,department,discipline code,discipline (kk),group,students,instructor login\n\
    autumn,CS,ALG,,ALG-1,40,bolat\n";

thread_local! {
    /// The lines that were logged in the thread of a test. All requests of a test are answered in its own thread.
    static LINES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// The log of all crates at all levels, as the program writes it with JSON lines. There is one for all tests of this
/// file: if each test had its own, an event of one test could be lost while another test ends.
struct Log;

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LINES.with_borrow_mut(|lines| lines.write(bytes))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// Everything that is logged while `requests` are answered.
    fn of(requests: impl FnOnce()) -> String {
        static BEGIN: Once = Once::new();
        BEGIN.call_once(|| {
            let lines = tracing_subscriber::fmt().json().with_max_level(tracing_subscriber::filter::LevelFilter::TRACE);
            lines.with_writer(|| Log).init();
        });
        LINES.take();
        requests();
        String::from_utf8(LINES.take()).unwrap()
    }

    /// The lines of the security log.
    fn events(text: &str) -> Vec<Event> {
        let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.filter(|line| line["fields"]["message"] == "security").map(Event).collect()
    }
}

/// A line of the security log.
struct Event(Value);

impl Event {
    fn field(&self, name: &str) -> &str {
        self.0["fields"][name].as_str().unwrap_or_default()
    }

    /// A value that belongs to the request: `id`, `method`, `route` or `address`.
    fn of_request(&self, name: &str) -> &str {
        self.0["span"][name].as_str().unwrap_or_default()
    }

    fn is(&self, event: &str, by: Option<PersonId>, route: &str) -> bool {
        let person = by.map(|person| person.to_string()).unwrap_or_default();
        self.field("event") == event
            && self.field("person") == person
            && self.of_request("route") == route
            && self.of_request("address") == HOME
            && self.of_request("id").len() == 16
            && self.0["level"] == "INFO"
    }
}

/// The only line of the security log about some requests.
fn one(requests: impl FnOnce()) -> Event {
    let text = Log::of(requests);
    let mut events = Log::events(&text);
    assert_eq!(events.len(), 1, "{text}");
    events.remove(0)
}

/// A browser at [`HOME`] in which a person is signed in.
fn at_home(site: &Site, username: &str) -> Visitor {
    let mut visitor = site.stranger_at(HOME);
    site.world.set_password(username, PASSWORD);
    assert_eq!(visitor.sign_in(username, PASSWORD).status, 303);
    visitor
}

#[test]
fn attempts_to_sign_in_are_logged_with_the_person_and_never_with_what_was_typed() {
    let site = Site::new();
    site.world.set_password("aliya", PASSWORD);
    let mut visitor = site.stranger_at(HOME);
    let aliya = Some(person("aliya"));
    let text = Log::of(|| {
        visitor.sign_in("aliya", "a guess of mine");
        visitor.sign_in("my-secret-typed-as-a-name", "a guess of mine");
        visitor.sign_in("aliya", PASSWORD);
        let csrf = visitor.csrf.clone();
        visitor.get("/settings?q=typed-into-the-address");
        visitor.post_without_csrf("/sign-out", &[("csrf", &csrf)]);
    });
    let events = Log::events(&text);
    assert_eq!(events.len(), 4, "{text}");
    assert!(events[0].is("sign-in-failed", aliya, "/sign-in"), "{text}");
    assert!(events[1].is("sign-in-failed", None, "/sign-in"), "{text}");
    assert!(events[2].is("signed-in", aliya, "/sign-in"), "{text}");
    assert!(events[3].is("session-ended", aliya, "/sign-out"), "{text}");
    let cookies = visitor.cookies.values().filter(|value| value.len() > 20).cloned();
    let secrets = ["a guess", "my-secret", PASSWORD, "typed-into", &visitor.csrf].map(str::to_owned);
    for secret in secrets.into_iter().chain(cookies) {
        assert!(!text.contains(&secret), "{secret:?} stands in the log");
    }
}

#[test]
fn a_failed_attempt_never_names_the_person_who_is_signed_in_in_the_same_browser() {
    let site = Site::new();
    let mut aliya = at_home(&site, "aliya");
    let failed = one(|| assert_eq!(aliya.sign_in("nobody", "a guess of mine").status, 401));
    assert!(failed.is("sign-in-failed", None, "/sign-in"), "{}", failed.0);
    let text = Log::of(|| (0..40).for_each(|_| drop(aliya.sign_in("nobody", "a guess of mine"))));
    assert!(Log::events(&text).last().unwrap().is("throttled", None, "/sign-in"), "{text}");
}

#[test]
fn guesses_that_have_to_wait_are_logged() {
    let site = Site::new();
    let text = Log::of(|| {
        let mut visitor = site.stranger_at(HOME);
        (0..40).for_each(|_| drop(visitor.sign_in("aliya", "a guess of mine")));
    });
    let events = Log::events(&text);
    assert_eq!(events.len(), 40, "every attempt");
    assert!(events.last().unwrap().is("throttled", None, "/sign-in"));
}

#[test]
fn refused_requests_are_logged() {
    let site = Site::new();
    let (mut aliya, id) = (at_home(&site, "aliya"), Some(person("aliya")));
    let denied = one(|| assert_eq!(aliya.get("/imports").status, 403));
    assert!(denied.is("denied", id, "/imports"));
    let elsewhere = one(|| {
        let mut forged = aliya.clone();
        forged.origin = Some("https://evil.example".to_owned());
        assert_eq!(forged.post("/settings", &[]).status, 403);
    });
    assert!(elsewhere.is("csrf-refused", id, "/settings"));
    let unsigned = one(|| assert_eq!(aliya.post_without_csrf("/settings", &[]).status, 403));
    assert!(unsigned.is("csrf-refused", id, "/settings"));
    // The address is typed by the sender. It is not logged if the request was refused.
    let path = format!("/people/{}/account", person("bolat"));
    let typed = one(|| assert_eq!(aliya.post(&path, &[("enabled", "0")]).status, 403));
    assert!(typed.is("denied", id, "/people/{id}/account") && typed.field("path").is_empty());
}

#[test]
fn changes_of_passwords_accounts_and_roles_are_logged() {
    let site = Site::new();
    let (mut registrar, id) = (at_home(&site, "registrar"), Some(person("registrar")));
    let bolat = format!("/people/{}", person("bolat"));
    let unit = org("CS").to_string();
    let mut acts = |path: &str, fields: &[(&str, &str)]| {
        registrar.get(if path == "/password" { path } else { &bolat });
        one(|| {
            let answer = registrar.post(path, fields);
            assert!(answer.status < 400, "{path} {}", answer.body);
        })
    };
    let account = acts(&format!("{bolat}/account"), &[("enabled", "0")]);
    assert!(account.is("account-changed", id, "/people/{id}/account"));
    assert_eq!(account.field("path"), format!("{bolat}/account"), "whose account it is");
    assert!(acts(&format!("{bolat}/account"), &[("enabled", "1")]).is("account-changed", id, "/people/{id}/account"));
    let appointed = acts(
        &format!("{bolat}/appointments"),
        &[("role", "acting-head"), ("org", &unit), ("from", "2026-09-20"), ("until", "2026-09-30"), ("order", "8")],
    );
    assert!(appointed.is("role-changed", id, "/people/{id}/appointments"));
    let once = acts(&format!("{bolat}/password"), &[]);
    assert!(once.is("one-time-password-set", id, "/people/{id}/password"));
    let new = [("old", PASSWORD), ("new", NEW_PASSWORD), ("again", NEW_PASSWORD)];
    assert!(acts("/password", &new).is("password-changed", id, "/password"));
    let text = Log::of(|| {
        registrar.get("/password");
        registrar
            .post("/password", &[("old", "a guess of mine"), ("new", "nine blue trams"), ("again", "nine blue trams")]);
    });
    assert!(Log::events(&text)[0].is("password-change-failed", id, "/password"), "{text}");
    assert!(!text.contains("a guess") && !text.contains("nine blue"), "{text}");
}

#[test]
fn imports_and_exports_are_logged() {
    let site = Site::new();
    let (mut registrar, id) = (at_home(&site, "registrar"), Some(person("registrar")));
    let mut import = String::new();
    let uploaded = one(|| registrar.upload_roster("groups.csv", SHEET.as_bytes()).location().clone_into(&mut import));
    assert!(uploaded.is("file-imported", id, "/imports"));
    let page = registrar.get(&import).body;
    let seen = page.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let applied = one(|| assert_eq!(registrar.post(&format!("{import}/applying"), &[("seen", seen)]).status, 303));
    assert!(applied.is("roster-applied", id, "/imports/{id}/applying"));
    let undone = one(|| assert_eq!(registrar.post(&format!("{import}/undo"), &[]).status, 303));
    assert!(undone.is("roster-undone", id, "/imports/{id}/undo"));
    let exported = one(|| assert_eq!(registrar.get("/catalogue/versions/1/file").status, 200));
    assert!(exported.is("exported", id, "/catalogue/versions/{version}/file"), "{}", exported.0);
    let catalogue = site.world.app.read_now(|work| Ok((*work.catalogue(1)?).clone())).unwrap();
    let archive = packed(&site.world.app, &catalogue).unwrap();
    registrar.get("/catalogue");
    let draft = one(|| {
        let answer = registrar.post_multipart("/catalogue/imports", &[], &[("file", "rules.zip", &archive)]);
        assert_eq!(answer.status, 303, "{}", answer.body);
    });
    assert!(draft.is("file-imported", id, "/catalogue/imports"));
}

#[test]
fn first_run_setup_is_logged_without_its_key() {
    let world = World::empty(Engine::Sqlite);
    let (holder, new) = SetupKey::issue(world.clock.now()).unwrap();
    let site = Site::unopened(world, &holder);
    let mut visitor = site.stranger_at(HOME);
    let setup = |key: &str| {
        [
            ("key", key.to_owned()),
            ("name_kk", "Университет".to_owned()),
            ("name_ru", "Университет".to_owned()),
            ("name_en", "University".to_owned()),
            ("username", "office".to_owned()),
            ("family_name", "Сынақова".to_owned()),
            ("new", NEW_PASSWORD.to_owned()),
            ("again", NEW_PASSWORD.to_owned()),
        ]
    };
    let text = Log::of(|| {
        for key in ["my-own-guess", &new.key] {
            let fields = setup(key);
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            visitor.post_without_csrf("/setup", &fields);
        }
    });
    let events = Log::events(&text);
    assert!(events[0].is("setup-key-wrong", None, "/setup"), "{text}");
    assert_eq!(events[1].field("event"), "setup-done", "{text}");
    assert!(!events[1].field("person").is_empty(), "{text}");
    for secret in ["my-own-guess", NEW_PASSWORD, &new.key] {
        assert!(!text.contains(secret), "{secret:?} stands in the log");
    }
}
