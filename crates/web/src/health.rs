//! Health checks for monitoring tools: whether the program runs, and whether it can serve requests.

use crate::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;
use std::fmt::Display;
use std::time::Duration;
use tokio::sync::Semaphore;

/// `GET /healthz` (health check): always answers 200 while the program runs.
pub(crate) async fn alive() -> &'static str {
    "ok\n"
}

/// `GET /readyz` (health check): answers 200 when the database answers and can be written to, and the
/// folder of uploaded documents is writable; otherwise 503 within a second.
pub(crate) async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    let (store, vault) = (state.app.store.clone(), state.app.vault.clone());
    let database = checked(&DATABASE_CHECK, move || store.check());
    let documents = checked(&DOCUMENTS_CHECK, move || vault.check());
    match tokio::join!(database, documents) {
        (true, true) => (StatusCode::OK, "ready\n"),
        (false, _) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer or cannot be written\n"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "documents cannot be written\n"),
    }
}

/// The time after which a database or a disk that does not answer counts as not ready.
const CHECK_TIMEOUT: Duration = Duration::from_millis(900);

/// One check at a time runs on a thread, so that checks that hang do not use up the threads.
static DATABASE_CHECK: Semaphore = Semaphore::const_new(1);
static DOCUMENTS_CHECK: Semaphore = Semaphore::const_new(1);

/// Runs a check on a thread that may block. Logs why it fails.
async fn checked<E: Display + Send + 'static>(
    turn: &'static Semaphore,
    check: impl FnOnce() -> Result<(), E> + Send + 'static,
) -> bool {
    let run = async {
        let turn = turn.acquire().await;
        tokio::task::spawn_blocking(move || {
            let checked = check();
            drop(turn);
            checked
        })
        .await
    };
    match tokio::time::timeout(CHECK_TIMEOUT, run).await {
        Ok(Ok(Ok(()))) => return true,
        Ok(Ok(Err(error))) => tracing::error!(%error, "not ready"),
        Ok(Err(error)) => tracing::error!(%error, "not ready"),
        Err(_) => tracing::error!("not ready: a check did not end within a second"),
    }
    false
}
