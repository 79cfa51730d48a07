//! Approving, and taking it back.

use crate::error::WebError;
use crate::form_data::SignedForm;
use crate::pages::reviewing::queue::{after, seen};
use crate::state::AppState;
use app::reviewing::approve_choices::approve_choices;
use app::reviewing::decide;
use axum::extract::State;
use axum::response::Response;
use domain::choice::ChoiceAct;

/// `POST /approvals`
pub(crate) async fn approve(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let (actor, shown) = (form.session.actor(), seen(&form.fields)?);
    let ask = shown.clone();
    let done = state.app.write(move |work| approve_choices(work, &actor, &ask)).await;
    after(&state, &form, (done, shown)).await
}

/// `POST /approvals/undo`
pub(crate) async fn undo(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    take_back(&state, &form, ChoiceAct::Approve).await
}

/// Takes a decision back and shows the queue.
pub(crate) async fn take_back(state: &AppState, form: &SignedForm, act: ChoiceAct) -> Result<Response, WebError> {
    let (actor, ids) = (form.session.actor(), form.fields.offerings()?);
    let done = state.app.write(move |work| decide::undo(work, &actor, act, &ids)).await;
    after(state, form, (done, Vec::new())).await
}
