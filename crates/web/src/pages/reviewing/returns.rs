//! Returns choices to their instructors with a typed reason, and undoes returns.

use crate::error::WebError;
use crate::pages::reviewing::approvals::undo_in_queue;
use crate::pages::reviewing::queue::{self, shown_choices};
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::reviewing::phrases::reason_with_phrase;
use app::reviewing::return_choices::return_choices;
use axum::extract::State;
use axum::response::Response;
use domain::choice::ChoiceAct;
use domain::id::PhraseId;

/// `POST /returns`: returns the selected choices to their instructors with a typed reason.
pub(crate) async fn send_back(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let shown = shown_choices(&form.fields)?;
    let (phrase, typed) = (form.fields.parsed::<PhraseId>("phrase")?.first().copied(), form.fields.text("reason"));
    let (selected, language) = (shown.clone(), form.session.texts.language);
    let returned = form.session.write(&state, move |work, actor| {
        let reason = reason_with_phrase(work, actor, phrase, &typed, language)?;
        return_choices(work, actor, &selected, &reason)
    });
    let returned = returned.await;
    queue::answer(&state, &form, shown, returned).await
}

/// `POST /returns/undo`: undoes the return of choices.
pub(crate) async fn undo(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    undo_in_queue(&state, &form, ChoiceAct::Return).await
}
