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
pub(crate) async fn send_back(State(door): State<AppState>, posted: SignedForm) -> Result<Response, WebError> {
    let (actor, shown) = (posted.seat.actor(), seen(&posted.fields)?);
    let reason = with_ready(posted.fields.get("ready"), posted.fields.get("reason"), posted.seat.words);
    let ask = shown.clone();
    let done = door.app.write(move |desk| return_choices(desk, &actor, &ask, &reason)).await;
    after(&door, &posted, (done, shown)).await
}

/// A ready reason first, then what was typed.
fn with_ready(ready: &str, typed: &str, words: crate::i18n::Texts) -> String {
    let known = ["ready-reason-1", "ready-reason-2", "ready-reason-3"].contains(&ready);
    let ready = if known { words.t(ready) } else { String::new() };
    [ready.as_str(), typed.trim()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ")
}

/// `POST /returns/undo`
pub(crate) async fn undo(State(door): State<AppState>, posted: SignedForm) -> Result<Response, WebError> {
    take_back(&door, &posted, ChoiceAct::Return).await
}
