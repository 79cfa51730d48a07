//! Scenarios with the reuse of last term's choices and with parallel groups, on both database engines.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]

use app::catalogue::load_catalogue::load_catalogue;
use app::choosing::my_offerings::my_offerings;
use app::choosing::open_choice::{ChoiceFormQuery, open_choice};
use app::choosing::reuse_last_term::{Proposal, ShownProposal, draft_reused, reuse_last_term, send_reused};
use app::failure::{Failure, Stale};
use app::reports::report_scope::ScopeQuery;
use app::reports::uniformity_report::uniformity_report;
use app::reviewing::approve_choices::require_no_warnings;
use app::reviewing::review_queue::review_queue;
use app::term::terms::{list_terms, save_term};
use domain::catalogue::RowId;
use domain::exam_entry::ExamEntry;
use domain::id::{DocumentId, OfferingId};
use domain::report::ChoiceState;
use domain::reuse::ReuseChange;
use domain::term::{Term, Uniformity};
use testkit::sample::{discipline, offering, org};
use testkit::world::shipped_catalogue;
use testkit::{Exam, World, both};

fn code<T>(done: Result<T, Failure>) -> &'static str {
    match done {
        Ok(_) => "done",
        Err(failure) => failure.code(),
    }
}

/// Approves both groups of the discipline PYT and one of ALG in spring; in autumn PYT has an exam programme, ALG has
/// none.
fn spring_approved(world: &World) -> DocumentId {
    world.clock.set("2026-02-02 09:00");
    for (who, class, exam, name) in [
        ("aliya", "PYT-1", Exam::row("moodle-essay"), "PYT spring"),
        ("aliya", "PYT-2", Exam::row("moodle-essay"), "PYT spring"),
        ("aliya", "ALG-1", Exam { row: "univer-oral", info: "Zoom" }, "ALG spring"),
    ] {
        let document = world.upload(who, &class[..3], name);
        send_in_spring(world, who, class, exam, document);
    }
    world.clock.set("2026-09-15 09:00");
    world.upload("aliya", "PYT", "PYT autumn")
}

fn send_in_spring(world: &World, who: &str, class: &str, exam: Exam<'_>, document: DocumentId) {
    let id = OfferingId::of(&[class, "spring"]);
    let sending = app::choosing::send_choices::ChoiceSubmission {
        offerings: vec![(id, 0)],
        exam: ExamEntry::of_row(Some(RowId(exam.row.to_owned())), exam.info.to_owned()),
        documents: [(discipline(&class[..3]), document)].into_iter().collect(),
        may_repeat_returned: true,
    };
    world.as_(who, move |work, actor| app::choosing::send_choices::send_choices(work, actor, &sending)).unwrap();
    let seen = world.app.read_now(move |work| Ok(store::choices::find(work.tx, id)?.choice.fingerprint())).unwrap();
    let seen = [app::reviewing::decide::ShownChoice { offering: id, fingerprint: seen.unwrap() }];
    world.approve_shown("head", &seen).unwrap();
}

fn proposed(world: &World, who: &str) -> Vec<Proposal> {
    world.as_(who, reuse_last_term).unwrap().proposals
}

fn groups(proposals: &[Proposal]) -> Vec<(&str, &[ReuseChange])> {
    let mut found: Vec<_> = proposals.iter().map(|one| (one.offering.group.as_str(), one.changes.as_slice())).collect();
    found.sort_by_key(|one| one.0);
    found
}

fn tick(proposals: &[Proposal]) -> Vec<ShownProposal> {
    let shown = |one: &Proposal| ShownProposal { offering: one.offering.id, fingerprint: one.fingerprint };
    proposals.iter().map(shown).collect()
}

fn send(world: &World, who: &str, ticked: Vec<ShownProposal>) -> &'static str {
    code(world.as_(who, move |work, actor| send_reused(work, actor, &ticked)))
}

fn states(world: &World) -> Vec<(String, ChoiceState)> {
    let my = world.as_("aliya", |work, actor| my_offerings(work, actor, None)).unwrap();
    let mut all: Vec<_> =
        my.lines().filter(|line| line.may_choose).map(|line| (line.offering.group.clone(), line.state)).collect();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all
}

fn term(world: &World) -> Term {
    let all = world.as_("registrar", list_terms).unwrap().all;
    all.into_iter().find(|term| term.code == "autumn").unwrap()
}

fn set(world: &World, change: impl Fn(&mut Term)) {
    let mut term = term(world);
    change(&mut term);
    world.as_("registrar", move |work, actor| save_term(work, actor, &term, false)).unwrap();
}

both! {
    fn what_did_not_change_is_sent_at_once_and_is_clean_for_the_head(world) {
        spring_approved(&world);
        let all = proposed(&world, "aliya");
        assert_eq!(groups(&all), [("ALG-1", &[ReuseChange::OldFile][..]), ("PYT-1", &[]), ("PYT-2", &[])]);
        let clean: Vec<Proposal> = all.into_iter().filter(Proposal::is_clean).collect();
        assert_eq!(send(&world, "aliya", tick(&clean)), "done");
        let sent = [("ALG-1", ChoiceState::NotChosen), ("PYT-1", ChoiceState::InReview), ("PYT-2", ChoiceState::InReview)];
        assert_eq!(states(&world), sent.map(|(group, state)| (group.to_owned(), state)));
        let queue = world.as_("head", review_queue).unwrap();
        assert_eq!((queue.clean_count(), queue.need_count()), (2, 0));
        // A sent proposal to reuse a choice is not proposed any more, and sending it again is refused.
        assert_eq!(groups(&proposed(&world, "aliya")).len(), 1);
        assert_eq!(send(&world, "aliya", tick(&clean)), "choice-changed");
    }

    fn a_choice_that_has_a_warning_now_is_not_approved_as_one_without(world) {
        spring_approved(&world);
        let clean: Vec<Proposal> = proposed(&world, "aliya").into_iter().filter(Proposal::is_clean).collect();
        assert_eq!(send(&world, "aliya", tick(&clean)), "done");
        let seen = world.seen(&["PYT-1", "PYT-2"]);
        let check = || {
            let seen = seen.clone();
            world.as_("head", move |work, actor| require_no_warnings(work, actor, &seen))
        };
        check().unwrap();
        // The other group of the discipline gets another exam, so that the first one differs from it.
        let document = world.choice("PYT-2").current.unwrap().answer.document;
        world.send("aliya", &["PYT-2"], Exam::row("moodle-test"), document).unwrap();
        assert!(matches!(check(), Err(Failure::Stale(Stale::WarningAppeared))));
    }

    fn only_what_was_on_the_screen_is_sent_and_only_ones_own(world) {
        spring_approved(&world);
        let all = proposed(&world, "aliya");
        assert_eq!(send(&world, "aliya", Vec::new()), "groups-missing");
        assert_eq!(send(&world, "bolat", tick(&all)), "not-found");
        // With a second exam programme of the term, another file would be sent than the one that was shown.
        world.clock.set("2026-09-15 09:10");
        world.upload("aliya", "PYT", "PYT autumn, corrected");
        let python: Vec<Proposal> = all.into_iter().filter(|one| one.offering.group == "PYT-1").collect();
        assert_eq!(send(&world, "aliya", tick(&python)), "choice-changed");
        let again = proposed(&world, "aliya");
        assert_eq!(groups(&again)[1], ("PYT-1", &[ReuseChange::SeveralFiles][..]));
        let python: Vec<Proposal> = again.into_iter().filter(|one| one.offering.group == "PYT-1").collect();
        let drafted = tick(&python);
        world.as_("aliya", move |work, actor| draft_reused(work, actor, &drafted)).unwrap();
        assert_eq!(states(&world)[1], ("PYT-1".to_owned(), ChoiceState::Draft));
    }

    fn a_rule_that_is_gone_or_asks_otherwise_is_said_and_not_sent(world) {
        spring_approved(&world);
        let mut folder = shipped_catalogue();
        folder.catalogue.rows.retain(|row| row.id.0 != "moodle-essay");
        folder.catalogue.instructions.remove("moodle-essay");
        folder.catalogue.kinds.retain(|kind| kind.code != "essay");
        let oral = folder.catalogue.rows.iter_mut().find(|row| row.id.0 == "univer-oral").unwrap();
        oral.info = None;
        load_catalogue(&world.app, &folder, Some("autumn")).unwrap();
        let all = proposed(&world, "aliya");
        let expected = [
            ("ALG-1", &[ReuseChange::InfoRuleChanged, ReuseChange::OldFile][..]),
            ("PYT-1", &[ReuseChange::RuleGone][..]),
            ("PYT-2", &[ReuseChange::RuleGone][..]),
        ];
        assert_eq!(groups(&all), expected);
        // The labels of a reused choice come from the catalogue version under which the choice was made.
        assert_eq!(all.iter().find(|one| one.offering.group == "PYT-1").unwrap().picked.platform.en, "MOODLE LMS");
        assert_eq!(send(&world, "aliya", tick(&all)), "choice-changed");
    }

    fn a_new_instructor_begins_with_the_departments_choice(world) {
        spring_approved(&world);
        assert_eq!(groups(&proposed(&world, "bolat")), [("ALG-2", &[ReuseChange::OldFile, ReuseChange::InstructorNew][..])]);
        // The proposals for a head: the group that the head teaches, and the vacancy for which the head chooses.
        let head = proposed(&world, "head");
        assert_eq!(groups(&head), [("PYT-H", &[ReuseChange::InstructorNew][..]), ("PYT-V", &[ReuseChange::InstructorNew][..])]);
        assert!(proposed(&world, "saule").is_empty());
        world.clock.set("2026-12-01 09:00");
        assert!(proposed(&world, "aliya").is_empty());
    }

    fn colleagues_choices_are_shown_while_choosing_and_adopted(world) {
        let document = world.upload("aliya", "ALG", "ALG programme");
        world.send("aliya", &["ALG-1"], Exam { row: "univer-oral", info: "Zoom" }, document).unwrap();
        let sheet = |world: &World, adopt: Option<OfferingId>| {
            let asked = ChoiceFormQuery { offerings: vec![offering("ALG-2")], adopt, ..ChoiceFormQuery::default() };
            world.as_("bolat", move |work, actor| open_choice(work, actor, &asked)).unwrap()
        };
        let shown = sheet(&world, None);
        assert_eq!(shown.colleagues.len(), 1);
        assert_eq!((shown.colleagues[0].picked.info.as_str(), shown.colleagues[0].members[0].group.as_str()), ("Zoom", "ALG-1"));
        assert_eq!(shown.filled.row, None);
        let adopted = sheet(&world, Some(offering("ALG-1"))).filled;
        assert_eq!((adopted.row, adopted.info.as_str()), (Some(RowId("univer-oral".into())), "Zoom"));
        // The choice of a group that is not parallel cannot be adopted.
        assert_eq!(sheet(&world, Some(offering("ANA-1"))).filled.row, None);
        set(&world, |term| term.uniformity = Uniformity::Ignored);
        assert!(sheet(&world, None).colleagues.is_empty());
    }

    fn a_conflict_stands_first_in_the_queue_and_in_the_report_of_those_who_watch(world) {
        let python = world.upload("aliya", "PYT", "PYT programme");
        world.send("aliya", &["PYT-1"], Exam::row("moodle-essay"), python).unwrap();
        let document = world.upload("aliya", "ALG", "ALG programme");
        world.clock.set("2026-09-15 10:00");
        world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
        world.send("bolat", &["ALG-2"], Exam::row("moodle-case"), document).unwrap();
        let queue = world.as_("head", review_queue).unwrap();
        assert_eq!(queue.conflicts.len(), 1);
        assert_eq!(queue.conflicts[0].parties.iter().map(|party| party.members.len()).collect::<Vec<_>>(), [1, 1]);
        let first: Vec<&str> = queue.need.iter().map(|card| card.first().unwrap().group.as_str()).collect();
        assert_eq!((first.len(), first[2]), (3, "PYT-1"));
        assert!(queue.need[2].parallel.is_empty());
        let report = |world: &World, who: &str, unit: Option<&str>| {
            let place = ScopeQuery { term: None, org: unit.map(org) };
            world.as_(who, move |work, actor| uniformity_report(work, actor, &place))
        };
        for (who, unit, conflicts) in [
            ("registrar", None, 1),
            ("auditor", Some("FIT"), 1),
            ("dean", None, 1),
            ("office", Some("CS"), 1),
            ("head", None, 1),
            ("mathhead", None, 0),
        ] {
            let found = report(&world, who, unit).unwrap();
            assert_eq!(found.units.iter().map(|(_, all)| all.len()).sum::<usize>(), conflicts, "{who}");
        }
        assert_eq!(code(report(&world, "mathhead", Some("CS"))), "not-found");
        assert_eq!(code(report(&world, "aliya", None)), "role-missing");
        let of_term = |code: &str| {
            let place = ScopeQuery { term: Some(code.to_owned()), org: None };
            world.as_("dean", move |work, actor| uniformity_report(work, actor, &place))
        };
        let conflicts = |code| of_term(code).unwrap().units.iter().map(|(_, all)| all.len()).sum::<usize>();
        assert_eq!((conflicts("autumn"), conflicts("spring")), (1, 0));
        assert_eq!(code(of_term("never")), "not-found");
        // A returned choice is not part of a conflict between parallel groups.
        let seen = world.seen(&["ALG-2"]);
        world.as_("head", move |work, actor| app::reviewing::return_choices::return_choices(work, actor, &seen, "Бірдей")).unwrap();
        assert!(world.as_("head", review_queue).unwrap().conflicts.is_empty());
    }
}
