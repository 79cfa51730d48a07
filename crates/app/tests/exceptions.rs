//! Scenarios with centrally set exam forms and offerings without a final exam, on both database engines.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]

use app::choosing::my_offerings::my_offerings;
use app::choosing::open_choice::{ChoiceFormData, ChoiceFormQuery, open_choice};
use app::choosing::view_choice::view_choice;
use app::failure::Failure;
use app::history::verify_history::verify_history;
use app::reports::progress::{self, board};
use app::reviewing::review_queue::review_queue;
use app::roster::import_roster::{ImportOptions, import_roster};
use app::term::decide_exam::decide_exam;
use app::term::exceptions::{
    ExceptionTarget, Exceptions, NewFormException, end_form_exception, exceptions, return_differing, set_form_exception,
};
use domain::catalogue::RowId;
use domain::choice::Stage;
use domain::review::Warning;
use testkit::sample::{self, offering};
use testkit::{Exam, World, both};

const WHY: &str = "Мемлекеттік емтихан";

fn code<T>(done: Result<T, Failure>) -> &'static str {
    match done {
        Ok(_) => "done",
        Err(failure) => failure.code(),
    }
}

fn set(world: &World, who: &str, scope: ExceptionTarget, (row, info): (&str, &str)) -> Result<(), Failure> {
    let wanted = NewFormException { scope, row: RowId(row.into()), info: info.into(), reason: WHY.into() };
    world.as_(who, move |work, actor| set_form_exception(work, actor, &wanted).map(drop))
}

fn algorithms() -> ExceptionTarget {
    ExceptionTarget::Code("ALG".into(), None)
}

fn listed(world: &World) -> Exceptions {
    world.as_("registrar", |work, actor| exceptions(work, actor, None)).unwrap()
}

fn form(world: &World, who: &str, classes: &[&str]) -> ChoiceFormData {
    let asked = ChoiceFormQuery {
        offerings: classes.iter().map(|class| offering(class)).collect(),
        ..ChoiceFormQuery::default()
    };
    world.as_(who, move |work, actor| open_choice(work, actor, &asked)).unwrap()
}

fn exam(world: &World, who: &str, class: &'static str, has_exam: bool, reason: &'static str) -> &'static str {
    code(world.as_(who, move |work, actor| decide_exam(work, actor, offering(class), has_exam, reason)))
}

fn groups(world: &World) -> Vec<String> {
    let mine = world.as_("aliya", |work, actor| my_offerings(work, actor, None)).unwrap();
    let mut groups: Vec<_> = mine.lines().map(|line| line.offering.group.clone()).collect();
    groups.sort();
    groups
}

both! {
    fn a_form_that_is_set_centrally_leaves_the_programme_to_the_instructor_and_nothing_else(world) {
        let document = world.upload("aliya", "ALG", "ALG programme");
        set(&world, "registrar", algorithms(), ("univer-test", "")).unwrap();
        let sheet = form(&world, "aliya", &["ALG-1"]);
        let rows: Vec<_> = sheet.rows().iter().map(|row| row.id.0.clone()).collect();
        assert_eq!((rows, sheet.set().unwrap().reason.as_str()), (vec!["univer-test".to_owned()], WHY));
        assert_eq!(code(world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document)), "set-centrally");
        assert_eq!(code(world.send("aliya", &["ALG-1"], Exam::row("univer-test"), document)), "done");
        // The head sees that the exam form is set centrally, and approves the choice.
        let queue = world.as_("head", review_queue).unwrap();
        assert!(queue.need.iter().all(|card| card.is_set && !card.warnings.contains(&Warning::DiffersFromSet)));
        assert_eq!(code(world.approve("head", &["ALG-1"])), "done");
        // The instructor's list marks the centrally set exam form before anything is chosen.
        let mine = world.as_("bolat", |work, actor| my_offerings(work, actor, None)).unwrap();
        assert!(mine.lines().all(|line| line.set.is_some() == line.offering.group.starts_with("ALG")));
        let view = world.as_("student", |work, actor| view_choice(work, actor, offering("ALG-1")));
        assert_eq!(code(view), "not-found");
        let view = world.as_("bolat", |work, actor| view_choice(work, actor, offering("ALG-2"))).unwrap();
        assert!(view.set.is_some() && !view.may.make_exception);
    }

    fn choices_that_differ_are_listed_not_approved_and_returned_with_the_reason(world) {
        let document = world.upload("aliya", "ALG", "ALG programme");
        world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
        world.send("bolat", &["ALG-2"], Exam::row("moodle-essay"), document).unwrap();
        world.approve("head", &["ALG-2"]).unwrap();
        set(&world, "registrar", algorithms(), ("univer-oral", " Zoom ")).unwrap();
        let found = listed(&world);
        let differing: Vec<_> = found.set[0].differing.iter().map(|one| one.offering.group.as_str()).collect();
        assert_eq!((found.set[0].offerings, differing), (2, vec!["ALG-1", "ALG-2"]));
        assert_eq!(found.set[0].set.info, "Zoom");
        assert_eq!(code(world.approve("head", &["ALG-1"])), "not-as-set");
        let queue = world.as_("head", review_queue).unwrap();
        assert!(queue.need[0].warnings.contains(&Warning::DiffersFromSet));
        let (id, seen) = ((found.term.id, found.set[0].set.id), world.seen(&["ALG-1", "ALG-2"]));
        let all = seen.clone();
        assert_eq!(code(world.as_("head", move |work, actor| return_differing(work, actor, id.0, id.1, &all))), "role-missing");
        let all = seen.clone();
        world.as_("registrar", move |work, actor| return_differing(work, actor, id.0, id.1, &all)).unwrap();
        for (class, was_approved) in [("ALG-1", false), ("ALG-2", true)] {
            let stage = world.choice(class).current.unwrap().stage;
            let Stage::Returned { reason, reopened, .. } = stage else { panic!("{stage:?}") };
            assert_eq!((reason.as_str(), reopened), (WHY, was_approved));
        }
        assert!(listed(&world).set[0].differing.is_empty());
        assert_eq!(code(world.as_("registrar", move |work, actor| return_differing(work, actor, id.0, id.1, &seen))), "choice-sent-back");
        // A choice that agrees with the centrally set exam form is never returned as differing.
        world.send("aliya", &["ALG-1"], Exam { row: "univer-oral", info: "Zoom" }, document).unwrap();
        let agreeing = world.seen(&["ALG-1"]);
        assert_eq!(code(world.as_("registrar", move |work, actor| return_differing(work, actor, id.0, id.1, &agreeing))), "choice-changed");
        assert_eq!(code(world.approve("head", &["ALG-1"])), "done");
        assert!(world.app.read_now(verify_history).unwrap().is_ok());
    }

    fn one_groups_own_form_goes_before_its_disciplines_and_can_be_taken_away(world) {
        let document = world.upload("aliya", "ALG", "ALG programme");
        set(&world, "registrar", algorithms(), ("univer-test", "")).unwrap();
        set(&world, "registrar", ExceptionTarget::Offering(offering("ALG-1")), ("moodle-case", "")).unwrap();
        assert_eq!(code(world.send("aliya", &["ALG-1"], Exam::row("univer-test"), document)), "set-centrally");
        assert_eq!(code(world.send("aliya", &["ALG-1"], Exam::row("moodle-case"), document)), "done");
        assert_eq!(listed(&world).set.iter().map(|one| one.offerings).sum::<usize>(), 2);
        // Setting an exam form for the same target again changes the form instead of adding a second one.
        set(&world, "registrar", ExceptionTarget::DisciplineOf(offering("ALG-2")), ("moodle-test", "")).unwrap();
        let found = listed(&world);
        assert_eq!(found.set.len(), 2);
        for one in found.set {
            let id = (found.term.id, one.set.id);
            assert_eq!(code(world.as_("auditor", move |work, actor| end_form_exception(work, actor, id.0, id.1))), "role-missing");
            world.as_("registrar", move |work, actor| end_form_exception(work, actor, id.0, id.1)).unwrap();
        }
        assert_eq!(code(world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document)), "done");
        assert!(form(&world, "aliya", &["ALG-1"]).set().is_none());
    }

    fn groups_with_and_without_a_set_form_have_only_that_row_in_common(world) {
        set(&world, "registrar", ExceptionTarget::Offering(offering("PYT-1")), ("moodle-case", "")).unwrap();
        let sheet = form(&world, "aliya", &["PYT-1", "PYT-2"]);
        assert!(sheet.set().is_none());
        assert_eq!(sheet.rows().iter().map(|row| row.id.0.as_str()).collect::<Vec<_>>(), ["moodle-case"]);
        let document = world.upload("aliya", "PYT", "PYT programme");
        assert_eq!(code(world.send("aliya", &["PYT-1", "PYT-2"], Exam::row("moodle-essay"), document)), "set-centrally");
        assert_eq!(code(world.send("aliya", &["PYT-2"], Exam::row("moodle-essay"), document)), "done");
    }

    fn special_cases_stand_in_their_own_term_and_a_closed_one_is_chosen_no_longer(world) {
        let seen = |world: &World, term: Option<&'static str>| world.as_("registrar", move |work, actor| exceptions(work, actor, term));
        let codes = |found: &Exceptions| found.terms.iter().map(|term| term.code.clone()).collect::<Vec<_>>();
        world.clock.set("2026-03-02 09:00");
        set(&world, "registrar", ExceptionTarget::Code("ALG".into(), Some("autumn".into())), ("univer-test", "")).unwrap();
        let (now, next) = (seen(&world, None).unwrap(), seen(&world, Some("autumn")).unwrap());
        assert_eq!((now.term.code.as_str(), now.set.len(), next.set.len()), ("spring", 0, 1));
        assert!(now.current == now.term.id && next.current == now.term.id && next.may_change);
        assert_eq!((codes(&now), codes(&next)), (vec!["autumn".into(), "spring".into()], vec!["autumn".into(), "spring".into()]));
        assert_eq!(code(seen(&world, Some("never"))), "not-found");
        assert_eq!(code(set(&world, "registrar", ExceptionTarget::Code("ALG".into(), Some("never".into())), ("univer-test", ""))), "not-found");
        // In autumn the spring term is over and closed: the term is not listed, and nothing in it can be changed.
        world.clock.set("2026-09-15 09:00");
        world.as_("registrar", |work, actor| app::term::terms::close_term(work, actor, domain::id::TermId::of(&["spring"]))).unwrap();
        assert_eq!(codes(&listed(&world)), ["autumn"]);
        assert!(listed(&world).set.len() == 1 && !seen(&world, Some("spring")).unwrap().may_change);
    }

    fn what_is_set_must_be_in_force_and_offered_and_have_a_reason(world) {
        assert_eq!(code(set(&world, "registrar", algorithms(), ("univer-oral", ""))), "info-missing");
        assert_eq!(code(set(&world, "registrar", algorithms(), ("startexam-test", ""))), "rule-not-offered");
        assert_eq!(code(set(&world, "registrar", algorithms(), ("", ""))), "rule-missing");
        assert_eq!(code(set(&world, "registrar", ExceptionTarget::Code("NOT-TAUGHT".into(), None), ("univer-test", ""))), "discipline-unknown");
        let silent = NewFormException { scope: algorithms(), row: RowId("univer-test".into()), info: String::new(), reason: " ".into() };
        assert_eq!(code(world.as_("registrar", move |work, actor| set_form_exception(work, actor, &silent))), "reason-missing");
        for who in ["aliya", "head", "dean", "office", "auditor", "admin", "student"] {
            assert_eq!(code(set(&world, who, algorithms(), ("univer-test", ""))), "role-missing", "{who}");
        }
        assert!(listed(&world).set.is_empty());
    }

    fn a_group_without_a_final_exam_leaves_lists_and_counts_whatever_a_roster_says(world) {
        let document = world.upload("aliya", "ALG", "ALG programme");
        world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
        let total = |world: &World| world.as_("registrar", |work, actor| board(work, actor, &progress::ProgressQuery::default())).unwrap().total.total();
        let before = total(&world);
        assert_eq!(exam(&world, "registrar", "ALG-1", false, " "), "reason-missing");
        assert_eq!(exam(&world, "head", "ALG-1", false, "Сынақпен"), "role-missing");
        assert_eq!(exam(&world, "registrar", "ALG-1", false, "Сынақпен аяқталады"), "done");
        assert_eq!(groups(&world), ["ALG-2", "PYT-1", "PYT-2"]);
        assert_eq!(total(&world), before - 1);
        let queue = world.as_("head", review_queue).unwrap();
        assert!(queue.need.is_empty() && queue.tally.total() == 5, "{:?}", queue.tally);
        assert_eq!(code(world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document)), "not-found");
        let roster = sample::roster();
        let report = world.app.write_now(move |work| import_roster(work, &roster, &ImportOptions::default())).unwrap();
        assert_eq!(report.offerings.changed, 0);
        assert_eq!(listed(&world).without_exam.len(), 1);
        // An offering that has an exam again is listed again with its earlier choice.
        assert_eq!(exam(&world, "registrar", "ALG-1", true, ""), "done");
        assert_eq!((total(&world), groups(&world).len()), (before, 4));
        assert_eq!(code(world.approve("head", &["ALG-1"])), "done");
        let view = world.as_("registrar", |work, actor| view_choice(work, actor, offering("ALG-1"))).unwrap();
        assert!(view.history.iter().any(|event| event.act == "exam-left-out" && event.reason.kk.starts_with("Сынақ")));
        assert!(world.app.read_now(verify_history).unwrap().is_ok());
    }

    fn a_vacancy_is_chosen_by_the_head_and_approved_by_the_dean_where_nobody_acts(world) {
        let acting = sample::person("acting");
        world.as_("registrar", move |work, actor| app::staff::accounts::set_account_enabled(work, actor, acting, false)).unwrap();
        let mine = world.as_("head", |work, actor| my_offerings(work, actor, None)).unwrap();
        let vacancy = mine.lines().find(|line| line.offering.responsible.is_none()).unwrap();
        assert!(vacancy.is_open() && vacancy.offering.group == "PYT-V");
        let document = world.upload("head", "PYT", "PYT programme");
        world.send("head", &["PYT-V"], Exam::row("moodle-test"), document).unwrap();
        assert_eq!(code(world.approve("head", &["PYT-V"])), "own-choice");
        assert_eq!(world.as_("dean", review_queue).unwrap().need.len(), 1);
        world.approve("dean", &["PYT-V"]).unwrap();
    }
}
