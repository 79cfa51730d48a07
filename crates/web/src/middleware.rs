//! Middleware that every request passes through: it renders errors, refuses HTML forms sent from
//! other sites, and adds security headers. The language of a request is chosen by another module,
//! `locale.rs`.

use crate::error::{Audience, ComesBackHere, Problem, WebError, render_problem, sign_in_for};
use crate::i18n::Texts;
use crate::routes;
use crate::state::AppState;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use domain::name::Language;

/// The content security policy of the site: it forbids inline scripts and styles, and content from
/// other sites.
pub(crate) const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    connect-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Middleware that renders errors as pages in the language of the request. A redirect to the
/// sign-in form gets the address of the requested page, so that the person returns to that page
/// after signing in.
pub(crate) async fn render_errors(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let texts = request.extensions().get::<Texts>().copied().unwrap_or(Texts::of(Language::Kk));
    let audience = Audience { texts, is_program: wants_json(request.headers()), path: shown_path(&state, &request) };
    let comes_back_to = (request.method() == Method::GET).then(|| path_and_query(request.uri()));
    let response = next.run(request).await;
    let connection = response.headers().get(header::CONNECTION).cloned();
    let mut response = render_error(response, &audience);
    // An error page says like the response it replaces that the connection ends.
    if let Some(connection) = connection {
        response.headers_mut().insert(header::CONNECTION, connection);
    }
    let is_sign_in = response.extensions().get::<ComesBackHere>().is_some();
    match comes_back_to.filter(|path| is_sign_in && path != "/") {
        Some(path) => Redirect::to(&sign_in_for(&path)).into_response(),
        None => response,
    }
}

/// Renders the error that a handler attached to its response. If the response already is a page
/// that explains the error, a browser gets that page unchanged, and a program gets the error as
/// JSON.
pub(crate) fn render_error(mut response: Response, audience: &Audience) -> Response {
    let is_page = response.headers().contains_key(header::CONTENT_TYPE);
    let problem = response.extensions_mut().remove::<Problem>().filter(|_| audience.is_program || !is_page);
    match problem.or_else(|| router_problem(response.status(), response.headers())) {
        Some(problem) => render_problem(&problem, audience),
        None => response,
    }
}

fn path_and_query(uri: &Uri) -> String {
    routes::local_or_start(uri.path_and_query().map_or("/", |path| path.as_str())).to_owned()
}

/// The path and query of the page that the user sees in the browser: for a GET request the
/// requested page; for a submitted HTML form, the page that contains the form.
fn shown_path(state: &AppState, request: &Request) -> String {
    if request.method() == Method::GET {
        return path_and_query(request.uri());
    }
    let referer = request.headers().get(header::REFERER).and_then(|value| value.to_str().ok());
    let ours =
        referer.filter(|from| state.settings.origins.iter().any(|origin| from.starts_with(&format!("{origin}/"))));
    ours.and_then(|from| from.parse().ok()).map_or_else(|| "/".to_owned(), |uri| path_and_query(&uri))
}

/// The error for a response made by the axum router itself, such as 404 for an unknown path. A
/// response of the router has a status but no content.
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

/// Middleware that refuses an HTML form which was sent from a page of another site. It compares the
/// header `Origin` or `Referer` of the request with the addresses of this site.
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
    // Some browsers send the header `Referer` instead of `Origin` with an HTML form. In this case
    // the origin (scheme and host) is taken from `Referer`.
    let origin = origin.or_else(|| {
        let mut parts = text(header::REFERER)?.splitn(4, '/');
        Some(format!("{}//{}", parts.next()?, parts.nth(1)?))
    });
    origin.is_some_and(|origin| state.settings.origins.contains(&origin))
}

/// Middleware that adds security headers to every response, unless the handler has set a header
/// itself.
pub(crate) async fn harden(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let mut fixed = vec![
        (header::CONTENT_SECURITY_POLICY, CONTENT_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        // Browsers must not store pages. Otherwise the Back button would show a person's pages
        // after this person has signed out.
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    if state.settings.is_secure {
        fixed.push((header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains"));
    }
    for (name, value) in fixed {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}
