//! Serves the videos of the exam instructions and their captions. Everyone signed in can watch the
//! videos of the catalogue in force; only editors can watch those of a catalogue draft.

use crate::error::WebError;
use crate::session::Session;
use crate::state::AppState;
use app::catalogue::catalogue_files::{draft_plays, names};
use app::catalogue::read_catalogue::rule_table;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use domain::digest::Digest;
use tower::ServiceExt;
use tower_http::services::ServeFile;

/// `GET /videos/{sha256}.webm` and `.vtt`: serves a video of the exam instructions or the captions
/// of a video. Range requests are supported, so that viewers can jump to another place in the
/// video.
pub(crate) async fn play(
    State(state): State<AppState>,
    session: Session,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, WebError> {
    let not_found = WebError::not_found;
    let (hash, ending) = name.split_once('.').ok_or_else(not_found)?;
    let mime = match ending {
        "webm" => "video/webm",
        "vtt" => "text/vtt; charset=utf-8",
        _ => return Err(not_found()),
    };
    let digest: Digest = hash.parse().map_err(|_| not_found())?;
    let hash = hash.to_owned();
    let may_play = session.read(&state, move |work, actor| {
        let is_in_force = rule_table(work)?.videos.iter().any(|video| names(video, &hash));
        // The editors of a catalogue draft can watch its videos before the draft is published.
        Ok(is_in_force || draft_plays(work, actor, &hash)?)
    });
    if !may_play.await?.data {
        return Err(not_found());
    }
    let mime = mime.parse().map_err(|error| WebError::broken(&error))?;
    let file = ServeFile::new_with_mime(state.app.vault.path(&digest.0), &mime);
    Ok(file.oneshot(request).await.map_err(|error| WebError::broken(&error))?.into_response())
}
