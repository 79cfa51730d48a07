//! The registrar's imports: upload a file, see what it would change, carry it out, take it back.

use crate::error::{Problem, WebError};
use crate::form_data::{SentFile, SignedForm};
use crate::i18n::Texts;
use crate::layout::{Layout, page, page_with};
use crate::pages::roster::import_view::{ImportPage, plan_rows, what_is_wrong};
use crate::query::{ActDone, Query};
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::failure::{Failure, Refusal, Stale};
use app::reports::export::FileKind;
use app::roster::imports::{self, Import, RefusedRows, list_imports, standing};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::digest::Digest;
use domain::id::ImportId;
use domain::programme::UploadError;
use domain::roster::plan::Absent;
use domain::roster::undo::ImportConflict;

#[derive(Template)]
#[template(path = "roster/imports.html")]
struct ImportsPage {
    layout: Layout,
    t: Texts,
    imports: Vec<Import>,
    error: Option<String>,
}

/// `GET /imports`
pub(crate) async fn list(State(state): State<AppState>, session: Session) -> Result<Response, WebError> {
    listed(&state, &session, None).await
}

/// The list, and what was wrong with a file.
async fn listed(
    state: &AppState,
    session: &Session,
    error: Option<(&'static str, String)>,
) -> Result<Response, WebError> {
    let actor = session.actor();
    let imports = state.app.read(move |work| list_imports(work, &actor)).await?;
    let layout = Layout { path: routes::IMPORTS.to_owned(), ..Layout::of(session) };
    let Some((code, texts)) = error else { return page(&ImportsPage { t: layout.t, layout, imports, error: None }) };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    let said = Problem { title: Some(texts.clone()), ..Problem::new(status, code) };
    Ok(said.beside(page_with(status, &ImportsPage { t: layout.t, layout, imports, error: Some(texts) })?))
}

/// `POST /imports`: a file to look at.
pub(crate) async fn bring(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let SignedForm { session, mut fields, .. } = form;
    let texts = session.texts;
    let unfit = |unfit: UploadError| Some((unfit.code(), texts.code("import", unfit.code())));
    let (name, incoming) = match fields.files.pop() {
        None => return listed(&state, &session, unfit(UploadError::Empty)).await,
        Some(SentFile { content: Err(wrong), .. }) => return listed(&state, &session, unfit(wrong)).await,
        Some(SentFile { name, content: Ok(incoming), .. }) => (name, incoming),
    };
    match imports::upload(&state.app, &session.actor(), (&name, incoming)).await {
        Ok(id) => Ok(Redirect::to(&routes::import(id)).into_response()),
        Err(Failure::Refused(Refusal::Roster(unreadable))) => {
            let error = (unreadable.reason.code(), what_is_wrong(texts, &unreadable));
            listed(&state, &session, Some(error)).await
        }
        Err(other) => Err(other.into()),
    }
}

/// `GET /imports/{id}`
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    Path(id): Path<String>,
    Query(done): Query<ActDone>,
) -> Result<Response, WebError> {
    let is_done = done.is("applied") || done.is("undone");
    shown(&state, &session, read_id(&id)?, (None, is_done)).await
}

async fn shown(
    state: &AppState,
    session: &Session,
    id: ImportId,
    (refused, is_done): (Option<&'static str>, bool),
) -> Result<Response, WebError> {
    let mut standing = standing(&state.app, &session.actor(), id).await?;
    standing.failed = refused.or(standing.failed);
    let layout = Layout { path: routes::import(id), ..Layout::of(session) };
    let page = ImportPage { t: layout.t, layout, standing, is_done };
    let Some(code) = refused else { return page_with(StatusCode::OK, &page) };
    Ok(Problem::new(StatusCode::CONFLICT, code).beside(page_with(StatusCode::CONFLICT, &page)?))
}

/// `POST /imports/{id}/applying`
pub(crate) async fn apply(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let (id, actor) = (read_id(&id)?, form.session.actor());
    // Who has seen nothing is shown the plan.
    let seen = form.fields.get("seen").parse().unwrap_or(Digest([0; 32]));
    let absent = Absent::of(form.fields.all("aside"));
    let done = imports::apply(&state.app, &actor, id, (seen, absent)).await;
    answered(&state, &form.session, id, (done, "applied")).await
}

/// `POST /imports/{id}/undo`
pub(crate) async fn undo(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let (id, actor) = (read_id(&id)?, form.session.actor());
    let done = imports::undo(&state.app, &actor, id).await;
    answered(&state, &form.session, id, (done, "undone")).await
}

/// Back to the import: it says what was done, is going on, or why it was not done.
async fn answered(
    state: &AppState,
    session: &Session,
    id: ImportId,
    (done, did): (Result<(), Failure>, &str),
) -> Result<Response, WebError> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("{}?did={did}", routes::import(id))).into_response()),
        Err(Failure::Stale(stale @ (Stale::Import(_) | Stale::Lost))) => {
            // A name that belongs to somebody else here is no change since the file was looked at.
            let code = if stale == Stale::Lost { "import-name-taken" } else { stale.code() };
            shown(state, session, id, (Some(code), false)).await
        }
        Err(other) => Err(other.into()),
    }
}

/// `GET /imports/{id}/refused`: rows of a sheet, or all files of a roster, to be mended and uploaded again.
pub(crate) async fn refused_rows(
    State(state): State<AppState>,
    session: Session,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let (id, texts) = (read_id(&id)?, session.texts);
    let say = move |bad: &domain::roster::BadLine| texts.code("import", bad.reason.code());
    match imports::refused(&state.app, &session.actor(), id, (texts.get("import-error-column"), say)).await {
        Ok(RefusedRows::Csv(text)) => Ok(csv("refused.csv", text)),
        Ok(RefusedRows::Zip(bytes)) => Ok(download(("refused.zip", "application/zip"), bytes)),
        Err(Failure::Stale(Stale::Import(ImportConflict::FileGone))) => Err(WebError::status(StatusCode::NOT_FOUND)),
        Err(other) => Err(other.into()),
    }
}

/// `GET /imports/{id}/plan.csv`
pub(crate) async fn plan(
    State(state): State<AppState>,
    session: Session,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let lines = imports::whole_plan(&state.app, &session.actor(), read_id(&id)?).await?;
    let texts = session.texts;
    let made = tokio::task::spawn_blocking(move || plan_rows(texts, &lines));
    Ok(csv("plan.csv", made.await.map_err(|error| WebError::broken(&error))?))
}

/// `GET /imports/template.csv`: an empty sheet of groups.
pub(crate) async fn template_csv(session: Session) -> Result<Response, WebError> {
    template(&session, "groups.csv", FileKind::Csv)
}

/// `GET /imports/template.xlsx`: the same as a workbook.
pub(crate) async fn template_xlsx(session: Session) -> Result<Response, WebError> {
    template(&session, "groups.xlsx", FileKind::Xlsx)
}

fn template(session: &Session, name: &'static str, kind: FileKind) -> Result<Response, WebError> {
    Ok(download((name, kind.mime()), imports::template(&session.actor(), session.texts.language, kind)?))
}

fn csv(name: &'static str, text: String) -> Response {
    download((name, "text/csv; charset=utf-8"), text)
}

fn download((name, kind): (&'static str, &'static str), content: impl IntoResponse) -> Response {
    let mut response = content.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

fn read_id(id: &str) -> Result<ImportId, WebError> {
    id.parse().map_err(|_| WebError::status(StatusCode::NOT_FOUND))
}
