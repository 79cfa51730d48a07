//! Appointing somebody, changing an appointment's days and order, ending it.

use crate::error::WebError;
use crate::form_data::SignedForm;
use crate::pages::staff::people::{AppointmentForm, PersonPageState, read_id, shown};
use crate::routes;
use crate::state::AppState;
use app::failure::{Failure, Refusal};
use app::staff::appointments::{AppointmentDates, appoint_person, change_appointment, end_appointment, holder};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::appointment::AppointmentError;
use domain::id::{AppointmentId, PersonId};
use domain::person::Role;

/// `POST /people/{id}/appointments`
pub(crate) async fn appoint(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let (actor, id) = (form.session.actor(), read_id(&id)?);
    let terms = match terms(&form) {
        Ok(terms) => terms,
        Err(wrong) => return again(&state, &form, id, ("new", vec![wrong])).await,
    };
    let what = (Role::from_code(form.fields.get("role")), form.fields.get("org").parse().ok());
    let done = state.app.write(move |work| appoint_person(work, &actor, id, what, &terms)).await;
    after(&state, &form, id, (done, "new", "appointed")).await
}

/// `POST /appointments/{id}`
pub(crate) async fn change(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let (actor, appointment) = (form.session.actor(), read_appointment(&id)?);
    let asking = actor.clone();
    let person = state.app.read(move |work| holder(work, &asking, appointment)).await?;
    let terms = match terms(&form) {
        Ok(terms) => terms,
        Err(wrong) => return again(&state, &form, person, (&id, vec![wrong])).await,
    };
    let task = move |work: &mut app::unit_of_work::UnitOfWork<'_, '_>| {
        change_appointment(work, &actor, appointment, &terms).map(drop)
    };
    let done = state.app.write(task).await;
    after(&state, &form, person, (done, &id, "changed")).await
}

/// `POST /appointments/{id}/ended`
pub(crate) async fn end(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let (actor, appointment) = (form.session.actor(), read_appointment(&id)?);
    let person = state.app.write(move |work| end_appointment(work, &actor, appointment)).await?;
    Ok(Redirect::to(&format!("{}?did=ended", routes::person(person))).into_response())
}

fn read_appointment(id: &str) -> Result<AppointmentId, WebError> {
    id.parse().map_err(|_| WebError::status(StatusCode::NOT_FOUND))
}

/// Days and order; a day that cannot be read is wrong, an empty one is none.
fn terms(form: &SignedForm) -> Result<AppointmentDates, AppointmentError> {
    let day = |name: &str| match form.fields.get(name).trim() {
        "" => Ok(None),
        typed => typed.parse().map(Some).map_err(|_| AppointmentError::DayMissing),
    };
    Ok(AppointmentDates { from: day("from")?, until: day("until")?, order: form.fields.get("order").to_owned() })
}

async fn after(
    state: &AppState,
    form: &SignedForm,
    person: PersonId,
    (done, key, did): (Result<(), Failure>, &str, &str),
) -> Result<Response, WebError> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("{}?did={did}", routes::person(person))).into_response()),
        Err(Failure::Refused(Refusal::Appointment(wrong))) => again(state, form, person, (key, wrong)).await,
        Err(other) => Err(other.into()),
    }
}

/// The page again, with what was typed and what is wrong with it.
async fn again(
    state: &AppState,
    form: &SignedForm,
    person: PersonId,
    (key, wrong): (&str, Vec<AppointmentError>),
) -> Result<Response, WebError> {
    let errors = wrong.iter().map(|one| (one.field(), one.code())).collect();
    let besides =
        PersonPageState { typed: AppointmentForm::of(key, &form.fields), errors, ..PersonPageState::default() };
    shown(state, &form.session, person, (StatusCode::UNPROCESSABLE_ENTITY, besides)).await
}
