//! The dossiers (ПОӘК) of what one teaches.

use crate::error::Oops;
use crate::layout::{Frame, page};
use crate::query::Query;
use crate::session::Seat;
use crate::state::Door;
use app::programmes::dossier::{Shelf, dossiers};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::programme::Unfit;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "programmes/dossier.html")]
struct DossierPage {
    f: Frame,
    shelf: Shelf,
    said: Option<String>,
    is_bad: bool,
}

#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    did: Option<String>,
}

/// `GET /dossier`
pub(crate) async fn show(State(door): State<Door>, seat: Seat, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    let actor = seat.actor();
    let shelf = door.app.read(move |desk| dossiers(desk, &actor)).await?;
    let w = seat.words;
    let did = asked.did.unwrap_or_default();
    let refused = Unfit::ALL.into_iter().find(|unfit| unfit.code() == did);
    let said = match (did.as_str(), refused) {
        ("uploaded", _) => Some(w.t("file-uploaded")),
        ("was-there", _) => Some(w.t("file-was-there-already")),
        (_, Some(unfit)) => Some(w.code("refused", unfit.code())),
        _ => None,
    };
    page(&DossierPage { f: Frame::of(&seat), shelf, said, is_bad: refused.is_some() })
}
