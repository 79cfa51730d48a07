//! The registrar's imports: upload a file, see what it would change, carry it out, take it back.

use crate::error::{Oops, Said};
use crate::form_data::{Posted, SentFile};
use crate::layout::{Frame, page, page_with};
use crate::pages::roster::import_view::{ImportPage, plan_rows, what_is_wrong};
use crate::query::{Done, Query};
use crate::routes;
use crate::session::Seat;
use crate::state::Door;
use app::failure::{Failure, Refusal, Stale};
use app::reports::export::Kind;
use app::roster::imports::{self, Import, Refused, list_imports, standing};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::fingerprint::Digest;
use domain::id::ImportId;
use domain::programme::Unfit;
use domain::roster::plan::Absent;
use domain::roster::undo::Moved;

#[derive(Template)]
#[template(path = "roster/imports.html")]
struct ImportsPage {
    f: Frame,
    imports: Vec<Import>,
    error: Option<String>,
}

/// `GET /imports`
pub(crate) async fn list(State(door): State<Door>, seat: Seat) -> Result<Response, Oops> {
    listed(&door, &seat, None).await
}

/// The list, and what was wrong with a file.
async fn listed(door: &Door, seat: &Seat, error: Option<(&'static str, String)>) -> Result<Response, Oops> {
    let actor = seat.actor();
    let imports = door.app.read(move |desk| list_imports(desk, &actor)).await?;
    let f = Frame { path: routes::IMPORTS.to_owned(), ..Frame::of(seat) };
    let Some((code, words)) = error else { return page(&ImportsPage { f, imports, error: None }) };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    let said = Said { title: Some(words.clone()), ..Said::new(status, code) };
    Ok(said.beside(page_with(status, &ImportsPage { f, imports, error: Some(words) })?))
}

/// `POST /imports`: a file to look at.
pub(crate) async fn bring(State(door): State<Door>, posted: Posted) -> Result<Response, Oops> {
    let Posted { seat, mut fields, .. } = posted;
    let words = seat.words;
    let unfit = |unfit: Unfit| Some((unfit.code(), words.code("import", unfit.code())));
    let (name, incoming) = match fields.files.pop() {
        None => return listed(&door, &seat, unfit(Unfit::Empty)).await,
        Some(SentFile { content: Err(wrong), .. }) => return listed(&door, &seat, unfit(wrong)).await,
        Some(SentFile { name, content: Ok(incoming), .. }) => (name, incoming),
    };
    match imports::bring(&door.app, &seat.actor(), (&name, incoming)).await {
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
    State(door): State<Door>,
    seat: Seat,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Oops> {
    let is_done = done.is("applied") || done.is("undone");
    shown(&door, &seat, read_id(&id)?, (None, is_done)).await
}

async fn shown(
    door: &Door,
    seat: &Seat,
    id: ImportId,
    (refused, is_done): (Option<&'static str>, bool),
) -> Result<Response, Oops> {
    let mut standing = standing(&door.app, &seat.actor(), id).await?;
    standing.failed = refused.or(standing.failed);
    let f = Frame { path: routes::import(id), ..Frame::of(seat) };
    let page = ImportPage { f, standing, is_done };
    let Some(code) = refused else { return page_with(StatusCode::OK, &page) };
    Ok(Said::new(StatusCode::CONFLICT, code).beside(page_with(StatusCode::CONFLICT, &page)?))
}

/// `POST /imports/{id}/applying`
pub(crate) async fn apply(State(door): State<Door>, Path(id): Path<String>, posted: Posted) -> Result<Response, Oops> {
    let (id, actor) = (read_id(&id)?, posted.seat.actor());
    // Who has seen nothing is shown the plan.
    let seen = posted.fields.get("seen").parse().unwrap_or(Digest([0; 32]));
    let absent = Absent::of(posted.fields.all("aside"));
    let done = imports::apply(&door.app, &actor, id, (seen, absent)).await;
    answered(&door, &posted.seat, id, (done, "applied")).await
}

/// `POST /imports/{id}/undo`
pub(crate) async fn undo(State(door): State<Door>, Path(id): Path<String>, posted: Posted) -> Result<Response, Oops> {
    let (id, actor) = (read_id(&id)?, posted.seat.actor());
    let done = imports::undo(&door.app, &actor, id).await;
    answered(&door, &posted.seat, id, (done, "undone")).await
}

/// Back to the import: it says what was done, is going on, or why it was not done.
async fn answered(
    door: &Door,
    seat: &Seat,
    id: ImportId,
    (done, did): (Result<(), Failure>, &str),
) -> Result<Response, Oops> {
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
    State(door): State<Door>,
    seat: Seat,
    Path(id): Path<String>,
) -> Result<Response, Oops> {
    let (id, words) = (read_id(&id)?, seat.words);
    let say = move |bad: &domain::roster::BadLine| words.code("import", bad.reason.code());
    match imports::refused(&door.app, &seat.actor(), id, (words.t("import-error-column"), say)).await {
        Ok(Refused::Csv(text)) => Ok(csv("refused.csv", text)),
        Ok(Refused::Zip(bytes)) => Ok(download(("refused.zip", "application/zip"), bytes)),
        Err(Failure::Stale(Stale::Import(Moved::FileGone))) => Err(Oops::status(StatusCode::NOT_FOUND)),
        Err(other) => Err(other.into()),
    }
}

/// `GET /imports/{id}/plan.csv`
pub(crate) async fn plan(State(door): State<Door>, seat: Seat, Path(id): Path<String>) -> Result<Response, Oops> {
    let lines = imports::whole_plan(&door.app, &seat.actor(), read_id(&id)?).await?;
    let words = seat.words;
    let made = tokio::task::spawn_blocking(move || plan_rows(words, &lines));
    Ok(csv("plan.csv", made.await.map_err(|error| Oops::broken(&error))?))
}

/// `GET /imports/template.csv`: an empty sheet of groups.
pub(crate) async fn template_csv(seat: Seat) -> Result<Response, Oops> {
    template(&seat, "groups.csv", Kind::Csv)
}

/// `GET /imports/template.xlsx`: the same as a workbook.
pub(crate) async fn template_xlsx(seat: Seat) -> Result<Response, Oops> {
    template(&seat, "groups.xlsx", Kind::Xlsx)
}

fn template(seat: &Seat, name: &'static str, kind: Kind) -> Result<Response, Oops> {
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

fn read_id(id: &str) -> Result<ImportId, Oops> {
    id.parse().map_err(|_| Oops::status(StatusCode::NOT_FOUND))
}
