//! The dossiers (ПОӘК) of what one teaches.

use crate::error::WebError;
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
    f: Layout,
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
    State(door): State<AppState>,
    seat: Session,
    Query(asked): Query<DossierQuery>,
) -> Result<Response, WebError> {
    let actor = seat.actor();
    let shelf = door.app.read(move |desk| dossiers(desk, &actor)).await?;
    let w = seat.words;
    let did = asked.did.unwrap_or_default();
    let refused = UploadError::ALL.into_iter().find(|unfit| unfit.code() == did);
    let said = match (did.as_str(), refused) {
        ("uploaded", _) => Some(w.t("file-uploaded")),
        ("was-there", _) => Some(w.t("file-was-there-already")),
        (_, Some(unfit)) => Some(w.code("refused", unfit.code())),
        _ => None,
    };
    page(&DossierPage { f: Layout::of(&seat), shelf, said, is_bad: refused.is_some() })
}
