//! The errors of a submitted choice form, which are shown beside its fields or for the form as a
//! whole.

use crate::error::FieldError;
use crate::form_state::FormState;
use crate::i18n::Texts;
use crate::pages::choosing::choice_values::ChoiceForm;
use crate::pages::choosing::exam_rows;
use app::choosing::open_choice::{ChoiceFormData, GroupEntry};
use app::failure::Fault;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use domain::answer::{AnswerError, Field};
use domain::catalogue::Row;
use domain::catalogue::picked::Picked;
use domain::id::DisciplineId;
use domain::narrowing::{Axis, Narrowing};
use domain::report::ChoiceState;

/// The cause for which the choice form is shown again after it was submitted.
pub(crate) enum ChoiceRejection {
    /// The choice form has no error. It is shown for the first time, or it was submitted only to
    /// filter the listed catalogue rows by its three fields.
    Narrowed,
    /// The choice form has no error. It was submitted when the session had expired, and is shown
    /// again with the submitted values.
    Restored,
    /// The choice form was rejected because some of its fields have errors.
    Fields(Vec<Fault>),
    /// The choice form was rejected because files sent with the form were not accepted.
    Files(Vec<RejectedFile>),
    /// The choice form was rejected because stored data has changed since the form was shown. The
    /// code says what has changed, for example a choice or a deadline.
    Stale(&'static str),
}

/// A file that was sent with the choice form but not added to a dossier (the documents of a
/// discipline), with the code of the error.
pub(crate) struct RejectedFile {
    pub(crate) discipline: DisciplineId,
    pub(crate) code: &'static str,
}

/// A group whose choice has changed since the choice form was shown, with the choice that is stored
/// now.
pub(crate) struct ChangedGroup {
    pub(super) group: String,
    pub(super) current: Option<Picked>,
    pub(super) state: ChoiceState,
    /// The time at which the reader stored the choice, for example in another window; `None` if another
    /// person did.
    pub(super) own_sent_at: Option<DateTime<Utc>>,
}

/// Builds the state of the choice form from the submitted values and the errors for which the form
/// was rejected.
pub(super) fn form_state(
    form: ChoiceForm,
    rejection: &ChoiceRejection,
    data: &ChoiceFormData,
    t: Texts,
) -> FormState<ChoiceForm> {
    match rejection {
        ChoiceRejection::Narrowed | ChoiceRejection::Restored => FormState::new(form),
        ChoiceRejection::Stale(code) => FormState::rejected(form, StatusCode::CONFLICT, code, Vec::new()),
        ChoiceRejection::Fields(faults) => {
            let errors = faults.iter().map(|fault| field_error(data, &form, fault, t)).collect();
            FormState::rejected_fields(form, errors)
        }
        ChoiceRejection::Files(files) => {
            let error = |file: &RejectedFile| {
                let anchor = programme_anchor(file.discipline);
                FieldError { anchor, ..FieldError::new("programme", file.code, t) }
            };
            FormState::rejected_fields(form, files.iter().map(error).collect())
        }
    }
}

/// The HTML id of the element that lists the programme documents of a discipline.
pub(super) fn programme_anchor(discipline: DisciplineId) -> String {
    format!("programmes-{discipline}")
}

fn field_error(data: &ChoiceFormData, form: &ChoiceForm, fault: &Fault, t: Texts) -> FieldError {
    let mut detail = detail(data, form, fault.wrong, t);
    if !fault.groups.is_empty() {
        detail = format!("{detail}: {}", fault.groups.join(", "));
    }
    let (field, anchor) = match fault.field() {
        Field::Rule => ("rule", rule_anchor(data, form, fault.wrong)),
        Field::Info => ("info", format!("i-{}", form.row)),
        Field::Programme => ("programme", fault.discipline.map_or_else(|| "programmes-".to_owned(), programme_anchor)),
        Field::Groups | Field::Reason => ("groups", "groups".to_owned()),
    };
    FieldError { field, anchor, code: fault.wrong.code(), label: String::new(), detail }
}

/// The text that explains an error of the choice form. It names the values of the three fields and
/// the selected catalogue row if the error is about them.
fn detail(data: &ChoiceFormData, form: &ChoiceForm, wrong: AnswerError, t: Texts) -> String {
    let fields = || exam_rows::fields_label(&data.catalogue, &form.narrowing, t);
    match (wrong, form.selected(&data.catalogue)) {
        (AnswerError::RuleIncomplete, _) => {
            let missing = form.narrowing.missing();
            let names: Vec<String> = missing.iter().map(|axis| t.code("field", axis.code())).collect();
            t.with("rule-incomplete-fields", "fields", names.join(", "))
        }
        (AnswerError::RuleImpossible, _) => t.with("rule-impossible-fields", "fields", fields()),
        (AnswerError::RuleContradicted, Some(row)) => {
            let selected = exam_rows::fields_label(&data.catalogue, &Narrowing::of(row), t);
            t.with2("rule-contradicted-fields", &("fields", fields()), &("row", selected))
        }
        // A catalogue row that requires additional information has its own text that asks for it.
        // If the information is missing, this text of the row is shown as the error, instead of the
        // general text for the error code.
        (AnswerError::InfoMissing, Some(Row { info: Some(info), .. })) => t.name(&info.prompt).to_owned(),
        _ => t.code("refused", wrong.code()),
    }
}

/// The HTML id of the element to which the error summary links: the first of the three fields that
/// has to be changed, or the first listed catalogue row.
fn rule_anchor(data: &ChoiceFormData, form: &ChoiceForm, wrong: AnswerError) -> String {
    let wrong_field = match wrong {
        AnswerError::RuleIncomplete => form.narrowing.missing().into_iter().next(),
        AnswerError::RuleImpossible => Axis::ALL.into_iter().find(|&axis| form.narrowing.get(axis).is_some()),
        AnswerError::RuleContradicted => form.selected(&data.catalogue).and_then(|row| form.narrowing.differs(row)),
        _ => None,
    };
    match wrong_field {
        Some(axis) if data.set().is_none() => format!("n-{}", axis.code()),
        _ => first_row_anchor(data),
    }
}

fn first_row_anchor(data: &ChoiceFormData) -> String {
    data.rows().first().map_or_else(|| "rule".to_owned(), |row| format!("r-{}", row.id))
}

/// The selected groups whose choice has changed since the choice form was shown. Their stored
/// choice has a version number that is not the number in the submitted form.
pub(super) fn changed_groups(
    data: &ChoiceFormData,
    form: &ChoiceForm,
    rejection: &ChoiceRejection,
) -> Vec<ChangedGroup> {
    if !matches!(rejection, ChoiceRejection::Stale(_)) {
        return Vec::new();
    }
    let is_changed = |entry: &&GroupEntry| {
        let is_ticked = form.offerings.contains(&entry.offering.id);
        is_ticked && form.version_of(entry.offering.id) != entry.version
    };
    let changed = |entry: &GroupEntry| ChangedGroup {
        group: entry.offering.group.clone(),
        current: entry.current.clone(),
        state: entry.state,
        own_sent_at: entry.own_sent_at,
    };
    data.slots.iter().chain(&data.closed).filter(is_changed).map(changed).collect()
}
