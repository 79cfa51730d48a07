//! Appoints a person to a role, changes the dates and the decree number of an appointment, and ends
//! an appointment.

use crate::error::{FieldError, WebError};
use crate::form_data::FormData;
use crate::form_state::FormState;
use crate::i18n::Texts;
use crate::page::redirect;
use crate::pages::staff::person::{AppointmentForm, NEW, show_again};
use crate::path_params::PathParams;
use crate::routes;
use crate::security_log::{SecurityEvent, logged};
use crate::session::Session;
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::failure::{Failure, Refusal};
use app::staff::appointments::{
    AppointmentDates, NewAppointment, appoint_person, change_appointment, end_appointment, holder,
};
use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use domain::appointment::AppointmentError;
use domain::id::{AppointmentId, OrgId, PersonId};
use domain::person::Role;

/// `POST /people/{id}/appointments`: appoints a person to a role, for example head of department.
pub(crate) async fn appoint(
    State(state): State<AppState>,
    PathParams(person): PathParams<PersonId>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let values = AppointmentForm::of(NEW, &form.fields);
    let role = Role::from_code(form.fields.get("role"));
    let org: Option<OrgId> = form.fields.get("org").parse().ok();
    let appointed = match submitted_dates(&form.fields) {
        Ok(dates) => {
            let new = NewAppointment { role, org, dates };
            form.session.write(&state, move |work, actor| appoint_person(work, actor, person, &new)).await
        }
        Err(failure) => Err(failure),
    };
    answer(&state, &form.session, person, values, appointed.map(|()| "appointed")).await
}

/// `POST /appointments/{id}`: changes the dates and the decree number of an appointment.
pub(crate) async fn change(
    State(state): State<AppState>,
    PathParams(id): PathParams<AppointmentId>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let values = AppointmentForm::of(&id.to_string(), &form.fields);
    let person = form.session.read(&state, move |work, actor| holder(work, actor, id)).await?.data;
    let changed = match submitted_dates(&form.fields) {
        Ok(dates) => form.session.write(&state, move |work, actor| change_appointment(work, actor, id, &dates)).await,
        Err(failure) => Err(failure),
    };
    answer(&state, &form.session, person, values, changed.map(|_| "changed")).await
}

/// `POST /appointments/{id}/ended`: ends the appointment of a person to a role.
pub(crate) async fn end(
    State(state): State<AppState>,
    PathParams(id): PathParams<AppointmentId>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let person = form.session.write(&state, move |work, actor| end_appointment(work, actor, id)).await?;
    Ok(changed_role(person, "ended"))
}

/// Parses the dates and the decree number of an appointment. An empty date becomes `None`; a date
/// that cannot be parsed is refused.
fn submitted_dates(fields: &FormData) -> Result<AppointmentDates, Failure> {
    let (from, until) = (submitted_day(fields, "from")?, submitted_day(fields, "until")?);
    Ok(AppointmentDates { from, until, order: fields.text("order") })
}

fn submitted_day(fields: &FormData, name: &str) -> Result<Option<NaiveDate>, Failure> {
    match fields.get(name).trim() {
        "" => Ok(None),
        day => day.parse().map(Some).map_err(|_| Refusal::Appointment(vec![AppointmentError::DayMissing]).into()),
    }
}

/// Redirects to the page of a person, which confirms the change of an appointment.
fn changed_role(person: PersonId, act: &str) -> Response {
    logged(SecurityEvent::RoleChanged, redirect(&routes::after_act(&routes::person(person), act)))
}

/// Redirects to the page of a person, which confirms the change of the appointment. If the form of
/// an appointment was rejected, the page is shown again with the form's errors.
async fn answer(
    state: &AppState,
    session: &Session,
    person: PersonId,
    values: AppointmentForm,
    done: Result<&str, Failure>,
) -> Result<Response, WebError> {
    match done {
        Ok(act) => Ok(changed_role(person, act)),
        Err(Failure::Refused(refusal)) => {
            let errors = wrong_fields(&refusal, &values.suffix(), session.texts);
            show_again(state, session, person, FormState::rejected_fields(values, errors), None).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The errors in the submitted form of an appointment. The HTML id of every field in the form ends
/// in `suffix`, because a person's page has one form per appointment.
fn wrong_fields(refusal: &Refusal, suffix: &str, texts: Texts) -> Vec<FieldError> {
    let Refusal::Appointment(errors) = refusal else { return Vec::new() };
    let field_error = |error: &AppointmentError| {
        let field = error.field();
        FieldError { anchor: format!("{field}{suffix}"), ..FieldError::new(field, error.code(), texts) }
    };
    errors.iter().map(field_error).collect()
}
