//! Tests of the delays after failed attempts to sign in, over HTTP: whoever guesses is delayed, and nobody else.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod visitor;

use chrono::TimeDelta;
use testkit::World;
use visitor::{Site, Visitor};

const PASSWORD: &str = "correct horse";
const CAMPUS: &str = "10.1.2.3";
const HOME: &str = "10.9.9.9";

/// Tries five wrong passwords in each second, for some seconds. Returns how many of them were compared with the
/// password of the account.
fn attack(site: &Site, attacker: &mut Visitor, username: &str, seconds: usize) -> usize {
    let mut compared = 0;
    for _ in 0..seconds {
        for guess in 0..5 {
            compared += usize::from(attacker.sign_in(username, &format!("guess {guess}")).status == 401);
        }
        site.world.clock.pass(TimeDelta::seconds(1));
    }
    compared
}

#[test]
fn who_guesses_from_one_address_delays_nobody_elsewhere() {
    let site = Site::new();
    site.world.set_password("aliya", PASSWORD);
    let mut attacker = site.stranger_at(CAMPUS);
    let compared = attack(&site, &mut attacker, "aliya", 150);
    assert!((6..=15).contains(&compared), "{compared} guesses were compared");
    assert_eq!(attacker.sign_in("aliya", PASSWORD).status, 429);
    assert_eq!(site.stranger_at(HOME).sign_in("aliya", PASSWORD).status, 303);
}

#[test]
fn a_browser_that_has_signed_in_before_is_not_delayed_by_others_at_the_same_address() {
    let site = Site::new();
    site.world.set_password("aliya", PASSWORD);
    let mut aliya = site.stranger_at(CAMPUS);
    assert_eq!(aliya.sign_in("aliya", PASSWORD).status, 303);
    aliya.get("/groups");
    assert_eq!(aliya.post("/sign-out", &[]).status, 303);
    attack(&site, &mut site.stranger_at(CAMPUS), "aliya", 20);
    assert_eq!(site.stranger_at(CAMPUS).sign_in("aliya", PASSWORD).status, 429);
    // A cookie that this site has not issued is worth nothing.
    let mut forger = site.stranger_at(CAMPUS);
    forger.cookies.insert("device".into(), "00".repeat(32));
    assert_eq!(forger.sign_in("aliya", PASSWORD).status, 429);
    assert_eq!(aliya.sign_in("aliya", PASSWORD).status, 303);
    // The cookie belongs to this browser and its people: for another account it is worth nothing.
    site.world.set_password("bolat", PASSWORD);
    attack(&site, &mut site.stranger_at(CAMPUS), "bolat", 20);
    let mut borrowed = site.stranger_at(CAMPUS);
    borrowed.cookies = aliya.cookies.clone();
    assert_eq!(borrowed.sign_in("bolat", PASSWORD).status, 429);
    // The browser's own wrong passwords delay it.
    attack(&site, &mut aliya, "aliya", 10);
    assert_eq!(aliya.sign_in("aliya", PASSWORD).status, 429);
    assert_eq!(site.stranger_at(HOME).sign_in("aliya", PASSWORD).status, 303);
}

#[test]
fn one_address_that_tries_many_accounts_has_to_wait_and_its_known_people_do_not() {
    let site = Site::new();
    for username in ["aliya", "bolat", "saule"] {
        site.world.set_password(username, PASSWORD);
    }
    assert_eq!(site.stranger_at(CAMPUS).sign_in("aliya", PASSWORD).status, 303);
    let mut spray = site.stranger_at(CAMPUS);
    let wrong = |spray: &mut Visitor, name: usize| spray.sign_in(&format!("name-{name}"), "Summer 2026").status;
    for name in 0..30 {
        assert_eq!(wrong(&mut spray, name), 401);
    }
    // Thirty wrong passwords behind one address keep nobody there out: neither who comes for the first time,
    assert_eq!(site.stranger_at(CAMPUS).sign_in("bolat", PASSWORD).status, 303);
    let misses = |misses: i64| {
        let at = site.world.clock.now();
        let key = format!("address:{CAMPUS}");
        site.world.app.write_now(move |work| Ok(store::throttles::set(work.tx, &key, misses, at)?)).unwrap();
    };
    misses(101);
    assert_eq!(wrong(&mut spray, 100), 429);
    assert_eq!(site.stranger_at(CAMPUS).sign_in("saule", PASSWORD).status, 429);
    // nor, after very many of them, who has signed in from this address before, in whatever browser.
    assert_eq!(site.stranger_at(CAMPUS).sign_in("aliya", PASSWORD).status, 303);
    assert_eq!(site.stranger_at(HOME).sign_in("saule", PASSWORD).status, 303);
}

#[test]
fn guesses_from_many_addresses_only_slow_the_owner() {
    let site = Site::new();
    site.world.set_password("aliya", PASSWORD);
    for address in 0..20 {
        let mut bot = site.stranger_at(&format!("10.2.0.{address}"));
        assert_eq!(bot.sign_in("aliya", "guess").status, 401);
    }
    let began = std::time::Instant::now();
    assert_eq!(site.stranger_at(HOME).sign_in("aliya", PASSWORD).status, 303);
    assert!(began.elapsed().as_millis() >= 1000, "an unknown place is slowed");
}

#[test]
fn a_clock_that_jumps_costs_nobody_more_than_five_minutes() {
    let site = Site::new();
    site.world.set_password("aliya", PASSWORD);
    for jump in [TimeDelta::hours(-6), TimeDelta::days(-400), TimeDelta::days(4000), TimeDelta::days(-4000)] {
        // Whoever has signed in rightly is not delayed at all.
        assert_eq!(site.stranger_at(HOME).sign_in("aliya", PASSWORD).status, 303);
        let mut guesser = site.stranger_at(CAMPUS);
        for _ in 0..12 {
            guesser.sign_in("aliya", "guess");
        }
        site.world.clock.pass(jump);
        assert_eq!(site.stranger_at(HOME).sign_in("aliya", PASSWORD).status, 303, "{jump}");
        guesser.sign_in("aliya", "guess");
        site.world.clock.pass(TimeDelta::minutes(5));
        assert_eq!(guesser.sign_in("aliya", PASSWORD).status, 303, "{jump}");
    }
}

#[test]
fn an_ipv4_address_is_the_same_however_it_is_written() {
    let site = Site::set(World::sqlite(), |settings| settings.trusted_proxies = vec!["127.0.0.1".parse().unwrap()]);
    site.world.set_password("aliya", PASSWORD);
    attack(&site, &mut site.stranger_at("::ffff:10.1.2.3"), "aliya", 10);
    assert_eq!(site.stranger_at("10.1.2.3").sign_in("aliya", PASSWORD).status, 429);
    assert_eq!(site.stranger_at("::ffff:10.1.2.4").sign_in("aliya", PASSWORD).status, 303);
    let behind = |proxy: &str, client: &str| {
        let mut visitor = site.stranger_at(proxy);
        visitor.forwarded_for = Some(client.into());
        visitor
    };
    // A proxy that connects to `[::]` is the trusted proxy, and the client that it reports counts.
    assert_eq!(behind("::ffff:127.0.0.1", "::ffff:10.1.2.3").sign_in("aliya", PASSWORD).status, 429);
    assert_eq!(behind("::ffff:127.0.0.1", "10.1.2.5").sign_in("aliya", PASSWORD).status, 303);
    // Whoever is not a trusted proxy cannot choose an address.
    assert_eq!(behind("10.1.2.3", "10.1.2.6").sign_in("aliya", PASSWORD).status, 429);
    // The addresses of one IPv6 network are one client.
    attack(&site, &mut site.stranger_at("2001:db8:1:2::1"), "aliya", 10);
    assert_eq!(site.stranger_at("2001:db8:1:2:ffff::9").sign_in("aliya", PASSWORD).status, 429);
    assert_eq!(site.stranger_at("2001:db8:1:3::1").sign_in("aliya", PASSWORD).status, 303);
}

#[test]
fn guesses_of_the_old_password_delay_this_session_and_not_the_sign_in() {
    let site = Site::new();
    site.world.set_password("aliya", PASSWORD);
    let (mut here, mut there) = (site.stranger_at(CAMPUS), site.stranger_at(CAMPUS));
    assert_eq!((here.sign_in("aliya", PASSWORD).status, there.sign_in("aliya", PASSWORD).status), (303, 303));
    let change = |visitor: &mut Visitor, old: &str| {
        visitor.get("/password");
        visitor.post("/password", &[("old", old), ("new", "seven green trams"), ("again", "seven green trams")]).status
    };
    assert_eq!((0..12).map(|_| change(&mut here, "guess")).last(), Some(429));
    assert_eq!(site.stranger_at(CAMPUS).sign_in("aliya", PASSWORD).status, 303);
    assert_eq!(change(&mut there, PASSWORD), 303);
}
