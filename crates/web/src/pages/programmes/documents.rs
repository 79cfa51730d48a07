//! Uploads exam programme documents into the dossier of a discipline (its collection of documents),
//! and downloads documents.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::page::{page_with, redirect};
use crate::pages::programmes::dossier;
use crate::pages::programmes::programme_picker::ProgrammePicker;
use crate::path_params::PathParams;
use crate::query::Query;
use crate::routes;
use crate::session::{Loaded, Session};
use crate::signed_form::SignedForm;
use crate::state::AppState;
use crate::uploads::SentFile;
use app::failure::Failure;
use app::programmes::dossier::{DisciplineDossier, contents};
use app::programmes::read_document::read_document;
use app::programmes::upload_programme::{UploadedDocument, upload_programme};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::id::{DisciplineId, DocumentId};
use domain::programme::{Document, Media, UploadError};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use tower::ServiceExt;
use tower_http::services::ServeFile;

/// `POST /documents`: uploads an exam programme document into the dossier of a discipline. For the
/// page's script, the response is the new list of documents. A browser without the script is
/// redirected to the page of dossiers.
pub(crate) async fn upload(
    State(state): State<AppState>,
    headers: HeaderMap,
    mut form: SignedForm,
) -> Result<Response, WebError> {
    let discipline: DisciplineId = form.fields.id("discipline")?;
    let stored = match form.fields.files.pop() {
        Some(SentFile { name, content: Ok(incoming), .. }) => {
            upload_programme(&state.app, form.session.claim(), discipline, name, incoming).await
        }
        Some(SentFile { content: Err(unfit), .. }) => Err(unfit.into()),
        None => Err(UploadError::Empty.into()),
    };
    let result = UploadResult::of(stored)?;
    if !headers.contains_key("x-partial") {
        return match result {
            UploadResult::Stored(stored) => {
                let act = if stored.was_there { "was-there" } else { "uploaded" };
                Ok(redirect(&routes::after_act(routes::DOSSIER, act)))
            }
            UploadResult::Refused(code) => dossier::show_refused(&state, &form.session, discipline, code).await,
        };
    }
    let is_one_of_many = !form.fields.get("many").is_empty();
    let Loaded { layout, data, .. } =
        form.session.read(&state, move |work, actor| contents(work, actor, discipline)).await?;
    let DisciplineDossier { term, dossier } = data;
    let (t, picked) = (layout.t, result.document());
    let (note, error) = (result.note(t), result.error(t));
    let picker =
        ProgrammePicker { layout, t, dossier, picked, is_preselected: false, error, note, term, is_one_of_many };
    page_with(result.status(), &picker)
}

/// The result of uploading an exam programme document: the stored document, or the code of the
/// error for which the document was refused.
enum UploadResult {
    Stored(UploadedDocument),
    Refused(&'static str),
}

impl UploadResult {
    fn of(stored: Result<UploadedDocument, Failure>) -> Result<Self, WebError> {
        match stored {
            Ok(stored) => Ok(Self::Stored(stored)),
            Err(Failure::Refused(refusal)) => Ok(Self::Refused(refusal.code())),
            Err(other) => Err(other.into()),
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Stored(_) => StatusCode::OK,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    fn document(&self) -> Option<DocumentId> {
        match self {
            Self::Stored(stored) => Some(stored.document.id),
            Self::Refused(_) => None,
        }
    }

    fn note(&self, t: Texts) -> String {
        match self {
            Self::Stored(stored) => upload_note(stored, t),
            Self::Refused(_) => String::new(),
        }
    }

    fn error(&self, t: Texts) -> String {
        match self {
            Self::Stored(_) => String::new(),
            Self::Refused(code) => t.code("refused", code),
        }
    }
}

/// The note about a stored file: it is new, or the dossier already had it under this name.
pub(crate) fn upload_note(stored: &UploadedDocument, t: Texts) -> String {
    if stored.was_there { t.with("file-was-there", "name", &stored.document.name) } else { t.get("file-uploaded") }
}

#[derive(Default, Deserialize)]
pub(crate) struct DownloadQuery {
    /// A query parameter of a document's address. If the parameter is present, the browser shows a
    /// PDF document instead of saving it as a file.
    view: Option<String>,
}

/// `GET /documents/{id}`: downloads an exam programme document.
pub(crate) async fn download(
    State(state): State<AppState>,
    session: Session,
    PathParams(id): PathParams<DocumentId>,
    Query(asked): Query<DownloadQuery>,
    request: Request,
) -> Result<Response, WebError> {
    let document = session.read(&state, move |work, actor| read_document(work, actor, id)).await?.data;
    let (vault, sha256) = (state.app.vault.clone(), document.sha256.0);
    let intact = tokio::task::spawn_blocking(move || vault.verify(&sha256)).await;
    intact.map_err(|error| WebError::broken(&error))?.map_err(Failure::from)?;
    let mime = document.media.mime().parse().map_err(|error| WebError::broken(&error))?;
    let file = ServeFile::new_with_mime(state.app.vault.path(&document.sha256.0), &mime);
    let mut response = file.oneshot(request).await.map_err(|error| WebError::broken(&error))?.into_response();
    let inline = asked.view.is_some() && document.media == Media::Pdf;
    set_download_headers(&mut response, &document, inline);
    Ok(response)
}

/// The content security policy of a document that the browser saves as a file.
const SAVED_DOCUMENT_POLICY: &str = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox";

/// The content security policy of a PDF that the browser shows. It has no sandbox, because the PDF
/// viewers of browsers do not work in one.
const SHOWN_DOCUMENT_POLICY: &str = "base-uri 'none'; object-src 'none'; frame-ancestors 'self'";

/// Sets the headers of a response with a document: name, and content security policy.
fn set_download_headers(response: &mut Response, document: &Document, inline: bool) {
    let encoded = utf8_percent_encode(&document.name, NON_ALPHANUMERIC);
    let kind = if inline { "inline" } else { "attachment" };
    let plain = format!("programme.{}", document.media.code());
    let disposition = format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
    let policy = if inline { SHOWN_DOCUMENT_POLICY } else { SAVED_DOCUMENT_POLICY };
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    if inline {
        headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    }
}
