//! Table 1 of the rules, for everybody who is signed in.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::layout::{Layout, page};
use crate::session::Session;
use crate::state::AppState;
use app::catalogue::read_catalogue::rule_table;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::catalogue::picked::Picked;
use domain::catalogue::{Catalogue, Row};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "guide/catalogue.html")]
struct CatalogueTablePage {
    layout: Layout,
    t: Texts,
    catalogue: Arc<Catalogue>,
}

impl CatalogueTablePage {
    fn picked(&self, row: &Row) -> Picked {
        Picked::of(&self.catalogue, &row.id, "")
    }
}

/// `GET /rules`
pub(crate) async fn show(State(state): State<AppState>, session: Session) -> Result<Response, WebError> {
    let catalogue = state.app.read(rule_table).await?;
    page(&CatalogueTablePage { t: session.texts, layout: Layout::of(&session), catalogue })
}
