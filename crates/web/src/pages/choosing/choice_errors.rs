//! The errors of a submitted choice form: beside the fields and for the form as a whole.

use crate::error::FieldError;
use crate::form_state::FormState;
use crate::i18n::Texts;
use crate::pages::choosing::choice_values::ChoiceForm;
use app::choosing::open_choice::{ChoiceFormData, GroupEntry};
use app::failure::Fault;
use axum::http::StatusCode;
use domain::answer::{AnswerError, Field};
use domain::catalogue::picked::Picked;
use domain::id::DisciplineId;
use domain::report::ChoiceState;

/// The reason for which a submitted choice form is shown again.
pub(crate) enum ChoiceRejection {
    /// The choice form has no error: it is shown for the first time, or was submitted to narrow the list of catalogue
    /// rows.
    None,
    /// Rejected: fields of the choice form have errors.
    Fields(Vec<Fault>),
    /// Rejected: files that were sent with the choice form were not accepted.
    Files(Vec<RejectedFile>),
    /// Rejected: the data has changed since the choice form was shown; the code names the change.
    Stale(&'static str),
}

/// A file that was sent with the choice form and was not added to a dossier (the documents of a discipline).
pub(crate) struct RejectedFile {
    pub(crate) discipline: DisciplineId,
    pub(crate) code: &'static str,
}

/// A student group whose choice has changed since the form was shown, with its current choice.
pub(crate) struct ChangedGroup {
    pub(super) group: String,
    pub(super) current: Option<Picked>,
    pub(super) state: ChoiceState,
}

/// The state of the choice form with the errors of a rejection.
pub(super) fn form_state(
    form: ChoiceForm,
    rejection: &ChoiceRejection,
    data: &ChoiceFormData,
    t: Texts,
) -> FormState<ChoiceForm> {
    match rejection {
        ChoiceRejection::None => FormState::new(form),
        ChoiceRejection::Stale(code) => FormState::rejected(form, StatusCode::CONFLICT, code, Vec::new()),
        ChoiceRejection::Fields(faults) => {
            let errors = faults.iter().map(|fault| field_error(data, &form.row, fault, t)).collect();
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

/// The id of the HTML element with the programme documents of a discipline.
pub(super) fn programme_anchor(discipline: DisciplineId) -> String {
    format!("programmes-{discipline}")
}

fn field_error(data: &ChoiceFormData, typed_row: &str, fault: &Fault, t: Texts) -> FieldError {
    let row = data.catalogue.rows.iter().find(|row| row.id.0 == typed_row);
    let prompt = row.and_then(|row| row.info.as_ref()).map(|info| t.name(&info.prompt).to_owned());
    let mut detail = match (fault.wrong, prompt) {
        // The catalogue row's own prompt explains the error better than the general text.
        (AnswerError::InfoMissing, Some(prompt)) => prompt,
        (wrong, _) => t.code("refused", wrong.code()),
    };
    if !fault.groups.is_empty() {
        detail = format!("{detail}: {}", fault.groups.join(", "));
    }
    let (field, anchor) = match fault.field() {
        Field::Rule => ("rule", first_row_anchor(data)),
        Field::Info => ("info", format!("i-{typed_row}")),
        Field::Programme => ("programme", fault.discipline.map_or_else(|| "programmes-".to_owned(), programme_anchor)),
        Field::Groups | Field::Reason => ("groups", "groups".to_owned()),
    };
    FieldError { field, anchor, code: fault.wrong.code(), detail }
}

fn first_row_anchor(data: &ChoiceFormData) -> String {
    data.rows().first().map_or_else(|| "rule".to_owned(), |row| format!("r-{}", row.id))
}

/// The student groups whose choice has another version than the version for which the form was shown.
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
    };
    data.slots.iter().chain(&data.closed).filter(is_changed).map(changed).collect()
}
