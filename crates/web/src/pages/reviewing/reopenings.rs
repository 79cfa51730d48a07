//! Opening approved choices again, asking for it, declining it, taking it back.

use crate::error::{WebError, status_of};
use crate::form_data::SignedForm;
use crate::pages::choosing::offerings::shown;
use crate::pages::reviewing::approvals::take_back;
use crate::pages::reviewing::queue::{after, seen};
use crate::routes;
use crate::state::AppState;
use app::choosing::ask_reopen::{ask_reopen, decline_reopen};
use app::failure::Failure;
use app::reviewing::decide::undo as undo_decision;
use app::reviewing::reopen_choices::reopen_choices;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::choice::ChoiceAct;
use domain::id::OfferingId;
use domain::person::Role;

/// `POST /reopenings`
pub(crate) async fn reopen(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let (actor, shown_before) = (form.session.actor(), seen(&form.fields)?);
    let (ask, reason) = (shown_before.clone(), form.fields.get("reason").to_owned());
    let done = state.app.write(move |work| reopen_choices(work, &actor, &ask, &reason)).await;
    match shown_before.first() {
        // The form on an offering's own page names no `o`; the one in the queue does.
        Some(one) if !form.fields.has("o") => stay(&state, &form, one.offering, (done, "reopened")).await,
        _ => after(&state, &form, (done, shown_before)).await,
    }
}

/// `POST /reopenings/undo`
pub(crate) async fn undo(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    match form.fields.offerings()?.first() {
        Some(&id) if !has_queue(&form) => {
            let actor = form.session.actor();
            let done = state.app.write(move |work| undo_decision(work, &actor, ChoiceAct::Reopen, &[id])).await;
            stay(&state, &form, id, (done, "undone")).await
        }
        _ => take_back(&state, &form, ChoiceAct::Reopen).await,
    }
}

/// Whoever has no queue (the registrar) stays on the offering's page.
fn has_queue(form: &SignedForm) -> bool {
    [Role::Head, Role::ActingHead, Role::Dean].into_iter().any(|role| form.session.signed.actor.is(role))
}

/// `POST /reopening-requests`
pub(crate) async fn ask(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let id = offering(&form)?;
    let (actor, reason) = (form.session.actor(), form.fields.get("reason").to_owned());
    let done = state.app.write(move |work| ask_reopen(work, &actor, id, &reason)).await;
    stay(&state, &form, id, (done, "asked")).await
}

/// `POST /reopening-requests/refusals`
pub(crate) async fn decline(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let id = offering(&form)?;
    let (actor, reason) = (form.session.actor(), form.fields.get("reason").to_owned());
    let shown_before = seen(&form.fields)?;
    let done = state.app.write(move |work| decline_reopen(work, &actor, id, &reason)).await;
    after(&state, &form, (done, shown_before)).await
}

fn offering(form: &SignedForm) -> Result<OfferingId, WebError> {
    form.fields.offerings()?.into_iter().next().ok_or_else(|| Failure::NotFound.into())
}

/// The offering's page, saying what was done or what is wrong with the reason.
async fn stay(
    state: &AppState,
    form: &SignedForm,
    id: OfferingId,
    (done, did): (Result<(), Failure>, &str),
) -> Result<Response, WebError> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("{}?did={did}", routes::offering(id))).into_response()),
        Err(failure @ Failure::Refused(_)) => {
            let wrong = Some(("reason", failure.code(), form.fields.get("reason").to_owned()));
            shown(state, &form.session, &id.to_string(), (status_of(&failure), None, wrong)).await
        }
        Err(other) => Err(other.into()),
    }
}
