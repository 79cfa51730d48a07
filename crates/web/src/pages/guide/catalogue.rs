//! The page of the catalogue in force (Table 1 of the university's rules for exams), open to every
//! signed-in person.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::page;
use crate::routes;
use crate::session::{Loaded, Session};
use crate::state::AppState;
use app::catalogue::read_catalogue::rule_table;
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::response::Response;
use domain::catalogue::picked::Picked;
use domain::catalogue::{Catalogue, Row};
use std::sync::Arc;

#[template_minify(path = "guide/catalogue.html")]
#[derive(Template)]
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

/// `GET /catalogue/current`: shows the catalogue in force, the permitted combinations of platform,
/// exam format and type.
pub(crate) async fn show(State(state): State<AppState>, session: Session) -> Result<Response, WebError> {
    let Loaded { layout, data: catalogue, .. } = session.read(&state, |work, _| rule_table(work)).await?;
    page(&CatalogueTablePage { t: layout.t, layout, catalogue })
}
