//! The days on which nobody may decide, weeks ahead.

use crate::error::WebError;
use crate::layout::{Layout, page};
use crate::session::Session;
use crate::state::AppState;
use app::staff::gaps::{Gaps, see_gaps};
use askama::Template;
use axum::extract::State;
use axum::response::Response;

#[derive(Template)]
#[template(path = "staff/gaps.html")]
struct GapsPage {
    f: Layout,
    gaps: Gaps,
}

/// `GET /gaps`
pub(crate) async fn show(State(door): State<AppState>, seat: Session) -> Result<Response, WebError> {
    let actor = seat.actor();
    let gaps = door.app.read(move |desk| see_gaps(desk, &actor)).await?;
    page(&GapsPage { f: Layout::of(&seat), gaps })
}
