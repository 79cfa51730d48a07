//! Tests that the stored scenario has a row for every variant of a stored enum. A new variant does not compile in this
//! file until it is listed, and fails the test until a row has it.

use super::{CHOSEN, loaded};
use app::history::search_history::ACTS;
use domain::catalogue::{Catalogue, InfoRule, Label, OfferedTo, Row, Video};
use domain::choice::{ChoiceAct, ChoiceVersion, LastAct, Stage};
use domain::name::Language;
use domain::notification::{
    ExamSummary, MailPreference, Notification, NotificationContent, NotificationKind, NotificationSubject,
};
use domain::offering::{Level, StudyForm};
use domain::person::Role;
use domain::roster::OrgKind;
use domain::roster::undo::{ImportState, Reverse, ReverseChanges};
use domain::term::Uniformity;
use std::collections::BTreeSet;
use testkit::World;

/// Returns the distinct values of a database column.
fn values(world: &World, table: &str, column: &str) -> BTreeSet<String> {
    let sql = format!("SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL ORDER BY {column}");
    super::rows::texts(&world.app.store, sql).into_iter().collect()
}

fn codes<T>(all: impl IntoIterator<Item = T>, code: impl Fn(T) -> &'static str) -> BTreeSet<String> {
    all.into_iter().map(|one| code(one).to_owned()).collect()
}

/// Returns the code of the state of a choice. The patterns name every field and have no wildcard, so that an additional
/// field does not compile.
fn stage(current: &ChoiceVersion) -> &'static str {
    let ChoiceVersion { version: _, answer: _, document_sha: _, catalogue: _, sent_by: _, sent_at: _, stage } = current;
    match stage {
        Stage::InReview => "in review",
        Stage::Returned { by: _, at: _, reason: _, reopened: false } => "returned",
        Stage::Returned { by: _, at: _, reason: _, reopened: true } => "reopened",
        Stage::Approved { by: _, at: _, asked: None } => "approved",
        Stage::Approved { by: _, at: _, asked: Some(_) } => "approved and asked to reopen",
    }
}

/// Returns the code of the last act, of the state before it, and of the state before the sendings in a row.
fn act(last: &LastAct) -> (&'static str, &'static str, &'static str) {
    let LastAct { by: _, at: _, act, before, corrects, sending } = last;
    let corrects = sending.as_ref().map_or(corrects.as_ref(), |sending| sending.before_sendings());
    let act = match act {
        ChoiceAct::Send => "send",
        ChoiceAct::Approve => "approve",
        ChoiceAct::Return => "return",
        ChoiceAct::Reopen => "reopen",
    };
    (act, before.as_ref().map_or("not chosen", stage), corrects.map_or("nothing", stage))
}

#[test]
fn choices_in_every_stage_after_every_act() {
    let world = loaded();
    let choices = CHOSEN.map(|class| world.choice(class));
    let stages: BTreeSet<_> = choices.iter().map(|choice| stage(choice.current.as_ref().unwrap())).collect();
    let all = ["in review", "returned", "reopened", "approved", "approved and asked to reopen"];
    assert_eq!(stages, all.into());
    let acts: BTreeSet<_> = choices.iter().filter_map(|choice| choice.last.as_ref()).map(act).collect();
    let sent = ["not chosen", "in review", "returned", "reopened"].map(|before| ("send", before, "nothing"));
    let approved = ["nothing", "returned", "reopened"].map(|corrected| ("approve", "in review", corrected));
    let decided = approved.into_iter().chain([("return", "in review", "nothing")]);
    let reopened = ["approved", "approved and asked to reopen"].map(|before| ("reopen", before, "nothing"));
    assert_eq!(acts, sent.into_iter().chain(decided).chain(reopened).collect());
    assert!(choices.iter().any(|choice| choice.last.is_none()));
    assert_eq!(super::stored("choices").len(), CHOSEN.len());
    assert_eq!(values(&world, "choice_versions", "decided"), ["approved", "returned"].map(str::to_owned).into());
}

#[test]
fn notices_of_every_kind_with_everything_they_can_say() {
    let world = loaded();
    let notifications: Vec<Notification> = world
        .app
        .read_now(|work| {
            let people = store::people::all(work.tx)?;
            let told = people.iter().map(|one| store::notifications::of_person(work.tx, one.id, 0));
            Ok(told.collect::<store::Result<Vec<_>>>()?.concat())
        })
        .unwrap();
    // The content of the first three is that of `ToDecide`, the content of the last that of `BeingChanged`.
    let later = [
        NotificationKind::DecidingEnds,
        NotificationKind::DecidingOver,
        NotificationKind::Overdue,
        NotificationKind::Unchanged,
    ];
    let expected = NotificationKind::ALL.into_iter().filter(|kind| !later.contains(kind));
    assert_eq!(notifications.iter().map(|one| one.kind).collect::<BTreeSet<_>>(), expected.collect());
    let (mut said, mut exams) = ([false; 9], [false; 5]);
    for NotificationContent { offerings, total, by, reason, reason_in, before, now, until, unit } in
        notifications.iter().map(|one| &one.about)
    {
        let subjects = offerings.iter().any(|NotificationSubject { offering, discipline, group }| {
            offering.is_some() && !discipline.kk.is_empty() && !group.is_empty()
        });
        let says = [subjects, *total > 0, !by.is_empty(), !reason.is_empty(), before.is_some(), now.is_some()];
        let says = says.into_iter().chain([until.is_some(), unit.is_some(), reason_in.is_some()]);
        said.iter_mut().zip(says).for_each(|(said, says)| *said |= says);
        for ExamSummary { platform, form, kind, info, programme } in before.iter().chain(now) {
            let says = [platform != form, kind.is_some(), kind.is_none(), !info.is_empty(), !programme.is_empty()];
            exams.iter_mut().zip(says).for_each(|(said, says)| *said |= says);
        }
    }
    assert_eq!((said, exams), ([true; 9], [true; 5]));
    assert_eq!(values(&world, "notices", "mail"), ["digest", "letter", "off"].map(str::to_owned).into());
    assert_eq!(
        values(&world, "letters", "state"),
        ["given-up", "sending", "sent", "waiting"].map(str::to_owned).into()
    );
    assert!(!values(&world, "letters", "digest_day").is_empty() && !values(&world, "notices", "read_at").is_empty());
    assert_eq!(values(&world, "notice_wishes", "wish"), codes(MailPreference::ALL, MailPreference::code));
}

fn has<I, T>(did: &ReverseChanges<I, T>) -> bool {
    let ReverseChanges { added, changed } = did;
    !added.is_empty() && !changed.is_empty()
}

#[test]
fn an_import_that_did_everything_to_records_of_every_sort() {
    let world = loaded();
    let import = super::story::last_import();
    let reverse = world.app.read_now(move |work| Ok(store::imports::reverse(work.tx, import)?)).unwrap().unwrap();
    let Reverse { orgs, terms, people, appointments, disciplines, offerings, enrolled, left, adopted } = &reverse;
    let did = [has(orgs), has(terms), has(people), has(appointments), has(disciplines), has(offerings)];
    assert_eq!((did, enrolled.len(), left.len(), adopted.len()), ([true; 6], 1, 1, 1));
    assert!(offerings.changed.iter().any(|one| one.before.is_active && !one.after.is_active), "put aside");
    assert!(offerings.changed.iter().any(|one| one.before.responsible != one.after.responsible));
    assert!(people.changed.iter().any(|one| one.before.is_enabled && !one.after.is_enabled));
    let was: Vec<_> = offerings.changed.iter().map(|one| &one.before).collect();
    assert!(StudyForm::ALL.iter().all(|form| was.iter().any(|one| one.study_form == *form)));
    assert!(Level::ALL.iter().all(|level| was.iter().any(|one| one.level == *level)));
    assert!(Language::ALL.iter().all(|language| was.iter().any(|one| one.language == *language)));
    // A registrar's import does not change administrators.
    let mut roles = Role::ALL.iter().filter(|role| **role != Role::Administrator);
    assert!(roles.all(|role| appointments.changed.iter().any(|one| one.before.role == *role)));
    let kinds: BTreeSet<_> = orgs.changed.iter().map(|one| one.before.kind).collect();
    assert_eq!(kinds, [OrgKind::University, OrgKind::Faculty, OrgKind::Department].into());
    assert_eq!(values(&world, "imports", "state"), codes(ImportState::ALL, ImportState::code));
}

#[test]
fn rule_tables_with_everything_a_line_can_say() {
    let world = loaded();
    let tables: Vec<Catalogue> = world
        .app
        .read_now(|work| {
            let heads = store::catalogue_drafts::all(work.tx)?;
            let drafts = heads.iter().map(|head| store::catalogue_drafts::find(work.tx, head.id));
            let drafts = drafts.collect::<store::Result<Vec<_>>>()?.into_iter().flatten().map(|draft| draft.catalogue);
            let mut tables: Vec<_> = drafts.collect();
            tables.extend([(*work.catalogue(1)?).clone(), (*work.catalogue(2)?).clone()]);
            Ok(tables)
        })
        .unwrap();
    let (mut rows, mut videos, mut linked) = ([false; 7], [false; 3], false);
    for Catalogue { version: _, platforms, forms: _, kinds: _, rows: all, videos: films, instructions } in &tables {
        linked |= platforms.iter().any(|Label { code: _, name: _, link }| link.is_some());
        assert!(instructions.len() > 10);
        for row in all {
            let Row { id: _, number: _, platform: _, form: _, kind, title: _, help, info, offered, is_on, .. } = row;
            let Row { minutes, attempts: _, parts, .. } = row;
            let suggests = info
                .as_ref()
                .is_some_and(|InfoRule { label: _, prompt: _, suggestions, several: _ }| !suggestions.is_empty());
            let faculties = |OfferedTo { faculties, reason: _, note: _ }: &OfferedTo| !faculties.is_empty();
            let says =
                [kind.is_some(), kind.is_none(), help.is_some(), suggests, offered.as_ref().is_some_and(faculties)];
            let says = says.into_iter().chain([!is_on, *minutes > 0 && *parts > 1]);
            rows.iter_mut().zip(says).for_each(|(said, says)| *said |= says);
        }
        for Video { scope: _, title: _, file, url, captions } in films {
            let says = [file.is_some(), url.is_some(), captions.is_some()];
            videos.iter_mut().zip(says).for_each(|(said, says)| *said |= says);
        }
    }
    assert_eq!((rows, videos, linked), ([true; 7], [true; 3], true));
}

#[test]
fn every_act_and_every_code() {
    let world = loaded();
    assert_eq!(values(&world, "history", "act"), ACTS.iter().map(|act| (*act).to_owned()).collect());
    assert_eq!(values(&world, "appointments", "role"), codes(Role::ALL, Role::code));
    assert_eq!(values(&world, "terms", "uniformity"), codes(Uniformity::ALL, Uniformity::code));
    assert_eq!(values(&world, "offerings", "study_form"), codes(StudyForm::ALL, StudyForm::code));
    assert_eq!(values(&world, "offerings", "level"), codes(Level::ALL, Level::code));
    assert_eq!(values(&world, "offerings", "language"), codes(Language::ALL, Language::code));
    assert_eq!(values(&world, "people", "locale").len(), 2);
    for (table, column) in [("set_forms", "discipline_id"), ("set_forms", "offering_id"), ("openings", "department_id")]
    {
        assert!(!values(&world, table, &format!("hex({column})")).is_empty(), "{table}.{column}");
    }
    for table in super::rows::tables(&world.app.store) {
        assert!(!super::stored(&table).is_empty(), "{table} has no row: nothing says that it will be read");
    }
}
