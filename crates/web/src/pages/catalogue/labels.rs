//! A platform, a form or a type of a draft: its name in three languages.

use super::{draft_id, shown_draft};
use crate::error::{Problem, WebError};
use crate::form_data::SignedForm;
use crate::i18n::Texts;
use crate::layout::{Layout, page_with};
use crate::pages::catalogue::catalogue_form::CatalogueForm;
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::catalogue::catalogue_drafts::{CatalogueDraftView, change_draft, open_draft};
use app::failure::Failure;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::catalogue::Label;
use domain::catalogue::edit::Edit;
use domain::id::CatalogueDraftId;
use domain::narrowing::Axis;

const NEW: &str = "new";

#[derive(Template)]
#[template(path = "catalogue/label.html")]
struct LabelPage {
    layout: Layout,
    t: Texts,
    drafted: CatalogueDraftView,
    axis: &'static str,
    code: String,
    typed: CatalogueForm,
    /// No row has it, so it can be taken out.
    is_unused: bool,
    wrong: Option<&'static str>,
}

impl LabelPage {
    fn base(&self) -> String {
        routes::rule_draft(self.drafted.head.id)
    }

    fn is_platform(&self) -> bool {
        self.axis == Axis::Platform.code()
    }

    fn is_new(&self) -> bool {
        self.code == NEW
    }
}

fn axis_of(code: &str) -> Result<Axis, WebError> {
    Axis::ALL.into_iter().find(|axis| axis.code() == code).ok_or_else(|| Failure::NotFound.into())
}

/// `GET /catalogue/drafts/{id}/labels/{axis}/{code}`, or `new`
pub(super) async fn show(
    State(state): State<AppState>,
    session: Session,
    Path((id, axis, code)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    shown(&state, &session, (draft_id(&id)?, axis_of(&axis)?, code), (StatusCode::OK, None, None)).await
}

async fn shown(
    state: &AppState,
    session: &Session,
    (id, axis, code): (CatalogueDraftId, Axis, String),
    (status, typed, wrong): (StatusCode, Option<CatalogueForm>, Option<&'static str>),
) -> Result<Response, WebError> {
    let actor = session.actor();
    let drafted = state.app.read(move |work| open_draft(work, &actor, id)).await?;
    let known = drafted.catalogue.labels(axis).iter().find(|label| label.code == code);
    if known.is_none() && code != NEW {
        return Err(Failure::NotFound.into());
    }
    let mut begun = CatalogueForm::default();
    if let Some(label) = known {
        begun.put_name("name", &label.name);
        begun.put("link", label.link.as_deref().unwrap_or_default());
    }
    let is_unused = code != NEW && !drafted.catalogue.rows.iter().any(|row| axis.of(row) == code);
    let path = format!("{}/labels/{}/{code}", routes::rule_draft(id), axis.code());
    let layout = Layout { path, ..Layout::of(session) };
    let typed = typed.unwrap_or(begun);
    let answer = page_with(
        status,
        &LabelPage { t: layout.t, layout, drafted, axis: axis.code(), code, typed, is_unused, wrong },
    )?;
    Ok(match wrong {
        Some(code) => Problem::new(status, code).beside(answer),
        None => answer,
    })
}

/// `POST /catalogue/drafts/{id}/labels/{axis}/{code}`
pub(super) async fn save(
    State(state): State<AppState>,
    Path((id, axis, code)): Path<(String, String, String)>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let (shown_as, axis) = (shown_draft(&id, &form.fields)?, axis_of(&axis)?);
    let typed = CatalogueForm::of(&form.fields);
    let named = if code == NEW { typed.get("code").to_owned() } else { code.clone() };
    let link = Some(typed.get("link").trim().to_owned()).filter(|link| !link.is_empty() && axis == Axis::Platform);
    let edit = Edit::PutLabel(axis, Label { code: named, name: typed.name("name"), link });
    let actor = form.session.actor();
    match state.app.write(move |work| change_draft(work, &actor, shown_as, &edit)).await {
        Ok(()) => Ok(Redirect::to(&format!("{}?did=saved#labels", routes::rule_draft(shown_as.0))).into_response()),
        Err(failure @ (Failure::Refused(_) | Failure::Stale(_))) => {
            let status = crate::error::status_of(&failure);
            shown(&state, &form.session, (shown_as.0, axis, code), (status, Some(typed), Some(failure.code()))).await
        }
        Err(other) => Err(other.into()),
    }
}
