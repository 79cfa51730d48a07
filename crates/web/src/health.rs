//! Health checks for monitoring tools: whether the program runs, and whether it can serve requests.

use crate::state::AppState;
use app::failure::Failure;
use axum::extract::State;
use axum::http::StatusCode;

/// `GET /healthz` (health check): always answers 200 while the program runs.
pub(crate) async fn alive() -> &'static str {
    "ok\n"
}

/// `GET /readyz` (health check): answers 200 when the database answers and the folder of uploaded
/// documents is writable, otherwise 503.
pub(crate) async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    let database = state.app.read(|work| work.current_term().map(drop).or_else(no_term_is_fine)).await;
    let vault = state.app.vault.clone();
    let documents = tokio::task::spawn_blocking(move || vault.check()).await;
    match (database, documents) {
        (Ok(()), Ok(Ok(()))) => (StatusCode::OK, "ready\n"),
        (Err(_), _) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "documents cannot be written\n"),
    }
}

fn no_term_is_fine(failure: Failure) -> Result<(), Failure> {
    match failure {
        Failure::NoTerm => Ok(()),
        other => Err(other),
    }
}
