//! Scenarios with reports, on both database engines: platforms, comparison of terms, late choices, changes, history.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]

use app::failure::Failure;
use app::history::search_history::{ACTS, HistoryQuery, HistoryResults, HistorySubject, search_history};
use app::reports::changes::{ChangeKind, Changes, changes_since};
use app::reports::late::{Lateness, lateness};
use app::reports::platforms::{compare, platforms};
use app::reports::report_scope::ScopeQuery;
use app::reviewing::decide::undo;
use app::reviewing::reopen_choices::reopen_choices;
use app::reviewing::return_choices::return_choices;
use app::term::deadline_extensions::{NewDeadlineExtension, extend_deadline};
use domain::choice::ChoiceAct;
use domain::id::TermId;
use domain::term::ExtensionScope;
use domain::workload::ExamLoad;
use testkit::sample::{offering, org};
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

/// Creates three choices: two approved on Moodle and Univer, and a choice in review on Moodle.
fn busy(world: &World) {
    let document = world.upload("aliya", "ALG", "ALG programme");
    world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
    world.send("bolat", &["ALG-2"], Exam { row: "univer-oral", info: "Zoom" }, document).unwrap();
    world.approve("head", &["ALG-1", "ALG-2"]).unwrap();
    let python = world.upload("aliya", "PYT", "PYT programme");
    world.send("aliya", &["PYT-1"], Exam::row("moodle-case"), python).unwrap();
}

fn late(world: &World, who: &str, unit: &str) -> Lateness {
    let place = at(unit);
    world.as_(who, move |work, actor| lateness(work, actor, &place)).unwrap()
}

fn counts(found: &Lateness) -> Vec<(String, i64, i64, i64)> {
    let line = |unit: &app::reports::progress::ProgressUnit| {
        (unit.name.kk.clone(), unit.tally.not_chosen, unit.tally.returned, unit.tally.in_review)
    };
    found.units.iter().map(line).collect()
}

fn changes(world: &World, who: &str, since: &str) -> Changes {
    let since = since.parse().ok();
    world.as_(who, move |work, actor| changes_since(work, actor, &ScopeQuery::default(), since)).unwrap()
}

fn told(found: &Changes) -> Vec<(&str, ChangeKind)> {
    found.lines.iter().map(|line| (line.offering.group.as_str(), line.kind)).collect()
}

fn search(world: &World, who: &str, asked: HistoryQuery) -> Result<HistoryResults, Failure> {
    world.as_(who, move |work, actor| search_history(work, actor, &asked))
}

both! {
    fn platforms_carry_exams_and_students_with_totals_of_rows_and_columns(world) {
        busy(&world);
        let look = |who: &str, unit: &str, only| {
            let place = at(unit);
            world.as_(who, move |work, actor| platforms(work, actor, &place, only))
        };
        let weight = |exams| ExamLoad { exams, students: exams * 25 };
        let all = look("registrar", "", false).unwrap();
        assert_eq!((all.by_language.total(), all.by_faculty.total()), (weight(3), weight(3)));
        assert_eq!(all.by_language.rows().len(), 2, "an essay and a case are one form");
        assert_eq!((all.by_faculty.rows().len(), all.by_faculty.columns().len()), (1, 2));
        let moodle = all.by_faculty.columns().into_iter().find(|(_, code)| code == "moodle").unwrap();
        assert_eq!(all.by_faculty.column(&moodle), weight(2));
        assert_eq!(all.labels.platform("moodle").kk, "MOODLE ҚОЖ");
        assert_eq!(look("registrar", "", true).unwrap().by_language.total(), weight(2));
        assert_eq!(look("mathhead", "", false).unwrap().by_language.total(), weight(0));
        assert_eq!((code(look("mathhead", "CS", false)), code(look("aliya", "", false))), ("not-found", "role-missing"));
    }

    fn two_terms_stand_side_by_side(world) {
        busy(&world);
        let look = |who: &str, with: Option<&'static str>| {
            world.as_(who, move |work, actor| compare(work, actor, &ScopeQuery::default(), with))
        };
        let found = look("registrar", None).unwrap();
        assert_eq!(found.other.code, "spring");
        assert_eq!((found.tallies.0.approved, found.tallies.1.approved, found.tallies.1.not_chosen), (2, 0, 8));
        assert_eq!(found.kinds.iter().map(|(_, now, then)| (now.exams, then.exams)).collect::<Vec<_>>().len(), 2);
        assert_eq!((found.kinds.iter().map(|(_, now, _)| now.exams).sum::<i64>(), found.faculties.len()), (3, 2));
        let same = look("registrar", Some("autumn")).unwrap();
        assert_eq!(same.tallies.0, same.tallies.1);
        assert!(look("dean", None).unwrap().faculties.is_empty());
        assert_eq!(code(look("registrar", Some("never"))), "not-found");
    }

    fn late_is_what_is_over_its_day_unless_the_registrar_opened_it(world) {
        busy(&world);
        let seen = world.seen(&["ALG-1"]);
        world.as_("head", move |work, actor| reopen_choices(work, actor, &seen, "Қайта")).unwrap();
        assert_eq!(late(&world, "registrar", "").units, []);
        world.clock.set("2026-10-02 09:00");
        let names = |who, unit| counts(&late(&world, who, unit));
        // For another week after the window for choosing, a returned choice may be sent again, and a waiting one may be
        // decided.
        assert_eq!(names("registrar", ""), [
            ("CS бөлімі".to_owned(), 3, 0, 0), ("CLINIC бөлімі".to_owned(), 1, 0, 0), ("MATH бөлімі".to_owned(), 1, 0, 0),
        ]);
        world.clock.set("2026-10-09 09:00");
        assert_eq!(names("head", ""), [
            ("Сынақ-aliya Ү.".to_owned(), 1, 1, 1), (String::new(), 1, 0, 0), ("Сынақ-head Ү.".to_owned(), 1, 0, 0),
        ]);
        assert_eq!(late(&world, "office", "").total.total(), 6);
        for (scope, left) in [(ExtensionScope::Offering(offering("PYT-V")), 4), (ExtensionScope::Department(org("CS")), 0)] {
            let until = "2026-10-12".parse().ok();
            let term = TermId::of(&["autumn"]);
            world.as_("registrar", move |work, actor| extend_deadline(work, actor, NewDeadlineExtension { term, scope, until, reason: "Ауырып қалды" })).unwrap();
            assert_eq!(late(&world, "head", "").total.total(), left);
        }
        world.clock.set("2026-10-13 09:00");
        assert_eq!(late(&world, "head", "").total.total(), 5);
        assert_eq!(code(world.as_("student", |work, actor| lateness(work, actor, &ScopeQuery::default()))), "role-missing");
    }

    fn what_was_approved_changed_or_reopened_since_a_day_is_listed(world) {
        busy(&world);
        assert_eq!(told(&changes(&world, "registrar", "2026-09-15")), [("ALG-1", ChangeKind::Approved), ("ALG-2", ChangeKind::Approved)]);
        world.clock.set("2026-09-16 09:00");
        assert_eq!(told(&changes(&world, "registrar", "2026-09-16")), []);
        let seen = world.seen(&["ALG-1", "ALG-2"]);
        world.as_("head", move |work, actor| reopen_choices(work, actor, &seen, "Платформа ауысты")).unwrap();
        let seen = world.seen(&["PYT-1"]);
        world.as_("head", move |work, actor| return_choices(work, actor, &seen, "Қайта")).unwrap();
        let document = world.upload("aliya", "ALG", "ALG programme");
        world.send("aliya", &["ALG-1"], Exam::row("moodle-case"), document).unwrap();
        world.send("bolat", &["ALG-2"], Exam::row("moodle-case"), document).unwrap();
        world.approve("head", &["ALG-1"]).unwrap();
        let found = changes(&world, "registrar", "2026-09-16");
        // A choice that was sent again but not approved again counts as reopened.
        assert_eq!(told(&found), [("ALG-1", ChangeKind::Changed), ("ALG-2", ChangeKind::Reopened)]);
        assert_eq!(found.lines[1].reason, domain::name::Name::same("Платформа ауысты"));
        assert_eq!(told(&changes(&world, "mathhead", "2026-09-16")), []);
        assert_eq!(told(&changes(&world, "head", "2026-09-17")), []);
    }

    fn an_exam_is_no_longer_approved_whatever_happens_afterwards_and_undone_acts_do_not_count(world) {
        busy(&world);
        world.clock.set("2026-09-16 09:00");
        let seen = world.seen(&["ALG-1", "ALG-2"]);
        world.as_("head", move |work, actor| reopen_choices(work, actor, &seen, "Платформа ауысты")).unwrap();
        let document = world.upload("aliya", "ALG", "ALG programme");
        world.send("aliya", &["ALG-1"], Exam::row("moodle-case"), document).unwrap();
        let seen = world.seen(&["ALG-1"]);
        world.as_("head", move |work, actor| return_choices(work, actor, &seen, "Қайта")).unwrap();
        let found = changes(&world, "registrar", "2026-09-16");
        assert_eq!(told(&found), [("ALG-1", ChangeKind::Reopened), ("ALG-2", ChangeKind::Reopened)]);
        assert_eq!(found.lines[0].reason, domain::name::Name::same("Платформа ауысты"), "not that of the return");
        world.as_("head", |work, actor| undo(work, actor, ChoiceAct::Reopen, &[offering("ALG-2")])).unwrap();
        assert_eq!(told(&changes(&world, "registrar", "2026-09-16")), [("ALG-1", ChangeKind::Reopened)]);
        let before = changes(&world, "registrar", "2026-09-15");
        assert_eq!(told(&before), [("ALG-1", ChangeKind::Reopened), ("ALG-2", ChangeKind::Approved)]);
        assert_eq!(before.lines[1].reason, domain::name::Name::default());
    }

    fn the_history_is_searched_by_person_act_and_day_and_read_page_by_page(world) {
        busy(&world);
        let found = |asked: HistoryQuery| search(&world, "auditor", asked).unwrap().lines;
        let acts = |asked: HistoryQuery| found(asked).into_iter().map(|line| line.told.line.act).collect::<Vec<_>>();
        let approved = HistoryQuery { act: "choice-approved".into(), ..HistoryQuery::default() };
        assert_eq!(acts(approved), ["choice-approved", "choice-approved"]);
        let aliya = HistoryQuery { who: "сынақ-ALIYA".into(), ..HistoryQuery::default() };
        assert!(acts(aliya.clone()).iter().all(|act| ["choice-sent", "document-uploaded"].contains(&act.as_str())));
        assert_eq!(acts(aliya.clone()).len(), 4);
        let lines = found(HistoryQuery { act: "choice-sent".into(), ..aliya.clone() });
        assert!(matches!(&lines[0].about, HistorySubject::Offering(offering) if offering.group == "PYT-1" || offering.group == "ALG-1"));
        assert_eq!(acts(HistoryQuery { from: "2026-09-16".parse().ok(), ..aliya.clone() }), [""; 0]);
        assert_eq!(acts(HistoryQuery { until: "2026-09-14".parse().ok(), ..aliya.clone() }), [""; 0]);
        assert_eq!(acts(HistoryQuery { from: "2026-09-15".parse().ok(), until: "2026-09-15".parse().ok(), ..aliya }).len(), 4);
        assert!(found(HistoryQuery::default()).iter().all(|line| ACTS.contains(&line.told.line.act.as_str())));
        for who in ["aliya", "head", "dean", "office", "student"] {
            assert_eq!(code(search(&world, who, HistoryQuery::default())), "role-missing", "{who}");
        }
        // Sixty acts at one instant: two pages of the history search contain each act once.
        world.clock.set("2026-09-20 09:00");
        for number in 0..20 {
            let python = world.upload("aliya", "PYT", &format!("Programme {number}"));
            world.send("aliya", &["PYT-1", "PYT-2"], Exam::row("moodle-test"), python).unwrap();
        }
        let that_day = HistoryQuery { from: "2026-09-20".parse().ok(), ..HistoryQuery::default() };
        let first = search(&world, "admin", that_day.clone()).unwrap();
        // A file of the history contains all acts, no matter from which page of results it is requested.
        let whole = HistoryQuery { before: first.next.clone(), is_whole: true, ..that_day.clone() };
        let whole = search(&world, "admin", whole).unwrap();
        assert_eq!((whole.lines.len(), whole.next, &whole.lines[0].told), (60, None, &first.lines[0].told));
        let second = search(&world, "admin", HistoryQuery { before: first.next.clone(), ..that_day }).unwrap();
        let mut all: Vec<_> = first.lines.iter().chain(&second.lines).map(|line| line.told.line.hash).collect();
        assert_eq!((first.lines.len(), second.lines.len(), second.next), (50, 10, None));
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 60);
    }
}
