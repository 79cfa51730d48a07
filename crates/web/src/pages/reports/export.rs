//! A table as a file to be saved.

use crate::error::WebError;
use app::reports::export::{FileKind, Worksheet, write};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// The kind that the end of an address names; another end is no page.
pub(crate) fn kind_of(end: &str) -> Result<FileKind, WebError> {
    FileKind::from_code(end).ok_or_else(|| WebError::status(StatusCode::NOT_FOUND))
}

/// Makes the file beside the threads that answer people, and hands it over as `name.kind`. The name is ASCII.
pub(crate) async fn file(
    kind: FileKind,
    name: &str,
    sheets: impl FnOnce() -> Vec<Worksheet> + Send + 'static,
) -> Result<Response, WebError> {
    let made = tokio::task::spawn_blocking(move || write(kind, &sheets())).await;
    let bytes = made.map_err(|error| WebError::broken(&error))??;
    let safe = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    let name: String = name.chars().map(|letter| if safe(letter) { letter } else { '-' }).collect();
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}.{}\"", kind.code()));
    let disposition = disposition.map_err(|error| WebError::broken(&error))?;
    let headers =
        [(header::CONTENT_TYPE, HeaderValue::from_static(kind.mime())), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, bytes).into_response())
}
