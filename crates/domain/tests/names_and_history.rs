//! Tests Kazakh sorting against ICU4X, and that the history's hash chain detects every single damage.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

use chrono::{DateTime, TimeDelta, Utc};
use domain::digest::Digest;
use domain::history::{BEGINNING, Flaw, HistoryLine, walk};
use domain::name::sort_key;
use domain::person::Role;
use icu_collator::{Collator, CollatorBorrowed, options::CollatorOptions};
use icu_locale_core::locale;
use testkit::sample;

const WORDS: [&str; 28] = [
    "Әлия",
    "Абай",
    "Ақерке",
    "Бекет",
    "Ғалым",
    "Гүлнар",
    "Дәурен",
    "Ермек",
    "Ёлкин",
    "Жансая",
    "Зере",
    "Инабат",
    "Қайрат",
    "Камила",
    "Лаура",
    "Мөлдір",
    "Нұрлан",
    "Ңұр",
    "Өмір",
    "Олжас",
    "Ұлан",
    "Үміт",
    "Умар",
    "Хамит",
    "Һарун",
    "Шолпан",
    "Ілияс",
    "Яна",
];

#[test]
fn our_order_is_that_of_the_kazakh_alphabet_as_icu_knows_it() {
    let collator: CollatorBorrowed<'static> =
        Collator::try_new(locale!("kk").into(), CollatorOptions::default()).unwrap();
    let (mut ours, mut icu) = (WORDS.to_vec(), WORDS.to_vec());
    ours.sort_by_key(|word| sort_key(word));
    icu.sort_by(|one, other| collator.compare(one, other));
    assert_eq!(ours, icu);
}

#[test]
fn the_42_letters_stand_in_their_order() {
    let alphabet = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ";
    let keys: Vec<String> = alphabet.chars().map(|letter| sort_key(&letter.to_string())).collect();
    assert!(keys.is_sorted() && keys.len() == 42);
    assert!(sort_key("Z") < sort_key("А"));
}

fn chain() -> Vec<HistoryLine> {
    let start: DateTime<Utc> = "2026-09-15T04:00:00Z".parse().unwrap();
    let mut previous = BEGINNING;
    let mut lines = Vec::new();
    for sequence in 1..=5 {
        let line = HistoryLine {
            subject: "choice:1".into(),
            sequence,
            at: start + TimeDelta::seconds(sequence),
            actor: Some(sample::person("aliya")),
            role: Some(Role::Instructor),
            act: "choice-sent".into(),
            payload: format!("{{\"version\":{sequence}}}"),
            previous,
            hash: BEGINNING,
        }
        .sealed();
        previous = line.hash;
        lines.push(line);
    }
    lines
}

#[test]
fn an_untouched_chain_holds() {
    let lines = chain();
    assert_eq!(walk(&lines).unwrap(), Some(lines[4].hash));
}

#[test]
fn any_touched_field_is_noticed_at_its_line() {
    let damages: [fn(&mut HistoryLine); 8] = [
        |line| line.payload.push(' '),
        |line| line.act = "choice-approved".into(),
        |line| line.at += TimeDelta::milliseconds(1),
        |line| line.actor = None,
        |line| line.role = Some(Role::Head),
        |line| line.subject.push('2'),
        |line| line.hash = Digest::of(b"x"),
        |line| line.previous = Digest::of(b"x"),
    ];
    for damage in damages {
        for place in 0..5 {
            let mut lines = chain();
            damage(&mut lines[place]);
            let broken = walk(&lines).unwrap_err();
            assert_eq!(broken.sequence, i64::try_from(place).unwrap() + 1);
        }
    }
}

#[test]
fn a_missing_or_swapped_line_is_noticed() {
    for place in 0..4 {
        let mut lines = chain();
        lines.remove(place);
        assert_eq!(walk(&lines).unwrap_err().flaw, Flaw::Gap);
    }
    let mut lines = chain();
    lines.swap(1, 2);
    assert_eq!(walk(&lines).unwrap_err().flaw, Flaw::Gap);
}
