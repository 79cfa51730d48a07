//! The choices of the stored scenario: each class ends in a different state.

use super::{done, minute};
use app::choosing::ask_reopen::{ask_reopen, decline_reopen};
use app::choosing::save_draft::{DraftSubmission, save_draft};
use app::choosing::withdraw_choices::undo_send;
use app::reviewing::decide::undo;
use app::reviewing::reopen_choices::reopen_choices;
use app::reviewing::return_choices::return_choices;
use domain::catalogue::RowId;
use domain::choice::ChoiceAct;
use domain::exam_entry::ExamEntry;
use domain::id::DocumentId;
use testkit::sample::{discipline, offering};
use testkit::{Exam, World};

/// Classes whose last act can be undone when the scenario ends, with the act and the person. Together the classes
/// contain every act, and every state before a sending and a reopening.
pub(crate) const CAN_BE_TAKEN_BACK: [(&str, ChoiceAct, &str); 8] = [
    ("ALG-1", ChoiceAct::Approve, "head"),
    ("ALG-2", ChoiceAct::Send, "bolat"),
    ("ALG-3", ChoiceAct::Send, "aliya"),
    ("ALG-4", ChoiceAct::Send, "aliya"),
    ("ALG-5", ChoiceAct::Send, "aliya"),
    ("ALG-6", ChoiceAct::Return, "head"),
    ("PYT-1", ChoiceAct::Reopen, "head"),
    ("PYT-2", ChoiceAct::Reopen, "head"),
];

/// Every class with a choice in the stored scenario. The last act of a class that is not in `CAN_BE_TAKEN_BACK` cannot
/// be undone: request to reopen, declined request, undone act, returned or moved by a catalogue, changed for students,
/// vacancy approved weeks ago.
pub(crate) const CHOSEN: [&str; 15] = [
    "ALG-1", "ALG-2", "ALG-3", "ALG-4", "ALG-5", "ALG-6", "PYT-1", "PYT-2", "PYT-3", "PYT-4", "PYT-5", "PYT-6",
    "PYT-7", "PYT-H", "PYT-V",
];

const WHY: &str = "Нұсқаулық 'жоқ'";

fn send(world: &World, who: &str, classes: &[&str], exam: Exam<'_>) {
    let code = &classes[0][..3];
    let document = world.upload(who, code, &format!("{code} programme"));
    world.send(who, classes, exam, document).unwrap();
}

fn give_back(world: &World, classes: &[&str]) {
    let seen = world.seen(classes);
    done(world, "head", move |work, actor| return_choices(work, actor, &seen, WHY));
}

fn reopen(world: &World, who: &str, classes: &[&str]) {
    let seen = world.seen(classes);
    done(world, who, move |work, actor| reopen_choices(work, actor, &seen, "Платформа ауысты"));
}

fn ask(world: &World, class: &'static str) {
    done(world, "aliya", move |work, actor| ask_reopen(work, actor, offering(class), "Қате таңдадым"));
}

fn draft(world: &World, (who, class): (&str, &'static str), draft: DraftSubmission) {
    done(world, who, move |work, actor| save_draft(work, actor, &[(offering(class), 0)], &draft));
}

/// Makes the choices that a later catalogue version no longer allows.
pub(crate) fn first_choices(world: &World) {
    world.clock.set("2026-09-08 09:00");
    send(world, "aliya", &["PYT-6"], Exam { row: "univer-oral", info: "Zoom" });
    send(world, "aliya", &["PYT-7"], Exam::row("moodle-case"));
    minute(world);
    world.approve("head", &["PYT-6"]).unwrap();
}

/// Makes drafts of choices, and the choices that are decided long before the end of the scenario.
pub(crate) fn september(world: &World) {
    world.clock.set("2026-09-15 09:00");
    let document = world.upload("aliya", "PYT", "PYT programme");
    let documents = [(discipline("PYT"), document)].into();
    let exam = ExamEntry::of_row(Some(RowId("alt-cert".into())), "Coursera".into());
    draft(world, ("aliya", "PYT-8"), DraftSubmission { exam, documents });
    let exam = ExamEntry::of_row(None, "Әлі ойланамын".into());
    draft(world, ("saule", "MAT-1"), DraftSubmission { exam, ..DraftSubmission::default() });
    send(world, "aliya", &["ALG-5", "ALG-4"], Exam::row("moodle-essay"));
    send(world, "aliya", &["PYT-1", "PYT-2", "PYT-3", "PYT-4", "PYT-5"], Exam::row("moodle-test"));
    send(world, "head", &["PYT-H"], Exam::row("moodle-essay"));
    send(world, "head", &["PYT-V"], Exam { row: "alt-cert", info: "Coursera" });
    minute(world);
    give_back(world, &["ALG-4"]);
    world.approve("head", &["ALG-5", "PYT-1", "PYT-2", "PYT-3", "PYT-4", "PYT-5"]).unwrap();
    world.approve("acting", &["PYT-H", "PYT-V"]).unwrap();
    minute(world);
    done(world, "head", |work, actor| undo(work, actor, ChoiceAct::Approve, &[offering("PYT-5")]));
    for class in ["PYT-2", "PYT-3", "PYT-4"] {
        ask(world, class);
    }
    done(world, "head", |work, actor| decline_reopen(work, actor, offering("PYT-4"), "Кеш"));
    reopen(world, "registrar", &["ALG-5", "PYT-H"]);
    minute(world);
    // Gives students an exam that differs from the previously approved one.
    let again: DocumentId = world.upload("head", "PYT", "PYT programme");
    world.send("head", &["PYT-H"], Exam::row("univer-test"), again).unwrap();
    world.approve("acting", &["PYT-H"]).unwrap();
}

/// Makes the decisions on choices that can be undone when the scenario ends.
pub(crate) fn last_minutes(world: &World) {
    world.clock.set("2026-10-05 12:00");
    send(world, "bolat", &["ALG-2"], Exam::row("moodle-essay"));
    send(world, "aliya", &["ALG-1", "ALG-3", "ALG-6"], Exam::row("moodle-essay"));
    done(world, "aliya", |work, actor| undo_send(work, actor, &[offering("ALG-3")]));
    for answer in ["moodle-project", "moodle-essay"] {
        minute(world);
        send(world, "aliya", &["ALG-3"], Exam::row(answer));
    }
    send(world, "aliya", &["ALG-4", "ALG-5"], Exam::row("moodle-project"));
    minute(world);
    give_back(world, &["ALG-6"]);
    let seen = world.seen(&["ALG-1"]);
    let reason = "Бағдарламада емтихан өткізу нұсқаулығы жоқ. 3-бет";
    done(world, "head", move |work, actor| return_choices(work, actor, &seen, reason));
    send(world, "aliya", &["ALG-1"], Exam::row("moodle-project"));
    world.approve("head", &["ALG-1"]).unwrap();
    reopen(world, "head", &["PYT-1", "PYT-2"]);
}
