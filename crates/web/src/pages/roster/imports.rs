//! The registrar's imports: upload a file, see what it would change, carry it out, take it back.

use crate::error::{Problem, WebError};
use crate::form_data::{SentFile, SignedForm};
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
use domain::fingerprint::Digest;
use domain::id::ImportId;
use domain::programme::UploadError;
use domain::roster::plan::Absent;
use domain::roster::undo::ImportConflict;

#[derive(Template)]
#[template(path = "roster/imports.html")]
struct ImportsPage {
    f: Layout,
    imports: Vec<Import>,
    error: Option<String>,
}

/// `GET /imports`
pub(crate) async fn list(State(door): State<AppState>, seat: Session) -> Result<Response, WebError> {
    listed(&door, &seat, None).await
}

/// The list, and what was wrong with a file.
async fn listed(door: &AppState, seat: &Session, error: Option<(&'static str, String)>) -> Result<Response, WebError> {
    let actor = seat.actor();
    let imports = door.app.read(move |desk| list_imports(desk, &actor)).await?;
    let f = Layout { path: routes::IMPORTS.to_owned(), ..Layout::of(seat) };
    let Some((code, words)) = error else { return page(&ImportsPage { f, imports, error: None }) };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    let said = Problem { title: Some(words.clone()), ..Problem::new(status, code) };
    Ok(said.beside(page_with(status, &ImportsPage { f, imports, error: Some(words) })?))
}

/// `POST /imports`: a file to look at.
pub(crate) async fn bring(State(door): State<AppState>, posted: SignedForm) -> Result<Response, WebError> {
    let SignedForm { seat, mut fields, .. } = posted;
    let words = seat.words;
    let unfit = |unfit: UploadError| Some((unfit.code(), words.code("import", unfit.code())));
    let (name, incoming) = match fields.files.pop() {
        None => return listed(&door, &seat, unfit(UploadError::Empty)).await,
        Some(SentFile { content: Err(wrong), .. }) => return listed(&door, &seat, unfit(wrong)).await,
        Some(SentFile { name, content: Ok(incoming), .. }) => (name, incoming),
    };
    match imports::upload(&door.app, &seat.actor(), (&name, incoming)).await {
        Ok(id) => Ok(Redirect::to(&routes::import(id)).into_response()),
        Err(Failure::Refused(Refusal::Roster(unreadable))) => {
            let error = (unreadable.reason.code(), what_is_wrong(words, &unreadable));
            listed(&door, &seat, Some(error)).await
        }
        Err(other) => Err(other.into()),
    }
}

/// `GET /imports/{id}`
pub(crate) async fn show(
    State(door): State<AppState>,
    seat: Session,
    Path(id): Path<String>,
    Query(done): Query<ActDone>,
) -> Result<Response, WebError> {
    let is_done = done.is("applied") || done.is("undone");
    shown(&door, &seat, read_id(&id)?, (None, is_done)).await
}

async fn shown(
    door: &AppState,
    seat: &Session,
    id: ImportId,
    (refused, is_done): (Option<&'static str>, bool),
) -> Result<Response, WebError> {
    let mut standing = standing(&door.app, &seat.actor(), id).await?;
    standing.failed = refused.or(standing.failed);
    let f = Layout { path: routes::import(id), ..Layout::of(seat) };
    let page = ImportPage { f, standing, is_done };
    let Some(code) = refused else { return page_with(StatusCode::OK, &page) };
    Ok(Problem::new(StatusCode::CONFLICT, code).beside(page_with(StatusCode::CONFLICT, &page)?))
}

/// `POST /imports/{id}/applying`
pub(crate) async fn apply(
    State(door): State<AppState>,
    Path(id): Path<String>,
    posted: SignedForm,
) -> Result<Response, WebError> {
    let (id, actor) = (read_id(&id)?, posted.seat.actor());
    // Who has seen nothing is shown the plan.
    let seen = posted.fields.get("seen").parse().unwrap_or(Digest([0; 32]));
    let absent = Absent::of(posted.fields.all("aside"));
    let done = imports::apply(&door.app, &actor, id, (seen, absent)).await;
    answered(&door, &posted.seat, id, (done, "applied")).await
}

/// `POST /imports/{id}/undo`
pub(crate) async fn undo(
    State(door): State<AppState>,
    Path(id): Path<String>,
    posted: SignedForm,
) -> Result<Response, WebError> {
    let (id, actor) = (read_id(&id)?, posted.seat.actor());
    let done = imports::undo(&door.app, &actor, id).await;
    answered(&door, &posted.seat, id, (done, "undone")).await
}

/// Back to the import: it says what was done, is going on, or why it was not done.
async fn answered(
    door: &AppState,
    seat: &Session,
    id: ImportId,
    (done, did): (Result<(), Failure>, &str),
) -> Result<Response, WebError> {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("{}?did={did}", routes::import(id))).into_response()),
        Err(Failure::Stale(stale @ (Stale::Import(_) | Stale::Lost))) => {
            // A name that belongs to somebody else here is no change since the file was looked at.
            let code = if stale == Stale::Lost { "import-name-taken" } else { stale.code() };
            shown(door, seat, id, (Some(code), false)).await
        }
        Err(other) => Err(other.into()),
    }
}

/// `GET /imports/{id}/refused`: rows of a sheet, or all files of a roster, to be mended and uploaded again.
pub(crate) async fn refused_rows(
    State(door): State<AppState>,
    seat: Session,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let (id, words) = (read_id(&id)?, seat.words);
    let say = move |bad: &domain::roster::BadLine| words.code("import", bad.reason.code());
    match imports::refused(&door.app, &seat.actor(), id, (words.t("import-error-column"), say)).await {
        Ok(RefusedRows::Csv(text)) => Ok(csv("refused.csv", text)),
        Ok(RefusedRows::Zip(bytes)) => Ok(download(("refused.zip", "application/zip"), bytes)),
        Err(Failure::Stale(Stale::Import(ImportConflict::FileGone))) => Err(WebError::status(StatusCode::NOT_FOUND)),
        Err(other) => Err(other.into()),
    }
}

/// `GET /imports/{id}/plan.csv`
pub(crate) async fn plan(
    State(door): State<AppState>,
    seat: Session,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let lines = imports::whole_plan(&door.app, &seat.actor(), read_id(&id)?).await?;
    let words = seat.words;
    let made = tokio::task::spawn_blocking(move || plan_rows(words, &lines));
    Ok(csv("plan.csv", made.await.map_err(|error| WebError::broken(&error))?))
}

/// `GET /imports/template.csv`: an empty sheet of groups.
pub(crate) async fn template_csv(seat: Session) -> Result<Response, WebError> {
    template(&seat, "groups.csv", FileKind::Csv)
}

/// `GET /imports/template.xlsx`: the same as a workbook.
pub(crate) async fn template_xlsx(seat: Session) -> Result<Response, WebError> {
    template(&seat, "groups.xlsx", FileKind::Xlsx)
}

fn template(seat: &Session, name: &'static str, kind: FileKind) -> Result<Response, WebError> {
    Ok(download((name, kind.mime()), imports::template(&seat.actor(), seat.words.language, kind)?))
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
