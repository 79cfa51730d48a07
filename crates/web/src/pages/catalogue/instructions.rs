//! The page for editing a catalogue draft's exam instructions on one topic, with a preview and
//! videos.

use crate::error::WebError;
use crate::form_data::FormData;
use crate::form_state::FormState;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::markdown;
use crate::page::redirect;
use crate::pages::catalogue::catalogue_form::CatalogueForm;
use crate::path_params::PathParams;
use crate::routes;
use crate::session::{Loaded, Session};
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::app::Incoming;
use app::catalogue::catalogue_drafts::{CatalogueDraftView, ShownDraft, change_draft, open_draft};
use app::catalogue::catalogue_files::{UploadedVideo, keep_film};
use app::catalogue_refusal::CatalogueRefusal;
use app::failure::Failure;
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::response::Response;
use domain::catalogue::Video;
use domain::catalogue::edit::Edit;
use domain::id::CatalogueDraftId;
use domain::name::{Language, Name};
use domain::policy;
use serde::Deserialize;
use std::sync::Arc;

#[template_minify(path = "catalogue/instructions.html")]
#[derive(Template)]
struct InstructionsPage {
    layout: Layout,
    t: Texts,
    draft: CatalogueDraftView,
    topic: String,
    form: FormState<CatalogueForm>,
}

/// The exam instructions in one language, rendered as HTML for the preview.
struct TextPreview {
    language: Language,
    html: Arc<str>,
}

/// A video of the exam instructions, with the video's position among all videos of the catalogue
/// draft.
struct NumberedVideo<'a> {
    place: usize,
    video: &'a Video,
}

/// The file field for uploading a video's captions in one language.
struct CaptionsField {
    field: String,
    language: &'static str,
}

impl InstructionsPage {
    /// The address of the list of instructions on the page of the catalogue draft.
    fn back(&self) -> String {
        format!("{}#guides", routes::catalogue_draft(self.draft.head.id))
    }

    fn heading(&self) -> String {
        let name = self.draft.catalogue.name_of_topic(&self.topic);
        if name == Name::default() { self.t.get("general-guide") } else { self.t.name(&name).to_owned() }
    }

    fn is_preview(&self) -> bool {
        !self.form.is_rejected() && self.form.values.wants_preview()
    }

    fn previews(&self) -> [TextPreview; 3] {
        let text = self.form.values.name("text");
        Language::ALL.map(|language| TextPreview { language, html: markdown::html(text.exactly(language), 2) })
    }

    /// The catalogue draft's videos on the topic whose instructions are being edited.
    fn videos(&self) -> impl Iterator<Item = NumberedVideo<'_>> {
        let videos = self.draft.catalogue.videos.iter().enumerate();
        let videos = videos.map(|(place, video)| NumberedVideo { place, video });
        videos.filter(|numbered| numbered.video.scope == self.topic)
    }

    fn is_video_open(&self) -> bool {
        self.form.is_rejected() && self.form.values.is_yes("is_video")
    }

    fn captions(&self) -> [CaptionsField; 3] {
        Language::ALL
            .map(Language::code)
            .map(|language| CaptionsField { field: format!("captions_{language}"), language })
    }
}

/// The path parameters of the page for editing instructions: the catalogue draft and the topic.
#[derive(Deserialize)]
pub(super) struct InstructionsParams {
    id: CatalogueDraftId,
    topic: String,
}

/// `GET /catalogue/drafts/{id}/instructions/{topic}`: shows the form that edits a catalogue draft's
/// exam instructions on one topic.
pub(super) async fn show(
    State(state): State<AppState>,
    session: Session,
    PathParams(params): PathParams<InstructionsParams>,
) -> Result<Response, WebError> {
    show_again(&state, &session, params, FormState::default()).await
}

async fn show_again(
    state: &AppState,
    session: &Session,
    InstructionsParams { id, topic }: InstructionsParams,
    mut form: FormState<CatalogueForm>,
) -> Result<Response, WebError> {
    let loaded = session.read(state, move |work, actor| open_draft(work, actor, id)).await?;
    let Loaded { layout, data: draft, .. } = loaded;
    if !draft.catalogue.topics().contains(&topic.as_str()) {
        return Err(WebError::not_found());
    }
    // The page for editing instructions has one form for the texts and another for videos. If the
    // form for the texts was not submitted, the page shows the texts that are stored in the
    // catalogue draft.
    if !form.values.is_yes("is_text") {
        form.values.put_name("text", draft.catalogue.instructions_on(&topic).unwrap_or(&Name::default()));
    }
    let layout = layout.at(routes::catalogue_instructions(id, &topic));
    let page = InstructionsPage { t: layout.t, layout, draft, topic, form };
    page.form.respond(&page)
}

/// `POST /catalogue/drafts/{id}/instructions/{topic}`: saves a catalogue draft's exam instructions
/// on one topic, or only shows a preview of the submitted instructions.
pub(super) async fn save(
    State(state): State<AppState>,
    PathParams(params): PathParams<InstructionsParams>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let values = CatalogueForm::of(&form.fields);
    if values.wants_preview() {
        return show_again(&state, &form.session, params, FormState::new(values)).await;
    }
    let edit = Edit::Instructions(params.topic.clone(), values.name("text"));
    change(&state, &form.session, params, values, Ok(edit)).await
}

/// Changes the exam instructions of a catalogue draft, and redirects to the page of the draft. If
/// the change is refused, the form is shown again with the cause of the refusal.
async fn change(
    state: &AppState,
    session: &Session,
    params: InstructionsParams,
    values: CatalogueForm,
    edit: Result<Edit, Failure>,
) -> Result<Response, WebError> {
    let id = params.id;
    let shown = ShownDraft { id, revision: values.revision() };
    let changed = match edit {
        Ok(edit) => session.write(state, move |work, actor| change_draft(work, actor, shown, &edit)).await,
        Err(failure) => Err(failure),
    };
    match changed {
        Ok(()) => Ok(redirect(&format!("{}#guides", routes::after_act(&routes::catalogue_draft(id), "saved")))),
        Err(failure) => show_again(state, session, params, FormState::refused_or_stale(values, failure)?).await,
    }
}

/// `POST /catalogue/drafts/{id}/videos`: adds a video of the exam instructions to a catalogue
/// draft. The video is either a file with captions in three languages or the address of a video
/// elsewhere.
pub(super) async fn add_video(
    State(state): State<AppState>,
    PathParams(id): PathParams<CatalogueDraftId>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let SignedForm { session, mut fields, .. } = form;
    session.read(&state, |_, actor| Ok(policy::catalogue_editor(actor).map(drop)?)).await?;
    let values = CatalogueForm::of(&fields);
    let params = InstructionsParams { id, topic: values.get("topic").to_owned() };
    let video = submitted_video(&state, &params.topic, values.name("title"), &mut fields).await;
    let edit = video.map(|video| Edit::AddVideo(Box::new(video)));
    change(&state, &session, params, values, edit).await
}

async fn submitted_video(state: &AppState, topic: &str, title: Name, fields: &mut FormData) -> Result<Video, Failure> {
    let (scope, url) = (topic.to_owned(), fields.trimmed("url"));
    let Some(film) = take_file(fields, "film")? else {
        if url.is_empty() {
            return Err(CatalogueRefusal::VideoMissing.into());
        }
        return Ok(Video { scope, title, file: None, url: Some(url), captions: None });
    };
    let mut captions = Vec::new();
    for field in ["captions_kk", "captions_ru", "captions_en"] {
        captions.push(take_file(fields, field)?.ok_or(CatalogueRefusal::NotCaptions)?);
    }
    let captions = captions.try_into().map_err(|_| CatalogueRefusal::NotCaptions)?;
    let app = state.app.clone();
    let keep = move || keep_film(&app, scope, title, UploadedVideo { film, captions });
    tokio::task::spawn_blocking(keep).await.map_err(|error| Failure::Broken(error.to_string()))?
}

/// Removes the uploaded file of a form field from the submitted form and returns it; `None` if no
/// file was uploaded in the field.
fn take_file(fields: &mut FormData, name: &str) -> Result<Option<Incoming>, Failure> {
    let Some(place) = fields.files.iter().position(|file| file.field == name) else { return Ok(None) };
    Ok(Some(fields.files.swap_remove(place).content?))
}

/// `POST /catalogue/drafts/{id}/videos/removals`: removes a video of the exam instructions from a
/// catalogue draft.
pub(super) async fn remove_video(
    State(state): State<AppState>,
    PathParams(id): PathParams<CatalogueDraftId>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let edit = Edit::RemoveVideo(form.fields.id("place")?);
    let values = CatalogueForm::of(&form.fields);
    let params = InstructionsParams { id, topic: form.fields.text("topic") };
    change(&state, &form.session, params, values, Ok(edit)).await
}
