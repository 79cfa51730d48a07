//! Errors of web requests: a status, one code, and a hint what to do next. The middleware renders them for people or
//! programs, because it knows the reader's language.

use crate::i18n::Texts;
use crate::layout::Layout;
use crate::routes;
use app::failure::{Failure, Stale};
use askama::Template;
use askama_minify::template_minify;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// The reason for which a web request was not carried out.
#[derive(Debug)]
pub(crate) enum WebError {
    /// Result of a failed request: an error page, or `application/problem+json` for a program.
    Problem(Problem),
    /// Result of a failed request: the visitor has to sign in and is then redirected to `next`, or to the requested
    /// page if `next` is `None`.
    SignInFirst { next: Option<&'static str> },
    /// Result of a failed request: the visitor is redirected to this path.
    Redirect(&'static str),
}

/// An error of a web request before it is rendered as a page or as `application/problem+json` (RFC 9457).
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    /// The error's code: it names the problem type of RFC 9457 and the translated text.
    pub(crate) code: &'static str,
    /// The identifier of an internal error, which the user can quote to support; the log contains it too.
    pub(crate) id: Option<String>,
    /// Seconds until another attempt of the refused request makes sense; `None` when waiting does not help.
    pub(crate) wait: Option<i64>,
    /// The title of an error in the reader's language; `None` for the translated text of the error's code.
    pub(crate) title: Option<String>,
    pub(crate) fields: Vec<FieldError>,
}

/// A field of a web form with its error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FieldError {
    pub(crate) field: &'static str,
    /// The id of the HTML element that the error summary of a form links to.
    pub(crate) anchor: String,
    pub(crate) code: &'static str,
    /// The text of a form field's error in the reader's language.
    pub(crate) detail: String,
}

impl FieldError {
    /// Creates the error of a form field from an error code, with the code's text in the reader's language.
    pub(crate) fn new(field: &'static str, code: &'static str, t: Texts) -> Self {
        Self { field, anchor: field.to_owned(), code, detail: t.code("refused", code) }
    }
}

impl Problem {
    /// Creates the error of a web request from an HTTP status and an error code.
    pub(crate) fn new(status: StatusCode, code: &'static str) -> Self {
        Self { status, code, id: None, wait: None, title: None, fields: Vec::new() }
    }

    /// Attaches an error to a page that already explains the error to people, so that a program can be answered with
    /// the error as JSON.
    pub(crate) fn attach_to(self, mut page: Response) -> Response {
        page.extensions_mut().insert(self);
        page
    }
}

impl WebError {
    /// The error for an HTTP status for which no more specific error code exists.
    pub(crate) fn status(status: StatusCode) -> Self {
        let code = match status {
            StatusCode::PAYLOAD_TOO_LARGE => "form-too-large",
            StatusCode::METHOD_NOT_ALLOWED => "wrong-method",
            StatusCode::NOT_FOUND => "not-found",
            _ => "bad-form",
        };
        Self::Problem(Problem::new(status, code))
    }

    /// The error 404: the web page does not exist.
    pub(crate) fn not_found() -> Self {
        Self::status(StatusCode::NOT_FOUND)
    }

    /// The error for a web form that cannot be parsed.
    pub(crate) fn bad_form() -> Self {
        Self::status(StatusCode::BAD_REQUEST)
    }

    /// The error for a web form that was not sent from a page of this site (CSRF).
    pub(crate) fn csrf() -> Self {
        Self::Problem(Problem::new(StatusCode::FORBIDDEN, "foreign-form"))
    }

    /// The error 500 for a fault of the program; the cause is logged under an identifier that the error page shows.
    pub(crate) fn broken(why: &dyn std::fmt::Display) -> Self {
        Failure::Broken(why.to_string()).into()
    }
}

impl From<Failure> for WebError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::SignedOut => return Self::SignInFirst { next: None },
            Failure::PasswordChangeRequired => return Self::Redirect(routes::PASSWORD),
            _ => {}
        }
        let status = status_of(&failure);
        let id = (status == StatusCode::INTERNAL_SERVER_ERROR).then(|| {
            let token = app::access::session::fresh_token().unwrap_or_default();
            token.chars().take(8).collect::<String>()
        });
        match &id {
            Some(id) => tracing::error!(%failure, id, "internal error"),
            None if status.is_server_error() => tracing::error!(%failure, "temporarily unavailable"),
            None => tracing::debug!(%failure, "request refused"),
        }
        let wait = status.is_server_error().then_some(5);
        Self::Problem(Problem { id, wait, ..Problem::new(status, failure.code()) })
    }
}

/// The HTTP status with which a failure of a use case is answered.
pub(crate) fn status_of(failure: &Failure) -> StatusCode {
    match failure {
        Failure::NotFound => StatusCode::NOT_FOUND,
        Failure::SignedOut => StatusCode::UNAUTHORIZED,
        Failure::Denied(_) | Failure::PasswordChangeRequired => StatusCode::FORBIDDEN,
        Failure::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Failure::Stale(
            Stale::Choice { .. }
            | Stale::Window(_)
            | Stale::NotUniform
            | Stale::TermRuns
            | Stale::OrderChanged
            | Stale::Import(_)
            | Stale::DryRunChanged
            | Stale::Lost
            | Stale::LastOfRole
            | Stale::AppointmentOver
            | Stale::NotAsSet,
        ) => StatusCode::CONFLICT,
        Failure::NoTerm | Failure::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        Failure::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Marks a response as a redirect to the sign-in form; the middleware sets the `next` parameter to the requested page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ComesBackHere;

/// The address of the sign-in form that redirects to `next` after signing in.
pub(crate) fn sign_in_for(next: &str) -> String {
    let next = utf8_percent_encode(next, NON_ALPHANUMERIC);
    format!("{}?next={next}", routes::SIGN_IN)
}

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        match self {
            Self::Redirect(path) => Redirect::to(path).into_response(),
            Self::SignInFirst { next: Some(next) } => Redirect::to(&sign_in_for(next)).into_response(),
            Self::SignInFirst { next: None } => {
                let mut response = Redirect::to(routes::SIGN_IN).into_response();
                response.extensions_mut().insert(ComesBackHere);
                response
            }
            Self::Problem(problem) => {
                let response = problem.status.into_response();
                problem.attach_to(response)
            }
        }
    }
}

#[template_minify(path = "error.html")]
#[derive(Template)]
struct ErrorPage<'a> {
    layout: Layout,
    t: Texts,
    problem: &'a Problem,
}

impl ErrorPage<'_> {
    /// The key of the text that tells the reader of an error page what to do next.
    fn advice(&self) -> &'static str {
        match (self.problem.status, self.problem.code) {
            (_, "role-missing") => "way-ask",
            (_, "no-term") => "way-no-term",
            (StatusCode::SERVICE_UNAVAILABLE, _) => "way-wait",
            (StatusCode::INTERNAL_SERVER_ERROR, _) => "way-report",
            (StatusCode::CONFLICT, _) => "way-look-again",
            _ => "way-home",
        }
    }
}

/// The reader of an error, as far as rendering of the error depends on the reader.
pub(crate) struct Audience {
    pub(crate) texts: Texts,
    /// Whether the reader of an error is a program that asks for `application/problem+json`.
    pub(crate) is_program: bool,
    /// The path and query of the page that the language links of an error page open.
    pub(crate) path: String,
}

/// Renders an error of a web request in the reader's language: as a page, or as `application/problem+json` for a
/// program.
pub(crate) fn render_problem(problem: &Problem, audience: &Audience) -> Response {
    let mut response =
        if audience.is_program { problem_json(problem, audience.texts) } else { error_page(problem, audience) };
    *response.status_mut() = problem.status;
    if let Some(value) = problem.wait.and_then(|wait| HeaderValue::from_str(&wait.to_string()).ok()) {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    response
}

fn error_page(problem: &Problem, audience: &Audience) -> Response {
    let layout = Layout::of_visitor(audience.texts, String::new(), &audience.path);
    match (ErrorPage { t: layout.t, layout, problem }).render() {
        Ok(page) => Html(page).into_response(),
        Err(error) => {
            tracing::error!(%error, "the error page cannot be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Renders an error as JSON (RFC 9457), with the errors of form fields.
fn problem_json(problem: &Problem, texts: Texts) -> Response {
    let errors = problem.fields.iter().map(|error| serde_json::json!({ "field": error.field, "detail": error.detail }));
    let body = serde_json::json!({
        "type": format!("/problems/{}", problem.code),
        "title": problem.title.clone().unwrap_or_else(|| texts.code("refused", problem.code)),
        "status": problem.status.as_u16(),
        "instance": problem.id,
        "errors": errors.collect::<Vec<_>>(),
    });
    ([(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
}
