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
pub(crate) async fn reopen(State(door): State<AppState>, posted: SignedForm) -> Result<Response, WebError> {
    let (actor, shown_before) = (posted.seat.actor(), seen(&posted.fields)?);
    let (ask, reason) = (shown_before.clone(), posted.fields.get("reason").to_owned());
    let done = door.app.write(move |desk| reopen_choices(desk, &actor, &ask, &reason)).await;
    match shown_before.first() {
        // The form on an offering's own page names no `o`; the one in the queue does.
        Some(one) if !posted.fields.has("o") => stay(&door, &posted, one.offering, (done, "reopened")).await,
        _ => after(&door, &posted, (done, shown_before)).await,
    }
}

/// `POST /reopenings/undo`
pub(crate) async fn undo(State(door): State<AppState>, posted: SignedForm) -> Result<Response, WebError> {
    match posted.fields.offerings()?.first() {
        Some(&id) if !has_queue(&posted) => {
            let actor = posted.seat.actor();
            let done = door.app.write(move |desk| undo_decision(desk, &actor, ChoiceAct::Reopen, &[id])).await;
            stay(&door, &posted, id, (done, "undone")).await
        }
        _ => take_back(&door, &posted, ChoiceAct::Reopen).await,
    }
}

/// Whoever has no queue (the registrar) stays on the offering's page.
fn has_queue(posted: &SignedForm) -> bool {
    [Role::Head, Role::ActingHead, Role::Dean].into_iter().any(|role| posted.seat.signed.actor.is(role))
}

/// `POST /reopening-requests`
pub(crate) async fn ask(State(door): State<AppState>, posted: SignedForm) -> Result<Response, WebError> {
    let id = offering(&posted)?;
    let (actor, reason) = (posted.seat.actor(), posted.fields.get("reason").to_owned());
    let done = door.app.write(move |desk| ask_reopen(desk, &actor, id, &reason)).await;
    stay(&door, &posted, id, (done, "asked")).await
}

/// `POST /reopening-requests/refusals`
pub(crate) async fn decline(State(door): State<AppState>, posted: SignedForm) -> Result<Response, WebError> {
    let id = offering(&posted)?;
    let (actor, reason) = (posted.seat.actor(), posted.fields.get("reason").to_owned());
    let shown_before = seen(&posted.fields)?;
    let done = door.app.write(move |desk| decline_reopen(desk, &actor, id, &reason)).await;
    after(&door, &posted, (done, shown_before)).await
}

fn offering(posted: &SignedForm) -> Result<OfferingId, WebError> {
    posted.fields.offerings()?.into_iter().next().ok_or_else(|| Failure::NotFound.into())
}

/// The offering's page, saying what was done or what is wrong with the reason.
async fn stay(
    door: &AppState,
    posted: &SignedForm,
    id: OfferingId,
    (done, did): (Result<(), Failure>, &str),
) -> Result<Response, WebError> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("{}?did={did}", routes::offering(id))).into_response()),
        Err(failure @ Failure::Refused(_)) => {
            let wrong = Some(("reason", failure.code(), posted.fields.get("reason").to_owned()));
            shown(door, &posted.seat, &id.to_string(), (status_of(&failure), None, wrong)).await
        }
        Err(other) => Err(other.into()),
    }
}
