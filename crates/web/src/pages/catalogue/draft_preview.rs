//! A draft as the instructor of a group would see it.

use crate::error::WebError;
use crate::form_data::FormData;
use crate::i18n::Texts;
use crate::layout::{Layout, page, page_with};
use crate::pages::catalogue::draft_id;
use crate::pages::choosing::choice_form::narrowing;
use crate::pages::choosing::choice_view::{ChoiceForm, ChoiceFormErrors, ChoiceFormPage};
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::catalogue::draft_preview::{Group, find_groups, see_as};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::id::{CatalogueDraftId, OfferingId};

#[derive(Template)]
#[template(path = "catalogue/draft_preview.html")]
struct DraftPreviewPage {
    layout: Layout,
    t: Texts,
    draft: CatalogueDraftId,
    text: String,
    found: Vec<Group>,
}

/// `GET /catalogue/drafts/{id}/as?q=`
pub(super) async fn find(
    State(state): State<AppState>,
    session: Session,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let text = FormData::parse(query.unwrap_or_default().as_bytes()).get("q").to_owned();
    let (actor, draft, asked) = (session.actor(), draft_id(&id)?, text.clone());
    let found = state
        .app
        .read(move |work| {
            app::catalogue::catalogue_drafts::open_draft(work, &actor, draft)?;
            find_groups(work, &actor, &asked)
        })
        .await?;
    page(&DraftPreviewPage { t: session.texts, layout: Layout::of(&session), draft, text, found })
}

/// `GET /catalogue/drafts/{id}/as/{offering}?rule=&platform=&form=&type=`
pub(super) async fn show(
    State(state): State<AppState>,
    session: Session,
    Path((id, offering)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let fields = FormData::parse(query.unwrap_or_default().as_bytes());
    let draft = draft_id(&id)?;
    let offering: OfferingId = offering.parse().map_err(|_| WebError::status(StatusCode::NOT_FOUND))?;
    let actor = session.actor();
    let sheet = state.app.read(move |work| see_as(work, &actor, draft, offering)).await?;
    let asked = fields.get("rule").to_owned();
    let chosen = sheet.filled.row.as_ref().map(|row| row.0.clone()).unwrap_or_default();
    let row = if asked.is_empty() { chosen } else { asked };
    let infos = [(row.clone(), sheet.filled.info.clone())].into_iter().collect();
    let documents = sheet.filled.documents.clone();
    let typed = ChoiceForm { row, infos, documents, narrowing: narrowing(&fields) };
    let path = format!("{}/as/{offering}", routes::rule_draft(draft));
    let mut page =
        ChoiceFormPage::new(Layout { path, ..Layout::of(&session) }, sheet, typed, &ChoiceFormErrors::default());
    page.looked_at = Some(draft);
    page_with(StatusCode::OK, &page)
}
