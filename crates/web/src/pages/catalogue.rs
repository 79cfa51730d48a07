//! Versions of the rule table: which there are, what is in them, how they differ; files out and in. Below it the drafts.

mod catalogue_form;
mod draft;
mod draft_preview;
mod dry_run;
mod instructions;
mod labels;
mod row;

use crate::error::{Problem, WebError};
use crate::form_data::{FormData, SignedForm};
use crate::i18n::Texts;
use crate::layout::{Layout, page, page_with};
use crate::query::{ActDone, Query};
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::catalogue::catalogue_drafts::{begin_draft, discard_draft};
use app::catalogue::catalogue_files::{export_rules, import_rules};
use app::catalogue::catalogue_versions::{CatalogueOverview, CatalogueSource, compared, overview, table};
use app::failure::Failure;
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use domain::answer::Picked;
use domain::catalogue::compare::{CatalogueChange, FieldChange};
use domain::catalogue::{Catalogue, Row};
use domain::id::CatalogueDraftId;
use domain::programme::UploadError;
use serde::Deserialize;
use std::sync::Arc;

/// Everything about the rule table and its drafts.
pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/catalogue", get(show))
        .route("/catalogue/versions/{version}", get(version))
        .route("/catalogue/versions/{version}/file", get(version_file))
        .route("/catalogue/compare", get(comparison))
        .route("/catalogue/imports", post(bring_in))
        .route("/catalogue/drafts", post(begin))
        .route("/catalogue/drafts/{id}", get(draft::show))
        .route("/catalogue/drafts/{id}/file", get(draft_file))
        .route("/catalogue/drafts/{id}/discarding", post(discard))
        .route("/catalogue/drafts/{id}/switches", post(draft::switch))
        .route("/catalogue/drafts/{id}/moves", post(draft::shift))
        .route("/catalogue/drafts/{id}/removals", post(draft::remove))
        .route("/catalogue/drafts/{id}/mends", post(draft::mend))
        .route("/catalogue/drafts/{id}/rows/{row}", get(row::show).post(row::save))
        .route("/catalogue/drafts/{id}/labels/{axis}/{code}", get(labels::show).post(labels::save))
        .route("/catalogue/drafts/{id}/instructions/{topic}", get(instructions::show).post(instructions::save))
        .route("/catalogue/drafts/{id}/videos", post(instructions::add_video))
        .route("/catalogue/drafts/{id}/videos/removals", post(instructions::remove_video))
        .route("/catalogue/drafts/{id}/dry-run", get(dry_run::show))
        .route("/catalogue/drafts/{id}/publication", post(dry_run::publish))
        .route("/catalogue/drafts/{id}/as", get(draft_preview::find))
        .route("/catalogue/drafts/{id}/as/{offering}", get(draft_preview::show))
}

/// What a form of a draft carries: which draft, and which revision of it was on the screen.
fn shown_draft(id: &str, fields: &FormData) -> Result<(CatalogueDraftId, i64), WebError> {
    Ok((draft_id(id)?, fields.get("revision").parse().unwrap_or(0)))
}

fn draft_id(id: &str) -> Result<CatalogueDraftId, WebError> {
    id.parse().map_err(|_| WebError::from(Failure::NotFound))
}

#[derive(Template)]
#[template(path = "catalogue/catalogue.html")]
struct CataloguePage {
    f: Layout,
    overview: CatalogueOverview,
    wrong: Option<&'static str>,
    note: Option<String>,
}

#[derive(Default, Deserialize)]
struct PublishedQuery {
    n: Option<i64>,
    returned: Option<i64>,
    moved: Option<i64>,
}

impl PublishedQuery {
    /// What publishing did, in words.
    fn published(&self, w: Texts) -> String {
        let counts = [("rules-count-returned", self.returned), ("rules-count-moved", self.moved)];
        let counts = counts.into_iter().filter_map(|(key, count)| Some(w.n(key, count.filter(|n| *n > 0)?)));
        let parts: Vec<String> =
            [w.n("rules-version-published", self.n.unwrap_or(0))].into_iter().chain(counts).collect();
        parts.join(" ")
    }
}

/// `GET /catalogue`
async fn show(
    State(door): State<AppState>,
    seat: Session,
    Query(done): Query<ActDone>,
    Query(told): Query<PublishedQuery>,
) -> Result<Response, WebError> {
    let note = match done.note(&[("discarded", "rules-draft-is-discarded")]) {
        None => done.is("published").then(|| told.published(seat.words)),
        Some(key) => Some(seat.words.t(key)),
    };
    listed(&door, &seat, (StatusCode::OK, None, note)).await
}

async fn listed(
    door: &AppState,
    seat: &Session,
    (status, wrong, note): (StatusCode, Option<&'static str>, Option<String>),
) -> Result<Response, WebError> {
    let actor = seat.actor();
    let overview = door.app.read(move |desk| overview(desk, &actor)).await?;
    let f = Layout { path: routes::CATALOGUE.to_owned(), ..Layout::of(seat) };
    let answer = page_with(status, &CataloguePage { f, overview, wrong, note })?;
    Ok(match wrong {
        Some(code) => Problem::new(status, code).beside(answer),
        None => answer,
    })
}

#[derive(Template)]
#[template(path = "catalogue/version.html")]
struct VersionPage {
    f: Layout,
    catalogue: Arc<Catalogue>,
    may_change: bool,
}

impl VersionPage {
    fn picked(&self, row: &Row) -> Picked {
        Picked::of(&self.catalogue, &row.id, "")
    }
}

/// `GET /catalogue/versions/{version}`
async fn version(
    State(door): State<AppState>,
    seat: Session,
    Path(version): Path<String>,
) -> Result<Response, WebError> {
    let (actor, which) = (seat.actor(), version_of(&version)?);
    let catalogue = door.app.read(move |desk| table(desk, &actor, which)).await?;
    let may_change = domain::policy::catalogue_editor(&seat.signed.actor).is_ok();
    page(&VersionPage { f: Layout::of(&seat), catalogue, may_change })
}

fn version_of(text: &str) -> Result<CatalogueSource, WebError> {
    text.parse().map(CatalogueSource::Version).map_err(|_| WebError::from(Failure::NotFound))
}

/// `GET /catalogue/versions/{version}/file`
async fn version_file(
    State(door): State<AppState>,
    seat: Session,
    Path(version): Path<String>,
) -> Result<Response, WebError> {
    file(&door, &seat, (version_of(&version)?, format!("rules-{version}.zip"))).await
}

/// `GET /catalogue/drafts/{id}/file`
async fn draft_file(State(door): State<AppState>, seat: Session, Path(id): Path<String>) -> Result<Response, WebError> {
    file(&door, &seat, (CatalogueSource::Draft(draft_id(&id)?), "rules-draft.zip".to_owned())).await
}

async fn file(door: &AppState, seat: &Session, (which, name): (CatalogueSource, String)) -> Result<Response, WebError> {
    let bytes = export_rules(&door.app, &seat.signed.actor, which).await?;
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [(header::CONTENT_TYPE, "application/zip".to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, bytes).into_response())
}

/// `POST /catalogue/imports`: a file that was written here, as a draft.
async fn bring_in(State(door): State<AppState>, posted: SignedForm) -> Result<Response, WebError> {
    let SignedForm { seat, mut fields, .. } = posted;
    let taken = match fields.files.pop().map(|file| file.content) {
        Some(Ok(incoming)) => import_rules(&door.app, &seat.signed.actor, incoming).await,
        Some(Err(unfit)) => Err(unfit.into()),
        None => Err(UploadError::Empty.into()),
    };
    match taken {
        Ok(id) => Ok(Redirect::to(&routes::rule_draft(id)).into_response()),
        Err(Failure::Refused(refusal)) => {
            listed(&door, &seat, (StatusCode::UNPROCESSABLE_ENTITY, Some(refusal.code()), None)).await
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /catalogue/drafts`
async fn begin(State(door): State<AppState>, posted: SignedForm) -> Result<Response, WebError> {
    let base = posted.fields.get("base").parse().map_err(|_| WebError::from(Failure::NotFound))?;
    let actor = posted.seat.actor();
    match door.app.write(move |desk| begin_draft(desk, &actor, base)).await {
        Ok(id) => Ok(Redirect::to(&routes::rule_draft(id)).into_response()),
        Err(Failure::Refused(refusal)) => {
            listed(&door, &posted.seat, (StatusCode::UNPROCESSABLE_ENTITY, Some(refusal.code()), None)).await
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /catalogue/drafts/{id}/discarding`
async fn discard(
    State(door): State<AppState>,
    Path(id): Path<String>,
    posted: SignedForm,
) -> Result<Response, WebError> {
    let (actor, id) = (posted.seat.actor(), draft_id(&id)?);
    door.app.write(move |desk| discard_draft(desk, &actor, id)).await?;
    Ok(Redirect::to("/catalogue?did=discarded").into_response())
}

#[derive(Default, Deserialize)]
struct CompareQuery {
    from: Option<String>,
    to: Option<String>,
}

#[derive(Template)]
#[template(path = "catalogue/compare.html")]
struct ComparePage {
    f: Layout,
    overview: CatalogueOverview,
    from: String,
    to: String,
    changes: Vec<CatalogueChange>,
}

impl ComparePage {
    fn field(&self, field: &FieldChange) -> String {
        self.f.w.code("part", field.field)
    }

    fn lang(&self, field: &FieldChange) -> &'static str {
        field.language.map_or("", |language| language.code())
    }
}

/// `GET /catalogue/compare?from=&to=`: numbers of versions, or ids of drafts.
async fn comparison(
    State(door): State<AppState>,
    seat: Session,
    Query(sides): Query<CompareQuery>,
) -> Result<Response, WebError> {
    let actor = seat.actor();
    let (overview, from, to, changes) = door
        .app
        .read(move |desk| {
            let overview = overview(desk, &actor)?;
            let newest = overview.versions.first().map_or(0, |version| version.number);
            let to = sides.to.clone().unwrap_or_else(|| newest.to_string());
            let from = sides.from.clone().unwrap_or_else(|| (newest - 1).max(1).to_string());
            let changes = compared(desk, &actor, (which(&from)?, which(&to)?))?;
            Ok((overview, from, to, changes))
        })
        .await?;
    page(&ComparePage { f: Layout::of(&seat), overview, from, to, changes })
}

fn which(text: &str) -> Result<CatalogueSource, Failure> {
    let version = text.parse().map(CatalogueSource::Version).ok();
    version.or_else(|| text.parse().map(CatalogueSource::Draft).ok()).ok_or(Failure::NotFound)
}
