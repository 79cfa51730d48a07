//! Pages of roster imports: uploading a roster file, the preview of its changes, applying and
//! undoing the import.

use crate::error::{Problem, WebError};
use crate::form_state::FormState;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::{page, page_with, redirect};
use crate::pages::roster::import_ticks::Ticks;
use crate::pages::roster::import_view::{ImportPage, plan_rows};
use crate::path_params::PathParams;
use crate::query::{ActDone, Query};
use crate::routes;
use crate::security_log::{SecurityEvent, logged};
use crate::session::{Loaded, Session};
use crate::signed_form::SignedForm;
use crate::state::AppState;
use crate::uploads::SentFile;
use app::failure::{Failure, Refusal, Stale};
use app::reports::export::FileKind;
use app::roster::imports::{
    self, Import, ImportDecision, ImportState, RefusedRows, UnreadableReason, UnreadableRoster, list_imports,
};
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::digest::Digest;
use domain::id::ImportId;
use domain::programme::UploadError;
use domain::roster::BadLine;
use domain::roster::undo::ImportConflict;

#[template_minify(path = "roster/imports.html")]
#[derive(Template)]
struct ImportsPage {
    layout: Layout,
    t: Texts,
    imports: Vec<Import>,
    /// The state of the form that uploads a roster file. If the file could not be uploaded, the
    /// state contains the error.
    form: FormState<()>,
}

impl ImportsPage {
    /// The CSS class of the coloured label that shows the state of a roster import, for example
    /// applied.
    fn chip_class(&self, import: &Import) -> &'static str {
        match import.state {
            ImportState::Planned => "todo",
            ImportState::Applied => "ok",
            ImportState::Undone => "back",
        }
    }
}

/// `GET /imports`: lists the roster imports.
pub(crate) async fn list(State(state): State<AppState>, session: Session) -> Result<Response, WebError> {
    show_list_again(&state, &session, FormState::default()).await
}

async fn show_list_again(state: &AppState, session: &Session, form: FormState<()>) -> Result<Response, WebError> {
    let Loaded { layout, data: imports, .. } = session.read(state, list_imports).await?;
    let page = ImportsPage { t: layout.t, layout: layout.at(routes::IMPORTS), imports, form };
    page.form.respond(&page)
}

/// `POST /imports`: uploads a roster file, whose changes are then shown as a preview.
pub(crate) async fn upload(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let SignedForm { session, mut fields, .. } = form;
    let uploaded = match fields.files.pop() {
        None => Err(UploadError::Empty.into()),
        Some(SentFile { content: Err(error), .. }) => Err(error.into()),
        Some(SentFile { name, content: Ok(incoming), .. }) => {
            imports::upload(&state.app, session.claim(), &name, incoming).await
        }
    };
    let t = session.texts;
    let (code, text) = match uploaded {
        Ok(id) => return Ok(logged(SecurityEvent::FileImported, redirect(&routes::import(id)))),
        Err(Failure::Refused(Refusal::File(error))) => (error.code(), t.code("import", error.code())),
        Err(Failure::Refused(Refusal::Roster(roster))) => (roster.reason.code(), unreadable_text(t, &roster)),
        Err(other) => return Err(other.into()),
    };
    show_list_again(&state, &session, FormState::with_error_text((), "file", code, text)).await
}

/// The text which explains why a roster file cannot be read.
fn unreadable_text(texts: Texts, unreadable: &UnreadableRoster) -> String {
    let column = match &unreadable.reason {
        UnreadableReason::WrongHeader { column } => column.as_str(),
        _ => "",
    };
    let why = texts.with(&format!("import-{}", unreadable.reason.code()), "column", column);
    format!("{}: {why}", unreadable.file)
}

/// `GET /imports/{id}`: shows a roster import with its changes.
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    PathParams(id): PathParams<ImportId>,
    Query(done): Query<ActDone>,
) -> Result<Response, WebError> {
    page(&import_page(&state, &session, id, done.is("applied") || done.is("undone")).await?)
}

async fn import_page(state: &AppState, session: &Session, id: ImportId, is_done: bool) -> Result<ImportPage, WebError> {
    let Loaded { layout, .. } = session.read(state, |_, _| Ok(())).await?;
    let status = imports::standing(&state.app, session.claim(), id).await?;
    let (t, layout) = (layout.t, layout.at(routes::import(id)));
    Ok(ImportPage { t, layout, status, is_done, is_unconfirmed: false, ticks: Ticks::default() })
}

/// `POST /imports/{id}/applying`: applies a roster import, that is, writes its changes.
pub(crate) async fn apply(
    State(state): State<AppState>,
    PathParams(id): PathParams<ImportId>,
    form: SignedForm,
) -> Result<Response, WebError> {
    // The form that applies a roster import sends the fingerprint (hash) of the planned changes
    // that the person saw. A form without a fingerprint is refused, and the page shows the planned
    // changes again.
    let seen = form.fields.get("seen").parse().unwrap_or(Digest([0; 32]));
    let ticks = Ticks::of(&form.fields);
    let (absent, confirmed) = (ticks.absent, ticks.confirmed.clone());
    let decision = ImportDecision { seen, absent, confirmed };
    let applied = imports::apply(&state.app, form.session.claim(), id, decision).await;
    answer(&state, &form.session, id, ticks, applied.map(|()| SecurityEvent::RosterApplied)).await
}

/// `POST /imports/{id}/undo`: undoes a roster import.
pub(crate) async fn undo(
    State(state): State<AppState>,
    PathParams(id): PathParams<ImportId>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let undone = imports::undo(&state.app, form.session.claim(), id).await;
    answer(&state, &form.session, id, Ticks::default(), undone.map(|()| SecurityEvent::RosterUndone)).await
}

/// Redirects to the page of a roster import, which confirms that the import was applied or undone.
/// If this was not possible because stored data has changed, the page shows the error.
async fn answer(
    state: &AppState,
    session: &Session,
    id: ImportId,
    ticks: Ticks,
    done: Result<SecurityEvent, Failure>,
) -> Result<Response, WebError> {
    let code = match done {
        Ok(event) => {
            let act = if event == SecurityEvent::RosterApplied { "applied" } else { "undone" };
            return Ok(logged(event, redirect(&routes::after_act(&routes::import(id), act))));
        }
        // The import was not applied because a person in the database already has the username of a
        // person in the roster file. The preview of the import does not detect this, so the error
        // appears only when the import is applied.
        Err(Failure::Stale(Stale::Lost)) => "import-name-taken",
        Err(Failure::Stale(Stale::Import(conflict))) => conflict.code(),
        Err(other) => return Err(other.into()),
    };
    let mut page = import_page(state, session, id, false).await?;
    page.status.failed = Some(code);
    page.is_unconfirmed = code == ImportConflict::NotConfirmed.code();
    page.ticks = ticks;
    let status = if page.is_unconfirmed { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::CONFLICT };
    Ok(Problem::new(status, code).attach_to(page_with(status, &page)?))
}

/// `GET /imports/{id}/refused`: exports the refused rows of a roster file, each with its error, so
/// that they can be corrected. For a group sheet (a table with one row per student group), the
/// export is a CSV file with the refused rows only. For a roster in a ZIP file, the export is a ZIP
/// file with all files and all rows of the roster.
pub(crate) async fn refused_rows(
    State(state): State<AppState>,
    session: Session,
    PathParams(id): PathParams<ImportId>,
) -> Result<Response, WebError> {
    let t = session.texts;
    let reason = move |bad: &BadLine| t.code("import", bad.reason.code());
    match imports::refused(&state.app, session.claim(), id, t.get("import-error-column"), reason).await {
        Ok(RefusedRows::Csv(text)) => Ok(csv("refused.csv", text)),
        Ok(RefusedRows::Zip(bytes)) => Ok(download("refused.zip", "application/zip", bytes)),
        Err(Failure::Stale(Stale::Import(ImportConflict::FileGone))) => Err(WebError::not_found()),
        Err(other) => Err(other.into()),
    }
}

/// `GET /imports/{id}/plan.csv`: exports the planned changes of a roster import as CSV.
pub(crate) async fn plan(
    State(state): State<AppState>,
    session: Session,
    PathParams(id): PathParams<ImportId>,
) -> Result<Response, WebError> {
    let t = session.texts;
    let lines = imports::whole_plan(&state.app, session.claim(), id).await?;
    let rows = tokio::task::spawn_blocking(move || plan_rows(t, &lines));
    Ok(csv("plan.csv", rows.await.map_err(|error| WebError::broken(&error))?))
}

/// `GET /imports/template.csv`: downloads an empty group sheet (a table with one row per student
/// group) as a CSV file. The filled-in sheet can be imported as a roster.
pub(crate) async fn template_csv(State(state): State<AppState>, session: Session) -> Result<Response, WebError> {
    template(&state, &session, "groups.csv", FileKind::Csv).await
}

/// `GET /imports/template.xlsx`: downloads an empty group sheet (a table with one row per student
/// group) as an Excel workbook. The filled-in sheet can be imported as a roster.
pub(crate) async fn template_xlsx(State(state): State<AppState>, session: Session) -> Result<Response, WebError> {
    template(&state, &session, "groups.xlsx", FileKind::Xlsx).await
}

async fn template(
    state: &AppState,
    session: &Session,
    name: &'static str,
    kind: FileKind,
) -> Result<Response, WebError> {
    let language = session.texts.language;
    let sheet = session.read(state, move |_, actor| imports::template(actor, language, kind)).await?.data;
    Ok(download(name, kind.mime(), sheet))
}

fn csv(name: &'static str, text: String) -> Response {
    download(name, "text/csv; charset=utf-8", text)
}

fn download(name: &'static str, mime: &'static str, content: impl IntoResponse) -> Response {
    let mut response = content.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
