//! Exports the tables of a report as a file for download.

use crate::error::WebError;
use app::reports::export::{FileKind, Worksheet, write};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// The file format (CSV or XLSX) of an exported report, as the extension in the address says. An
/// unknown extension is the error 404.
pub(crate) fn kind_of(end: &str) -> Result<FileKind, WebError> {
    FileKind::from_code(end).ok_or_else(|| WebError::status(StatusCode::NOT_FOUND))
}

/// Writes tables to a CSV or XLSX file and returns the file as a download. The file is called
/// `name.kind`, where `kind` is the extension. Other characters than ASCII letters, digits and
/// hyphens are replaced in the name. The writing runs on a thread for blocking work.
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
