//! The instructions on one topic of a draft, with a preview, and its videos.

use crate::error::{Problem, WebError};
use crate::form_data::{FormData, SignedForm};
use crate::i18n::Texts;
use crate::layout::{Layout, page_with};
use crate::markdown;
use crate::pages::catalogue::catalogue_form::CatalogueForm;
use crate::pages::catalogue::{draft_id, shown_draft};
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::app::Incoming;
use app::catalogue::catalogue_drafts::{CatalogueDraftView, change_draft, open_draft};
use app::catalogue::catalogue_files::{UploadedVideo, keep_film};
use app::catalogue_refusal::CatalogueRefusal;
use app::failure::Failure;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::catalogue::Video;
use domain::catalogue::edit::Edit;
use domain::id::CatalogueDraftId;
use domain::name::{Language, Name};

#[derive(Template)]
#[template(path = "catalogue/instructions.html")]
struct InstructionsPage {
    layout: Layout,
    t: Texts,
    drafted: CatalogueDraftView,
    topic: String,
    typed: CatalogueForm,
    is_preview: bool,
    wrong: Option<&'static str>,
}

impl InstructionsPage {
    fn base(&self) -> String {
        routes::rule_draft(self.drafted.head.id)
    }

    fn heading(&self) -> String {
        let name = self.drafted.catalogue.name_of_topic(&self.topic);
        if name == Name::default() { self.t.get("general-guide") } else { self.t.name(&name).to_owned() }
    }

    /// The text of every language as it will be shown.
    fn previews(&self) -> Vec<(&'static str, &'static str, String)> {
        let text = self.typed.name("text");
        let preview = |language: Language| {
            let html = markdown::html(text.exactly(language), 2);
            (language.code(), self.t.own_name(language.code()), html)
        };
        Language::ALL.into_iter().map(preview).collect()
    }

    /// The videos on the topic, with their places among all.
    fn videos(&self) -> impl Iterator<Item = (usize, &Video)> {
        let videos = self.drafted.catalogue.videos.iter().enumerate();
        videos.filter(|(_, video)| video.scope == self.topic)
    }

    fn languages(&self) -> [(&'static str, &'static str); 3] {
        Language::ALL.map(|language| (language.code(), self.t.own_name(language.code())))
    }
}

/// `GET /catalogue/drafts/{id}/instructions/{topic}`
pub(super) async fn show(
    State(state): State<AppState>,
    session: Session,
    Path((id, topic)): Path<(String, String)>,
) -> Result<Response, WebError> {
    shown(&state, &session, (draft_id(&id)?, topic), (StatusCode::OK, None, None)).await
}

async fn shown(
    state: &AppState,
    session: &Session,
    (id, topic): (CatalogueDraftId, String),
    (status, typed, wrong): (StatusCode, Option<CatalogueForm>, Option<&'static str>),
) -> Result<Response, WebError> {
    let actor = session.actor();
    let drafted = state.app.read(move |work| open_draft(work, &actor, id)).await?;
    if !drafted.catalogue.topics().contains(&topic.as_str()) {
        return Err(Failure::NotFound.into());
    }
    let is_preview = typed.is_some() && wrong.is_none();
    let mut typed = typed.unwrap_or_default();
    // A video that was refused does not take away the texts beside it.
    if typed.get("is_text") != "yes" {
        typed.put_name("text", drafted.catalogue.instructions_on(&topic).unwrap_or(&Name::default()));
    }
    let layout = Layout { path: format!("{}/instructions/{topic}", routes::rule_draft(id)), ..Layout::of(session) };
    let answer =
        page_with(status, &InstructionsPage { t: layout.t, layout, drafted, topic, typed, is_preview, wrong })?;
    Ok(match wrong {
        Some(code) => Problem::new(status, code).beside(answer),
        None => answer,
    })
}

/// `POST /catalogue/drafts/{id}/instructions/{topic}`: keeps the texts, or only shows how they will look.
pub(super) async fn save(
    State(state): State<AppState>,
    Path((id, topic)): Path<(String, String)>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let shown_as = shown_draft(&id, &form.fields)?;
    let typed = CatalogueForm::of(&form.fields);
    if typed.get("then") == "preview" {
        return shown(&state, &form.session, (shown_as.0, topic), (StatusCode::OK, Some(typed), None)).await;
    }
    let edit = Edit::Instructions(topic.clone(), typed.name("text"));
    answered(&state, &form.session, (shown_as, topic, typed), edit).await
}

async fn answered(
    state: &AppState,
    session: &Session,
    (shown_as, topic, typed): ((CatalogueDraftId, i64), String, CatalogueForm),
    edit: Edit,
) -> Result<Response, WebError> {
    let actor = session.actor();
    match state.app.write(move |work| change_draft(work, &actor, shown_as, &edit)).await {
        Ok(()) => Ok(Redirect::to(&format!("{}?did=saved#guides", routes::rule_draft(shown_as.0))).into_response()),
        Err(failure @ (Failure::Refused(_) | Failure::Stale(_))) => {
            let status = crate::error::status_of(&failure);
            shown(state, session, (shown_as.0, topic), (status, Some(typed), Some(failure.code()))).await
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /catalogue/drafts/{id}/videos`: a film with captions in three languages, or an address.
pub(super) async fn add_video(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let SignedForm { session, mut fields, .. } = form;
    let shown_as = shown_draft(&id, &fields)?;
    let typed = CatalogueForm::of(&fields);
    let topic = typed.get("topic").to_owned();
    let about = (topic.clone(), typed.name("title"));
    match video(&state, about, &mut fields).await {
        Ok(video) => answered(&state, &session, (shown_as, topic, typed), Edit::AddVideo(Box::new(video))).await,
        Err(Failure::Refused(refusal)) => {
            let besides = (StatusCode::UNPROCESSABLE_ENTITY, Some(typed), Some(refusal.code()));
            shown(&state, &session, (shown_as.0, topic), besides).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn video(state: &AppState, (scope, title): (String, Name), fields: &mut FormData) -> Result<Video, Failure> {
    let url = fields.get("url").trim().to_owned();
    let Some(film) = taken(fields, "film")? else {
        if url.is_empty() {
            return Err(CatalogueRefusal::VideoMissing.into());
        }
        return Ok(Video { scope, title, file: None, url: Some(url), captions: None });
    };
    let mut captions = Vec::new();
    for field in ["captions_kk", "captions_ru", "captions_en"] {
        captions.push(taken(fields, field)?.ok_or(CatalogueRefusal::NotCaptions)?);
    }
    let captions = captions.try_into().map_err(|_| CatalogueRefusal::NotCaptions)?;
    let app = state.app.clone();
    let keep = move || keep_film(&app, scope, title, UploadedVideo { film, captions });
    tokio::task::spawn_blocking(keep).await.map_err(|error| Failure::Broken(error.to_string()))?
}

/// The file of a field, if one was chosen.
fn taken(fields: &mut FormData, name: &str) -> Result<Option<Incoming>, Failure> {
    let Some(place) = fields.files.iter().position(|file| file.field == name) else { return Ok(None) };
    Ok(Some(fields.files.swap_remove(place).content?))
}

/// `POST /catalogue/drafts/{id}/videos/removals`
pub(super) async fn remove_video(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let shown_as = shown_draft(&id, &form.fields)?;
    let place = form.fields.get("place").parse().map_err(|_| WebError::from(Failure::NotFound))?;
    let topic = form.fields.get("topic").to_owned();
    answered(&state, &form.session, (shown_as, topic, CatalogueForm::default()), Edit::RemoveVideo(place)).await
}
