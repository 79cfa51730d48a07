//! Tests that guessing passwords is slow, even with many simultaneous attempts, that the counters of failed sign-ins
//! decrease with time, that no account is locked forever, and that a one-time password opens once.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "tests")]

use app::access::session::tidy;
use app::access::sign_in::{Client, Credentials, NewSession, NotSignedIn, PasswordSignIn};
use app::app::App;
use app::staff::accounts::set_one_time_password;
use chrono::TimeDelta;
use domain::digest::Digest;
use domain::limits::{KNOWN_PLACE_DAYS, SIGN_IN_ADDRESS_CREDIT};
use domain::password::OneTimeHours;
use store::{known_places, throttles};
use testkit::sample::person;
use testkit::{World, both};
use tokio::runtime::Runtime;

const PASSWORD: &str = "correct horse";

fn at(address: &str) -> Client {
    Client { address: address.into(), ..Client::default() }
}

/// The seconds that somebody has to wait who typed a wrong password.
fn wait(done: Result<NewSession, NotSignedIn>) -> i64 {
    match done {
        Ok(_) => panic!("signed in with a wrong password"),
        Err(NotSignedIn::Wrong { .. } | NotSignedIn::OneTimePasswordOver { .. }) => 0,
        Err(NotSignedIn::Wait { seconds }) => seconds,
        Err(NotSignedIn::Failed(failure)) => panic!("{failure}"),
    }
}

/// Signs in many times at once and returns the answers.
fn at_once(
    app: &App,
    keeper: &PasswordSignIn,
    times: usize,
    password: &'static str,
) -> Vec<Result<NewSession, NotSignedIn>> {
    Runtime::new().unwrap().block_on(async {
        let attempts = (0..times).map(|_| {
            let (app, keeper) = (app.clone(), keeper.clone());
            let typed = Credentials { username: "aliya", password };
            tokio::spawn(async move { keeper.sign_in(&app, typed, &at("10.0.0.1")).await })
        });
        let mut answers = Vec::new();
        for attempt in attempts.collect::<Vec<_>>() {
            answers.push(attempt.await.unwrap());
        }
        answers
    })
}

fn misses(world: &World, key: &str) -> Option<i64> {
    let key = key.to_owned();
    let found = world.app.read_now(move |work| Ok(throttles::find(work.tx, &key)?));
    found.unwrap().map(|counter| counter.misses)
}

both! {
    fn many_guesses_at_once_count_as_many(world) {
        world.set_password("aliya", PASSWORD);
        let keeper = PasswordSignIn::new().unwrap();
        let answers = at_once(&world.app, &keeper, 20, "guess");
        let compared = answers.into_iter().filter(|answer| matches!(answer, Err(NotSignedIn::Wrong { .. }))).count();
        assert_eq!(compared, 6, "five are free, the sixth begins the waiting");
    }

    fn waiting_grows_ends_and_is_forgiven(world) {
        world.set_password("aliya", PASSWORD);
        let (runtime, keeper) = (Runtime::new().unwrap(), PasswordSignIn::new().unwrap());
        let typed = |password| Credentials { username: "aliya", password };
        let enter = |password| runtime.block_on(keeper.sign_in(&world.app, typed(password), &at("10.0.0.1")));
        (0..6).for_each(|_| assert_eq!(wait(enter("guess")), 0));
        let first = wait(enter("guess"));
        world.clock.pass(TimeDelta::milliseconds(first * 1000 - 1));
        assert_eq!(wait(enter("guess")), 1, "a part of a second is a second");
        world.clock.pass(TimeDelta::milliseconds(1));
        assert_eq!(wait(enter("guess")), 0);
        assert!(wait(enter("guess")) > first, "the next wait is longer");
        world.clock.pass(TimeDelta::minutes(5));
        assert!(enter(PASSWORD).is_ok(), "never longer than five minutes");
        assert_eq!(wait(enter("guess")), 0, "a success clears the counter of the place");
    }

    fn the_first_sign_in_from_an_address_makes_up_for_others_and_only_the_first(world) {
        world.set_password("aliya", PASSWORD);
        let (runtime, keeper) = (Runtime::new().unwrap(), PasswordSignIn::new().unwrap());
        let enter = |username, password| {
            runtime.block_on(keeper.sign_in(&world.app, Credentials { username, password }, &at("10.0.0.1")))
        };
        for name in ["a", "b", "c"].into_iter().cycle().take(12) {
            assert_eq!(wait(enter(name, "guess")), 0);
        }
        assert_eq!(misses(&world, "address:10.0.0.1"), Some(12));
        for _ in 0..3 {
            assert!(enter("aliya", PASSWORD).is_ok());
            assert_eq!(misses(&world, "address:10.0.0.1"), Some(12 - SIGN_IN_ADDRESS_CREDIT));
        }
        // The counter of an account has the hash of its username, because some people type their password there.
        let account = Digest::of_parts([b"throttle".as_slice(), b"aliya"]);
        assert_eq!(misses(&world, &format!("account:{account}")), Some(0));
    }

    fn places_are_forgotten_after_half_a_year(world) {
        world.set_password("aliya", PASSWORD);
        let (runtime, keeper) = (Runtime::new().unwrap(), PasswordSignIn::new().unwrap());
        let typed = Credentials { username: "aliya", password: PASSWORD };
        assert!(runtime.block_on(keeper.sign_in(&world.app, typed, &at("10.0.0.1"))).is_ok());
        let is_known = || {
            world.app.write_now(|work| {
                tidy(work)?;
                Ok(known_places::is_known(work.tx, "address:10.0.0.1", "aliya")?)
            })
        };
        world.clock.pass(TimeDelta::days(KNOWN_PLACE_DAYS));
        assert!(is_known().unwrap());
        world.clock.pass(TimeDelta::milliseconds(1));
        assert!(!is_known().unwrap());
    }

    fn a_one_time_password_opens_once_even_at_once(world) {
        let keeper = PasswordSignIn::new().unwrap();
        let hash = app::access::password_hash::hash_password("abcd-efgh-jkmn").unwrap();
        world
            .as_("registrar", move |work, actor| {
                set_one_time_password(work, actor, person("aliya"), &hash, OneTimeHours::default())
            })
            .unwrap();
        let answers = at_once(&world.app, &keeper, 5, "abcd-efgh-jkmn");
        let over = answers.iter().filter(|answer| matches!(answer, Err(NotSignedIn::OneTimePasswordOver { .. }))).count();
        assert_eq!((answers.iter().filter(|answer| answer.is_ok()).count(), over), (1, 4));
    }
}
