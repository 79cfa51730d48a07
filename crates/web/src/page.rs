//! A rendered template as a response.

use crate::error::WebError;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::report::ChoiceState;

/// A page with status 200.
pub(crate) fn page(template: &impl Template) -> Result<Response, WebError> {
    page_with(StatusCode::OK, template)
}

/// A page with a status.
pub(crate) fn page_with(status: StatusCode, template: &impl Template) -> Result<Response, WebError> {
    let html = template.render().map_err(|error| WebError::broken(&error))?;
    Ok((status, Html(html)).into_response())
}

/// The style of the chip that shows a state.
pub(crate) fn chip_class(state: &ChoiceState) -> &'static str {
    match state {
        ChoiceState::Returned => "back",
        ChoiceState::Draft => "draft",
        ChoiceState::InReview => "wait",
        ChoiceState::Approved => "ok",
        ChoiceState::NotChosen => "todo",
    }
}

/// The answer to an act: 303, so that reloading the next page repeats nothing.
pub(crate) fn redirect(path: &str) -> Response {
    Redirect::to(path).into_response()
}
