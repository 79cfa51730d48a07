//! Views of the progress board that a person keeps.

use crate::error::{Problem, WebError};
use crate::form_data::SignedForm;
use crate::layout::page_with;
use crate::pages::reports::progress::{ProgressPage, ProgressPageQuery, board_at};
use crate::pages::reports::report::{Report, ReportExtent};
use crate::state::AppState;
use app::failure::{Failure, Refusal};
use app::reports::progress::ProgressQuery;
use app::reports::report_scope::ScopeQuery;
use app::reports::saved_filters::{remove_view, save_view};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::id::SavedFilterId;

/// `POST /views`: keeps what the board could read of its own address, and nothing else.
pub(crate) async fn save(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let wanted = ProgressPageQuery::of(&form.fields);
    let (asked, typed) = (wanted.asked(&form.session), form.fields.get("name").to_owned());
    let (actor, what, name) = (form.session.actor(), asked.clone(), typed.clone());
    let query = move |place: &ScopeQuery| {
        let link = board_at(&ProgressQuery { place: place.clone(), ..what.clone() }, &[]);
        link.split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default()
    };
    let place = asked.place.clone();
    match state.app.write(move |work| save_view(work, &actor, &place, &name, &query)).await {
        Ok(()) => Ok(Redirect::to(&board_at(&asked, &[("did", "saved")])).into_response()),
        Err(Failure::Refused(Refusal::View(wrong))) => {
            let board = ProgressPage::look(&state, &form.session, wanted, ReportExtent::Page).await?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            let answer = page_with(status, &board.refused(typed, wrong.code()))?;
            Ok(Problem::new(status, wrong.code()).beside(answer))
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /views/{id}/removal`
pub(crate) async fn remove(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let id: SavedFilterId = id.parse().map_err(|_| WebError::from(Failure::NotFound))?;
    let (actor, asked) = (form.session.actor(), ProgressPageQuery::of(&form.fields).asked(&form.session));
    state.app.write(move |work| remove_view(work, &actor, id)).await?;
    Ok(Redirect::to(&board_at(&asked, &[("did", "removed")])).into_response())
}
