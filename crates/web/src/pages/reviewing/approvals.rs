//! Approving, and taking it back.

use crate::error::Oops;
use crate::form_data::Posted;
use crate::pages::reviewing::queue::{after, seen};
use crate::state::Door;
use app::reviewing::approve_choices::approve_choices;
use app::reviewing::decide;
use axum::extract::State;
use axum::response::Response;
use domain::choice::Deed;

/// `POST /approvals`
pub(crate) async fn approve(State(door): State<Door>, posted: Posted) -> Result<Response, Oops> {
    let (actor, shown) = (posted.seat.actor(), seen(&posted.fields)?);
    let ask = shown.clone();
    let done = door.app.write(move |desk| approve_choices(desk, &actor, &ask)).await;
    after(&door, &posted, (done, shown)).await
}

/// `POST /approvals/undo`
pub(crate) async fn undo(State(door): State<Door>, posted: Posted) -> Result<Response, Oops> {
    take_back(&door, &posted, Deed::Approve).await
}

/// Takes a decision back and shows the queue.
pub(crate) async fn take_back(door: &Door, posted: &Posted, deed: Deed) -> Result<Response, Oops> {
    let (actor, ids) = (posted.seat.actor(), posted.fields.offerings()?);
    let done = door.app.write(move |desk| decide::undo(desk, &actor, deed, &ids)).await;
    after(door, posted, (done, Vec::new())).await
}
