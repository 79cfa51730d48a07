//! Pages of the catalogue (the permitted combinations of platform, exam format and type): published
//! versions, comparison, export and import. The pages for editing a draft of the catalogue are in
//! the modules of this folder.

mod catalogue_form;
mod compare;
mod draft;
mod draft_preview;
mod dry_run;
mod fault_text;
mod instructions;
mod labels;
mod row;

use crate::error::WebError;
use crate::form_state::FormState;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::{page, redirect};
use crate::path_params::PathParams;
use crate::query::{ActDone, Query, address};
use crate::route_list::{RouteList, routes};
use crate::routes::{
    self, CATALOGUE, CATALOGUE_COMPARE, CATALOGUE_DRAFT, CATALOGUE_DRAFT_DISCARDING, CATALOGUE_DRAFT_DRY_RUN,
    CATALOGUE_DRAFT_FILE, CATALOGUE_DRAFT_FIXES, CATALOGUE_DRAFT_INSTRUCTIONS, CATALOGUE_DRAFT_LABEL,
    CATALOGUE_DRAFT_MOVES, CATALOGUE_DRAFT_PREVIEW, CATALOGUE_DRAFT_PREVIEW_FORM, CATALOGUE_DRAFT_PUBLICATION,
    CATALOGUE_DRAFT_REMOVALS, CATALOGUE_DRAFT_ROW, CATALOGUE_DRAFT_SWITCHES, CATALOGUE_DRAFT_VIDEO_REMOVALS,
    CATALOGUE_DRAFT_VIDEOS, CATALOGUE_DRAFTS, CATALOGUE_IMPORTS, CATALOGUE_VERSION, CATALOGUE_VERSION_FILE, HISTORY,
};
use crate::security_log::{SecurityEvent, logged};
use crate::session::{Loaded, Session};
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::catalogue::catalogue_drafts::{begin_draft, discard_draft};
use app::catalogue::catalogue_files::{export_catalogue, import_catalogue};
use app::catalogue::catalogue_versions::{CatalogueOverview, CatalogueSource, overview, table};
use app::failure::Failure;
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::catalogue::picked::Picked;
use domain::catalogue::{Catalogue, Row};
use domain::id::CatalogueDraftId;
use domain::policy;
use domain::programme::UploadError;
use serde::Deserialize;
use std::sync::Arc;

/// The routes of the pages on which the catalogue (table of permitted exams) is edited, compared
/// and published.
pub(crate) fn routes() -> RouteList {
    routes! {
        get CATALOGUE => show;
        get CATALOGUE_VERSION => version;
        get CATALOGUE_VERSION_FILE => version_file;
        get CATALOGUE_COMPARE => compare::show;
        post CATALOGUE_IMPORTS => import;
        post CATALOGUE_DRAFTS => begin;
        get CATALOGUE_DRAFT => draft::show;
        get CATALOGUE_DRAFT_FILE => draft_file;
        post CATALOGUE_DRAFT_DISCARDING => discard;
        post CATALOGUE_DRAFT_SWITCHES => draft::switch;
        post CATALOGUE_DRAFT_MOVES => draft::shift;
        post CATALOGUE_DRAFT_REMOVALS => draft::remove;
        post CATALOGUE_DRAFT_FIXES => draft::fix;
        get CATALOGUE_DRAFT_ROW => row::show;
        post CATALOGUE_DRAFT_ROW => row::save;
        get CATALOGUE_DRAFT_LABEL => labels::show;
        post CATALOGUE_DRAFT_LABEL => labels::save;
        get CATALOGUE_DRAFT_INSTRUCTIONS => instructions::show;
        post CATALOGUE_DRAFT_INSTRUCTIONS => instructions::save;
        post CATALOGUE_DRAFT_VIDEOS => instructions::add_video;
        post CATALOGUE_DRAFT_VIDEO_REMOVALS => instructions::remove_video;
        get CATALOGUE_DRAFT_DRY_RUN => dry_run::show;
        post CATALOGUE_DRAFT_PUBLICATION => dry_run::publish;
        get CATALOGUE_DRAFT_PREVIEW => draft_preview::find;
        get CATALOGUE_DRAFT_PREVIEW_FORM => draft_preview::show;
    }
}

#[template_minify(path = "catalogue/catalogue.html")]
#[derive(Template)]
struct CataloguePage {
    layout: Layout,
    t: Texts,
    overview: CatalogueOverview,
    /// The state of the form that creates a catalogue draft from a published version or from a
    /// file. If the draft could not be created, the state contains the error.
    form: FormState<()>,
    note: Option<String>,
}

impl CataloguePage {
    /// The address of the page that searches the history for all publications of catalogue
    /// versions.
    fn link_to_history(&self) -> String {
        address(HISTORY, &[("act", "rules-published")])
    }
}

/// The number of a newly published catalogue version, and the numbers of choices that its
/// publication returned or moved to another catalogue row. The redirect after the publication
/// carries the numbers in its address.
#[derive(Default, Deserialize)]
struct PublishedQuery {
    n: Option<i64>,
    returned: Option<i64>,
    moved: Option<i64>,
}

impl PublishedQuery {
    /// The message that confirms the publication of a catalogue version, with the numbers of
    /// choices that were returned or moved to another catalogue row.
    fn note(&self, t: Texts) -> String {
        let counts = [("catalogue-count-returned", self.returned), ("catalogue-count-moved", self.moved)];
        let counts = counts.into_iter().filter_map(|(key, count)| Some(t.count(key, count.filter(|n| *n > 0)?)));
        let parts: Vec<String> =
            [t.count("catalogue-version-published", self.n.unwrap_or(0))].into_iter().chain(counts).collect();
        parts.join(" ")
    }
}

/// `GET /catalogue`: lists the published versions and the drafts of the catalogue.
async fn show(
    State(state): State<AppState>,
    session: Session,
    Query(done): Query<ActDone>,
    Query(published): Query<PublishedQuery>,
) -> Result<Response, WebError> {
    let t = session.texts;
    let discarded = done.note(&[("discarded", "catalogue-draft-is-discarded")]).map(|key| t.get(key));
    let note = discarded.or_else(|| done.is("published").then(|| published.note(t)));
    show_again(&state, &session, FormState::default(), note).await
}

async fn show_again(
    state: &AppState,
    session: &Session,
    form: FormState<()>,
    note: Option<String>,
) -> Result<Response, WebError> {
    let Loaded { layout, data, .. } = session.read(state, overview).await?;
    let page = CataloguePage { t: layout.t, layout: layout.at(CATALOGUE), overview: data, form, note };
    page.form.respond(&page)
}

/// `POST /catalogue/imports`: creates a catalogue draft from an exported catalogue file.
async fn import(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let SignedForm { session, mut fields, .. } = form;
    let imported = match fields.files.pop().map(|file| file.content) {
        Some(Ok(incoming)) => import_catalogue(&state.app, session.claim(), incoming).await,
        Some(Err(error)) => Err(error.into()),
        None => Err(UploadError::Empty.into()),
    };
    let is_imported = imported.is_ok();
    let response = open_new_draft(&state, &session, imported).await?;
    Ok(if is_imported { logged(SecurityEvent::FileImported, response) } else { response })
}

/// `POST /catalogue/drafts`: creates a catalogue draft from a published version of the catalogue.
async fn begin(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let base = form.fields.id("base")?;
    let begun = form.session.write(&state, move |work, actor| begin_draft(work, actor, base)).await;
    open_new_draft(&state, &form.session, begun).await
}

/// Redirects to the page of a new catalogue draft. If the draft could not be created, the
/// catalogue's page is shown with the error.
async fn open_new_draft(
    state: &AppState,
    session: &Session,
    draft: Result<CatalogueDraftId, Failure>,
) -> Result<Response, WebError> {
    match draft {
        Ok(id) => Ok(redirect(&routes::catalogue_draft(id))),
        Err(failure) => show_again(state, session, FormState::refused_or_stale((), failure)?, None).await,
    }
}

/// `POST /catalogue/drafts/{id}/discarding`: discards a catalogue draft.
async fn discard(
    State(state): State<AppState>,
    PathParams(id): PathParams<CatalogueDraftId>,
    form: SignedForm,
) -> Result<Response, WebError> {
    form.session.write(&state, move |work, actor| discard_draft(work, actor, id)).await?;
    Ok(redirect(&routes::after_act(CATALOGUE, "discarded")))
}

#[template_minify(path = "catalogue/version.html")]
#[derive(Template)]
struct VersionPage {
    layout: Layout,
    t: Texts,
    catalogue: Arc<Catalogue>,
    may_change: bool,
}

impl VersionPage {
    /// The number of the catalogue version before the shown version; `None` if the first version is
    /// shown.
    fn version_before(&self) -> Option<i64> {
        Some(self.catalogue.version - 1).filter(|version| *version > 0)
    }

    fn picked(&self, row: &Row) -> Picked {
        Picked::of(&self.catalogue, &row.id, "")
    }
}

/// `GET /catalogue/versions/{version}`: shows a published version of the catalogue.
async fn version(
    State(state): State<AppState>,
    session: Session,
    PathParams(version): PathParams<i64>,
) -> Result<Response, WebError> {
    let source = CatalogueSource::Version(version);
    let loaded = session.read(&state, move |work, actor| table(work, actor, source)).await?;
    let may_change = policy::catalogue_editor(&loaded.signed_in.actor).is_ok();
    page(&VersionPage { t: loaded.layout.t, layout: loaded.layout, catalogue: loaded.data, may_change })
}

/// `GET /catalogue/versions/{version}/file`: exports a published version of the catalogue as a ZIP
/// file.
async fn version_file(
    State(state): State<AppState>,
    session: Session,
    PathParams(version): PathParams<i64>,
) -> Result<Response, WebError> {
    file(&state, &session, CatalogueSource::Version(version), &format!("rules-{version}.zip")).await
}

/// `GET /catalogue/drafts/{id}/file`: exports a catalogue draft as a ZIP file.
async fn draft_file(
    State(state): State<AppState>,
    session: Session,
    PathParams(id): PathParams<CatalogueDraftId>,
) -> Result<Response, WebError> {
    file(&state, &session, CatalogueSource::Draft(id), "rules-draft.zip").await
}

async fn file(state: &AppState, session: &Session, source: CatalogueSource, name: &str) -> Result<Response, WebError> {
    let bytes = export_catalogue(&state.app, session.claim(), source).await?;
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [(header::CONTENT_TYPE, "application/zip".to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, bytes).into_response())
}
