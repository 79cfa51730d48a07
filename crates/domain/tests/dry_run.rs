//! Compares the dry run of a new catalogue version with an independent full re-evaluation, and tests the remedies for
//! broken choices.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs, reason = "tests")]

use chrono::{DateTime, Utc};
use domain::answer::{Answer, AnswerError};
use domain::catalogue::compare::compare;
use domain::catalogue::edit::{Edit, EditError};
use domain::catalogue::{Catalogue, Label, OfferedTo, Row, RowId};
use domain::choice::{Choice, ChoiceRefusal, ChoiceVersion, Stage};
use domain::digest::Digest;
use domain::dry_run::{BreakKind, BrokenChoice, ChoiceFact, dry_run, dry_run_digest, fits};
use domain::id::{DocumentId, OfferingId, OrgId, PersonId};
use domain::limits::{CATALOGUE_INSTRUCTIONS_LIMIT, CATALOGUE_TEXT_LIMIT};
use domain::name::Name;
use domain::narrowing::Axis;
use domain::person::{Actor, Appointment, Role};
use domain::policy::{CatalogueEditor, catalogue_editor};
use domain::report::ChoiceState;
use std::collections::BTreeMap;
use testkit::world::shipped_catalogue;

fn row(id: &str) -> RowId {
    RowId(id.to_owned())
}

/// Creates a catalogue version that breaks choices for every possible reason.
fn changed(from: &Catalogue) -> Catalogue {
    let mut coming = from.clone();
    coming.version = 2;
    coming.edit(&Edit::Switch(row("moodle-case"), false)).unwrap();
    coming.edit(&Edit::RemoveRow(row("moodle-mix3"))).unwrap();
    coming.rows[3].info = None;
    coming.rows[4].info.clone_from(&from.rows[3].info);
    let text = Name::same("Тек олар");
    coming.rows[6].offered = Some(OfferedTo { faculties: vec!["FIT".into()], reason: text.clone(), note: text });
    coming.rows[2].platform = "oqylyq".into();
    coming.rows[0].title = Name::same("Басқа атау");
    coming
}

/// Creates ten thousand choices: every catalogue row, three faculties, with and without information, in every state.
fn facts(tables: &[&Catalogue]) -> Vec<ChoiceFact> {
    let mut facts = Vec::new();
    for place in 0..10_000_usize {
        let table = tables[place % tables.len()];
        let chosen = &table.rows[(place / 3) % table.rows.len()];
        let states = [ChoiceState::InReview, ChoiceState::Approved, ChoiceState::Returned];
        facts.push(ChoiceFact {
            offering: OfferingId::of(&[&place.to_string()]),
            department: OrgId::of(&[&(place % 90).to_string()]),
            faculty_code: ["FIT", "MED", "LAW"][place % 3].to_owned(),
            state: states[(place / 7) % 3],
            version: 1,
            row: chosen.id.clone(),
            info: if (place / 5) % 2 == 0 { String::new() } else { "Zoom".to_owned() },
            catalogue: table.version,
        });
    }
    facts
}

/// Evaluates a choice independently of the dry run: checks its answer against the new catalogue, as sending would, and
/// compares the platform, form and type of its catalogue row.
fn re_evaluated(fact: &ChoiceFact, under: &Catalogue, coming: &Catalogue) -> Option<BreakKind> {
    let wrong = coming.check(&fact.row, &fact.info, &fact.faculty_code).err().unwrap_or_default();
    let is_listed = coming.rows.iter().any(|known| known.id == fact.row && known.is_on);
    if wrong.contains(&AnswerError::RuleUnknown) || !is_listed {
        return Some(BreakKind::RowGone);
    }
    if wrong.contains(&AnswerError::RuleNotOffered) {
        return Some(BreakKind::NotOffered);
    }
    let codes = |table: &Catalogue| {
        let found = table.rows.iter().filter(|known| known.id == fact.row);
        found.map(|known| (known.platform.clone(), known.form.clone(), known.kind.clone())).collect::<Vec<_>>()
    };
    if codes(under) != codes(coming) {
        return Some(BreakKind::MeaningChanged);
    }
    match wrong.first() {
        Some(AnswerError::InfoMissing) => Some(BreakKind::InfoRequired),
        Some(AnswerError::InfoForbidden) => Some(BreakKind::InfoForbidden),
        Some(other) => panic!("{other}"),
        None => None,
    }
}

#[test]
fn the_list_equals_an_independent_full_re_evaluation_of_10000_choices() {
    let first = shipped_catalogue().catalogue;
    let first = Catalogue { version: 1, ..first };
    // Some choices were made under a catalogue version between the two, in which a row had another meaning.
    let mut between = Catalogue { version: 2, ..first.clone() };
    between.rows[2].platform = "oqylyq".into();
    between.rows[5].form = "oral".into();
    let coming = Catalogue { version: 3, ..changed(&first) };
    let known_versions = BTreeMap::from([(1, first.clone()), (2, between.clone())]);
    let facts = facts(&[&first, &between]);
    let found: Vec<(OfferingId, BreakKind)> =
        dry_run(facts.clone(), &known_versions, &coming).into_iter().map(|one| (one.fact.offering, one.how)).collect();
    let expected: Vec<(OfferingId, BreakKind)> = facts
        .iter()
        .filter_map(|fact| Some((fact.offering, re_evaluated(fact, &known_versions[&fact.catalogue], &coming)?)))
        .collect();
    assert_eq!(found, expected);
    for how in BreakKind::ALL {
        assert!(found.iter().any(|(_, known)| *known == how), "{how:?} does not happen");
    }
    assert!(found.len() < facts.len());
    assert!(
        dry_run(facts, &BTreeMap::from([(1, &first), (2, &first)]), &first)
            .iter()
            .all(|one| one.how != BreakKind::RowGone)
    );
}

#[test]
fn the_fingerprint_is_of_the_table_and_of_every_broken_choice() {
    let first = Catalogue { version: 1, ..shipped_catalogue().catalogue };
    let known_versions = BTreeMap::from([(1, &first)]);
    let facts: Vec<ChoiceFact> = facts(&[&first]).into_iter().take(300).collect();
    let run = |facts: &[ChoiceFact]| dry_run(facts.to_vec(), &known_versions, &changed(&first));
    let before = dry_run_digest("draft 1", &run(&facts));
    assert_eq!(dry_run_digest("draft 1", &run(&facts)), before);
    assert_ne!(dry_run_digest("draft 2", &run(&facts)), before);
    let place = facts.iter().position(|fact| fact.row.0 == "moodle-case").unwrap();
    for change in [
        |fact: &mut ChoiceFact| fact.version += 1,
        |fact: &mut ChoiceFact| fact.row = row("moodle-essay"),
        |fact: &mut ChoiceFact| {
            fact.state =
                if fact.state == ChoiceState::Approved { ChoiceState::InReview } else { ChoiceState::Approved };
        },
    ] {
        let mut others = facts.clone();
        change(&mut others[place]);
        assert_ne!(dry_run_digest("draft 1", &run(&others)), before);
    }
}

fn keeper() -> CatalogueEditor {
    let (person, org) = (PersonId::of(&["registrar"]), OrgId::of(&["UNI"]));
    let id = domain::id::AppointmentId::of(&["r"]);
    let appointment = Appointment::of(id, person, Role::Registrar, org);
    catalogue_editor(&Actor { person, short_name: String::new(), appointments: vec![appointment] }).unwrap()
}

fn now() -> DateTime<Utc> {
    "2026-10-01T09:00:00Z".parse().unwrap()
}

fn choice(stage: Stage) -> Choice {
    let answer = Answer { row: row("univer-oral"), info: "Zoom".into(), document: DocumentId::of(&["d"]) };
    let current = ChoiceVersion {
        version: 3,
        answer,
        document_sha: Digest::of(b"d"),
        catalogue: 1,
        sent_by: PersonId::of(&["aliya"]),
        sent_at: now(),
        stage,
    };
    Choice { offering: OfferingId::of(&["o"]), current: Some(current), last: None, latest_version: 4 }
}

#[test]
fn a_rule_gives_back_what_waits_and_what_is_approved_and_nothing_twice() {
    let approved = Stage::Approved { by: PersonId::of(&["head"]), at: now(), asked: None };
    for (stage, was_approved) in [(Stage::InReview, false), (approved, true)] {
        let mut choice = choice(stage);
        choice.give_back_by_rule(keeper(), "Жол жабылды", now()).unwrap();
        let current = choice.current.clone().unwrap();
        let Stage::Returned { by, reason, reopened, .. } = &current.stage else { panic!() };
        assert_eq!((*by, reason.as_str(), *reopened), (PersonId::of(&["registrar"]), "Жол жабылды", was_approved));
        assert_eq!((current.version, choice.last.is_none()), (3, true));
        assert_eq!(choice.give_back_by_rule(keeper(), "again", now()), Err(ChoiceRefusal::SentBack));
    }
    assert_eq!(
        Choice::none(OfferingId::of(&["o"])).give_back_by_rule(keeper(), "x", now()),
        Err(ChoiceRefusal::NotSent)
    );
}

#[test]
fn a_moved_choice_is_a_new_version_that_waits_for_the_head_whatever_was_approved() {
    let table = shipped_catalogue().catalogue;
    let approved = Stage::Approved { by: PersonId::of(&["head"]), at: now(), asked: Some("why".into()) };
    let mut moved = choice(approved);
    let before = moved.fingerprint();
    moved.move_by_rule(keeper(), table.row(&row("moodle-essay")).unwrap(), 2, now()).unwrap();
    let current = moved.current.clone().unwrap();
    assert_eq!(
        (current.version, moved.latest_version, current.catalogue, current.stage.clone()),
        (5, 5, 2, Stage::InReview)
    );
    // The new catalogue row requires no information, so none is retained; the sender is unchanged.
    assert_eq!((current.answer.info.as_str(), current.sent_by), ("", PersonId::of(&["aliya"])));
    assert_ne!(moved.fingerprint(), before);
    let mut kept = choice(Stage::InReview);
    kept.move_by_rule(keeper(), table.row(&row("alt-cert")).unwrap(), 2, now()).unwrap();
    assert_eq!(kept.current.unwrap().answer.info, "Zoom");
}

#[test]
fn a_target_must_be_on_offered_there_and_asks_for_nothing_that_is_not_there() {
    let table = shipped_catalogue().catalogue;
    let fact = ChoiceFact { faculty_code: "LAW".into(), info: String::new(), ..facts(&[&table])[0].clone() };
    let fits = |fact: &ChoiceFact, id: &str| fits(fact, table.row(&row(id)).unwrap());
    assert!(fits(&fact, "moodle-essay") && !fits(&fact, "univer-oral") && !fits(&fact, "startexam-test"));
    assert!(fits(&ChoiceFact { info: "Zoom".into(), ..fact }, "univer-oral"));
    let off = Row { is_on: false, ..table.rows[6].clone() };
    assert!(!domain::dry_run::fits(&facts(&[&table])[0], &off));
}

#[test]
fn edits_keep_their_limits_and_what_is_not_there_cannot_be_edited() {
    let mut table = shipped_catalogue().catalogue;
    let untouched = table.clone();
    let essay = table.rows[6].clone();
    let long = Row { title: Name::same(&"ұ".repeat(CATALOGUE_TEXT_LIMIT + 1)), ..essay.clone() };
    let refused = [
        (Edit::ChangeRow(Box::new(long)), EditError::TextTooLong),
        (Edit::ChangeRow(Box::new(Row { minutes: 99_999, ..essay.clone() })), EditError::BadNumber),
        (Edit::ChangeRow(Box::new(Row { id: row("nowhere"), ..essay.clone() })), EditError::Missing),
        (Edit::AddRow(Box::new(essay.clone())), EditError::IdTaken),
        (Edit::AddRow(Box::new(Row { id: row("moodle"), ..essay.clone() })), EditError::IdTaken),
        (Edit::AddRow(Box::new(Row { id: row("Жаңа"), ..essay.clone() })), EditError::BadCode),
        (Edit::Switch(row("nowhere"), false), EditError::Missing),
        (Edit::Instructions("nowhere".into(), Name::same("x")), EditError::Missing),
        (
            Edit::Instructions("general".into(), Name::same(&"x".repeat(CATALOGUE_INSTRUCTIONS_LIMIT + 1))),
            EditError::TextTooLong,
        ),
        (
            Edit::PutLabel(Axis::Platform, Label { code: "alt-cert".into(), name: Name::same("x"), link: None }),
            EditError::IdTaken,
        ),
        (Edit::RemoveLabel(Axis::Form, "sung".into()), EditError::Missing),
        (Edit::RemoveVideo(9), EditError::Missing),
    ];
    for (edit, why) in refused {
        assert_eq!(table.edit(&edit), Err(why), "{edit:?}");
    }
    assert_eq!(table, untouched);
    table.edit(&Edit::Move(essay.id.clone(), true)).unwrap();
    assert_eq!((table.rows[5].id.clone(), table.rows[5].number, table.rows[6].number), (essay.id.clone(), 6, 7));
    table.edit(&Edit::Move(essay.id, false)).unwrap();
    table.edit(&Edit::Move(row("oqylyq-written"), true)).unwrap();
    assert_eq!(table, untouched);
}

#[test]
fn a_comparison_says_what_was_added_changed_switched_and_taken_out() {
    let from = shipped_catalogue().catalogue;
    assert_eq!(compare(&from, &from), []);
    let mut to = changed(&from);
    to.edit(&Edit::Instructions("general".into(), Name::same("# Жаңа"))).unwrap();
    to.edit(&Edit::PutLabel(Axis::Form, Label { code: "oral".into(), name: Name::same("Ауызша"), link: None }))
        .unwrap();
    let found: Vec<(&str, String)> =
        compare(&from, &to).into_iter().map(|change| (change.kind, change.subject)).collect();
    let expected = [
        ("row-changed", "oqylyq-written"),
        ("row-changed", "univer-test"),
        ("row-changed", "univer-oral"),
        ("row-changed", "moodle-project"),
        ("row-off", "moodle-case"),
        ("row-changed", "moodle-essay"),
        ("row-removed", "moodle-mix3"),
        ("label-changed", "oral"),
        ("instructions-changed", "general"),
    ];
    assert_eq!(found, expected.map(|(kind, subject)| (kind, subject.to_owned())));
    let title = &compare(&from, &to)[0].fields[0];
    assert_eq!((title.field, title.after.as_str()), ("title", "Басқа атау"));
    // A catalogue change of names alone breaks no choice.
    let only_names = BrokenChoice { fact: facts(&[&from])[0].clone(), how: BreakKind::RowGone };
    assert_ne!(
        dry_run_digest("a", std::slice::from_ref(&only_names)),
        dry_run_digest("a", &[BrokenChoice { how: BreakKind::NotOffered, ..only_names }])
    );
}
