//! Reopens approved choices and undoes the reopening. Also records and declines requests to reopen
//! a choice.

use crate::error::WebError;
use crate::page::redirect;
use crate::pages::choosing::offerings::{self, ReasonForm};
use crate::pages::reviewing::approvals::undo_in_queue;
use crate::pages::reviewing::queue::{self, shown_choices};
use crate::routes;
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::choosing::ask_reopen::{ask_reopen, decline_reopen};
use app::failure::Failure;
use app::reviewing::decide::undo as undo_decision;
use app::reviewing::reopen_choices::reopen_choices;
use axum::extract::State;
use axum::response::Response;
use domain::choice::ChoiceAct;
use domain::id::OfferingId;
use domain::policy;

/// `POST /reopenings`: reopens approved choices with a typed reason, so that the instructor can
/// choose again.
pub(crate) async fn reopen(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let (shown, reason) = (shown_choices(&form.fields)?, form.fields.text("reason"));
    let selected = shown.clone();
    let reopened = form.session.write(&state, move |work, actor| reopen_choices(work, actor, &selected, &reason)).await;
    match shown.first() {
        // The request can come from two forms. The form in the review queue has a field `o` with
        // the id of the offering; the form on the page of an offering has no such field. The
        // response is the page that contains the form.
        Some(one) if !form.fields.has("o") => {
            answer_on_offering(&state, &form, one.offering, reopened, "reopened").await
        }
        _ => queue::answer(&state, &form, shown, reopened).await,
    }
}

/// `POST /reopenings/undo`: undoes the reopening of a choice.
pub(crate) async fn undo(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    match form.fields.offerings()?.first() {
        // The registrar can reopen choices but has no review queue. After the registrar has undone
        // a reopening, the response is therefore the page of the offering.
        Some(&id) if !policy::reviews(&form.sender.actor) => {
            let act = ChoiceAct::Reopen;
            let undone = form.session.write(&state, move |work, actor| undo_decision(work, actor, act, &[id])).await;
            answer_on_offering(&state, &form, id, undone, "undone").await
        }
        _ => undo_in_queue(&state, &form, ChoiceAct::Reopen).await,
    }
}

/// `POST /reopening-requests`: records an instructor's request to reopen an approved choice.
pub(crate) async fn request(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let (id, reason) = (offering(&form)?, form.fields.text("reason"));
    let requested = form.session.write(&state, move |work, actor| ask_reopen(work, actor, id, &reason)).await;
    answer_on_offering(&state, &form, id, requested, "asked").await
}

/// `POST /reopening-requests/refusals`: declines an instructor's request to reopen an approved
/// choice.
pub(crate) async fn decline(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let (id, reason, shown) = (offering(&form)?, form.fields.text("reason"), shown_choices(&form.fields)?);
    let declined = form.session.write(&state, move |work, actor| decline_reopen(work, actor, id, &reason)).await;
    queue::answer_with(&state, &form, shown, declined, queue::DECLINED).await
}

fn offering(form: &SignedForm) -> Result<OfferingId, WebError> {
    form.fields.offerings()?.into_iter().next().ok_or_else(|| Failure::NotFound.into())
}

/// Redirects to the page of an offering, which confirms the act that was carried out. If the typed
/// reason was rejected, the page is shown again with the error.
async fn answer_on_offering(
    state: &AppState,
    form: &SignedForm,
    id: OfferingId,
    done: Result<(), Failure>,
    act: &str,
) -> Result<Response, WebError> {
    match done {
        Ok(()) => Ok(redirect(&routes::after_act(&routes::offering(id), act))),
        Err(failure) => {
            let reason = ReasonForm::refused("reason", form, failure)?;
            offerings::show_again(state, &form.session, id, reason).await
        }
    }
}
