//! The preview page of an exam programme document, with the results of its automatic checks. The
//! browser's own viewer shows a PDF inside the page.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::middleware::CONTENT_POLICY;
use crate::page::page;
use crate::path_params::PathParams;
use crate::query::address;
use crate::routes;
use crate::session::{Loaded, Session};
use crate::state::AppState;
use app::programmes::check_programmes::beginning;
use app::programmes::preview::{DocumentBackground, DocumentPreview, preview};
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use domain::id::DocumentId;
use domain::limits::PROGRAMME_PREVIEW_LIMIT;
use domain::programme::Media;

#[template_minify(path = "programmes/preview.html")]
#[derive(Template)]
struct PreviewPage {
    layout: Layout,
    t: Texts,
    shown: DocumentPreview,
    text: String,
}

impl PreviewPage {
    fn is_pdf(&self) -> bool {
        self.shown.document.media == Media::Pdf
    }

    /// The address from which the browser's own viewer loads a PDF document.
    fn viewer_address(&self) -> String {
        address(&routes::path(routes::DOCUMENT, self.shown.document.id), &[("view", "1")])
    }

    /// Whether the text of the exam programme document has not been checked yet.
    fn is_unchecked(&self) -> bool {
        self.shown.document.checked.is_none()
    }

    /// The code of the language in which most of the exam programme document is written; `None` if
    /// the document was not checked yet.
    fn written_in(&self) -> Option<&'static str> {
        self.shown.document.checked.as_ref()?.languages.first().map(|language| language.code())
    }

    fn is_clean(&self, behind: &DocumentBackground) -> bool {
        behind.findings.is_empty() && !self.is_unchecked()
    }
}

/// `GET /documents/{id}/preview`: shows an exam programme document and the results of its automatic
/// checks.
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    PathParams(id): PathParams<DocumentId>,
) -> Result<Response, WebError> {
    let Loaded { layout, data: shown, .. } = session.read(&state, move |work, actor| preview(work, actor, id)).await?;
    let (vault, document) = (state.app.vault.clone(), shown.document.clone());
    let text = match document.media {
        Media::Pdf => String::new(),
        Media::Docx => tokio::task::spawn_blocking(move || beginning(&vault, &document, PROGRAMME_PREVIEW_LIMIT))
            .await
            .map_err(|error| WebError::broken(&error))?,
    };
    let preview = PreviewPage { t: layout.t, layout, shown, text };
    let is_framing = preview.is_pdf();
    let mut response = page(&preview)?;
    // Only the preview of a PDF document is allowed to contain a frame, and the frame is allowed to
    // show only content of this site.
    if is_framing && let Ok(policy) = HeaderValue::from_str(&format!("{CONTENT_POLICY}; frame-src 'self'")) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}
