//! Tests the catalogue of the seed document exhaustively: every combination of platform, exam form, exam type and
//! information, and every state of filling in the choice form.
#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use domain::answer::AnswerError;
use domain::catalogue::{Catalogue, Row, RowId};
use domain::limits::INFO_LIMIT;
use domain::name::Language;
use domain::narrowing::{Axis, Narrowing, ValueStatus, values};
use domain::proofs::faults;
use testkit::world::shipped_catalogue;

/// The rows of Table 1 in the seed document, typed in by hand: id, platform, form, type, information, medicine only.
const SEED: [(&str, &str, &str, &str, bool, bool); 14] = [
    ("oqylyq-written", "OQYLYQ ҚОЖ", "ЖАЗБАША", "Сұрақтарға дәстүрлі жауап беру", false, false),
    ("univer-written", "UNIVER АЖ", "ЖАЗБАША", "Сұрақтарға дәстүрлі жауап беру", false, false),
    ("univer-test", "UNIVER АЖ", "ТЕСТІЛЕУ", "-", false, false),
    ("univer-oral", "UNIVER АЖ", "АУЫЗША", "-", true, false),
    ("moodle-project", "MOODLE ҚОЖ", "ЖАЗБАША", "Жоба", false, false),
    ("moodle-case", "MOODLE ҚОЖ", "ЖАЗБАША", "Кейс", false, false),
    ("moodle-essay", "MOODLE ҚОЖ", "ЖАЗБАША", "Эссе", false, false),
    ("moodle-creative", "MOODLE ҚОЖ", "ЖАЗБАША", "Шығармашылық тапсырма", false, false),
    ("moodle-test", "MOODLE ҚОЖ", "ТЕСТІЛЕУ", "-", false, false),
    ("moodle-mix1", "MOODLE ҚОЖ", "АРАЛАС", "№ 1 аралас емтихан (2 бөлімнен тұрады)", false, false),
    (
        "moodle-mix2",
        "MOODLE ҚОЖ",
        "АРАЛАС",
        "Miro карталарын қолдану арқылы жүзеге асатын № 2 аралас емтихан (2 бөлімнен тұрады)",
        false,
        false,
    ),
    ("moodle-mix3", "MOODLE ҚОЖ", "АРАЛАС", "№ 3 аралас емтихан (2 бөлімнен тұрады)", false, false),
    ("alt-cert", "БАЛАМА ӘДІС", "СЕРТИФИКАТ негізінде кредитті қайта есептеу", "-", true, false),
    ("startexam-test", "StartExam", "ТЕСТІЛЕУ", "-", false, true),
];

const MEDICAL: &str = "MED";
const OTHER: &str = "FIT";

fn catalogue() -> Catalogue {
    shipped_catalogue().catalogue
}

#[test]
fn the_shipped_rows_are_those_of_the_seed_letter_for_letter() {
    let catalogue = catalogue();
    let shipped: Vec<_> = catalogue
        .rows
        .iter()
        .map(|row| {
            let kind = catalogue.kind(row.kind.as_deref()).map_or("-".to_owned(), |name| name.kk);
            (row.id.0.clone(), catalogue.platform(&row.platform).kk, catalogue.form(&row.form).kk, kind)
        })
        .collect();
    let seed: Vec<_> = SEED
        .iter()
        .map(|(id, platform, form, kind, _, _)| {
            ((*id).to_owned(), (*platform).to_owned(), (*form).to_owned(), (*kind).to_owned())
        })
        .collect();
    assert_eq!(shipped, seed);
    for (row, (_, _, _, _, info, medical)) in catalogue.rows.iter().zip(SEED) {
        assert_eq!(row.info.is_some(), info, "{}", row.id);
        assert_eq!(row.is_offered_to(OTHER), !medical, "{}", row.id);
        assert!(row.is_offered_to(MEDICAL), "{}", row.id);
    }
}

#[test]
fn the_shipped_catalogue_is_sound_and_complete_in_three_languages() {
    let catalogue = catalogue();
    assert_eq!(faults(&catalogue), []);
    assert_eq!((catalogue.platforms.len(), catalogue.forms.len(), catalogue.kinds.len()), (5, 5, 8));
    for name in catalogue.rows.iter().map(|row| &row.title) {
        assert!(Language::ALL.iter().all(|&language| !name.exactly(language).is_empty()));
    }
}

/// All 5 × 5 × 9 combinations of the fields platform, exam form and exam type.
fn combinations(catalogue: &Catalogue) -> Vec<(String, String, String)> {
    let all = |axis| values(catalogue, axis).into_iter().map(str::to_owned).collect::<Vec<_>>();
    let mut combinations = Vec::new();
    for platform in all(Axis::Platform) {
        for form in all(Axis::Form) {
            for kind in all(Axis::Kind) {
                combinations.push((platform.clone(), form.clone(), kind));
            }
        }
    }
    combinations
}

#[test]
fn of_225_combinations_14_are_rows() {
    let catalogue = catalogue();
    let all = combinations(&catalogue);
    assert_eq!(all.len(), 225);
    let rows = all.iter().filter(|(platform, form, kind)| catalogue.row_of(platform, form, kind).is_some());
    assert_eq!(rows.count(), 14);
}

/// Returns whether this combination of platform, form and type with this information is valid for this faculty.
fn is_valid(catalogue: &Catalogue, combination: &(String, String, String), info: &str, faculty: &str) -> bool {
    let (platform, form, kind) = combination;
    let row = catalogue.row_of(platform, form, kind);
    row.is_some_and(|row| catalogue.check(&row.id, info, faculty).is_ok())
}

#[test]
fn of_450_with_information_14_are_valid_and_of_900_with_the_faculty_27() {
    let catalogue = catalogue();
    let all = combinations(&catalogue);
    let count = |faculties: &[&str]| {
        let mut valid = 0;
        let mut asked = 0;
        for combination in &all {
            for info in ["", "MS Teams"] {
                for faculty in faculties {
                    asked += 1;
                    valid += usize::from(is_valid(&catalogue, combination, info, faculty));
                }
            }
        }
        (asked, valid)
    };
    assert_eq!(count(&[MEDICAL]), (450, 14));
    assert_eq!(count(&[MEDICAL, OTHER]), (900, 27));
}

/// All 6 × 6 × 10 states of filling in the fields platform, exam form and exam type.
fn states(catalogue: &Catalogue) -> Vec<Narrowing> {
    let mut states = vec![Narrowing::default()];
    for axis in Axis::ALL {
        let mut more = Vec::new();
        for state in &states {
            more.push(state.clone());
            more.extend(values(catalogue, axis).into_iter().map(|value| state.with(axis, Some(value))));
        }
        states = more;
    }
    states
}

#[test]
fn of_360_states_of_filling_in_67_can_be_completed_and_14_are_complete() {
    let catalogue = catalogue();
    let rows: Vec<&Row> = catalogue.rows.iter().collect();
    let all = states(&catalogue);
    assert_eq!(all.len(), 360);
    let possible: Vec<_> = all.iter().filter(|state| state.can_be_completed(&rows)).collect();
    let complete = possible.iter().filter(|state| Axis::ALL.iter().all(|&axis| state.get(axis).is_some())).count();
    assert_eq!((possible.len(), complete), (67, 14));
}

#[test]
fn what_is_offered_can_be_completed_and_undoing_the_named_reason_opens_what_is_refused() {
    let catalogue = catalogue();
    for faculty in [MEDICAL, OTHER] {
        let rows: Vec<&Row> = catalogue.rows.iter().filter(|row| row.is_offered_to(faculty)).collect();
        for state in states(&catalogue) {
            for axis in Axis::ALL {
                for value in values(&catalogue, axis) {
                    let asked = state.with(axis, Some(value));
                    match state.standing(&rows, axis, value) {
                        ValueStatus::Open => assert!(asked.can_be_completed(&rows)),
                        ValueStatus::ExcludedBy(others) => {
                            assert!(!others.is_empty() && !others.contains(&axis));
                            assert!(!asked.can_be_completed(&rows));
                            let undone = others.iter().fold(asked, |state, &other| state.with(other, None));
                            assert!(undone.can_be_completed(&rows), "{state:?} {axis:?} {value} {others:?}");
                        }
                        ValueStatus::NotOffered => {
                            let alone = Narrowing::default().with(axis, Some(value));
                            assert!(!alone.can_be_completed(&rows));
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn every_wrong_answer_gets_its_own_word() {
    let catalogue = catalogue();
    let check = |row: &str, info: &str, faculty: &str| catalogue.check(&RowId(row.into()), info, faculty).err();
    assert_eq!(check("", "", OTHER), Some(vec![AnswerError::RuleMissing]));
    assert_eq!(check("moodle-poem", "", OTHER), Some(vec![AnswerError::RuleUnknown]));
    assert_eq!(check("startexam-test", "", OTHER), Some(vec![AnswerError::RuleNotOffered]));
    assert_eq!(
        check("startexam-test", "x", OTHER),
        Some(vec![AnswerError::RuleNotOffered, AnswerError::InfoForbidden])
    );
    assert_eq!(check("univer-oral", "", OTHER), Some(vec![AnswerError::InfoMissing]));
    assert_eq!(check("univer-oral", &"ә".repeat(INFO_LIMIT), OTHER), None);
    assert_eq!(check("univer-oral", &"ә".repeat(INFO_LIMIT + 1), OTHER), Some(vec![AnswerError::InfoTooLong]));
    assert_eq!(check("moodle-essay", "Zoom", OTHER), Some(vec![AnswerError::InfoForbidden]));
}
