//! Requests to extend the deadline, on both database engines: who asks, endorses and answers, and who is told.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

use app::choosing::late_offerings::late_offerings;
use app::choosing::view_choice::view_choice;
use app::failure::Failure;
use app::history::verify_history::verify_history;
use app::history::verify_records::{begin_hashes, verify_records};
use app::notifications::inbox::inbox;
use app::staff::accounts::set_account_enabled;
use app::term::extension_requests::{ask_for_extension, decline_requests, endorse_requests, grant_requests};
use app::term::list_extension_requests::{ExtensionRequests, extension_requests, waiting_requests};
use domain::id::ExtensionRequestId;
use testkit::sample::{offering, person};
use testkit::{Exam, World, both};

fn code<T>(done: Result<T, Failure>) -> &'static str {
    match done {
        Ok(_) => "done",
        Err(failure) => failure.code(),
    }
}

fn ask(world: &World, who: &str, classes: &[&str]) -> &'static str {
    let ids: Vec<_> = classes.iter().map(|class| offering(class)).collect();
    code(world.as_(who, move |work, actor| ask_for_extension(work, actor, &ids, "Ауырып қалдым")))
}

fn listed(world: &World, who: &str) -> ExtensionRequests {
    world.as_(who, extension_requests).unwrap()
}

/// The groups for which a person can ask for an extension.
fn late(world: &World, who: &str) -> Vec<String> {
    world.as_(who, late_offerings).unwrap().into_iter().map(|offering| offering.group).collect()
}

fn waiting(world: &World) -> Vec<ExtensionRequestId> {
    listed(world, "registrar").waiting.iter().map(|view| view.request.id).collect()
}

fn endorse(world: &World, who: &str) -> &'static str {
    let ids = waiting(world);
    code(world.as_(who, move |work, actor| endorse_requests(work, actor, &ids)))
}

fn grant(world: &World, who: &str, until: &str) -> &'static str {
    let (ids, until) = (waiting(world), until.parse().ok());
    code(world.as_(who, move |work, actor| grant_requests(work, actor, &ids, until)))
}

/// The kinds of a person's notifications, newest first, each with the number of its offerings.
fn told(world: &World, who: &str) -> Vec<(&'static str, i64)> {
    let inbox = world.as_(who, |work, actor| inbox(work, actor, 0)).unwrap();
    inbox.groups.iter().map(|group| (group.notification.kind.code(), group.notification.about.total)).collect()
}

both! {
    fn the_instructor_asks_the_head_endorses_the_registrar_grants(world) {
        world.clock.set("2026-10-01 12:00");
        assert_eq!(ask(&world, "aliya", &["ALG-1"]), "deadline-not-over");
        assert!(late(&world, "aliya").is_empty());
        world.clock.set("2026-10-02 12:00");
        assert!(late(&world, "aliya").contains(&"ALG-1".to_owned()));
        assert_eq!(ask(&world, "aliya", &[]), "nothing-ticked");
        assert_eq!(ask(&world, "bolat", &["ALG-1"]), "not-found");
        assert_eq!(ask(&world, "aliya", &["ALG-2"]), "not-responsible");
        assert_eq!(ask(&world, "aliya", &["ALG-1", "PYT-1"]), "done");
        assert_eq!(ask(&world, "aliya", &["PYT-1", "PYT-2"]), "request-asked");
        assert!(!late(&world, "aliya").contains(&"ALG-1".to_owned()));

        // The head is told, and the registrar only of what the head has endorsed.
        assert_eq!(told(&world, "head")[0], ("extension-asked", 2));
        assert!(told(&world, "registrar").is_empty());
        assert_eq!(world.as_("head", waiting_requests).unwrap(), 2);
        assert_eq!(world.as_("mathhead", waiting_requests).unwrap(), 0);
        world.clock.set("2026-10-02 13:00");
        assert_eq!(endorse(&world, "head"), "done");
        assert_eq!(world.as_("head", waiting_requests).unwrap(), 0);
        assert_eq!(told(&world, "registrar")[0], ("extension-endorsed", 2));
        assert_eq!(endorse(&world, "head"), "request-endorsed");

        assert_eq!(grant(&world, "registrar", ""), "day-missing");
        assert_eq!(grant(&world, "registrar", "2026-10-01"), "day-missing");
        assert_eq!(grant(&world, "head", "2026-10-20"), "role-missing");
        world.clock.set("2026-10-02 14:00");
        assert_eq!(grant(&world, "registrar", "2026-10-20"), "done");
        assert_eq!(told(&world, "aliya")[0], ("deadline-extended", 2));
        world.clock.set("2026-10-20 23:00");
        let document = world.upload("aliya", "ALG", "ALG programme");
        assert_eq!(code(world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document)), "done");
        let document = world.upload("aliya", "PYT", "PYT programme");
        assert_eq!(code(world.send("aliya", &["PYT-2"], Exam::row("moodle-essay"), document)), "window-over");
        let own = listed(&world, "aliya").own;
        assert!(own.len() == 2 && own.iter().all(|view| view.answered_by.is_some() && view.endorsed_by.is_some()));
        let history = world.as_("aliya", |work, actor| view_choice(work, actor, offering("PYT-1"))).unwrap().history;
        let acts: Vec<&str> = history.iter().map(|event| event.act.as_str()).collect();
        assert_eq!(acts, ["extension-granted", "extension-endorsed", "extension-asked"]);
        assert!(world.app.read_now(verify_history).unwrap().is_ok());
    }

    fn a_declined_request_says_why_and_can_be_made_again(world) {
        world.clock.set("2026-10-02 12:00");
        assert_eq!(ask(&world, "aliya", &["ALG-1"]), "done");
        let ids = waiting(&world);
        let decline = |who: &str, reason: &'static str| {
            let ids = ids.clone();
            code(world.as_(who, move |work, actor| decline_requests(work, actor, &ids, reason)))
        };
        assert_eq!(decline("registrar", "  "), "reason-missing");
        assert_eq!(decline("head", "Кеш"), "role-missing");
        assert_eq!(decline("registrar", "Кеш"), "done");
        assert_eq!(decline("registrar", "Кеш"), "request-answered");
        assert_eq!(told(&world, "aliya")[0], ("extension-declined", 1));
        assert_eq!(listed(&world, "aliya").own[0].request.answer.as_ref().unwrap().reason, "Кеш");
        world.clock.set("2026-10-03 12:00");
        assert_eq!(ask(&world, "aliya", &["ALG-1"]), "done");
        // A head who is away does not stop the registrar.
        assert_eq!(grant(&world, "registrar", "2026-10-05"), "done");
    }

    fn heads_do_not_endorse_their_own_requests(world) {
        world.clock.set("2026-10-02 12:00");
        assert_eq!(ask(&world, "head", &["PYT-H"]), "done");
        assert_eq!(told(&world, "acting")[0], ("extension-asked", 1));
        assert!(told(&world, "head").is_empty());
        assert_eq!(endorse(&world, "head"), "own-choice");
        assert_eq!(endorse(&world, "aliya"), "not-found");
        assert_eq!(endorse(&world, "acting"), "done");
        // For a group without an instructor a head chooses, so another head endorses.
        world.clock.set("2026-10-02 13:00");
        assert_eq!(ask(&world, "acting", &["PYT-V"]), "done");
        assert_eq!((told(&world, "head")[0].0, world.as_("acting", waiting_requests).unwrap()), ("extension-asked", 0));
        let vacancy = vec![waiting(&world)[1]];
        let done = |who| code(world.as_(who, { let ids = vacancy.clone(); move |work, actor| endorse_requests(work, actor, &ids) }));
        assert_eq!((done("acting"), done("head")), ("own-choice", "done"));
    }

    fn a_request_that_nobody_can_endorse_goes_to_the_registrar(world) {
        world.clock.set("2026-10-02 12:00");
        for who in ["mathhead", "dean"] {
            world.as_("admin", move |work, actor| set_account_enabled(work, actor, person(who), false)).unwrap();
        }
        assert_eq!(ask(&world, "saule", &["MAT-1"]), "done");
        assert_eq!(told(&world, "registrar")[0], ("extension-endorsed", 1));
    }

    fn records_of_requests_that_were_changed_past_the_program_are_found(world) {
        world.app.write_now(begin_hashes).unwrap();
        world.clock.set("2026-10-02 12:00");
        assert_eq!(ask(&world, "aliya", &["ALG-1"]), "done");
        assert!(world.app.read_now(verify_records).unwrap().faults.is_empty());
        let set_reason = |reason: &'static str| {
            world.app.store.write_now(move |tx| tx.change("UPDATE extension_requests SET reason = $1", &[&reason])).unwrap();
        };
        set_reason("Ұйықтап қалдым");
        assert_eq!(world.app.read_now(verify_records).unwrap().faults.len(), 1);
        set_reason("Ауырып қалдым");
        assert!(world.app.read_now(verify_records).unwrap().faults.is_empty());
    }
}
