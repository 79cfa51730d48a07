//! Returns choices to their instructors with a typed reason, and undoes returns.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::pages::reviewing::approvals::undo_in_queue;
use crate::pages::reviewing::queue::{self, shown_choices};
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::reviewing::return_choices::return_choices;
use axum::extract::State;
use axum::response::Response;
use domain::choice::ChoiceAct;

/// The keys of the texts that are suggested as reasons for returning a choice.
pub(crate) const READY_REASONS: [&str; 3] = ["ready-reason-1", "ready-reason-2", "ready-reason-3"];

/// `POST /returns`: returns the selected choices to their instructors with a typed reason.
pub(crate) async fn send_back(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let shown = shown_choices(&form.fields)?;
    let reason = full_reason(form.fields.get("ready"), form.fields.get("reason"), form.session.texts);
    let selected = shown.clone();
    let returned = form.session.write(&state, move |work, actor| return_choices(work, actor, &selected, &reason)).await;
    queue::answer(&state, &form, shown, returned).await
}

/// `POST /returns/undo`: undoes the return of choices.
pub(crate) async fn undo(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    undo_in_queue(&state, &form, ChoiceAct::Return).await
}

/// The full reason for returning a choice: the suggested reason that was selected, followed by the
/// reason that was typed.
fn full_reason(ready: &str, typed: &str, t: Texts) -> String {
    let is_known = READY_REASONS.contains(&ready);
    let ready = if is_known { t.get(ready) } else { String::new() };
    [ready.as_str(), typed.trim()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ")
}
