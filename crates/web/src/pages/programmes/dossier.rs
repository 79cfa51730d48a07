//! The page of dossiers (ПОӘК): the documents of the disciplines that the signed-in person teaches.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::page;
use crate::query::Query;
use crate::routes;
use crate::session::{Loaded, Session};
use crate::state::AppState;
use app::programmes::dossier::{DossierList, dossiers};
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::response::Response;
use domain::programme::UploadError;
use serde::Deserialize;

#[template_minify(path = "programmes/dossier.html")]
#[derive(Template)]
struct DossierPage {
    layout: Layout,
    t: Texts,
    list: DossierList,
    note: Option<String>,
    is_bad: bool,
}

#[derive(Default, Deserialize)]
pub(crate) struct DossierQuery {
    did: Option<String>,
}

/// `GET /dossier`: lists the disciplines of the signed-in person, each with its dossier of
/// documents.
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    Query(asked): Query<DossierQuery>,
) -> Result<Response, WebError> {
    let Loaded { layout, data: list, .. } = session.read(&state, dossiers).await?;
    let t = layout.t;
    let did = asked.did.unwrap_or_default();
    let refused = UploadError::ALL.into_iter().find(|unfit| unfit.code() == did);
    let note = match (did.as_str(), refused) {
        ("uploaded", _) => Some(t.get("file-uploaded")),
        ("was-there", _) => Some(t.get("file-was-there-already")),
        (_, Some(unfit)) => Some(t.code("refused", unfit.code())),
        _ => None,
    };
    page(&DossierPage { t: layout.t, layout, list, note, is_bad: refused.is_some() })
}
