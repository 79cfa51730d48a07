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
use domain::catalogue::compare::{CatalogueChange, FieldChange};
use domain::catalogue::picked::Picked;
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
    layout: Layout,
    t: Texts,
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
    fn published(&self, t: Texts) -> String {
        let counts = [("rules-count-returned", self.returned), ("rules-count-moved", self.moved)];
        let counts = counts.into_iter().filter_map(|(key, count)| Some(t.count(key, count.filter(|n| *n > 0)?)));
        let parts: Vec<String> =
            [t.count("rules-version-published", self.n.unwrap_or(0))].into_iter().chain(counts).collect();
        parts.join(" ")
    }
}

/// `GET /catalogue`
async fn show(
    State(state): State<AppState>,
    session: Session,
    Query(done): Query<ActDone>,
    Query(told): Query<PublishedQuery>,
) -> Result<Response, WebError> {
    let note = match done.note(&[("discarded", "rules-draft-is-discarded")]) {
        None => done.is("published").then(|| told.published(session.texts)),
        Some(key) => Some(session.texts.get(key)),
    };
    listed(&state, &session, (StatusCode::OK, None, note)).await
}

async fn listed(
    state: &AppState,
    session: &Session,
    (status, wrong, note): (StatusCode, Option<&'static str>, Option<String>),
) -> Result<Response, WebError> {
    let actor = session.actor();
    let overview = state.app.read(move |work| overview(work, &actor)).await?;
    let layout = Layout { path: routes::CATALOGUE.to_owned(), ..Layout::of(session) };
    let answer = page_with(status, &CataloguePage { t: layout.t, layout, overview, wrong, note })?;
    Ok(match wrong {
        Some(code) => Problem::new(status, code).beside(answer),
        None => answer,
    })
}

#[derive(Template)]
#[template(path = "catalogue/version.html")]
struct VersionPage {
    layout: Layout,
    t: Texts,
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
    State(state): State<AppState>,
    session: Session,
    Path(version): Path<String>,
) -> Result<Response, WebError> {
    let (actor, which) = (session.actor(), version_of(&version)?);
    let catalogue = state.app.read(move |work| table(work, &actor, which)).await?;
    let may_change = domain::policy::catalogue_editor(&session.signed.actor).is_ok();
    page(&VersionPage { t: session.texts, layout: Layout::of(&session), catalogue, may_change })
}

fn version_of(text: &str) -> Result<CatalogueSource, WebError> {
    text.parse().map(CatalogueSource::Version).map_err(|_| WebError::from(Failure::NotFound))
}

/// `GET /catalogue/versions/{version}/file`
async fn version_file(
    State(state): State<AppState>,
    session: Session,
    Path(version): Path<String>,
) -> Result<Response, WebError> {
    file(&state, &session, (version_of(&version)?, format!("rules-{version}.zip"))).await
}

/// `GET /catalogue/drafts/{id}/file`
async fn draft_file(
    State(state): State<AppState>,
    session: Session,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    file(&state, &session, (CatalogueSource::Draft(draft_id(&id)?), "rules-draft.zip".to_owned())).await
}

async fn file(
    state: &AppState,
    session: &Session,
    (which, name): (CatalogueSource, String),
) -> Result<Response, WebError> {
    let bytes = export_rules(&state.app, &session.signed.actor, which).await?;
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [(header::CONTENT_TYPE, "application/zip".to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, bytes).into_response())
}

/// `POST /catalogue/imports`: a file that was written here, as a draft.
async fn bring_in(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let SignedForm { session, mut fields, .. } = form;
    let taken = match fields.files.pop().map(|file| file.content) {
        Some(Ok(incoming)) => import_rules(&state.app, &session.signed.actor, incoming).await,
        Some(Err(unfit)) => Err(unfit.into()),
        None => Err(UploadError::Empty.into()),
    };
    match taken {
        Ok(id) => Ok(Redirect::to(&routes::rule_draft(id)).into_response()),
        Err(Failure::Refused(refusal)) => {
            listed(&state, &session, (StatusCode::UNPROCESSABLE_ENTITY, Some(refusal.code()), None)).await
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /catalogue/drafts`
async fn begin(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let base = form.fields.get("base").parse().map_err(|_| WebError::from(Failure::NotFound))?;
    let actor = form.session.actor();
    match state.app.write(move |work| begin_draft(work, &actor, base)).await {
        Ok(id) => Ok(Redirect::to(&routes::rule_draft(id)).into_response()),
        Err(Failure::Refused(refusal)) => {
            listed(&state, &form.session, (StatusCode::UNPROCESSABLE_ENTITY, Some(refusal.code()), None)).await
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /catalogue/drafts/{id}/discarding`
async fn discard(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let (actor, id) = (form.session.actor(), draft_id(&id)?);
    state.app.write(move |work| discard_draft(work, &actor, id)).await?;
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
    layout: Layout,
    t: Texts,
    overview: CatalogueOverview,
    from: String,
    to: String,
    changes: Vec<CatalogueChange>,
}

impl ComparePage {
    fn field(&self, field: &FieldChange) -> String {
        self.t.code("part", field.field)
    }

    fn lang(&self, field: &FieldChange) -> &'static str {
        field.language.map_or("", |language| language.code())
    }
}

/// `GET /catalogue/compare?from=&to=`: numbers of versions, or ids of drafts.
async fn comparison(
    State(state): State<AppState>,
    session: Session,
    Query(sides): Query<CompareQuery>,
) -> Result<Response, WebError> {
    let actor = session.actor();
    let (overview, from, to, changes) = state
        .app
        .read(move |work| {
            let overview = overview(work, &actor)?;
            let newest = overview.versions.first().map_or(0, |version| version.number);
            let to = sides.to.clone().unwrap_or_else(|| newest.to_string());
            let from = sides.from.clone().unwrap_or_else(|| (newest - 1).max(1).to_string());
            let changes = compared(work, &actor, (which(&from)?, which(&to)?))?;
            Ok((overview, from, to, changes))
        })
        .await?;
    page(&ComparePage { t: session.texts, layout: Layout::of(&session), overview, from, to, changes })
}

fn which(text: &str) -> Result<CatalogueSource, Failure> {
    let version = text.parse().map(CatalogueSource::Version).ok();
    version.or_else(|| text.parse().map(CatalogueSource::Draft).ok()).ok_or(Failure::NotFound)
}
