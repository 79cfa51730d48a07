//! Tests that guessing passwords is slow, even with many simultaneous attempts, that the counters of failed sign-ins
//! decrease with time, and that no account is locked forever.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "tests")]

use app::access::sign_in::{NotSignedIn, PasswordSignIn};
use chrono::TimeDelta;
use testkit::both;
use tokio::runtime::Runtime;

fn wait(done: Result<app::access::sign_in::NewSession, NotSignedIn>) -> i64 {
    match done {
        Ok(_) => panic!("signed in with a wrong password"),
        Err(NotSignedIn::Wrong) => 0,
        Err(NotSignedIn::Wait { seconds }) => seconds,
        Err(NotSignedIn::Failed(failure)) => panic!("{failure}"),
    }
}

both! {
    fn many_guesses_at_once_count_as_many(world) {
        world.set_password("aliya", "correct horse");
        let (runtime, keeper) = (Runtime::new().unwrap(), PasswordSignIn::new().unwrap());
        let hashed = runtime.block_on(async {
            let guesses = (0..20).map(|guess| {
                let (app, keeper) = (world.app.clone(), keeper.clone());
                let address = format!("10.0.0.{guess}");
                tokio::spawn(async move { keeper.sign_in(&app, "aliya", "guess", &address).await })
            });
            let mut hashed = 0;
            for guess in guesses.collect::<Vec<_>>() {
                hashed += i64::from(wait(guess.await.unwrap()) == 0);
            }
            hashed
        });
        assert_eq!(hashed, 6, "five are free, the sixth begins the waiting");
    }

    fn waiting_grows_ends_and_is_forgiven(world) {
        world.set_password("aliya", "correct horse");
        let (runtime, keeper) = (Runtime::new().unwrap(), PasswordSignIn::new().unwrap());
        let enter = |password| runtime.block_on(keeper.sign_in(&world.app, "aliya", password, "10.0.0.1"));
        (0..6).for_each(|_| assert_eq!(wait(enter("guess")), 0));
        let first = wait(enter("guess"));
        world.clock.pass(TimeDelta::seconds(first));
        assert_eq!(wait(enter("guess")), 0);
        assert!(wait(enter("guess")) > first, "the next wait is longer");
        world.clock.pass(TimeDelta::minutes(5));
        assert!(enter("correct horse").is_ok(), "never longer than five minutes");
        assert_eq!(wait(enter("guess")), 0, "a success clears the account");
    }
}
