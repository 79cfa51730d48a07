//! Scenarios with orders (decrees), on both database engines: compiled, issued, stored, verified by fingerprint,
//! compared with the current state.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]

use app::failure::Failure;
use app::history::verify_history::verify_history;
use app::reports::orders::{OrderNotVerified, Orders, VerifiedOrder, find_order, issue_order, orders_of, verify_order};
use app::reports::report_scope::ScopeQuery;
use app::reviewing::reopen_choices::reopen_choices;
use domain::digest::Digest;
use domain::order::OrderExam;
use testkit::sample::org;
use testkit::{Exam, World, both};

fn code<T>(done: Result<T, Failure>) -> &'static str {
    match done {
        Ok(_) => "done",
        Err(failure) => failure.code(),
    }
}

fn at(unit: &str) -> ScopeQuery {
    ScopeQuery { term: None, org: (!unit.is_empty()).then(|| org(unit)) }
}

fn orders(world: &World, who: &str, unit: &str) -> Orders {
    let place = at(unit);
    world.as_(who, move |work, actor| orders_of(work, actor, &place)).unwrap()
}

fn issue(world: &World, who: &str, unit: &str, seen: Digest) -> Result<(), Failure> {
    let place = at(unit);
    world.as_(who, move |work, actor| issue_order(work, actor, &place, seen))
}

fn prove(world: &World, fingerprint: Digest) -> Result<VerifiedOrder, OrderNotVerified> {
    world.app.read_now(move |work| verify_order(work, fingerprint)).unwrap()
}

fn groups(exams: &[OrderExam]) -> Vec<&str> {
    exams.iter().map(|exam| exam.group.as_str()).collect()
}

/// Approves the choices of two groups of the discipline "algorithms".
fn approved(world: &World) {
    let document = world.upload("aliya", "ALG", "ALG programme");
    world.send("aliya", &["ALG-1"], Exam { row: "univer-oral", info: "Zoom" }, document).unwrap();
    world.send("bolat", &["ALG-2"], Exam { row: "univer-oral", info: "Zoom" }, document).unwrap();
    world.approve("head", &["ALG-1", "ALG-2"]).unwrap();
}

both! {
    fn an_order_says_what_is_approved_is_issued_once_and_proven_by_its_fingerprint(world) {
        let empty = orders(&world, "registrar", "CS").draft.fingerprint;
        assert_eq!(code(issue(&world, "registrar", "CS", empty)), "order-empty");
        approved(&world);
        let found = orders(&world, "registrar", "CS");
        assert!(found.may_issue && found.issued.is_empty());
        let draft = found.draft;
        let exam = &draft.order.sections[0].exams[0];
        assert_eq!((exam.group.as_str(), exam.info.as_str(), exam.students), ("ALG-1", "Zoom", 25));
        assert!(exam.approver.contains("head") && exam.instructor.contains("aliya"));
        assert_eq!(Some(exam.choice), world.choice("ALG-1").fingerprint());
        assert_eq!(draft.numbered()[0].1.iter().map(|(number, ..)| *number).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(prove(&world, draft.fingerprint).unwrap_err(), OrderNotVerified::Unknown);
        issue(&world, "registrar", "CS", draft.fingerprint).unwrap();
        issue(&world, "registrar", "CS", draft.fingerprint).unwrap();
        let issued = orders(&world, "registrar", "CS").issued;
        assert_eq!((issued.len(), issued[0].number, issued[0].fingerprint), (1, 1, draft.fingerprint));
        let proven = prove(&world, draft.fingerprint).unwrap();
        assert_eq!((proven.exams, proven.since.is_nothing()), (2, true));
        // The orders (decrees) of the faculty and the university differ and have separate numbers, although they
        // contain the same exams.
        for unit in ["FIT", ""] {
            let draft = orders(&world, "registrar", unit).draft;
            assert_eq!(draft.order.exams().count(), 2, "{unit}");
            issue(&world, "registrar", unit, draft.fingerprint).unwrap();
            assert!(orders(&world, "registrar", unit).issued[0].number > 1);
        }
        assert!(world.app.read_now(verify_history).unwrap().is_ok());
    }

    fn what_changed_since_is_named_and_the_paper_still_says_what_it_said(world) {
        approved(&world);
        let fingerprint = orders(&world, "registrar", "FIT").draft.fingerprint;
        issue(&world, "registrar", "FIT", fingerprint).unwrap();
        let seen = world.seen(&["ALG-1", "ALG-2"]);
        world.as_("head", move |work, actor| reopen_choices(work, actor, &seen, "Қайта")).unwrap();
        let python = world.upload("aliya", "PYT", "PYT programme");
        let document = world.upload("aliya", "ALG", "ALG programme");
        world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
        world.send("aliya", &["PYT-1"], Exam::row("moodle-test"), python).unwrap();
        world.approve("head", &["ALG-1", "PYT-1"]).unwrap();
        let since = prove(&world, fingerprint).unwrap().since;
        assert_eq!((groups(&since.changed), groups(&since.reopened), groups(&since.added)), (vec!["ALG-1"], vec!["ALG-2"], vec!["PYT-1"]));
        let kept = world.as_("dean", move |work, actor| find_order(work, actor, fingerprint)).unwrap();
        assert_eq!(kept.since, since);
        assert_eq!(kept.paper.order.exams().map(|exam| exam.info.as_str()).collect::<Vec<_>>(), ["Zoom", "Zoom"]);
        // The draft of the order (a decree) that the registrar saw no longer matches the approved exams.
        assert_eq!(code(issue(&world, "registrar", "FIT", fingerprint)), "order-changed");
    }

    fn only_the_registrar_issues_and_only_those_who_watch_a_unit_read_its_orders(world) {
        approved(&world);
        let fingerprint = orders(&world, "registrar", "CS").draft.fingerprint;
        for who in ["aliya", "head", "dean", "office", "admin", "auditor", "student"] {
            assert_eq!(code(issue(&world, who, "CS", fingerprint)), "role-missing", "{who}");
        }
        issue(&world, "registrar", "CS", fingerprint).unwrap();
        let all = orders(&world, "registrar", "").draft.fingerprint;
        issue(&world, "registrar", "", all).unwrap();
        let read = |who: &str, fingerprint| code(world.as_(who, move |work, actor| find_order(work, actor, fingerprint)));
        for who in ["head", "acting", "dean", "office", "auditor", "admin"] {
            assert_eq!(read(who, fingerprint), "done", "{who}");
        }
        assert_eq!((read("mathhead", fingerprint), read("clinichead", fingerprint)), ("not-found", "not-found"));
        assert_eq!(read("aliya", fingerprint), "role-missing");
        assert_eq!((read("dean", all), read("auditor", all)), ("not-found", "done"));
        assert!(!orders(&world, "head", "CS").may_issue);
    }

    fn a_touched_order_is_noticed(world) {
        approved(&world);
        let fingerprint = orders(&world, "registrar", "CS").draft.fingerprint;
        issue(&world, "registrar", "CS", fingerprint).unwrap();
        let touch = |sql: &'static str| world.app.store.write_now(move |tx| tx.change(sql, &[])).unwrap();
        touch("UPDATE orders SET content = REPLACE(content, 'Zoom', 'Teams')");
        assert_eq!(prove(&world, fingerprint).unwrap_err(), OrderNotVerified::Altered);
        touch("UPDATE orders SET content = REPLACE(content, 'Teams', 'Zoom')");
        assert!(prove(&world, fingerprint).is_ok());
        touch("UPDATE history SET payload = REPLACE(payload, '\"exams\":2', '\"exams\":3') WHERE act = 'order-issued'");
        assert_eq!(prove(&world, fingerprint).unwrap_err(), OrderNotVerified::Untold);
    }
}
