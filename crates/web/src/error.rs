//! Errors as people and programs read them: a status, one code, a way forward. The middleware renders them, because it
//! knows the reader's language.

use crate::i18n::Texts;
use crate::layout::Layout;
use crate::routes;
use app::failure::{Failure, Stale};
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// A request that was not carried out.
#[derive(Debug)]
pub(crate) enum WebError {
    /// A page that says why.
    Problem(Problem),
    /// The visitor must sign in first, and then goes to `next`: the page asked for where it is `None`.
    SignInFirst {
        /// A path of this site.
        next: Option<&'static str>,
    },
    /// Another page stands for this one.
    Redirect(&'static str),
}

/// An error as it is rendered: a page, or `application/problem+json` (RFC 9457).
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    /// The HTTP status.
    pub(crate) status: StatusCode,
    /// The code: problem type and translation key.
    pub(crate) code: &'static str,
    /// An id to quote, where the program is at fault; the log has it too.
    pub(crate) id: Option<String>,
    /// Seconds to wait, where waiting helps.
    pub(crate) wait: Option<i64>,
    /// The title, where it is not simply the text of the code.
    pub(crate) title: Option<String>,
    /// The wrong fields of a form.
    pub(crate) fields: Vec<FieldError>,
}

/// A wrong field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FieldError {
    /// The field's name.
    pub(crate) field: &'static str,
    /// The id of the element that the error summary links to.
    pub(crate) anchor: String,
    /// The code of the error.
    pub(crate) code: &'static str,
    /// The error in the reader's language.
    pub(crate) detail: String,
}

impl FieldError {
    /// The error of a field, by its code.
    pub(crate) fn new(field: &'static str, code: &'static str, t: Texts) -> Self {
        Self { field, anchor: field.to_owned(), code, detail: t.code("refused", code) }
    }
}

impl Problem {
    /// A status and its code.
    pub(crate) fn new(status: StatusCode, code: &'static str) -> Self {
        Self { status, code, id: None, wait: None, title: None, fields: Vec::new() }
    }

    /// Attaches the problem to a page that says the same to people, so that programs can be answered with the problem.
    pub(crate) fn attach_to(self, mut page: Response) -> Response {
        page.extensions_mut().insert(self);
        page
    }
}

impl WebError {
    /// An error with a status alone.
    pub(crate) fn status(status: StatusCode) -> Self {
        let code = match status {
            StatusCode::PAYLOAD_TOO_LARGE => "form-too-large",
            StatusCode::METHOD_NOT_ALLOWED => "wrong-method",
            StatusCode::NOT_FOUND => "not-found",
            _ => "bad-form",
        };
        Self::Problem(Problem::new(status, code))
    }

    /// A page that does not exist.
    pub(crate) fn not_found() -> Self {
        Self::status(StatusCode::NOT_FOUND)
    }

    /// A form that cannot be read.
    pub(crate) fn bad_form() -> Self {
        Self::status(StatusCode::BAD_REQUEST)
    }

    /// A form that did not come from a page of this site.
    pub(crate) fn csrf() -> Self {
        Self::Problem(Problem::new(StatusCode::FORBIDDEN, "foreign-form"))
    }

    /// A fault of the program.
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

/// The status of a failure.
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

/// Marks a redirect to the sign-in form whose `next` the middleware fills in: the page that was asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ComesBackHere;

/// The sign-in form that leads to `next` afterwards.
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

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    layout: Layout,
    t: Texts,
    problem: &'a Problem,
}

/// The reader of an error.
pub(crate) struct Audience {
    /// The texts in the reader's language.
    pub(crate) texts: Texts,
    /// The reader is a program, which wants problem+json.
    pub(crate) is_program: bool,
    /// The page that the language links open.
    pub(crate) path: String,
}

/// Renders an error in the reader's language: a page, or problem+json where a program asks.
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

/// The problem as JSON (RFC 9457), with its fields.
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
