//! Who may do what, as a table that a lawyer can read: rows are people, columns are acts, for each kind of object.
#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use app::approve_choices::approve_choices;
use app::ask_reopen::ask_reopen;
use app::dossier::contents;
use app::failure::Failure;
use app::open_choice::{Asked, open_choice};
use app::orders::{issue_order, orders_of};
use app::outlook::Where;
use app::progress::{self, board};
use app::read_document::read_document;
use app::reopen_choices::reopen_choices;
use app::return_choices::return_choices;
use app::review_queue::review_queue;
use app::search_history::{self, search_history};
use app::view_choice::view_choice;
use domain::id::DocumentId;
use std::fmt::Write;
use testkit::World;
use testkit::sample::{PEOPLE, discipline, offering, org};

/// A class in review, one that is approved, and the head's own.
fn world() -> (World, DocumentId) {
    let world = World::sqlite();
    let document = world.upload("aliya", "ALG", "ALG programme");
    world.send("aliya", &["ALG-1"], ("moodle-essay", ""), document).unwrap();
    world.send("bolat", &["ALG-2"], ("moodle-essay", ""), document).unwrap();
    world.approve("head", &["ALG-2"]).unwrap();
    let own = world.upload("head", "PYT", "PYT programme");
    world.send("head", &["PYT-H"], ("moodle-test", ""), own).unwrap();
    (world, document)
}

fn mark<T>(done: Result<T, Failure>) -> &'static str {
    match done {
        Ok(_) => "yes",
        Err(failure) => failure.code(),
    }
}

type Act = fn(&World, &str, DocumentId) -> &'static str;

const ACTS: [(&str, Act); 15] = [
    ("see ALG-1", |world, who, _| mark(world.as_(who, |desk, actor| view_choice(desk, actor, offering("ALG-1"))))),
    ("choose ALG-1", |world, who, _| {
        let asked = Asked { offerings: vec![offering("ALG-1")], ..Asked::default() };
        mark(world.as_(who, move |desk, actor| open_choice(desk, actor, &asked)))
    }),
    ("choose vacancy PYT-V", |world, who, _| {
        let asked = Asked { offerings: vec![offering("PYT-V")], ..Asked::default() };
        mark(world.as_(who, move |desk, actor| open_choice(desk, actor, &asked)))
    }),
    ("approve ALG-1", |world, who, _| {
        let seen = world.seen(&["ALG-1"]);
        mark(tried(world, who, move |desk, actor| approve_choices(desk, actor, &seen)))
    }),
    ("return ALG-1", |world, who, _| {
        let seen = world.seen(&["ALG-1"]);
        mark(tried(world, who, move |desk, actor| return_choices(desk, actor, &seen, "why")))
    }),
    ("approve the head's PYT-H", |world, who, _| {
        let seen = world.seen(&["PYT-H"]);
        mark(tried(world, who, move |desk, actor| approve_choices(desk, actor, &seen)))
    }),
    ("reopen approved ALG-2", |world, who, _| {
        let seen = world.seen(&["ALG-2"]);
        mark(tried(world, who, move |desk, actor| reopen_choices(desk, actor, &seen, "why")))
    }),
    ("ask to reopen ALG-2", |world, who, _| {
        mark(tried(world, who, |desk, actor| ask_reopen(desk, actor, offering("ALG-2"), "why")))
    }),
    ("read the programme", |world, who, document| {
        mark(world.as_(who, move |desk, actor| read_document(desk, actor, document)))
    }),
    ("add to the dossier", |world, who, _| {
        mark(world.as_(who, |desk, actor| contents(desk, actor, discipline("ALG"))))
    }),
    ("open the review queue", |world, who, _| mark(world.as_(who, review_queue))),
    ("open the progress board", |world, who, _| {
        mark(world.as_(who, |desk, actor| board(desk, actor, &progress::Asked::default())))
    }),
    ("read the order of CS", |world, who, _| {
        let place = Where { term: None, org: Some(org("CS")) };
        mark(world.as_(who, move |desk, actor| orders_of(desk, actor, &place)))
    }),
    ("issue the order of CS", |world, who, _| {
        let place = Where { term: None, org: Some(org("CS")) };
        let asked = place.clone();
        let draft = world.as_("registrar", move |desk, actor| orders_of(desk, actor, &asked)).unwrap().draft;
        let seen = draft.fingerprint;
        mark(tried(world, who, move |desk, actor| issue_order(desk, actor, (&place, seen))))
    }),
    ("search the history", |world, who, _| {
        mark(world.as_(who, |desk, actor| search_history(desk, actor, &search_history::Asked::default())))
    }),
];

/// Does it, and takes it back, so that the next person finds the same world.
fn tried(
    world: &World,
    who: &str,
    mut work: impl FnMut(&mut app::desk::Desk<'_, '_>, &domain::person::Actor) -> Result<(), Failure> + Send + 'static,
) -> Result<(), Failure> {
    const TAKEN_BACK: &str = "taken back";
    let done = world.as_(who, move |desk, actor| {
        work(desk, actor)?;
        Err::<(), _>(Failure::Broken(TAKEN_BACK.to_owned()))
    });
    match done {
        Err(Failure::Broken(why)) if why == TAKEN_BACK => Ok(()),
        other => other,
    }
}

#[test]
fn who_may_do_what() {
    let (world, document) = world();
    let mut table = String::new();
    for (name, act) in ACTS {
        writeln!(table, "{name}").unwrap();
        for (who, role, unit) in PEOPLE {
            writeln!(table, "    {who:<12}{:<16}{unit:<8}{}", role.code(), act(&world, who, document)).unwrap();
        }
    }
    insta::assert_snapshot!(table);
}
