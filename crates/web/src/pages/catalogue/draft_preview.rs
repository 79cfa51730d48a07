//! The preview of a catalogue draft: the form on which an instructor would choose the exam of a
//! student group if the draft were published.

use crate::error::WebError;
use crate::form_data::FormData;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::page;
use crate::pages::choosing::choice_errors::ChoiceRejection;
use crate::pages::choosing::choice_values::{ChoiceForm, narrowing};
use crate::pages::choosing::choice_view::ChoiceFormPage;
use crate::path_params::PathParams;
use crate::routes;
use crate::session::{Loaded, Session};
use crate::state::AppState;
use app::catalogue::catalogue_drafts::open_draft;
use app::catalogue::draft_preview::{Group, find_groups, preview_as_instructor};
use askama::Template;
use askama_minify::template_minify;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::id::{CatalogueDraftId, OfferingId};
use serde::Deserialize;

#[template_minify(path = "catalogue/draft_preview.html")]
#[derive(Template)]
struct DraftPreviewPage {
    layout: Layout,
    t: Texts,
    draft: CatalogueDraftId,
    text: String,
    groups: Vec<Group>,
}

/// `GET /catalogue/drafts/{id}/preview?q=`: searches for a student group whose choice form the
/// editor wants to see as it would be if the draft were published.
pub(super) async fn find(
    State(state): State<AppState>,
    session: Session,
    PathParams(draft): PathParams<CatalogueDraftId>,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let text = FormData::parse(query.unwrap_or_default().as_bytes()).text("q");
    let searched = text.clone();
    let loaded = session.read(&state, move |work, actor| {
        open_draft(work, actor, draft)?;
        find_groups(work, actor, &searched)
    });
    let Loaded { layout, data: groups, .. } = loaded.await?;
    page(&DraftPreviewPage { t: layout.t, layout, draft, text, groups })
}

/// The path parameters of the preview page: the catalogue draft, and the offering (a discipline
/// taught to one group) whose choice form is previewed.
#[derive(Clone, Copy, Deserialize)]
pub(super) struct DraftPreviewParams {
    id: CatalogueDraftId,
    offering: OfferingId,
}

/// `GET /catalogue/drafts/{id}/preview/{offering}?rule=&platform=&form=&type=`: shows the choice
/// form of an offering (a discipline taught to one group) as it would be if the catalogue draft
/// were published.
pub(super) async fn show(
    State(state): State<AppState>,
    session: Session,
    PathParams(DraftPreviewParams { id, offering }): PathParams<DraftPreviewParams>,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let fields = FormData::parse(query.unwrap_or_default().as_bytes());
    let Loaded { layout, data, .. } =
        session.read(&state, move |work, actor| preview_as_instructor(work, actor, id, offering)).await?;
    let mut values = ChoiceForm { narrowing: narrowing(&fields), ..ChoiceForm::begun(&data) };
    values.pick(fields.get("rule"), &data);
    let layout = layout.at(routes::catalogue_preview_form(id, offering));
    let mut form_page = ChoiceFormPage::new(layout, data, values, &ChoiceRejection::Narrowed);
    form_page.previewed_draft = Some(id);
    page(&form_page)
}
