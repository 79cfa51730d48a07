//! Approves choices from the review queue, and undoes decisions (such as approvals) about choices.

use crate::error::WebError;
use crate::pages::reviewing::queue::{self, shown_choices};
use crate::session::Session;
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::failure::Failure;
use app::reviewing::approve_choices::{approve_choices, require_no_warnings};
use app::reviewing::decide::ShownChoice;
use app::reviewing::decide::undo as undo_decision;
use app::reviewing::intact_documents::{IntactDocuments, documents_to_approve};
use axum::extract::State;
use axum::response::Response;
use domain::choice::ChoiceAct;

/// `POST /approvals`: approves every selected choice exactly as the review queue showed it. If one
/// choice is refused, none is approved. The field `without_warnings` says that the queue showed the choices
/// without warnings; a choice that has one now is refused.
pub(crate) async fn approve(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let shown = shown_choices(&form.fields)?;
    let has_no_warnings = form.fields.has("without_warnings");
    let approved = approve_intact(&state, &form.session, shown.clone(), has_no_warnings).await;
    queue::answer(&state, &form, shown, approved).await
}

/// Approves choices after comparing their documents with the uploaded ones, outside the transaction
/// that approves.
async fn approve_intact(
    state: &AppState,
    session: &Session,
    selected: Vec<ShownChoice>,
    has_no_warnings: bool,
) -> Result<(), Failure> {
    let (shown, vault) = (selected.clone(), state.app.vault.clone());
    let read = session.read(state, move |work, actor| documents_to_approve(work, actor, &shown));
    let documents = read.await?.data;
    let checked = tokio::task::spawn_blocking(move || IntactDocuments::verify(&vault, documents)).await;
    let intact = checked.map_err(|error| Failure::Broken(error.to_string()))??;
    let approve = session.write(state, move |work, actor| {
        if has_no_warnings {
            require_no_warnings(work, actor, &selected)?;
        }
        approve_choices(work, actor, &selected, &intact)
    });
    approve.await
}

/// `POST /approvals/undo`: undoes the approval of choices.
pub(crate) async fn undo(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    undo_in_queue(&state, &form, ChoiceAct::Approve).await
}

/// Undoes a decision about choices (approving, returning or reopening), and redirects to the review
/// queue.
pub(crate) async fn undo_in_queue(state: &AppState, form: &SignedForm, act: ChoiceAct) -> Result<Response, WebError> {
    let ids = form.fields.offerings()?;
    let undone = form.session.write(state, move |work, actor| undo_decision(work, actor, act, &ids)).await;
    queue::answer(state, form, Vec::new(), undone).await
}
