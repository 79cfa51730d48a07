//! Applies five hundred random changes to the catalogue: every harmful change must be refused with the right rows,
//! every harmless one accepted. The expected result is written by hand for each change, not taken from the checks.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs, reason = "tests")]
#![allow(clippy::unnecessary_wraps, reason = "what is expected of a damage may be nothing")]

use domain::catalogue::edit::Edit;
use domain::catalogue::{Catalogue, InfoRule, Label, OfferedTo, Row, RowId, Video};
use domain::name::Name;
use domain::narrowing::Axis;
use domain::proofs::context_checks::{CatalogueContext, faults_within, warnings};
use domain::proofs::fixes::{is_mechanical, with_fix};
use std::collections::BTreeMap;
use testkit::world::shipped_catalogue;

/// A random number generator with the same numbers on every machine (xorshift, Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }

    /// Draws two different random positions, the smaller one first.
    fn two(&mut self, limit: usize) -> (usize, usize) {
        let first = self.below(limit);
        let second = (first + 1 + self.below(limit - 1)) % limit;
        (first.min(second), first.max(second))
    }

    fn language<'n>(&mut self, name: &'n mut Name) -> &'n mut String {
        match self.below(3) {
            0 => &mut name.kk,
            1 => &mut name.ru,
            _ => &mut name.en,
        }
    }
}

/// The expected fault of a random change to the catalogue: the code of the check, the rows, and the item concerned.
type Expected = Option<(&'static str, Vec<RowId>, Option<String>)>;
type Damage = fn(&mut Catalogue, &mut Dice) -> Expected;

fn named(code: &'static str, rows: &[&RowId]) -> Expected {
    Some((code, rows.iter().map(|&id| id.clone()).collect(), None))
}

fn about(code: &'static str, what: &str) -> Expected {
    Some((code, Vec::new(), Some(what.to_owned())))
}

fn any_row<'c>(known: &'c mut Catalogue, dice: &mut Dice) -> &'c mut Row {
    let place = dice.below(known.rows.len());
    &mut known.rows[place]
}

const HARMFUL: [Damage; 19] = [
    |known, dice| {
        let (first, second) = dice.two(known.rows.len());
        known.rows[second].id = known.rows[first].id.clone();
        named("duplicate-id", &[&known.rows[first].id, &known.rows[first].id])
    },
    |known, dice| {
        let (first, second) = dice.two(known.rows.len());
        let (platform, form, kind) = {
            let row = &known.rows[first];
            (row.platform.clone(), row.form.clone(), row.kind.clone())
        };
        let row = &mut known.rows[second];
        (row.platform, row.form, row.kind) = (platform, form, kind);
        named("duplicate-row", &[&known.rows[first].id, &known.rows[second].id])
    },
    |known, dice| {
        // Two catalogue rows of one platform and exam form, one of which has no exam type.
        let (first, second) = [(4, 5), (5, 6), (6, 7), (4, 7), (9, 10), (10, 11)][dice.below(6)];
        known.rows[second].kind = None;
        named("contradiction", &[&known.rows[first].id, &known.rows[second].id])
    },
    |known, dice| {
        let (first, second) = dice.two(known.rows.len());
        known.rows[second].number = known.rows[first].number;
        named("duplicate-number", &[&known.rows[first].id, &known.rows[second].id])
    },
    |known, dice| {
        let row = any_row(known, dice);
        row.platform = "paper".into();
        named("unknown-platform", &[&row.id])
    },
    |known, dice| {
        let row = any_row(known, dice);
        row.form = "sung".into();
        named("unknown-form", &[&row.id])
    },
    |known, dice| {
        let row = any_row(known, dice);
        row.kind = Some("poem".into());
        named("unknown-type", &[&row.id])
    },
    |known, dice| {
        let row = any_row(known, dice);
        dice.language(&mut row.title).clear();
        named("language-missing", &[&row.id])
    },
    |known, dice| {
        let row = any_row(known, dice);
        let mut prompt = Name::same("Платформа");
        *dice.language(&mut prompt) = "  ".into();
        row.info = Some(InfoRule { label: Name::same("Атауы"), prompt, suggestions: Vec::new(), several: false });
        named("language-missing", &[&row.id])
    },
    |known, dice| {
        let row = any_row(known, dice);
        let mut reason = Name::same("Тек медицина");
        dice.language(&mut reason).clear();
        row.offered = Some(OfferedTo { faculties: vec!["MED".into()], reason, note: Name::same("Медицина") });
        named("language-missing", &[&row.id])
    },
    |known, dice| {
        let row = any_row(known, dice);
        let text = Name::same("Ешкімге");
        row.offered = Some(OfferedTo { faculties: Vec::new(), reason: text.clone(), note: text });
        named("offered-to-nobody", &[&row.id])
    },
    |known, dice| {
        let row = any_row(known, dice);
        let text = Name::same("Тек олар");
        row.offered =
            Some(OfferedTo { faculties: vec!["FIT".into(), "MOON".into()], reason: text.clone(), note: text });
        named("unknown-faculty", &[&row.id])
    },
    |known, dice| {
        let row = any_row(known, dice);
        match dice.below(3) {
            0 => row.parts = 0,
            1 => row.minutes = -1,
            _ => row.attempts = -5,
        }
        named("bad-number", &[&row.id])
    },
    |known, dice| {
        let axis = Axis::ALL[dice.below(3)];
        let code = format!("new-{}", dice.below(9));
        known.edit(&Edit::PutLabel(axis, Label { code: code.clone(), name: Name::same("Жаңа"), link: None })).unwrap();
        about("dead-end", &format!("{} {code}", axis.code()))
    },
    |known, dice| {
        let place = dice.below(known.forms.len());
        dice.language(&mut known.forms[place].name).clear();
        about("language-missing", &format!("form {}", known.forms[place].code))
    },
    |known, dice| {
        let topics: Vec<String> = known.instructions.keys().cloned().collect();
        let topic = topics[dice.below(topics.len())].clone();
        dice.language(known.instructions.get_mut(&topic).unwrap()).clear();
        about("instructions-missing", &topic)
    },
    |known, dice| {
        // Removes a catalogue row that choices use, with all names and texts that only this row needs.
        let place = [2, 3][dice.below(2)];
        let row = known.rows.remove(place);
        if row.form == "oral" {
            known.forms.retain(|form| form.code != "oral");
        }
        named("used-row-removed", &[&row.id])
    },
    |known, _| {
        for row in &mut known.rows {
            row.is_on = false;
        }
        about("no-rows", "")
    },
    |known, dice| {
        let row = any_row(known, dice).id.clone();
        let film = Video {
            scope: row.0.clone(),
            title: Name::same("Фильм"),
            file: Some("f".into()),
            url: None,
            captions: None,
        };
        known.videos.push(film);
        named("captions-missing", &[&row])
    },
];

const HARMLESS: [Damage; 12] = [
    |known, dice| {
        any_row(known, dice).minutes = 5;
        None
    },
    |known, dice| {
        let row = any_row(known, dice);
        dice.language(&mut row.title).push_str(" (жаңа)");
        None
    },
    |known, dice| {
        any_row(known, dice).is_on = false;
        None
    },
    |known, dice| {
        let id = any_row(known, dice).id.clone();
        let up = dice.below(2) == 0;
        known.edit(&Edit::Move(id, up)).unwrap();
        None
    },
    |known, dice| {
        any_row(known, dice).info = None;
        None
    },
    |known, dice| {
        let text = Name::same("Атауы");
        any_row(known, dice).info =
            Some(InfoRule { label: text.clone(), prompt: text, suggestions: vec!["Zoom".into()], several: false });
        None
    },
    |known, dice| {
        let text = Name::same("Тек олар");
        let offered = OfferedTo { faculties: vec!["FIT".into()], reason: text.clone(), note: text };
        any_row(known, dice).offered = Some(offered);
        None
    },
    |known, dice| {
        // Removes a catalogue row that no choice uses, with the names and instructions that only this row needs.
        let place = [4, 5, 6, 7, 9, 10, 11][dice.below(7)];
        let row = known.rows.remove(place);
        known.kinds.retain(|kind| Some(&kind.code) != row.kind.as_ref());
        None
    },
    |known, dice| {
        let id = format!("new-row-{}", dice.below(9));
        let row = Row { id: RowId(id.clone()), form: "oral".into(), kind: None, ..known.rows[4].clone() };
        known.edit(&Edit::AddRow(Box::new(row))).unwrap();
        known.edit(&Edit::Instructions(id, Name::same("# Ауызша"))).unwrap();
        None
    },
    |known, dice| {
        // Replaces a catalogue row: the old row remains, switched off, beside the new one with the same values.
        let old = any_row(known, dice);
        old.is_on = false;
        let id = format!("{}-2", old.id);
        let row = Row { id: RowId(id.clone()), is_on: true, ..old.clone() };
        known.edit(&Edit::AddRow(Box::new(row))).unwrap();
        known.edit(&Edit::Instructions(id, Name::same("# Жаңа"))).unwrap();
        None
    },
    |known, dice| {
        let scope = any_row(known, dice).id.0.clone();
        let url = Some("https://video.example/exam".to_owned());
        let video = Video { scope, title: Name::same("Бейне"), file: None, url, captions: None };
        known.edit(&Edit::AddVideo(Box::new(video))).unwrap();
        None
    },
    |known, dice| {
        let place = dice.below(known.platforms.len());
        known.platforms[place].name = Name::same("Платформа");
        None
    },
];

fn around() -> CatalogueContext {
    let used = BTreeMap::from([(RowId("univer-test".into()), 7), (RowId("univer-oral".into()), 3)]);
    CatalogueContext { faculties: vec!["FIT".into(), "MED".into()], used, set: Vec::new() }
}

#[test]
fn of_500_random_damages_the_harmful_are_refused_by_name_and_the_harmless_accepted() {
    let sound = shipped_catalogue().catalogue;
    let around = around();
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let (mut harmful, mut harmless) = (0, 0);
    for turn in 0..500 {
        let mut damaged = sound.clone();
        let place = dice.below(HARMFUL.len() + HARMLESS.len());
        let damage = HARMFUL.iter().chain(&HARMLESS).nth(place).unwrap();
        let expected = damage(&mut damaged, &mut dice);
        let found = faults_within(&damaged, &around);
        let Some((code, rows, what)) = expected else {
            harmless += 1;
            assert_eq!(found, [], "turn {turn}, harmless damage {place}");
            continue;
        };
        harmful += 1;
        let is_it = |fault: &&domain::proofs::CatalogueFault| {
            fault.code == code && fault.rows == rows && what.as_ref().is_none_or(|what| fault.what == *what)
        };
        let fault = found.iter().find(is_it);
        let fault = fault.unwrap_or_else(|| panic!("turn {turn}: {code} {rows:?} {what:?} is not in {found:?}"));
        // An automatic fix must really remove the fault from the catalogue.
        if is_mechanical(code) {
            let better =
                with_fix(&damaged, &sound, fault).unwrap_or_else(|| panic!("turn {turn}: {code} is not mended"));
            let after = faults_within(&better, &around);
            assert!(!after.contains(fault), "turn {turn}: {code} is still there");
        } else {
            assert_eq!(with_fix(&damaged, &sound, fault), None, "{code}");
        }
    }
    assert!(harmful > 200 && harmless > 120, "{harmful} harmful, {harmless} harmless");
}

#[test]
fn a_row_in_use_that_is_switched_off_is_told_and_one_that_is_not_used_is_not() {
    let mut known = shipped_catalogue().catalogue;
    for id in ["univer-oral", "moodle-essay"] {
        known.edit(&Edit::Switch(RowId(id.into()), false)).unwrap();
    }
    assert_eq!(faults_within(&known, &around()), []);
    let told = warnings(&known, &around());
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].code, told[0].rows[0].0.as_str(), told[0].what.as_str()), ("used-row-off", "univer-oral", "3"));
}

#[test]
fn a_faculty_to_which_nothing_is_offered_is_a_dead_end() {
    let mut known = shipped_catalogue().catalogue;
    let text = Name::same("Тек медицина");
    for row in &mut known.rows {
        row.offered = Some(OfferedTo { faculties: vec!["MED".into()], reason: text.clone(), note: text.clone() });
    }
    let found = faults_within(&known, &around());
    assert_eq!((found.len(), found[0].code, found[0].what.as_str()), (1, "faculty-without-rows", "FIT"));
    assert_eq!(faults_within(&with_fix(&known, &known, &found[0]).unwrap(), &around()), []);
}
