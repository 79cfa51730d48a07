//! One offering: what is chosen, what may be done, what happened.

use crate::error::{Problem, WebError};
use crate::i18n::Texts;
use crate::layout::{Layout, page_with};
use crate::pages::choosing::choice_view::{GuideView, guide_on};
use crate::pages::term::exceptions::rows;
use crate::query::{ActDone, Query};
use crate::session::Session;
use crate::state::AppState;
use app::choosing::view_choice::{OfferingView, view_choice};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::id::OfferingId;

#[derive(Template)]
#[template(path = "choosing/offering.html")]
struct OfferingPage {
    layout: Layout,
    t: Texts,
    view: OfferingView,
    guide: Option<GuideView>,
    note: Option<&'static str>,
    /// The field that is wrong, and how.
    wrong_field: Option<(&'static str, &'static str)>,
    typed: String,
}

impl OfferingPage {
    /// What is wrong with this field.
    fn wrong(&self, field: &str) -> Option<&'static str> {
        self.wrong_field.filter(|(known, _)| *known == field).map(|(_, code)| code)
    }

    /// What was typed into this field, where it was refused.
    fn typed(&self, field: &str) -> &str {
        if self.wrong(field).is_some() { &self.typed } else { "" }
    }

    /// The rows in force, for setting one centrally.
    fn rows(&self) -> Vec<(String, String)> {
        self.view.in_force.as_ref().map(|catalogue| rows(catalogue, self.t)).unwrap_or_default()
    }

    /// The choice with the fingerprint of what is shown.
    fn seen(&self) -> String {
        let fingerprint = self.view.fingerprint.map(|digest| digest.to_string()).unwrap_or_default();
        format!("{}:{fingerprint}", self.view.offering.id)
    }
}

/// `GET /offerings/{id}`
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    Path(id): Path<String>,
    Query(done): Query<ActDone>,
) -> Result<Response, WebError> {
    let note = done.note(&[
        ("asked", "reopening-asked"),
        ("undone", "undone"),
        ("reopened", "act-choice-reopened"),
        ("opened", "window-opened"),
    ]);
    shown(&state, &session, &id, (StatusCode::OK, note, None)).await
}

/// What is said besides: a status, a note, a wrong field with what was typed.
pub(crate) type OfferingPageState = (StatusCode, Option<&'static str>, Option<(&'static str, &'static str, String)>);

/// The page of an offering.
pub(crate) async fn shown(
    state: &AppState,
    session: &Session,
    id: &str,
    besides: OfferingPageState,
) -> Result<Response, WebError> {
    let id: OfferingId = id.parse().map_err(|_| WebError::status(StatusCode::NOT_FOUND))?;
    let actor = session.actor();
    let view = state.app.read(move |work| view_choice(work, &actor, id)).await?;
    let (status, note, wrong) = besides;
    let (wrong_field, typed) = wrong.map_or((None, String::new()), |(field, code, typed)| (Some((field, code)), typed));
    let guide = view.picked.as_ref().map(|picked| guide_on(&view.catalogue, &picked.row.0, session.texts, 1));
    let layout = Layout { path: crate::routes::offering(view.offering.id), ..Layout::of(session) };
    let page = page_with(status, &OfferingPage { t: layout.t, layout, view, guide, note, wrong_field, typed })?;
    Ok(match wrong_field {
        Some((_, code)) => Problem::new(status, code).beside(page),
        None => page,
    })
}
