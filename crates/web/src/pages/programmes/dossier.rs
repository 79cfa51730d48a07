//! The dossiers (ПОӘК) of what one teaches.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::layout::{Layout, page};
use crate::query::Query;
use crate::session::Session;
use crate::state::AppState;
use app::programmes::dossier::{DossierList, dossiers};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::programme::UploadError;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "programmes/dossier.html")]
struct DossierPage {
    layout: Layout,
    t: Texts,
    shelf: DossierList,
    said: Option<String>,
    is_bad: bool,
}

#[derive(Default, Deserialize)]
pub(crate) struct DossierQuery {
    did: Option<String>,
}

/// `GET /dossier`
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    Query(asked): Query<DossierQuery>,
) -> Result<Response, WebError> {
    let actor = session.actor();
    let shelf = state.app.read(move |work| dossiers(work, &actor)).await?;
    let t = session.texts;
    let did = asked.did.unwrap_or_default();
    let refused = UploadError::ALL.into_iter().find(|unfit| unfit.code() == did);
    let said = match (did.as_str(), refused) {
        ("uploaded", _) => Some(t.get("file-uploaded")),
        ("was-there", _) => Some(t.get("file-was-there-already")),
        (_, Some(unfit)) => Some(t.code("refused", unfit.code())),
        _ => None,
    };
    page(&DossierPage { t: session.texts, layout: Layout::of(&session), shelf, said, is_bad: refused.is_some() })
}
