//! Scenarios of the main workflow, on both database engines: choose, send, approve, return, reopen, and every refusal.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "tests")]

use app::catalogue::load_catalogue::load_catalogue;
use app::choosing::ask_reopen::{ask_reopen, decline_reopen};
use app::choosing::my_offerings::my_offerings;
use app::choosing::open_choice::{ChoiceFormQuery, open_choice};
use app::choosing::save_draft::{DraftOutcome, DraftSubmission, save_draft};
use app::choosing::send_choices::{ChoiceSubmission, send_choices};
use app::choosing::view_choice::view_choice;
use app::choosing::withdraw_choices::{AfterWithdrawal, undo_send, withdraw_choices};
use app::failure::{Failure, Refusal};
use app::history::verify_history::verify_history;
use app::reports::progress;
use app::reviewing::decide::{ShownChoice, difference, undo};
use app::reviewing::intact_documents::documents_to_approve;
use app::reviewing::reopen_choices::reopen_choices;
use app::reviewing::return_choices::return_choices;
use app::reviewing::review_queue::review_queue;
use app::staff::accounts;
use app::student::student_exams::student_exams;
use chrono::TimeDelta;
use domain::catalogue::RowId;
use domain::choice::{ChoiceAct, Stage};
use domain::digest::Digest;
use domain::exam_entry::ExamEntry;
use domain::id::{DocumentId, OfferingId};
use domain::limits::{INFO_LIMIT, UNDO_MINUTES};
use domain::name::Name;
use domain::person::Role;
use domain::programme::check::Finding;
use domain::report::ChoiceState;
use domain::review::Warning;
use std::collections::BTreeMap;
use testkit::sample::{discipline, offering, person};
use testkit::world::shipped_catalogue;
use testkit::{Exam, World, both};

fn code<T>(done: Result<T, Failure>) -> &'static str {
    match done {
        Ok(_) => "done",
        Err(failure) => failure.code(),
    }
}

/// The codes of all wrong fields of the choice form, with the student groups that they concern.
fn wrong<T: std::fmt::Debug>(done: Result<T, Failure>) -> Vec<(&'static str, Vec<String>)> {
    match done {
        Err(Failure::Refused(Refusal::Fields(faults))) => {
            faults.into_iter().map(|fault| (fault.wrong.code(), fault.groups)).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn essay(world: &World) -> DocumentId {
    let document = world.upload("aliya", "ALG", "ALG programme");
    world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
    document
}

fn fingerprint_of(world: &World, term: &'static str) -> Digest {
    let id = OfferingId::of(&["ALG-1", term]);
    world.app.read_now(move |work| Ok(store::choices::find(work.tx, id)?.choice.fingerprint())).unwrap().unwrap()
}

both! {
    fn an_instructor_sends_and_the_head_approves_what_was_shown(world) {
        essay(&world);
        world.approve("head", &["ALG-1"]).unwrap();
        let choice = world.choice("ALG-1");
        assert!(matches!(choice.current.unwrap().stage, Stage::Approved { by, .. } if by == person("head")));
        let told = world.as_("aliya", |work, actor| view_choice(work, actor, offering("ALG-1"))).unwrap();
        let acts: Vec<_> = told.history.iter().map(|event| event.act.as_str()).collect();
        assert_eq!(acts, ["choice-approved", "choice-sent"]);
        assert!(world.app.read_now(verify_history).unwrap().is_ok());
    }

    fn what_changed_after_it_was_shown_is_not_approved_and_the_difference_is_told(world) {
        let document = essay(&world);
        let seen = world.seen(&["ALG-1"]);
        world.send("aliya", &["ALG-1"], Exam::row("moodle-project"), document).unwrap();
        let ask = seen.clone();
        let done = world.approve_shown("head", &ask);
        assert_eq!(code(done), "choice-changed");
        let told = world.as_("head", move |work, actor| difference(work, actor, seen[0])).unwrap();
        assert_eq!(told.then.unwrap().picked.row.0, "moodle-essay");
        assert_eq!(told.now.unwrap().picked.row.0, "moodle-project");
    }

    fn a_choice_whose_document_is_lost_or_altered_is_not_approved(world) {
        essay(&world);
        let file = world.app.vault.path(&world.choice("ALG-1").current.unwrap().document_sha.0);
        let bytes = std::fs::read(&file).unwrap();
        std::fs::remove_file(&file).unwrap();
        assert_eq!(code(world.approve("head", &["ALG-1"])), "document-missing");
        std::fs::write(&file, "other bytes").unwrap();
        assert_eq!(code(world.approve("head", &["ALG-1"])), "document-altered");
        assert_eq!(world.choice("ALG-1").current.unwrap().stage, Stage::InReview);
        std::fs::write(&file, bytes).unwrap();
        world.approve("head", &["ALG-1"]).unwrap();
    }

    fn the_documents_of_choices_are_read_only_for_those_who_may_approve_them(world) {
        essay(&world);
        for (who, may) in [("head", true), ("mathhead", false), ("aliya", false), ("student", false)] {
            let seen = world.seen(&["ALG-1"]);
            let read = world.as_(who, move |work, actor| documents_to_approve(work, actor, &seen));
            assert_eq!(read.is_ok(), may, "{who}");
        }
    }

    fn one_stale_choice_stops_all_that_were_ticked_with_it(world) {
        let document = essay(&world);
        let python = world.upload("aliya", "PYT", "PYT programme");
        world.send("aliya", &["PYT-1"], Exam::row("moodle-test"), python).unwrap();
        let seen = world.seen(&["PYT-1", "ALG-1"]);
        world.send("aliya", &["ALG-1"], Exam::row("moodle-project"), document).unwrap();
        assert_eq!(code(world.approve_shown("head", &seen)), "choice-changed");
        assert_eq!(world.choice("PYT-1").current.unwrap().stage, Stage::InReview);
    }

    fn one_answer_for_all_groups_of_a_discipline_is_all_or_none(world) {
        let document = world.upload("aliya", "PYT", "PYT programme");
        let done = world.send("aliya", &["PYT-1", "PYT-2", "PYT-H"], Exam::row("moodle-essay"), document);
        assert_eq!(code(done), "not-found");
        assert!(world.choice("PYT-1").current.is_none());
        let done = world.send("aliya", &["PYT-1", "PYT-2"], Exam::row("moodle-essay"), document).unwrap();
        assert_eq!(done.sent.len(), 2);
    }

    fn every_wrong_field_is_named_and_nothing_is_kept(world) {
        let (ours, other) = (world.upload("aliya", "ALG", "ALG programme"), world.upload("aliya", "PYT", "PYT programme"));
        let long = "z".repeat(INFO_LIMIT + 1);
        let send = |row, info, document| wrong(world.send("aliya", &["ALG-1"], Exam { row, info }, document));
        assert_eq!(send("", "", ours), [("rule-missing", vec![])]);
        assert_eq!(send("no-such-row", "", ours), [("rule-unknown", vec![])]);
        assert_eq!(send("startexam-test", "", ours), [("rule-not-offered", vec!["ALG-1".to_owned()])]);
        assert_eq!(send("moodle-essay", "Zoom", ours), [("info-forbidden", vec![])]);
        assert_eq!(send("univer-oral", " \u{7} ", ours), [("info-missing", vec![])]);
        assert_eq!(send("univer-oral", &long, ours), [("info-too-long", vec![])]);
        assert_eq!(send("moodle-essay", "", other), [("programme-elsewhere", vec![])]);
        let nothing = ChoiceSubmission {
            offerings: vec![(offering("ALG-1"), 0)],
            exam: ExamEntry::of_row(Some(RowId("univer-oral".into())), String::new()),
            documents: BTreeMap::new(),
            may_repeat_returned: true,
        };
        let both = world.as_("aliya", move |work, actor| send_choices(work, actor, &nothing));
        assert_eq!(wrong(both), [("info-missing", vec![]), ("programme-missing", vec![])]);
        assert!(world.choice("ALG-1").current.is_none());
    }

    fn a_medical_row_is_open_to_medicine_alone(world) {
        let document = world.upload("medina", "ANA", "ANA programme");
        world.send("medina", &["ANA-1"], Exam::row("startexam-test"), document).unwrap();
        world.approve("clinichead", &["ANA-1"]).unwrap();
    }

    fn information_is_kept_clean_and_only_where_it_belongs(world) {
        let document = world.upload("aliya", "ALG", "ALG programme");
        world.send("aliya", &["ALG-1"], Exam { row: "univer-oral", info: "  MS\u{0}Teams \n" }, document).unwrap();
        assert_eq!(world.choice("ALG-1").current.unwrap().answer.info, "MS Teams");
    }

    fn sending_the_same_again_changes_nothing(world) {
        let document = essay(&world);
        let before = world.choice("ALG-1");
        world.clock.pass(TimeDelta::minutes(5));
        let done = world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
        assert_eq!((done.sent.len(), done.unchanged.len()), (0, 1));
        assert_eq!(world.choice("ALG-1"), before);
    }

    fn two_who_fill_in_at_once_do_not_overwrite_each_other(world) {
        let document = essay(&world);
        let stale = ChoiceSubmission {
            offerings: vec![(offering("ALG-1"), 0)],
            exam: ExamEntry::of_row(Some(RowId("moodle-case".into())), String::new()),
            documents: [(discipline("ALG"), document)].into(),
            may_repeat_returned: true,
        };
        assert_eq!(code(world.as_("aliya", move |work, actor| send_choices(work, actor, &stale))), "choice-changed");
        assert_eq!(world.choice("ALG-1").current.unwrap().answer.row.0, "moodle-essay");
    }

    fn a_returned_choice_says_why_and_comes_back_as_a_new_version(world) {
        let document = essay(&world);
        let seen = world.seen(&["ALG-1"]);
        let blank = seen.clone();
        assert_eq!(code(world.as_("head", move |work, actor| return_choices(work, actor, &blank, "  "))), "reason-missing");
        let reason = "Бағдарламаны жаңартыңыз";
        world.as_("head", move |work, actor| return_choices(work, actor, &seen, reason)).unwrap();
        let mine = world.as_("aliya", |work, actor| my_offerings(work, actor, None)).unwrap();
        let line = mine.lines().next().unwrap();
        assert_eq!((line.state, line.returned.as_ref().unwrap().reason.kk.as_str()), (ChoiceState::Returned, reason));
        assert_eq!(code(world.approve("head", &["ALG-1"])), "choice-sent-back");
        world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
        assert_eq!(world.choice("ALG-1").version(), 2);
        world.approve("head", &["ALG-1"]).unwrap();
    }

    fn an_approved_choice_is_closed_until_it_is_reopened(world) {
        let document = essay(&world);
        world.approve("head", &["ALG-1"]).unwrap();
        assert_eq!(code(world.send("aliya", &["ALG-1"], Exam::row("moodle-case"), document)), "choice-already-approved");
        world.as_("aliya", |work, actor| ask_reopen(work, actor, offering("ALG-1"), "Қате файл")).unwrap();
        let queue = world.as_("head", review_queue).unwrap();
        assert_eq!(queue.asked[0].reason, "Қате файл");
        let seen = world.seen(&["ALG-1"]);
        // No reason for reopening is typed, so the instructor's own reason is used.
        world.as_("registrar", move |work, actor| reopen_choices(work, actor, &seen, "")).unwrap();
        let told = world.as_("aliya", |work, actor| view_choice(work, actor, offering("ALG-1"))).unwrap();
        assert_eq!((told.state, told.reopen_asked), (ChoiceState::Returned, None));
        assert_eq!(told.decision.unwrap().reason, Some(Name::same("Қате файл")));
        world.send("aliya", &["ALG-1"], Exam::row("moodle-case"), document).unwrap();
    }

    fn a_request_to_reopen_may_be_declined(world) {
        essay(&world);
        world.approve("head", &["ALG-1"]).unwrap();
        world.as_("aliya", |work, actor| ask_reopen(work, actor, offering("ALG-1"), "?")).unwrap();
        world.as_("head", |work, actor| decline_reopen(work, actor, offering("ALG-1"), "Жоқ")).unwrap();
        assert!(world.as_("head", review_queue).unwrap().asked.is_empty());
    }

    fn what_came_back_may_be_sent_for_as_long_as_heads_decide(world) {
        let document = essay(&world);
        let seen = world.seen(&["ALG-1"]);
        world.as_("head", move |work, actor| return_choices(work, actor, &seen, "Қараңыз")).unwrap();
        world.clock.set("2026-10-03 09:00");
        let late = |class: &str| code(world.send("aliya", &[class], Exam::row("moodle-essay"), document));
        assert_eq!((late("ALG-1"), late("PYT-1")), ("done", "window-over"));
        world.approve("head", &["ALG-1"]).unwrap();
        let seen = world.seen(&["ALG-1"]);
        world.as_("registrar", move |work, actor| reopen_choices(work, actor, &seen, "Қате")).unwrap();
        world.clock.set("2026-10-09 09:00");
        assert_eq!(code(world.send("aliya", &["ALG-1"], Exam::row("moodle-case"), document)), "window-over");
    }

    fn the_dean_decides_when_nobody_in_the_department_can_sign_in(world) {
        essay(&world);
        assert_eq!(code(world.approve("dean", &["ALG-1"])), "department-decides");
        for who in ["head", "acting"] {
            world.app.write_now(move |work| accounts::set_enabled(work, who, false)).unwrap();
        }
        assert_eq!(code(world.approve("dean", &["ALG-1"])), "done");
    }

    fn a_decision_is_only_taken_back_by_who_may_still_decide(world) {
        essay(&world);
        world.approve("head", &["ALG-1"]).unwrap();
        world.app.write_now(|work| accounts::dismiss(work, "head", Role::Head, "CS")).unwrap();
        let undone = world.as_("head", |work, actor| undo(work, actor, ChoiceAct::Approve, &[offering("ALG-1")]));
        assert_eq!(code(undone), "not-found");
    }

    fn an_older_choice_is_shown_in_the_words_of_its_own_catalogue(world) {
        world.clock.set("2026-01-25 09:00");
        let document = world.upload("aliya", "ALG", "ALG programme");
        let offerings = vec![(OfferingId::of(&["ALG-1", "spring"]), 0)];
        let documents: BTreeMap<_, _> = [(discipline("ALG"), document)].into();
        let exam = ExamEntry::of_row(Some(RowId("moodle-essay".into())), String::new());
        let sending = ChoiceSubmission { offerings, exam, documents, may_repeat_returned: true };
        world.as_("aliya", move |work, actor| send_choices(work, actor, &sending)).unwrap();
        let seen = ShownChoice { offering: OfferingId::of(&["ALG-1", "spring"]), fingerprint: fingerprint_of(&world, "spring") };
        world.approve_shown("head", &[seen]).unwrap();
        world.clock.set("2026-09-15 09:00");
        let mut folder = shipped_catalogue();
        let row = folder.catalogue.rows.iter_mut().find(|row| row.id.0 == "moodle-essay").unwrap();
        row.title.kk = "Жаңа атау".into();
        load_catalogue(&world.app, &folder, Some("autumn")).unwrap();
        essay(&world);
        let card = world.as_("head", review_queue).unwrap().need.remove(0);
        assert_eq!(card.picked.title.kk, "Жаңа атау");
        assert_ne!(card.before.unwrap().picked.title.kk, "Жаңа атау");
    }

    fn a_request_lives_and_dies_with_the_approval_it_is_about(world) {
        essay(&world);
        world.approve("head", &["ALG-1"]).unwrap();
        world.as_("aliya", |work, actor| ask_reopen(work, actor, offering("ALG-1"), "Қате файл")).unwrap();
        // After the instructor has requested a reopening, the approval can no longer be undone.
        let undone = world.as_("head", |work, actor| undo(work, actor, ChoiceAct::Approve, &[offering("ALG-1")]));
        assert_eq!(code(undone), "undo-acted-since");
        let seen = world.seen(&["ALG-1"]);
        world.as_("head", move |work, actor| reopen_choices(work, actor, &seen, "")).unwrap();
        assert!(world.as_("head", review_queue).unwrap().asked.is_empty());
        // Undoing a reopening restores the instructor's request to reopen.
        world.as_("head", |work, actor| undo(work, actor, ChoiceAct::Reopen, &[offering("ALG-1")])).unwrap();
        assert_eq!(world.as_("head", review_queue).unwrap().asked.len(), 1);
        // After the next approval, the choice has no request to reopen.
        let seen = world.seen(&["ALG-1"]);
        world.as_("head", move |work, actor| reopen_choices(work, actor, &seen, "")).unwrap();
        essay(&world);
        world.approve("head", &["ALG-1"]).unwrap();
        assert!(world.as_("head", review_queue).unwrap().asked.is_empty());
    }

    fn a_decision_may_be_taken_back_for_ten_minutes_by_the_one_who_took_it(world) {
        essay(&world);
        let take_back = |world: &World, who| {
            code(world.as_(who, |work, actor| undo(work, actor, ChoiceAct::Approve, &[offering("ALG-1")])))
        };
        world.approve("head", &["ALG-1"]).unwrap();
        assert_eq!(take_back(&world, "acting"), "undo-acted-since");
        world.clock.pass(TimeDelta::minutes(UNDO_MINUTES));
        assert_eq!(take_back(&world, "head"), "done");
        assert_eq!(world.choice("ALG-1").current.unwrap().stage, Stage::InReview);
        world.approve("head", &["ALG-1"]).unwrap();
        world.clock.pass(TimeDelta::minutes(UNDO_MINUTES + 1));
        assert_eq!(take_back(&world, "head"), "undo-too-late");
    }

    fn what_was_sent_may_be_taken_back_while_the_head_has_not_acted(world) {
        let document = essay(&world);
        world.send("aliya", &["ALG-1"], Exam::row("moodle-case"), document).unwrap();
        world.as_("aliya", |work, actor| undo_send(work, actor, &[offering("ALG-1")])).unwrap();
        assert_eq!(world.choice("ALG-1").current.unwrap().answer.row.0, "moodle-essay");
        world.send("aliya", &["ALG-1"], Exam::row("moodle-project"), document).unwrap();
        assert_eq!(world.choice("ALG-1").version(), 3);
        world.approve("head", &["ALG-1"]).unwrap();
        let late = world.as_("aliya", |work, actor| undo_send(work, actor, &[offering("ALG-1")]));
        assert_eq!(code(late), "undo-acted-since");
    }

    fn a_choice_is_withdrawn_entirely_until_the_head_acts(world) {
        let document = essay(&world);
        let withdraw = |world: &World| world.as_("aliya", |work, actor| withdraw_choices(work, actor, &[offering("ALG-1")]));
        for row in ["moodle-case", "moodle-project"] {
            world.send("aliya", &["ALG-1"], Exam::row(row), document).unwrap();
        }
        assert_eq!(withdraw(&world).unwrap(), [AfterWithdrawal::NotChosen]);
        assert_eq!(world.choice("ALG-1").current, None);
        assert_eq!(code(withdraw(&world)), "choice-not-sent");
        let draft = world.as_("aliya", |work, actor| store::drafts::find(work.tx, offering("ALG-1"), actor.person).map_err(Into::into));
        assert_eq!(draft.unwrap().unwrap().row.unwrap().0, "moodle-project");

        // What the head returned is returned again, also after further versions and an undone decision.
        world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
        let seen = world.seen(&["ALG-1"]);
        world.as_("head", move |work, actor| return_choices(work, actor, &seen, "Қараңыз")).unwrap();
        let returned = world.choice("ALG-1").current;
        for row in ["moodle-case", "moodle-project"] {
            world.send("aliya", &["ALG-1"], Exam::row(row), document).unwrap();
        }
        world.approve("head", &["ALG-1"]).unwrap();
        assert_eq!(code(withdraw(&world)), "choice-already-approved");
        world.as_("head", |work, actor| undo(work, actor, ChoiceAct::Approve, &[offering("ALG-1")])).unwrap();
        assert_eq!(withdraw(&world).unwrap(), [AfterWithdrawal::Returned]);
        assert_eq!(world.choice("ALG-1").current, returned);
        assert_eq!(code(withdraw(&world)), "choice-sent-back");
        assert!(world.app.read_now(verify_history).unwrap().is_ok());
    }

    fn taking_back_the_first_submission_leaves_nothing_chosen(world) {
        let document = essay(&world);
        world.as_("aliya", |work, actor| undo_send(work, actor, &[offering("ALG-1")])).unwrap();
        assert!(world.choice("ALG-1").current.is_none());
        world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
        assert_eq!(world.choice("ALG-1").version(), 2);
        assert!(world.app.read_now(verify_history).unwrap().is_ok());
    }

    fn nobody_approves_their_own_choice(world) {
        let document = world.upload("head", "PYT", "PYT head");
        world.send("head", &["PYT-H"], Exam::row("moodle-test"), document).unwrap();
        assert_eq!(code(world.approve("head", &["PYT-H"])), "own-choice");
        assert_eq!(code(world.approve("dean", &["PYT-H"])), "department-decides");
        assert_eq!(world.as_("head", review_queue).unwrap().own.len(), 1);
        world.approve("acting", &["PYT-H"]).unwrap();
    }

    fn a_vacancy_is_chosen_by_the_head_and_decided_by_somebody_else(world) {
        let document = world.upload("head", "PYT", "PYT head");
        assert_eq!(code(world.send("aliya", &["PYT-V"], Exam::row("moodle-test"), document)), "not-found");
        world.send("head", &["PYT-V"], Exam::row("moodle-test"), document).unwrap();
        assert_eq!(code(world.approve("head", &["PYT-V"])), "own-choice");
        world.approve("acting", &["PYT-V"]).unwrap();
    }

    fn outside_the_window_nothing_changes(world) {
        let document = world.upload("aliya", "ALG", "ALG programme");
        let send = |world: &World| code(world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document));
        world.clock.set("2026-08-31 23:59");
        assert_eq!(send(&world), "window-not-yet");
        world.clock.set("2026-10-01 23:59");
        assert_eq!(send(&world), "done");
        world.clock.set("2026-10-02 00:00");
        assert_eq!(code(world.send("aliya", &["ALG-1"], Exam::row("moodle-case"), document)), "window-over");
        world.clock.set("2026-10-08 23:59");
        let seen = world.seen(&["ALG-1"]);
        world.clock.set("2026-10-09 00:00");
        assert_eq!(code(world.approve_shown("head", &seen)), "window-over");
    }

    fn a_draft_is_private_and_changes_no_stage(world) {
        let document = essay(&world);
        let draft = DraftSubmission {
            exam: ExamEntry::of_row(Some(RowId("univer-oral".into())), "Zoom".into()),
            documents: [(discipline("ALG"), document)].into(),
        };
        world.as_("aliya", move |work, actor| save_draft(work, actor, &[(offering("ALG-1"), 1)], &draft)).unwrap();
        let asked = ChoiceFormQuery { offerings: vec![offering("ALG-1")], ..ChoiceFormQuery::default() };
        let sheet = world.as_("aliya", move |work, actor| open_choice(work, actor, &asked)).unwrap();
        assert_eq!((sheet.filled.row.unwrap().0.as_str(), sheet.filled.info.as_str()), ("univer-oral", "Zoom"));
        world.approve("head", &["ALG-1"]).unwrap();
        assert_eq!(world.choice("ALG-1").current.unwrap().answer.row.0, "moodle-essay");
    }

    fn a_draft_that_was_begun_from_an_earlier_version_is_only_offered(world) {
        let document = essay(&world);
        let draft = |world: &World, version, row: &str| {
            let documents = [(discipline("ALG"), document)].into();
            let draft = DraftSubmission { exam: ExamEntry::of_row(Some(RowId(row.into())), String::new()), documents };
            world.as_("aliya", move |work, actor| save_draft(work, actor, &[(offering("ALG-1"), version)], &draft))
        };
        let filled = |world: &World, from_draft| {
            let query = ChoiceFormQuery { offerings: vec![offering("ALG-1")], from_draft, ..ChoiceFormQuery::default() };
            let filled = world.as_("aliya", move |work, actor| open_choice(work, actor, &query)).unwrap().filled;
            (filled.row.unwrap().0, filled.older_draft.is_some())
        };
        // A window that was opened before the choice was sent saves its draft.
        assert_eq!(draft(&world, 0, "moodle-case").unwrap(), DraftOutcome { is_saved: true, is_outdated: true, is_approved: false });
        assert_eq!(filled(&world, false), ("moodle-essay".into(), true));
        assert_eq!(filled(&world, true), ("moodle-case".into(), false));
        assert_eq!(draft(&world, 1, "moodle-project").unwrap(), DraftOutcome { is_saved: true, ..DraftOutcome::default() });
        assert_eq!(draft(&world, 0, "moodle-case").unwrap(), DraftOutcome { is_outdated: true, ..DraftOutcome::default() });
        assert_eq!(filled(&world, false), ("moodle-project".into(), false));
    }

    fn the_form_begins_with_the_only_file_of_this_term_and_offers_last_terms_choice(world) {
        world.clock.set("2026-02-01 09:00");
        let old = world.upload("aliya", "PYT", "PYT spring");
        let spring = domain::id::OfferingId::of(&["PYT-1", "spring"]);
        let sending = ChoiceSubmission {
            offerings: vec![(spring, 0)],
            exam: ExamEntry::of_row(Some(RowId("moodle-case".into())), String::new()),
            documents: [(discipline("PYT"), old)].into(),
            may_repeat_returned: true,
        };
        world.as_("aliya", move |work, actor| send_choices(work, actor, &sending)).unwrap();
        let fingerprint = world.app.read_now(move |work| Ok(store::choices::find(work.tx, spring)?.choice.fingerprint()));
        let seen = app::reviewing::decide::ShownChoice { offering: spring, fingerprint: fingerprint.unwrap().unwrap() };
        world.approve_shown("head", &[seen]).unwrap();

        world.clock.set("2026-09-15 09:00");
        let fresh = world.upload("aliya", "PYT", "PYT autumn");
        let asked = ChoiceFormQuery { discipline: Some(discipline("PYT")), ..ChoiceFormQuery::default() };
        let sheet = world.as_("aliya", move |work, actor| open_choice(work, actor, &asked)).unwrap();
        assert_eq!(sheet.ticked().count(), 2);
        assert_eq!(sheet.filled.documents[&discipline("PYT")], fresh);
        assert_eq!((sheet.filled.row, sheet.last_term.unwrap().row.0.as_str()), (None, "moodle-case"));

        world.send("aliya", &["PYT-1", "PYT-2"], Exam::row("moodle-case"), fresh).unwrap();
        let queue = world.as_("head", review_queue).unwrap();
        assert_eq!((queue.clean.len(), queue.clean_count(), queue.need.len()), (1, 2, 0));
        world.send("aliya", &["PYT-2"], Exam::row("moodle-case"), old).unwrap();
        let queue = world.as_("head", review_queue).unwrap();
        assert_eq!((queue.clean_count(), queue.need[0].warnings.as_slice()), (1, [Warning::Programme(Finding::SameAsLastTerm)].as_slice()));
    }

    fn groups_of_the_same_kind_that_choose_otherwise_are_shown_to_the_head(world) {
        let document = essay(&world);
        world.send("bolat", &["ALG-2"], Exam::row("moodle-test"), document).unwrap();
        let queue = world.as_("head", review_queue).unwrap();
        assert_eq!(queue.need.len(), 2);
        assert!(queue.need.iter().all(|card| card.warnings.contains(&Warning::DiffersFromKin)));
    }

    fn a_student_reads_only_what_is_approved(world) {
        essay(&world);
        let exam = |world: &World| {
            let student_exams = world.as_("student", student_exams).unwrap();
            student_exams.exams.into_iter().find(|exam| exam.offering.group == "ALG-1").unwrap().approved
        };
        assert!(exam(&world).is_none());
        world.approve("head", &["ALG-1"]).unwrap();
        assert_eq!(exam(&world).unwrap().picked.row.0, "moodle-essay");
    }

    fn however_a_name_is_typed_the_board_finds_it_and_only_within_what_one_may_see(world) {
        essay(&world);
        let found = |world: &World, who, text: &str| {
            let asked = progress::ProgressQuery { text: text.to_owned(), ..progress::ProgressQuery::default() };
            let board = world.as_(who, move |work, actor| progress::board(work, actor, &asked)).unwrap();
            board.lines.into_iter().map(|line| line.listed.offering.group).collect::<Vec<_>>()
        };
        for typed in ["Алгоритм", "алгоритм", "algoritm", "ALGORITM"] {
            assert_eq!(found(&world, "registrar", typed), ["ALG-1", "ALG-2"], "{typed}");
        }
        assert_eq!(found(&world, "registrar", "pyt-h"), ["PYT-H"]);
        assert_eq!(found(&world, "registrar", "сынақ saule"), ["MAT-1"]);
        assert_eq!(found(&world, "office", "anatom"), [""; 0]);
        assert_eq!(found(&world, "mathhead", ""), ["MAT-1"]);
        assert_eq!(found(&world, "registrar", "100%_'"), [""; 0]);
        let asked = progress::ProgressQuery { state: Some(ChoiceState::InReview), ..progress::ProgressQuery::default() };
        let board = world.as_("registrar", move |work, actor| progress::board(work, actor, &asked)).unwrap();
        assert_eq!((board.lines.len(), board.total.in_review, board.total.total()), (1, 1, 8));
    }

    fn the_same_bytes_are_the_same_document_and_the_same_name_is_a_new_version(world) {
        let (first, again) = (world.upload("aliya", "ALG", "Programme"), world.upload("bolat", "ALG", "Programme"));
        assert_eq!(first, again);
        let other = world.upload("aliya", "PYT", "Programme");
        assert_ne!(first, other);
    }
}
