//! Videos of the instructions and their captions; only those that the catalogue in force names.

use crate::door::Door;
use crate::oops::Oops;
use crate::seat::Seat;
use app::rule_table::rule_table;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::catalogue::Catalogue;
use domain::fingerprint::Digest;
use domain::name::Language;
use tower::ServiceExt;
use tower_http::services::ServeFile;

/// `GET /videos/{sha256}.webm` and `.vtt`; ranges are served, so that one can jump in the film.
pub(crate) async fn play(
    State(door): State<Door>,
    _seat: Seat,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, Oops> {
    let not_found = || Oops::status(StatusCode::NOT_FOUND);
    let (hash, ending) = name.split_once('.').ok_or_else(not_found)?;
    let mime = match ending {
        "webm" => "video/webm",
        "vtt" => "text/vtt; charset=utf-8",
        _ => return Err(not_found()),
    };
    let catalogue = door.app.read(rule_table).await?;
    let digest: Digest = hash.parse().map_err(|_| not_found())?;
    if !names(&catalogue, hash) {
        return Err(not_found());
    }
    let mime = mime.parse().map_err(|error| Oops::broken(&error))?;
    let file = ServeFile::new_with_mime(door.app.vault.path(&digest.0), &mime);
    Ok(file.oneshot(request).await.map_err(|error| Oops::broken(&error))?.into_response())
}

fn names(catalogue: &Catalogue, hash: &str) -> bool {
    catalogue.videos.iter().any(|video| {
        let captions = video.captions.as_ref();
        let is_caption =
            captions.is_some_and(|names| Language::ALL.iter().any(|&language| names.exactly(language) == hash));
        is_caption || video.file.as_deref() == Some(hash)
    })
}
