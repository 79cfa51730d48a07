//! The page of dossiers (ПОӘК): the documents of the disciplines that the signed-in person teaches.

use crate::error::{FieldError, WebError};
use crate::form_state::FormState;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::query::{ActDone, Query};
use crate::routes;
use crate::session::{Loaded, Session};
use crate::state::AppState;
use app::programmes::dossier::{DossierList, dossiers};
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::response::Response;
use domain::id::DisciplineId;

#[template_minify(path = "programmes/dossier.html")]
#[derive(Template)]
struct DossierPage {
    layout: Layout,
    t: Texts,
    list: DossierList,
    note: Option<&'static str>,
    /// The upload form; its value is the discipline for whose dossier a file was refused, if one was.
    form: FormState<Option<DisciplineId>>,
}

impl DossierPage {
    /// The error of a file that was refused for the dossier of this discipline.
    fn error(&self, discipline: &DisciplineId) -> Option<&str> {
        self.form.error("file").filter(|_| self.form.values == Some(*discipline))
    }
}

/// `GET /dossier`: lists the disciplines of the signed-in person, each with its dossier of
/// documents.
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    Query(done): Query<ActDone>,
) -> Result<Response, WebError> {
    let note = done.note(&[("uploaded", "file-uploaded"), ("was-there", "file-was-there-already")]);
    respond(&state, &session, note, FormState::default()).await
}

/// Shows the dossiers again after a file was refused, with the error beside the field of its discipline.
pub(crate) async fn show_refused(
    state: &AppState,
    session: &Session,
    discipline: DisciplineId,
    code: &'static str,
) -> Result<Response, WebError> {
    let error = FieldError { anchor: format!("f-{discipline}"), ..FieldError::new("file", code, session.texts) };
    respond(state, session, None, FormState::rejected_fields(Some(discipline), vec![error])).await
}

async fn respond(
    state: &AppState,
    session: &Session,
    note: Option<&'static str>,
    form: FormState<Option<DisciplineId>>,
) -> Result<Response, WebError> {
    let Loaded { layout, data: list, .. } = session.read(state, dossiers).await?;
    let layout = layout.at(routes::DOSSIER);
    let page = DossierPage { t: layout.t, layout, list, note, form };
    page.form.respond(&page)
}
