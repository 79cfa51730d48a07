//! Errors of web requests: an HTTP status, an error code, and advice for the user. The error
//! middleware renders errors as pages or as JSON, because only the middleware knows the language of
//! the request.

use crate::i18n::Texts;
use crate::layout::Layout;
use crate::routes;
use app::failure::{Failure, Stale};
use askama::Template;
use askama_minify::template_minify;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// The cause for which a web request was not carried out: an error, a missing sign-in, or a
/// redirect.
#[derive(Debug)]
pub(crate) enum WebError {
    /// A web request failed with an error. Browsers get an error page, programs get
    /// `application/problem+json`.
    Problem(Problem),
    /// A web request failed because the visitor has to sign in. After signing in, the visitor is
    /// redirected to `next`, or to the requested page if `next` is `None`.
    SignInFirst { next: Option<&'static str> },
    /// The web request was not carried out. The response redirects the visitor to the path that
    /// this variant contains.
    Redirect(&'static str),
}

/// An error of a web request before it is rendered as a page or as `application/problem+json` (RFC
/// 9457).
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    /// The error code. It names the problem type of RFC 9457 and the interface text that explains
    /// the error.
    pub(crate) code: &'static str,
    /// The identifier of an internal error. The error page and the server's log show it, so that a
    /// user can quote it to support.
    pub(crate) id: Option<String>,
    /// The number of seconds that the client has to wait before it is useful to send the refused
    /// request again; `None` if waiting does not help.
    pub(crate) wait: Option<i64>,
    /// The title of an error page in the language of the request; `None` if the title is the
    /// interface text for the error code.
    pub(crate) title: Option<String>,
    pub(crate) fields: Vec<FieldError>,
}

/// An error in one field of a submitted HTML form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FieldError {
    pub(crate) field: &'static str,
    /// The HTML id of the input field to which the summary of errors at the top of a form links.
    pub(crate) anchor: String,
    pub(crate) code: &'static str,
    /// The label of the form field, which the summary at the top of the form shows before the text,
    /// so that equal errors of several fields can be told apart; empty if the text suffices.
    pub(crate) label: String,
    /// The text that explains the error of a form field, in the language of the request.
    pub(crate) detail: String,
}

impl FieldError {
    /// Creates the error of a form field from an error code. The interface text of the code
    /// explains the error.
    pub(crate) fn new(field: &'static str, code: &'static str, t: Texts) -> Self {
        Self { field, anchor: field.to_owned(), code, label: String::new(), detail: t.code("refused", code) }
    }
}

impl Problem {
    /// Creates the error of a web request from an HTTP status and an error code.
    pub(crate) fn new(status: StatusCode, code: &'static str) -> Self {
        Self { status, code, id: None, wait: None, title: None, fields: Vec::new() }
    }

    /// Attaches an error to a page that already explains the error to people. If the client is a
    /// program instead of a browser, the error middleware replaces the page by the attached error
    /// as JSON.
    pub(crate) fn attach_to(self, mut page: Response) -> Response {
        page.extensions_mut().insert(self);
        page
    }
}

impl WebError {
    /// The error for an HTTP status (such as 404 or 413) that has no more specific error code.
    pub(crate) fn status(status: StatusCode) -> Self {
        let code = match status {
            StatusCode::PAYLOAD_TOO_LARGE => "form-too-large",
            StatusCode::METHOD_NOT_ALLOWED => "wrong-method",
            StatusCode::NOT_FOUND => "not-found",
            _ => "bad-form",
        };
        Self::Problem(Problem::new(status, code))
    }

    /// The error 404 (not found), for a request whose path belongs to no web page.
    pub(crate) fn not_found() -> Self {
        Self::status(StatusCode::NOT_FOUND)
    }

    /// The error 400 (bad request) for a submitted HTML form that cannot be parsed.
    pub(crate) fn bad_form() -> Self {
        Self::status(StatusCode::BAD_REQUEST)
    }

    /// The error 403 (forbidden) for an HTML form that was not sent from a page of this site, as in
    /// cross-site request forgery (CSRF).
    pub(crate) fn csrf() -> Self {
        Self::Problem(Problem::new(StatusCode::FORBIDDEN, "foreign-form"))
    }

    /// The error 500 (internal error) for a fault of the program. The log contains the cause under
    /// an identifier that the error page shows.
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

/// The HTTP status of the response to a request whose use case (an application function) has
/// failed.
pub(crate) fn status_of(failure: &Failure) -> StatusCode {
    match failure {
        Failure::NotFound => StatusCode::NOT_FOUND,
        Failure::SignedOut => StatusCode::UNAUTHORIZED,
        Failure::Denied(_) | Failure::PasswordChangeRequired => StatusCode::FORBIDDEN,
        Failure::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Failure::Stale(
            Stale::Choice { .. }
            | Stale::Window(_)
            | Stale::Request(_)
            | Stale::NotUniform
            | Stale::TermRuns
            | Stale::OrderChanged
            | Stale::Import(_)
            | Stale::DryRunChanged
            | Stale::Lost
            | Stale::LastOfRole
            | Stale::AppointmentOver
            | Stale::NotAsSet
            | Stale::DocumentMissing
            | Stale::DocumentAltered
            | Stale::WarningAppeared,
        ) => StatusCode::CONFLICT,
        Failure::NoTerm | Failure::Unavailable(_) | Failure::Unconfirmed => StatusCode::SERVICE_UNAVAILABLE,
        Failure::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Marks a response as a redirect to the sign-in form. The error middleware adds the address of the
/// requested page to the redirect, so that the person returns there after signing in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ComesBackHere;

/// The address of the sign-in form, from which the person is redirected to the path `next` after
/// signing in.
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
    /// The key of the interface text on an error page that advises the user how to continue.
    fn advice(&self) -> &'static str {
        match (self.problem.status, self.problem.code) {
            (_, "role-missing") => "way-ask",
            (_, "no-term") => "way-no-term",
            (StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT, _) => "way-wait",
            (StatusCode::INTERNAL_SERVER_ERROR, _) => "way-report",
            (StatusCode::CONFLICT, _) => "way-look-again",
            _ => "way-home",
        }
    }
}

/// The recipient of an error, as far as it matters for the response: the language, whether the
/// recipient is a person or a program, and the address shown in the browser.
pub(crate) struct Audience {
    pub(crate) texts: Texts,
    /// Whether the recipient of an error is a program that asks for `application/problem+json`, not
    /// a person with a browser.
    pub(crate) is_program: bool,
    /// The path and query of the page to which the language links of an error page lead. Each link
    /// opens this page in another language.
    pub(crate) path: String,
}

/// Renders an error of a web request in the language of the request: as a page for a browser, or as
/// `application/problem+json` for a program.
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

/// Renders an error of a web request as JSON (RFC 9457), including the errors of single form
/// fields.
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
