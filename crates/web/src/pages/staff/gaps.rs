//! The page of the days in the coming weeks on which no one can decide about some choices of a
//! department.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::page;
use crate::routes;
use crate::session::{Loaded, Session};
use crate::state::AppState;
use app::staff::gaps::{Gaps, see_gaps};
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::response::Response;

#[template_minify(path = "staff/gaps.html")]
#[derive(Template)]
struct GapsPage {
    layout: Layout,
    t: Texts,
    gaps: Gaps,
}

impl GapsPage {
    fn has_gaps(&self) -> bool {
        self.gaps.terms.iter().any(|one| !one.all.is_empty())
    }
}

/// `GET /gaps`: lists the days on which no one can decide about some choices of a department.
pub(crate) async fn show(State(state): State<AppState>, session: Session) -> Result<Response, WebError> {
    let Loaded { layout, data: gaps, .. } = session.read(&state, see_gaps).await?;
    page(&GapsPage { t: layout.t, layout, gaps })
}
