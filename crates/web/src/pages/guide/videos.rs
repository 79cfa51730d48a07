//! Videos of the instructions and their captions: those that the catalogue in force names, and for the registrar a draft's.

use crate::error::WebError;
use crate::session::Session;
use crate::state::AppState;
use app::catalogue::catalogue_files::{draft_plays, names};
use app::catalogue::read_catalogue::rule_table;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::digest::Digest;
use tower::ServiceExt;
use tower_http::services::ServeFile;

/// `GET /videos/{sha256}.webm` and `.vtt`; ranges are served, so that one can jump in the film.
pub(crate) async fn play(
    State(state): State<AppState>,
    session: Session,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, WebError> {
    let not_found = || WebError::status(StatusCode::NOT_FOUND);
    let (hash, ending) = name.split_once('.').ok_or_else(not_found)?;
    let mime = match ending {
        "webm" => "video/webm",
        "vtt" => "text/vtt; charset=utf-8",
        _ => return Err(not_found()),
    };
    let catalogue = state.app.read(rule_table).await?;
    let digest: Digest = hash.parse().map_err(|_| not_found())?;
    let is_in_force = catalogue.videos.iter().any(|video| names(video, hash));
    // Whoever makes a new version looks at its films before it is published.
    let (actor, asked) = (session.actor(), hash.to_owned());
    if !is_in_force && !state.app.read(move |work| draft_plays(work, &actor, &asked)).await? {
        return Err(not_found());
    }
    let mime = mime.parse().map_err(|error| WebError::broken(&error))?;
    let file = ServeFile::new_with_mime(state.app.vault.path(&digest.0), &mime);
    Ok(file.oneshot(request).await.map_err(|error| WebError::broken(&error))?.into_response())
}
