//! The errors of a submitted choice form, which are shown beside its fields or for the form as a
//! whole.

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

/// The cause for which the choice form is shown again after it was submitted.
pub(crate) enum ChoiceRejection {
    /// The choice form has no error. It is shown for the first time, or it was submitted only to
    /// filter the listed catalogue rows.
    None,
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

/// The HTML id of the element that lists the programme documents of a discipline.
pub(super) fn programme_anchor(discipline: DisciplineId) -> String {
    format!("programmes-{discipline}")
}

fn field_error(data: &ChoiceFormData, typed_row: &str, fault: &Fault, t: Texts) -> FieldError {
    let row = data.catalogue.rows.iter().find(|row| row.id.0 == typed_row);
    let prompt = row.and_then(|row| row.info.as_ref()).map(|info| t.name(&info.prompt).to_owned());
    let mut detail = match (fault.wrong, prompt) {
        // A catalogue row that requires additional information has its own text that asks for it.
        // If the information is missing, this text of the row is shown as the error, instead of the
        // general text for the error code.
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
    };
    data.slots.iter().chain(&data.closed).filter(is_changed).map(changed).collect()
}
