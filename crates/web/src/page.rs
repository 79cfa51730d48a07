//! Renders HTML templates and redirects as HTTP responses.

use crate::error::WebError;
use crate::routes;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::report::ChoiceState;

/// The space in bytes that is reserved for the text of a page, so that it is not copied again and
/// again while it grows. Few pages are larger.
const TYPICAL_PAGE: usize = 32 * 1_024;

/// Renders an HTML template as a response with status 200.
pub(crate) fn page(template: &impl Template) -> Result<Response, WebError> {
    page_with(StatusCode::OK, template)
}

/// Renders an HTML template as a response with the given HTTP status.
pub(crate) fn page_with(status: StatusCode, template: &impl Template) -> Result<Response, WebError> {
    let mut html = String::with_capacity(TYPICAL_PAGE);
    template.render_into(&mut html).map_err(|error| WebError::broken(&error))?;
    Ok((status, Html(html)).into_response())
}

/// The CSS class of the coloured label that shows the state of a choice, such as approved.
pub(crate) fn chip_class(state: &ChoiceState) -> &'static str {
    match state {
        ChoiceState::Returned => "back",
        ChoiceState::Draft => "draft",
        ChoiceState::InReview => "wait",
        ChoiceState::Approved => "ok",
        ChoiceState::NotChosen => "todo",
    }
}

/// A redirect with status 303, the response to a submitted HTML form after its act was carried out.
/// The browser then loads the next page with GET, so that reloading this page does not send the
/// form again. An address of another site leads to the start page.
pub(crate) fn redirect(address: &str) -> Response {
    Redirect::to(routes::local_or_start(address)).into_response()
}
