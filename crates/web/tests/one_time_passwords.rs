//! Tests of one-time passwords over HTTP: they open once, for some hours, and say so when they are over.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod visitor;

use chrono::TimeDelta;
use domain::limits::ONE_TIME_PASSWORD_HOURS;
use domain::name::Language;
use domain::password::OneTimeHours;
use testkit::World;
use testkit::sample::person;
use visitor::{Answer, Site, Visitor, is_whole};
use web::i18n::Texts;

const OWN: &str = "seven green trams";

/// The page on which the registrar gives a person a one-time password.
fn give(site: &Site, username: &str) -> Answer {
    let mut registrar = site.signed_in("registrar");
    let page = format!("/people/{}", person(username));
    registrar.get(&page);
    let given = registrar.post(&format!("{page}/password"), &[]);
    assert_eq!(given.status, 200);
    is_whole(&given.body, "a one-time password");
    given
}

fn given(site: &Site, username: &str) -> String {
    let page = give(site, username).body;
    page.split("<code class=\"secret\">").nth(1).unwrap().split('<').next().unwrap().to_owned()
}

fn change(visitor: &mut Visitor, old: &str) -> u16 {
    visitor.get("/password");
    visitor.post("/password", &[("old", old), ("new", OWN), ("again", OWN)]).status
}

/// Whether the page says that the one-time password is over, in every language.
fn says_over(site: &Site, username: &str, password: &str) -> bool {
    Language::ALL.into_iter().all(|language| {
        let mut visitor = site.stranger();
        visitor.cookies.insert("lang".into(), language.code().into());
        let answer = visitor.sign_in(username, password);
        answer.status == 401 && answer.body.contains(&Texts::of(language).get("one-time-password-over"))
    })
}

#[test]
fn a_one_time_password_opens_once_and_then_only_its_own_change() {
    let site = Site::new();
    let once = given(&site, "aliya");
    let mut aliya = site.stranger();
    assert_eq!(aliya.sign_in("aliya", &once).status, 303);
    assert!(says_over(&site, "aliya", &once), "a second sign-in");
    assert_eq!(aliya.get("/groups").location(), "/password");
    // Whoever has signed in in time may take the time to think of a password.
    site.world.clock.pass(TimeDelta::hours(7));
    assert_eq!(change(&mut aliya, &once), 303);
    assert_eq!(aliya.get("/groups").status, 200);
    let wrong = site.stranger().sign_in("aliya", &once);
    assert!(wrong.status == 401 && wrong.body.contains(&Texts::of(Language::Kk).get("wrong-sign-in")));
    assert_eq!(site.stranger().sign_in("aliya", OWN).status, 303);
}

#[test]
fn a_one_time_password_ends_after_its_hours_and_only_who_knows_it_learns_so() {
    let site = Site::new();
    let page = give(&site, "aliya").body;
    let until = site.world.clock.now() + TimeDelta::hours(ONE_TIME_PASSWORD_HOURS);
    assert!(page.contains(&Texts::of(Language::Kk).moment(until)), "{page}");
    let once = page.split("<code class=\"secret\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    site.world.clock.pass(TimeDelta::hours(ONE_TIME_PASSWORD_HOURS));
    assert!(says_over(&site, "aliya", &once));
    let plain = |username: &str| {
        let mut visitor = site.stranger();
        let answer = visitor.sign_in(username, "guess");
        (answer.status, answer.body.replace(username, "").replace(&visitor.csrf, ""))
    };
    assert_eq!(plain("aliya"), plain("nobody-at-all"));
    // A new one opens again.
    assert_eq!(site.stranger().sign_in("aliya", &given(&site, "aliya")).status, 303);
}

#[test]
fn the_setting_says_how_long_one_time_passwords_are_valid() {
    let hours = OneTimeHours::new(2).unwrap();
    let site = Site::set(World::sqlite(), |settings| settings.one_time_password_hours = hours);
    let (early, late) = (given(&site, "aliya"), given(&site, "bolat"));
    site.world.clock.pass(TimeDelta::minutes(119));
    assert_eq!(site.stranger().sign_in("aliya", &early).status, 303);
    site.world.clock.pass(TimeDelta::minutes(1));
    assert!(says_over(&site, "bolat", &late));
}
