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
pub(crate) async fn approve(State(door): State<AppState>, posted: SignedForm) -> Result<Response, WebError> {
    let (actor, shown) = (posted.seat.actor(), seen(&posted.fields)?);
    let ask = shown.clone();
    let done = door.app.write(move |desk| approve_choices(desk, &actor, &ask)).await;
    after(&door, &posted, (done, shown)).await
}

/// `POST /approvals/undo`
pub(crate) async fn undo(State(door): State<AppState>, posted: SignedForm) -> Result<Response, WebError> {
    take_back(&door, &posted, ChoiceAct::Approve).await
}

/// Takes a decision back and shows the queue.
pub(crate) async fn take_back(door: &AppState, posted: &SignedForm, deed: ChoiceAct) -> Result<Response, WebError> {
    let (actor, ids) = (posted.seat.actor(), posted.fields.offerings()?);
    let done = door.app.write(move |desk| decide::undo(desk, &actor, deed, &ids)).await;
    after(door, posted, (done, Vec::new())).await
}
