//! Scenarios with the registrar's terms (semesters), on both database engines: windows, deadline extensions, closing,
//! uniformity.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]

use app::app::App;
use app::choosing::my_offerings::my_offerings;
use app::failure::{Failure, Refusal};
use app::history::verify_history::verify_history;
use app::reviewing::return_choices::return_choices;
use app::reviewing::review_queue::review_queue;
use app::roster::import_roster::{ImportOptions, import_roster};
use app::term::deadline_extensions::{
    NewDeadlineExtension, deadline_extensions_of, end_deadline_extension, extend_deadline,
};
use app::term::terms::{close_term, list_terms, save_term};
use chrono::{FixedOffset, NaiveDate};
use domain::id::{DocumentId, TermId};
use domain::review::Warning;
use domain::term::{ExtensionScope, Term, TermError, Uniformity};
use testkit::sample::{self, offering, org};
use testkit::{Exam, World, both};

fn code<T>(done: Result<T, Failure>) -> &'static str {
    match done {
        Ok(_) => "done",
        Err(failure) => failure.code(),
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn autumn() -> TermId {
    TermId::of(&["autumn"])
}

fn term(world: &World) -> Term {
    let all = world.as_("registrar", list_terms).unwrap().all;
    all.into_iter().find(|term| term.id == autumn()).unwrap()
}

fn save(world: &World, who: &str, term: &Term, is_new: bool) -> Result<(), Failure> {
    let term = term.clone();
    world.as_(who, move |work, actor| save_term(work, actor, &term, is_new))
}

fn open(world: &World, who: &str, scope: ExtensionScope, until: &str) -> Result<(), Failure> {
    let until = until.parse().ok();
    world.as_(who, move |work, actor| {
        extend_deadline(work, actor, NewDeadlineExtension { term: autumn(), scope, until, reason: "Ауырып қалды" })
    })
}

fn send(world: &World, class: &str, document: DocumentId) -> &'static str {
    code(world.send("aliya", &[class], Exam::row("moodle-essay"), document))
}

both! {
    fn beyond_the_window_only_what_the_registrar_opened_changes_and_only_until_its_day(world) {
        let document = world.upload("aliya", "ALG", "ALG programme");
        let python = world.upload("aliya", "PYT", "PYT programme");
        world.clock.set("2026-10-20 09:00");
        assert_eq!(send(&world, "ALG-1", document), "window-over");
        open(&world, "registrar", ExtensionScope::Offering(offering("ALG-1")), "2026-10-22").unwrap();
        let mine = world.as_("aliya", |work, actor| my_offerings(work, actor, None)).unwrap();
        let open_now: Vec<_> = mine.lines().filter(|line| line.is_open()).map(|line| line.offering.group.as_str()).collect();
        assert_eq!(open_now, ["ALG-1"]);
        assert_eq!(send(&world, "ALG-1", document), "done");
        assert_eq!(send(&world, "PYT-1", python), "window-over");
        // The head decides on the offering with a deadline extension, although deciding is over for the others.
        assert!(world.as_("head", review_queue).unwrap().window.is_ok());
        let seen = world.seen(&["ALG-1"]);
        world.as_("head", move |work, actor| return_choices(work, actor, &seen, "Қайта")).unwrap();
        world.clock.set("2026-10-22 23:59");
        assert_eq!(send(&world, "ALG-1", document), "done");
        world.clock.set("2026-10-23 00:01");
        assert_eq!(code(world.approve("head", &["ALG-1"])), "window-over");
        // Extends the deadline of a whole department, and ends the extension early.
        open(&world, "registrar", ExtensionScope::Department(org("CS")), "2026-11-01").unwrap();
        assert_eq!(code(world.approve("head", &["ALG-1"])), "done");
        assert_eq!(send(&world, "PYT-1", python), "done");
        let opened = world.as_("registrar", |work, actor| deadline_extensions_of(work, actor, autumn())).unwrap();
        assert_eq!((opened.len(), opened[0].holds, opened[1].holds), (2, true, false));
        assert_eq!(opened[1].group.as_deref(), Some("ALG-1"));
        let id = opened[0].deadline_extension.id;
        world.as_("registrar", move |work, actor| end_deadline_extension(work, actor, autumn(), id)).unwrap();
        assert_eq!(send(&world, "PYT-2", python), "window-over");
        assert!(world.app.read_now(verify_history).unwrap().is_ok());
    }

    fn a_day_ends_when_it_ends_at_the_university(world) {
        // Choosing ends on 1 October in the university's time zone: 01:00 on 2 October there is 20:00 on 1 October in
        // UTC.
        world.clock.set("2026-10-02 01:00");
        let aliya = world.actor("aliya");
        let elsewhere = world.app.at(world.clock.ask().in_zone(FixedOffset::east_opt(0).unwrap()));
        let open = |app: &App| {
            let aliya = aliya.clone();
            app.read_now(move |work| my_offerings(work, &aliya, None)).unwrap().lines().filter(|line| line.is_open()).count()
        };
        assert_eq!((open(&world.app), open(&elsewhere)), (0, 3));
    }

    fn only_the_registrar_opens_and_says_until_when_and_why(world) {
        let scope = ExtensionScope::Department(org("CS"));
        for who in ["aliya", "head", "dean", "office", "admin", "auditor", "student"] {
            assert_eq!(code(open(&world, who, scope, "2026-10-22")), "role-missing", "{who}");
            assert_eq!(code(world.as_(who, list_terms)), "role-missing", "{who}");
            assert_eq!(code(save(&world, who, &term(&world), false)), "role-missing", "{who}");
        }
        assert_eq!(code(open(&world, "registrar", scope, "2026-09-14")), "day-missing");
        assert_eq!(code(open(&world, "registrar", scope, "soon")), "day-missing");
        let silent = world.as_("registrar", move |work, actor| {
            extend_deadline(work, actor, NewDeadlineExtension { term: autumn(), scope, until: Some(day("2026-10-22")), reason: " " })
        });
        assert_eq!(code(silent), "reason-missing");
        let elsewhere = ExtensionScope::Offering(domain::id::OfferingId::of(&["ALG-1", "spring"]));
        assert_eq!(code(open(&world, "registrar", elsewhere, "2026-10-22")), "not-found");
    }

    fn what_the_registrar_sets_no_roster_changes(world) {
        let mut changed = term(&world);
        changed.choose_until = day("2026-09-10");
        changed.name.kk = "Күзгі семестр".into();
        save(&world, "registrar", &changed, false).unwrap();
        let document = world.upload("aliya", "ALG", "ALG programme");
        assert_eq!(send(&world, "ALG-1", document), "window-over");
        let roster = sample::roster();
        let report = world.app.write_now(move |work| import_roster(work, &roster, &ImportOptions::default())).unwrap();
        assert_eq!((report.terms.changed, report.terms.unchanged), (0, 2));
        assert_eq!((term(&world).choose_until, term(&world).name.kk), (day("2026-09-10"), "Күзгі семестр".into()));
    }

    fn the_next_term_is_prepared_while_this_one_runs(world) {
        let code = "2027-spring".to_owned();
        let (starts, ends) = (day("2027-01-18"), day("2027-05-31"));
        let windows = (day("2027-01-18"), day("2027-02-18"), day("2027-02-25"));
        let mut next = Term { id: TermId::of(&[&code]), code, starts, ends, ..term(&world) };
        (next.choose_from, next.choose_until, next.approve_until) = windows;
        save(&world, "registrar", &next, true).unwrap();
        assert_eq!(world.as_("aliya", |work, actor| my_offerings(work, actor, None)).unwrap().term.id, autumn());
        let again = save(&world, "registrar", &next, true);
        assert!(matches!(again, Err(Failure::Refused(Refusal::Term(wrong))) if wrong == [TermError::CodeTaken]));
        let mut bad = next.clone();
        (bad.ends, bad.choose_until, bad.catalogue) = (day("2027-01-01"), day("2027-01-01"), 99);
        bad.name.ru = " ".into();
        let Err(Failure::Refused(Refusal::Term(wrong))) = save(&world, "registrar", &bad, false) else { panic!() };
        let expected = [
            TermError::NameMissing,
            TermError::EndsTooEarly,
            TermError::ChoosingEndsTooEarly,
            TermError::CatalogueUnknown,
        ];
        assert_eq!(wrong, expected);
    }

    fn a_closed_term_is_read_only_for_ever(world) {
        let document = world.upload("aliya", "ALG", "ALG programme");
        world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
        let close = |world: &World| code(world.as_("registrar", |work, actor| close_term(work, actor, autumn())));
        assert_eq!(close(&world), "term-runs");
        world.clock.set("2026-10-20 09:00");
        open(&world, "registrar", ExtensionScope::Department(org("CS")), "2026-11-01").unwrap();
        assert_eq!(close(&world), "done");
        assert_eq!(close(&world), "done");
        assert_eq!(send(&world, "ALG-1", document), "term-closed");
        assert_eq!(code(world.approve("head", &["ALG-1"])), "term-closed");
        assert_eq!(code(open(&world, "registrar", ExtensionScope::Department(org("CS")), "2026-11-01")), "term-closed");
        assert_eq!(code(save(&world, "registrar", &term(&world), false)), "term-closed");
    }

    fn a_difference_between_kin_is_ignored_shown_or_refused_as_the_term_says(world) {
        let document = world.upload("aliya", "ALG", "ALG programme");
        world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
        world.send("bolat", &["ALG-2"], Exam::row("moodle-case"), document).unwrap();
        let warned = |world: &World| {
            let need = world.as_("head", review_queue).unwrap().need;
            need.iter().all(|card| card.warnings.contains(&Warning::DiffersFromKin))
        };
        let set = |world: &World, uniformity| {
            save(world, "registrar", &Term { uniformity, ..term(world) }, false).unwrap();
        };
        assert!(warned(&world));
        set(&world, Uniformity::Ignored);
        assert!(!warned(&world));
        set(&world, Uniformity::Refused);
        assert!(warned(&world));
        assert_eq!(code(world.approve("head", &["ALG-1"])), "not-uniform");
        assert_eq!(code(world.approve("head", &["ALG-1", "ALG-2"])), "not-uniform");
        // A returned choice does not prevent the approval of parallel groups; choices that agree are approved.
        let seen = world.seen(&["ALG-2"]);
        world.as_("head", move |work, actor| return_choices(work, actor, &seen, "Келісіңіздер")).unwrap();
        assert_eq!(code(world.approve("head", &["ALG-1"])), "done");
        world.send("bolat", &["ALG-2"], Exam::row("moodle-essay"), document).unwrap();
        assert_eq!(code(world.approve("head", &["ALG-2"])), "done");
    }
}
