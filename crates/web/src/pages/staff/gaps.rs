//! The days on which nobody may decide, weeks ahead.

use crate::error::WebError;
use crate::i18n::Texts;
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
    layout: Layout,
    t: Texts,
    gaps: Gaps,
}

/// `GET /gaps`
pub(crate) async fn show(State(state): State<AppState>, session: Session) -> Result<Response, WebError> {
    let actor = session.actor();
    let gaps = state.app.read(move |work| see_gaps(work, &actor)).await?;
    page(&GapsPage { t: session.texts, layout: Layout::of(&session), gaps })
}
