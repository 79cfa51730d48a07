//! Tests which catalogue row the three fields and the selected row of the choice form name together, for every state of
//! filling in.
#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use domain::answer::AnswerError;
use domain::catalogue::{Catalogue, RowId};
use domain::exam_entry::ExamEntry;
use domain::narrowing::{Axis, Narrowing, values};
use testkit::world::shipped_catalogue;

fn catalogue() -> Catalogue {
    shipped_catalogue().catalogue
}

/// All 6 × 6 × 10 states of the three fields.
fn states(catalogue: &Catalogue) -> Vec<Narrowing> {
    let mut states = vec![Narrowing::default()];
    for axis in Axis::ALL {
        let values = values(catalogue, axis);
        let filled = |state: &Narrowing| values.iter().map(|value| state.with(axis, Some(value))).collect::<Vec<_>>();
        states = states.iter().flat_map(|state| [vec![state.clone()], filled(state)].concat()).collect();
    }
    states
}

fn named(catalogue: &Catalogue, fields: &Narrowing, selected: Option<&RowId>) -> Result<RowId, Vec<AnswerError>> {
    let entry = ExamEntry { fields: fields.clone(), selected: selected.cloned(), ..ExamEntry::default() };
    entry.row(catalogue).map(|row| row.id.clone())
}

#[test]
fn three_filled_fields_are_the_choice_and_fewer_are_not() {
    let catalogue = catalogue();
    let (mut chosen, mut missing, mut incomplete, mut impossible) = (0, 0, 0, 0);
    for fields in states(&catalogue) {
        match named(&catalogue, &fields, None) {
            Ok(row) => {
                assert_eq!(fields, Narrowing::of(catalogue.row(&row).unwrap()));
                chosen += 1;
            }
            Err(wrong) if wrong == [AnswerError::RuleMissing] => missing += 1,
            Err(wrong) if wrong == [AnswerError::RuleIncomplete] => incomplete += 1,
            Err(wrong) => {
                assert_eq!(wrong, [AnswerError::RuleImpossible]);
                impossible += 1;
            }
        }
    }
    assert_eq!((chosen, missing, incomplete, impossible), (14, 1, 52, 293));
}

#[test]
fn of_182_pairs_of_three_fields_and_another_row_none_is_a_choice() {
    let catalogue = catalogue();
    let mut pairs = 0;
    for row in &catalogue.rows {
        assert_eq!(named(&catalogue, &Narrowing::of(row), Some(&row.id)), Ok(row.id.clone()));
        for other in catalogue.rows.iter().filter(|other| other.id != row.id) {
            assert_eq!(
                named(&catalogue, &Narrowing::of(row), Some(&other.id)),
                Err(vec![AnswerError::RuleContradicted])
            );
            pairs += 1;
        }
    }
    assert_eq!(pairs, 182);
}

#[test]
fn a_selected_row_is_the_choice_exactly_if_every_filled_field_has_its_value() {
    let catalogue = catalogue();
    for fields in states(&catalogue) {
        let is_possible = catalogue.rows.iter().any(|row| fields.admits(row));
        for row in &catalogue.rows {
            let expected = match (fields.admits(row), is_possible) {
                (true, _) => Ok(row.id.clone()),
                (false, true) => Err(vec![AnswerError::RuleContradicted]),
                (false, false) => Err(vec![AnswerError::RuleContradicted, AnswerError::RuleImpossible]),
            };
            assert_eq!(named(&catalogue, &fields, Some(&row.id)), expected, "{fields:?} {}", row.id);
        }
    }
}

#[test]
fn a_draft_may_be_incomplete_but_not_wrong() {
    let catalogue = catalogue();
    for fields in states(&catalogue) {
        for selected in [None].into_iter().chain(catalogue.rows.iter().map(|row| Some(row.id.clone()))) {
            let entry = ExamEntry { fields: fields.clone(), selected, ..ExamEntry::default() };
            let is_unfinished = entry.selected.is_none() && !fields.is_complete();
            let expected = if is_unfinished { Ok(None) } else { entry.row(&catalogue).map(Some) };
            assert_eq!(entry.row_of_draft(&catalogue), expected);
            assert_eq!(entry.is_begun(), is_unfinished && !fields.is_empty());
        }
    }
}

#[test]
fn values_that_the_catalogue_does_not_have_never_become_a_choice() {
    let catalogue = catalogue();
    let essay = RowId("moodle-essay".into());
    for axis in Axis::ALL {
        for value in ["", "MOODLE", "moodle ", "none2", "😀"] {
            let fields = Narrowing::of(catalogue.row(&essay).unwrap()).with(axis, Some(value));
            assert_eq!(named(&catalogue, &fields, None), Err(vec![AnswerError::RuleImpossible]));
            assert!(named(&catalogue, &fields, Some(&essay)).is_err());
        }
    }
    assert_eq!(named(&catalogue, &Narrowing::default(), Some(&RowId("x".into()))), Err(vec![AnswerError::RuleUnknown]));
    let mut off = catalogue.clone();
    off.rows.iter_mut().find(|row| row.id == essay).unwrap().is_on = false;
    let fields = Narrowing::of(catalogue.row(&essay).unwrap());
    assert_eq!(named(&off, &fields, None), Err(vec![AnswerError::RuleImpossible]));
    assert!(off.check(&named(&off, &fields, Some(&essay)).unwrap(), "", "FIT").is_err());
}

#[test]
fn each_row_has_its_own_information() {
    let (oral, alt) = (RowId("univer-oral".into()), RowId("alt-cert".into()));
    let infos = [(Some(oral.clone()), "Zoom".to_owned()), (Some(alt.clone()), "edX".to_owned())].into();
    let entry = ExamEntry { infos, ..ExamEntry::default() };
    assert_eq!((entry.info(Some(&oral)), entry.info(Some(&alt)), entry.info(None)), ("Zoom", "edX", ""));
    assert_eq!(ExamEntry::of_row(Some(oral.clone()), "Zoom".into()).info(Some(&oral)), "Zoom");
    assert_eq!(ExamEntry::of_row(None, "Zoom".into()).info(None), "Zoom");
}
