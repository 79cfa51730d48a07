//! Uploads: files sent with an HTML form are written into a folder for incoming files while they
//! are received.

use crate::error::WebError;
use crate::routes;
use crate::state::AppState;
use app::app::Incoming;
use app::failure::Failure;
use axum::extract::multipart::Field;
use domain::limits::{PROGRAMME_SIZE_LIMIT, ROSTER_FILE_SIZE_LIMIT};
use domain::programme::UploadError;

/// A file that was sent with an HTML form.
pub(crate) struct SentFile {
    /// The name of the form field with which a file was uploaded.
    pub(crate) field: String,
    /// The name that the uploaded file has on the sender's computer.
    pub(crate) name: String,
    /// The content of an uploaded file, or the error for which the file was rejected.
    pub(crate) content: Result<Incoming, UploadError>,
}

/// The maximum size of an uploaded file, in bytes. The maximum depends on the path to which the
/// form is sent, because a roster file is allowed to be larger than a programme document.
pub(crate) fn file_limit(path: &str) -> u64 {
    if path == routes::IMPORTS { ROSTER_FILE_SIZE_LIMIT } else { PROGRAMME_SIZE_LIMIT }
}

/// Receives an uploaded file of at most `limit` bytes. A larger file is read to its end and
/// discarded, so that the remaining fields of the form can be read.
pub(crate) async fn receive(
    mut part: Field<'_>,
    state: &AppState,
    limit: u64,
) -> Result<Result<Incoming, UploadError>, WebError> {
    let mut incoming = Some(state.app.vault.begin(limit).map_err(Failure::from)?);
    loop {
        match part.chunk().await {
            Err(_) => return Ok(Err(UploadError::CutOff)),
            Ok(None) => return Ok(incoming.ok_or(UploadError::TooLarge)),
            Ok(Some(chunk)) => {
                let Some(mut file) = incoming.take() else { continue };
                let write = move || file.write(&chunk).map(|()| file);
                let written = tokio::task::spawn_blocking(write).await.map_err(|error| WebError::broken(&error))?;
                incoming = match written.map_err(Failure::from) {
                    Ok(file) => Some(file),
                    Err(Failure::Refused(_)) => None,
                    Err(other) => return Err(other.into()),
                };
            }
        }
    }
}
