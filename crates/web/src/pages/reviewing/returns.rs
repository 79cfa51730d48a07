//! Returning with a reason, and taking it back.

use crate::error::WebError;
use crate::form_data::SignedForm;
use crate::pages::reviewing::approvals::take_back;
use crate::pages::reviewing::queue::{after, seen};
use crate::state::AppState;
use app::reviewing::return_choices::return_choices;
use axum::extract::State;
use axum::response::Response;
use domain::choice::ChoiceAct;

/// `POST /returns`
pub(crate) async fn send_back(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let (actor, shown) = (form.session.actor(), seen(&form.fields)?);
    let reason = with_ready(form.fields.get("ready"), form.fields.get("reason"), form.session.texts);
    let ask = shown.clone();
    let done = state.app.write(move |work| return_choices(work, &actor, &ask, &reason)).await;
    after(&state, &form, (done, shown)).await
}

/// A ready reason first, then what was typed.
fn with_ready(ready: &str, typed: &str, texts: crate::i18n::Texts) -> String {
    let known = ["ready-reason-1", "ready-reason-2", "ready-reason-3"].contains(&ready);
    let ready = if known { texts.get(ready) } else { String::new() };
    [ready.as_str(), typed.trim()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ")
}

/// `POST /returns/undo`
pub(crate) async fn undo(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    take_back(&state, &form, ChoiceAct::Return).await
}
