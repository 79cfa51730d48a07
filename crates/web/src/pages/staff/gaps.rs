//! The days on which nobody may decide, weeks ahead.

use crate::error::Oops;
use crate::layout::{Frame, page};
use crate::session::Seat;
use crate::state::Door;
use app::staff::gaps::{Gaps, see_gaps};
use askama::Template;
use axum::extract::State;
use axum::response::Response;

#[derive(Template)]
#[template(path = "staff/gaps.html")]
struct GapsPage {
    f: Frame,
    gaps: Gaps,
}

/// `GET /gaps`
pub(crate) async fn show(State(door): State<Door>, seat: Seat) -> Result<Response, Oops> {
    let actor = seat.actor();
    let gaps = door.app.read(move |desk| see_gaps(desk, &actor)).await?;
    page(&GapsPage { f: Frame::of(&seat), gaps })
}
