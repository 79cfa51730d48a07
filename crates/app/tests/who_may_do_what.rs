//! The permissions as a table for reading: rows are people, columns are acts, one table for each kind of object.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

use app::catalogue::catalogue_drafts::{begin_draft, discard_draft};
use app::catalogue::catalogue_dry_run::run_dry;
use app::catalogue::catalogue_versions::overview;
use app::catalogue::publish_catalogue::{PublishRequest, publish_catalogue};
use app::choosing::ask_reopen::ask_reopen;
use app::choosing::open_choice::{ChoiceFormQuery, open_choice};
use app::choosing::view_choice::view_choice;
use app::failure::Failure;
use app::history::search_history;
use app::history::search_history::search_history;
use app::notifications::remind::remind;
use app::programmes::dossier::contents;
use app::programmes::read_document::read_document;
use app::reports::orders::{issue_order, orders_of};
use app::reports::progress::{self, board};
use app::reports::report_scope::ScopeQuery;
use app::reports::saved_filters::save_filter;
use app::reviewing::approve_choices::approve_choices;
use app::reviewing::reopen_choices::reopen_choices;
use app::reviewing::return_choices::return_choices;
use app::reviewing::review_queue::review_queue;
use app::staff::accounts::{set_account_enabled, set_one_time_password};
use app::staff::appointments::{AppointmentDates, NewAppointment, appoint_person, end_appointment};
use app::staff::gaps::see_gaps;
use app::staff::people::{PeopleSearch, find_people, view_person};
use app::term::exceptions;
use app::term::exceptions::{ExceptionTarget, exceptions, set_form_exception};
use app::term::extension_requests::{ask_for_extension, decline_requests, endorse_requests, grant_requests};
use domain::catalogue::RowId;
use domain::id::{AppointmentId, DocumentId, ExtensionRequestId, TermId};
use domain::password::OneTimeHours;
use domain::person::Role;
use std::collections::BTreeMap;
use std::fmt::Write;
use testkit::sample::{PEOPLE, discipline, offering, org, person};
use testkit::{Exam, World};

/// Creates a class with a choice in review, a class with an approved choice, and a class that the head teaches.
fn world() -> (World, DocumentId) {
    let world = World::sqlite();
    let document = world.upload("aliya", "ALG", "ALG programme");
    world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
    world.send("bolat", &["ALG-2"], Exam::row("moodle-essay"), document).unwrap();
    world.approve("head", &["ALG-2"]).unwrap();
    let own = world.upload("head", "PYT", "PYT programme");
    world.send("head", &["PYT-H"], Exam::row("moodle-test"), own).unwrap();
    (world, document)
}

fn mark<T>(done: Result<T, Failure>) -> &'static str {
    match done {
        Ok(_) => "yes",
        Err(failure) => failure.code(),
    }
}

/// The request of aliya to extend the deadline of ALG-1, which waits for an answer. The time for choosing is over then.
fn waiting_request(world: &World) -> ExtensionRequestId {
    let waiting = |world: &World| world.app.read_now(|work| Ok(store::extension_requests::waiting(work.tx)?)).unwrap();
    if waiting(world).is_empty() {
        world.clock.set("2026-10-02 12:00");
        world.as_("aliya", |work, actor| ask_for_extension(work, actor, &[offering("ALG-1")], "why")).unwrap();
    }
    waiting(world)[0].id
}

type Act = fn(&World, &str, DocumentId) -> &'static str;

const ACTS: &[(&str, Act)] = &[
    ("see ALG-1", |world, who, _| mark(world.as_(who, |work, actor| view_choice(work, actor, offering("ALG-1"))))),
    ("choose ALG-1", |world, who, _| {
        let asked = ChoiceFormQuery { offerings: vec![offering("ALG-1")], ..ChoiceFormQuery::default() };
        mark(world.as_(who, move |work, actor| open_choice(work, actor, &asked)))
    }),
    ("choose vacancy PYT-V", |world, who, _| {
        let asked = ChoiceFormQuery { offerings: vec![offering("PYT-V")], ..ChoiceFormQuery::default() };
        mark(world.as_(who, move |work, actor| open_choice(work, actor, &asked)))
    }),
    ("approve ALG-1", |world, who, _| {
        let seen = world.seen(&["ALG-1"]);
        let intact = world.intact(&seen);
        mark(tried(world, who, move |work, actor| approve_choices(work, actor, &seen, &intact)))
    }),
    ("return ALG-1", |world, who, _| {
        let seen = world.seen(&["ALG-1"]);
        mark(tried(world, who, move |work, actor| return_choices(work, actor, &seen, "why")))
    }),
    ("approve the head's PYT-H", |world, who, _| {
        let seen = world.seen(&["PYT-H"]);
        let intact = world.intact(&seen);
        mark(tried(world, who, move |work, actor| approve_choices(work, actor, &seen, &intact)))
    }),
    ("reopen approved ALG-2", |world, who, _| {
        let seen = world.seen(&["ALG-2"]);
        mark(tried(world, who, move |work, actor| reopen_choices(work, actor, &seen, "why")))
    }),
    ("ask to reopen ALG-2", |world, who, _| {
        mark(tried(world, who, |work, actor| ask_reopen(work, actor, offering("ALG-2"), "why")))
    }),
    ("read the programme", |world, who, document| {
        mark(world.as_(who, move |work, actor| read_document(work, actor, document)))
    }),
    ("add to the dossier", |world, who, _| {
        mark(world.as_(who, |work, actor| contents(work, actor, discipline("ALG"))))
    }),
    ("open the review queue", |world, who, _| mark(world.as_(who, review_queue))),
    ("bring in a roster", |world, who, _| mark(world.as_(who, app::roster::imports::list_imports))),
    ("open the progress board", |world, who, _| {
        mark(world.as_(who, |work, actor| board(work, actor, &progress::ProgressQuery::default())))
    }),
    ("keep a view of the board of CS", |world, who, _| {
        let place = ScopeQuery { term: None, org: Some(org("CS")) };
        mark(tried(world, who, move |work, actor| save_filter(work, actor, &place, "CS", |_| "state=returned".into())))
    }),
    ("find people", |world, who, _| {
        mark(world.as_(who, |work, actor| find_people(work, actor, &PeopleSearch::default())))
    }),
    ("see aliya of the department", |world, who, _| {
        mark(world.as_(who, |work, actor| view_person(work, actor, person("aliya"))))
    }),
    ("see saule of another department", |world, who, _| {
        mark(world.as_(who, |work, actor| view_person(work, actor, person("saule"))))
    }),
    ("appoint an acting head of CS", |world, who, _| appointing(world, who, (Role::ActingHead, "CS"))),
    ("appoint a head of CS", |world, who, _| appointing(world, who, (Role::Head, "CS"))),
    ("appoint an administrator", |world, who, _| appointing(world, who, (Role::Administrator, "UNI"))),
    ("end the dean's appointment", |world, who, _| {
        let id = AppointmentId::of(&["dean", "dean", "FIT"]);
        mark(tried(world, who, move |work, actor| end_appointment(work, actor, id).map(drop)))
    }),
    ("shut aliya out", |world, who, _| {
        mark(tried(world, who, |work, actor| set_account_enabled(work, actor, person("aliya"), false)))
    }),
    ("give the administrator a password", |world, who, _| {
        mark(tried(world, who, |work, actor| {
            set_one_time_password(work, actor, person("admin"), "x", OneTimeHours::default()).map(drop)
        }))
    }),
    ("see days without an approver", |world, who, _| mark(world.as_(who, see_gaps))),
    ("see special cases", |world, who, _| mark(world.as_(who, |work, actor| exceptions(work, actor, None)))),
    ("set a form centrally", |world, who, _| {
        let (scope, row) = (ExceptionTarget::Code("ALG".into(), None), RowId("univer-test".into()));
        let wanted = exceptions::NewFormException { scope, row, info: String::new(), reason: "why".into() };
        mark(tried(world, who, move |work, actor| set_form_exception(work, actor, &wanted).map(drop)))
    }),
    ("remind the faculty of FIT", |world, who, _| {
        mark(tried(world, who, |work, actor| remind(work, actor, Some(org("FIT"))).map(drop)))
    }),
    ("remind the whole university", |world, who, _| {
        mark(tried(world, who, |work, actor| remind(work, actor, Some(org("UNI"))).map(drop)))
    }),
    ("look at the versions of the rules", |world, who, _| mark(world.as_(who, overview))),
    ("begin a draft of the rules", |world, who, _| {
        mark(tried(world, who, |work, actor| begin_draft(work, actor, 1).map(drop)))
    }),
    ("publish a draft of the rules", |world, who, _| {
        let draft = world.as_("registrar", |work, actor| begin_draft(work, actor, 1)).unwrap();
        let terms = vec![TermId::of(&["autumn"])];
        let asked = terms.clone();
        let seen = world.as_("registrar", move |work, actor| run_dry(work, actor, draft, Some(&asked))).unwrap().seen;
        let what = PublishRequest { draft, terms, seen, remedies: BTreeMap::new(), reason: String::new() };
        let done = mark(tried(world, who, move |work, actor| publish_catalogue(work, actor, &what).map(drop)));
        world.as_("registrar", move |work, actor| discard_draft(work, actor, draft)).unwrap();
        done
    }),
    ("read the order of CS", |world, who, _| {
        let place = ScopeQuery { term: None, org: Some(org("CS")) };
        mark(world.as_(who, move |work, actor| orders_of(work, actor, &place)))
    }),
    ("issue the order of CS", |world, who, _| {
        let place = ScopeQuery { term: None, org: Some(org("CS")) };
        let asked = place.clone();
        let draft = world.as_("registrar", move |work, actor| orders_of(work, actor, &asked)).unwrap().draft;
        let seen = draft.fingerprint;
        mark(tried(world, who, move |work, actor| issue_order(work, actor, &place, seen)))
    }),
    ("search the history", |world, who, _| {
        mark(world.as_(who, |work, actor| search_history(work, actor, &search_history::HistoryQuery::default())))
    }),
    ("endorse aliya's request for ALG-1", |world, who, _| {
        let id = waiting_request(world);
        mark(tried(world, who, move |work, actor| endorse_requests(work, actor, &[id])))
    }),
    ("grant aliya's request for ALG-1", |world, who, _| {
        let (id, until) = (waiting_request(world), "2026-10-20".parse().ok());
        mark(tried(world, who, move |work, actor| grant_requests(work, actor, &[id], until)))
    }),
    ("decline aliya's request for ALG-1", |world, who, _| {
        let id = waiting_request(world);
        mark(tried(world, who, move |work, actor| decline_requests(work, actor, &[id], "why")))
    }),
];

fn appointing(world: &World, who: &str, (role, unit): (Role, &'static str)) -> &'static str {
    let (from, until) = ("2026-10-01".parse().ok(), "2026-10-02".parse().ok());
    let dates = AppointmentDates { from, until, order: "№ 1".into() };
    let new = NewAppointment { role: Some(role), org: Some(org(unit)), dates };
    mark(tried(world, who, move |work, actor| appoint_person(work, actor, person("aliya"), &new)))
}

/// Performs an act and undoes it, so that the next person finds the same state.
fn tried(
    world: &World,
    who: &str,
    mut task: impl FnMut(&mut app::unit_of_work::UnitOfWork<'_, '_>, &domain::person::Actor) -> Result<(), Failure>
    + Send
    + 'static,
) -> Result<(), Failure> {
    const TAKEN_BACK: &str = "taken back";
    let done = world.as_(who, move |work, actor| {
        task(work, actor)?;
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
    for &(name, act) in ACTS {
        writeln!(table, "{name}").unwrap();
        for (who, role, unit) in PEOPLE {
            writeln!(table, "    {who:<12}{:<16}{unit:<8}{}", role.code(), act(&world, who, document)).unwrap();
        }
    }
    insta::assert_snapshot!(table);
}
