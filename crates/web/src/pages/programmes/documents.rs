//! Programme documents: into the dossier, and out of it.

use crate::error::WebError;
use crate::form_data::SignedForm;
use crate::layout::{Layout, page_with};
use crate::pages::choosing::choice_view::ProgrammePicker;
use crate::query::Query;
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::failure::Failure;
use app::programmes::dossier::contents;
use app::programmes::read_document::read_document;
use app::programmes::upload_programme::upload_programme;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::id::{DisciplineId, DocumentId};
use domain::programme::{Document, Media};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use tower::ServiceExt;
use tower_http::services::ServeFile;

/// `POST /documents`: one file into one dossier.
pub(crate) async fn upload(
    State(state): State<AppState>,
    headers: HeaderMap,
    form: SignedForm,
) -> Result<Response, WebError> {
    let SignedForm { session, mut fields, .. } = form;
    let discipline: DisciplineId = fields.get("discipline").parse().map_err(|_| WebError::from(Failure::NotFound))?;
    let is_one_of_many = !fields.get("many").is_empty();
    let file = fields.files.pop();
    let taken = match file.map(|file| (file.name, file.content)) {
        Some((name, Ok(incoming))) => {
            upload_programme(&state.app, &session.signed.actor, discipline, name, incoming).await
        }
        Some((_, Err(unfit))) => Err(unfit.into()),
        None => Err(domain::programme::UploadError::Empty.into()),
    };
    let (status, picked, said, error) = match &taken {
        Ok(done) if done.was_there => {
            let said = session.texts.with("file-was-there", "name", &done.document.name);
            (StatusCode::OK, Some(done.document.id), said, String::new())
        }
        Ok(done) => (StatusCode::OK, Some(done.document.id), session.texts.get("file-uploaded"), String::new()),
        Err(Failure::Refused(refusal)) => {
            let error = session.texts.code("refused", refusal.code());
            (StatusCode::UNPROCESSABLE_ENTITY, None, String::new(), error)
        }
        Err(_) => return Err(taken.err().map_or_else(|| WebError::broken(&"no answer"), WebError::from)),
    };
    if !headers.contains_key("x-partial") {
        return Ok(back_to_dossier(picked, &taken));
    }
    let actor = session.actor();
    let (term, dossier) = state.app.read(move |work| contents(work, &actor, discipline)).await?;
    let layout = Layout::of(&session);
    page_with(status, &ProgrammePicker { t: layout.t, layout, dossier, picked, error, said, term, is_one_of_many })
}

/// Without a script the dossier says what became of the file.
fn back_to_dossier(
    picked: Option<DocumentId>,
    taken: &Result<app::programmes::upload_programme::UploadedDocument, Failure>,
) -> Response {
    let did = match (picked, taken) {
        (Some(_), Ok(done)) if done.was_there => "was-there",
        (Some(_), _) => "uploaded",
        (None, Err(failure)) => failure.code(),
        (None, Ok(_)) => "",
    };
    Redirect::to(&format!("{}?did={did}", routes::DOSSIER)).into_response()
}

#[derive(Default, Deserialize)]
pub(crate) struct DownloadQuery {
    /// Show it in the browser instead of saving it (PDF only).
    view: Option<String>,
}

/// `GET /documents/{id}`
pub(crate) async fn download(
    State(state): State<AppState>,
    session: Session,
    Path(id): Path<String>,
    Query(asked): Query<DownloadQuery>,
    request: Request,
) -> Result<Response, WebError> {
    let id: DocumentId = id.parse().map_err(|_| WebError::status(StatusCode::NOT_FOUND))?;
    let actor = session.actor();
    let document = state.app.read(move |work| read_document(work, &actor, id)).await?;
    let mime = document.media.mime().parse().map_err(|error| WebError::broken(&error))?;
    let file = ServeFile::new_with_mime(state.app.vault.path(&document.sha256.0), &mime);
    let mut response = file.oneshot(request).await.map_err(|error| WebError::broken(&error))?.into_response();
    if response.status() == StatusCode::NOT_FOUND {
        return Err(Failure::Unavailable(format!("the bytes of {id} are missing")).into());
    }
    let inline = asked.view.is_some() && document.media == Media::Pdf;
    dress(&mut response, &document, inline);
    Ok(response)
}

/// An attachment is boxed in; a PDF that is shown needs the browser's viewer, which refuses a sandbox and brings styles of
/// its own.
fn dress(response: &mut Response, document: &Document, inline: bool) {
    let encoded = utf8_percent_encode(&document.name, NON_ALPHANUMERIC);
    let kind = if inline { "inline" } else { "attachment" };
    let plain = format!("programme.{}", document.media.code());
    let disposition = format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
    let policy = if inline { "frame-ancestors 'self'" } else { "sandbox" };
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    if inline {
        headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    }
}
