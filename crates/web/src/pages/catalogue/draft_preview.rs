//! A draft as the instructor of a group would see it.

use crate::error::WebError;
use crate::form_data::FormData;
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
    f: Layout,
    draft: CatalogueDraftId,
    text: String,
    found: Vec<Group>,
}

/// `GET /catalogue/drafts/{id}/as?q=`
pub(super) async fn find(
    State(door): State<AppState>,
    seat: Session,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let text = FormData::parse(query.unwrap_or_default().as_bytes()).get("q").to_owned();
    let (actor, draft, asked) = (seat.actor(), draft_id(&id)?, text.clone());
    let found = door
        .app
        .read(move |desk| {
            app::catalogue::catalogue_drafts::open_draft(desk, &actor, draft)?;
            find_groups(desk, &actor, &asked)
        })
        .await?;
    page(&DraftPreviewPage { f: Layout::of(&seat), draft, text, found })
}

/// `GET /catalogue/drafts/{id}/as/{offering}?rule=&platform=&form=&type=`
pub(super) async fn show(
    State(door): State<AppState>,
    seat: Session,
    Path((id, offering)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let fields = FormData::parse(query.unwrap_or_default().as_bytes());
    let draft = draft_id(&id)?;
    let offering: OfferingId = offering.parse().map_err(|_| WebError::status(StatusCode::NOT_FOUND))?;
    let actor = seat.actor();
    let sheet = door.app.read(move |desk| see_as(desk, &actor, (draft, offering))).await?;
    let asked = fields.get("rule").to_owned();
    let chosen = sheet.filled.row.as_ref().map(|row| row.0.clone()).unwrap_or_default();
    let row = if asked.is_empty() { chosen } else { asked };
    let infos = [(row.clone(), sheet.filled.info.clone())].into_iter().collect();
    let documents = sheet.filled.documents.clone();
    let typed = ChoiceForm { row, infos, documents, narrowing: narrowing(&fields) };
    let path = format!("{}/as/{offering}", routes::rule_draft(draft));
    let mut page =
        ChoiceFormPage::new(Layout { path, ..Layout::of(&seat) }, sheet, typed, &ChoiceFormErrors::default());
    page.looked_at = Some(draft);
    page_with(StatusCode::OK, &page)
}
