//! Every refusal as people and programs read it: a status, one code, a way forward. The page itself is made by the guard,
//! which knows the reader's language.

use crate::i18n::Texts;
use crate::layout::Layout;
use app::failure::{Failure, Stale};
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// A request that was not carried out.
#[derive(Debug)]
pub(crate) enum WebError {
    /// A page that says why.
    Page(Problem),
    /// Sign in first, then go there.
    SignIn(String),
    /// Look there instead.
    Elsewhere(&'static str),
}

/// What the page says.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    /// The status.
    pub(crate) status: StatusCode,
    /// The code: problem type and translation key.
    pub(crate) code: &'static str,
    /// An id to quote, where the fault is ours.
    pub(crate) id: Option<String>,
    /// Seconds to wait, where waiting helps.
    pub(crate) wait: Option<i64>,
    /// Its words, where they are not simply those of the code.
    pub(crate) title: Option<String>,
    /// The wrong fields: name and what is wrong with it, in the reader's language.
    pub(crate) fields: Vec<(String, String)>,
}

impl Problem {
    /// A status and its code.
    pub(crate) fn new(status: StatusCode, code: &'static str) -> Self {
        Self { status, code, id: None, wait: None, title: None, fields: Vec::new() }
    }

    /// Says the same to programs beside a page that was made for people.
    pub(crate) fn beside(self, mut page: Response) -> Response {
        page.extensions_mut().insert(self);
        page
    }
}

impl WebError {
    /// A refusal with a status alone.
    pub(crate) fn status(status: StatusCode) -> Self {
        let code = match status {
            StatusCode::PAYLOAD_TOO_LARGE => "form-too-large",
            StatusCode::METHOD_NOT_ALLOWED => "wrong-method",
            StatusCode::NOT_FOUND => "not-found",
            _ => "bad-form",
        };
        Self::Page(Problem::new(status, code))
    }

    /// A form that cannot be read.
    pub(crate) fn bad_form() -> Self {
        Self::status(StatusCode::BAD_REQUEST)
    }

    /// A form that did not come from our own page.
    pub(crate) fn csrf() -> Self {
        Self::Page(Problem::new(StatusCode::FORBIDDEN, "foreign-form"))
    }

    /// A fault of the program.
    pub(crate) fn broken(why: &dyn std::fmt::Display) -> Self {
        Failure::Broken(why.to_string()).into()
    }

    /// Look there instead.
    pub(crate) fn go_to(path: &'static str) -> Self {
        Self::Elsewhere(path)
    }

    /// Sign in first, then go there.
    pub(crate) fn sign_in(next: &str) -> Self {
        Self::SignIn(next.to_owned())
    }
}

impl From<Failure> for WebError {
    fn from(failure: Failure) -> Self {
        let status = status_of(&failure);
        let id = (status == StatusCode::INTERNAL_SERVER_ERROR).then(|| {
            let token = app::access::session::fresh_token().unwrap_or_default();
            token.chars().take(8).collect::<String>()
        });
        match &id {
            Some(id) => tracing::error!(%failure, id, "a fault of the program"),
            None if status.is_server_error() => tracing::error!(%failure, "cannot be done now"),
            None => tracing::debug!(%failure, "refused"),
        }
        let wait = status.is_server_error().then_some(5);
        Self::Page(Problem { id, wait, ..Problem::new(status, failure.code()) })
    }
}

/// The status of a failure.
pub(crate) fn status_of(failure: &Failure) -> StatusCode {
    match failure {
        Failure::NotFound => StatusCode::NOT_FOUND,
        Failure::Denied(_) => StatusCode::FORBIDDEN,
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

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        match self {
            Self::Elsewhere(path) => Redirect::to(path).into_response(),
            Self::SignIn(next) if next == "/" => Redirect::to(crate::routes::SIGN_IN).into_response(),
            Self::SignIn(next) => {
                let next = utf8_percent_encode(&next, NON_ALPHANUMERIC);
                Redirect::to(&format!("{}?next={next}", crate::routes::SIGN_IN)).into_response()
            }
            Self::Page(said) => {
                let mut response = said.status.into_response();
                response.extensions_mut().insert(said);
                response
            }
        }
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    layout: Layout,
    t: Texts,
    said: &'a Problem,
}

/// To whom a refusal is told.
pub(crate) struct Audience {
    /// The language.
    pub(crate) texts: Texts,
    /// It is a program, which wants problem+json.
    pub(crate) is_program: bool,
    /// The page that the language links open.
    pub(crate) path: String,
}

/// A refusal in the reader's language: a page, or problem+json where a program asks.
pub(crate) fn render(said: &Problem, to: &Audience) -> Response {
    let mut response = if to.is_program { problem(said, to.texts) } else { page(said, to) };
    *response.status_mut() = said.status;
    if let Some(value) = said.wait.and_then(|wait| HeaderValue::from_str(&wait.to_string()).ok()) {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    response
}

fn page(said: &Problem, to: &Audience) -> Response {
    let layout = Layout::of_stranger(to.texts, String::new(), &to.path);
    match (ErrorPage { t: layout.t, layout, said }).render() {
        Ok(page) => Html(page).into_response(),
        Err(error) => {
            tracing::error!(%error, "the error page cannot be made");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// RFC 9457.
fn problem(said: &Problem, texts: Texts) -> Response {
    let fields = said.fields.iter().map(|(field, detail)| serde_json::json!({ "field": field, "detail": detail }));
    let body = serde_json::json!({
        "type": format!("/problems/{}", said.code),
        "title": said.title.clone().unwrap_or_else(|| texts.code("refused", said.code)),
        "status": said.status.as_u16(),
        "instance": said.id,
        "errors": fields.collect::<Vec<_>>(),
    });
    ([(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
}
