//! Middleware that every request passes through: rendering of errors, the same-origin check of forms, response headers.
//! `locale.rs` chooses the language.

use crate::error::{Audience, ComesBackHere, Problem, WebError, render_problem, sign_in_for};
use crate::i18n::Texts;
use crate::state::AppState;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use domain::name::Language;

/// The content security policy of the site: no inline scripts or styles, and everything is loaded from this site.
pub(crate) const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    connect-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Middleware that renders errors in the reader's language, and makes the sign-in form redirect to the requested page.
pub(crate) async fn render_errors(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let texts = request.extensions().get::<Texts>().copied().unwrap_or(Texts::of(Language::Kk));
    let audience = Audience { texts, is_program: wants_json(request.headers()), path: shown_path(&state, &request) };
    let comes_back_to = (request.method() == Method::GET).then(|| path_and_query(request.uri()));
    let response = render_error(next.run(request).await, &audience);
    let is_sign_in = response.extensions().get::<ComesBackHere>().is_some();
    match comes_back_to.filter(|path| is_sign_in && path != "/") {
        Some(path) => Redirect::to(&sign_in_for(&path)).into_response(),
        None => response,
    }
}

/// Renders the error that is attached to a response. If the page already explains the error, people get that page
/// unchanged.
pub(crate) fn render_error(mut response: Response, audience: &Audience) -> Response {
    let is_page = response.headers().contains_key(header::CONTENT_TYPE);
    let problem = response.extensions_mut().remove::<Problem>().filter(|_| audience.is_program || !is_page);
    match problem.or_else(|| router_problem(response.status(), response.headers())) {
        Some(problem) => render_problem(&problem, audience),
        None => response,
    }
}

fn path_and_query(uri: &Uri) -> String {
    uri.path_and_query().map_or("/", |path| path.as_str()).to_owned()
}

/// The address of the page that the reader sees: the requested page, or for a submitted form the page with the form.
fn shown_path(state: &AppState, request: &Request) -> String {
    if request.method() == Method::GET {
        return path_and_query(request.uri());
    }
    let referer = request.headers().get(header::REFERER).and_then(|value| value.to_str().ok());
    let ours =
        referer.filter(|from| state.settings.origins.iter().any(|origin| from.starts_with(&format!("{origin}/"))));
    ours.and_then(|from| from.parse().ok()).map_or_else(|| "/".to_owned(), |uri| path_and_query(&uri))
}

/// The error of a response of the axum router itself, which has only an HTTP status.
fn router_problem(status: StatusCode, headers: &HeaderMap) -> Option<Problem> {
    let is_ours = headers.contains_key(header::CONTENT_TYPE);
    let known = [StatusCode::NOT_FOUND, StatusCode::METHOD_NOT_ALLOWED, StatusCode::PAYLOAD_TOO_LARGE];
    match WebError::status(status) {
        WebError::Problem(problem) if !is_ours && known.contains(&status) => Some(problem),
        _ => None,
    }
}

fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.contains("json") && !accept.contains("text/html")
}

/// Middleware that refuses a web form which was sent from another site, by its `Origin` or `Referer`.
pub(crate) async fn same_origin(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let is_safe = [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
    if is_safe || is_same_origin(&state, request.headers()) {
        next.run(request).await
    } else {
        WebError::csrf().into_response()
    }
}

fn is_same_origin(state: &AppState, headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let origin = text(header::ORIGIN).map(str::to_owned);
    // Some browsers send `Referer` instead of `Origin` with a form.
    let origin = origin.or_else(|| {
        let mut parts = text(header::REFERER)?.splitn(4, '/');
        Some(format!("{}//{}", parts.next()?, parts.nth(1)?))
    });
    origin.is_some_and(|origin| state.settings.origins.contains(&origin))
}

/// Middleware that adds the security headers to every response that has not set them itself.
pub(crate) async fn harden(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let mut fixed = vec![
        (header::CONTENT_SECURITY_POLICY, CONTENT_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        // After signing out, the Back button must not show the pages of the person who was signed in.
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    if state.settings.is_secure {
        fixed.push((header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"));
    }
    for (name, value) in fixed {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}
