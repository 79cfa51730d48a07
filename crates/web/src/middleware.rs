//! What every request passes through: the language, the same-origin check of forms, the headers of every answer, and
//! the rendering of errors.

use crate::error::{Audience, ComesBackHere, Problem, WebError, render_problem, sign_in_for};
use crate::i18n::{Texts, accepted};
use crate::session::{LANGUAGE, LANGUAGE_CHOSEN, SESSION, Visitor, cookie, set_cookie, visitor};
use crate::state::AppState;
use app::access::session::choose_language;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use domain::name::Language;

/// How long browsers remember a language, in seconds.
pub(crate) const YEAR: u32 = 31_536_000;
/// How long a language that was chosen before signing in becomes the person's own, in seconds.
const TEN_MINUTES: u32 = 600;

/// No inline script or style anywhere; everything comes from ourselves.
pub(crate) const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    connect-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Chooses the language of the request; a GET with `?lang=` is answered by remembering that language.
pub(crate) async fn choose_locale(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let asked = query_language(request.uri().query().unwrap_or_default());
    let texts = Texts::of(asked.unwrap_or_else(|| language_of(request.headers()))).in_zone(state.app.clock.zone());
    if let (Some(language), &Method::GET) = (asked, request.method()) {
        return remember_language(&state, request, language).await.unwrap_or_else(|error| {
            render_errors(error.into_response(), &Audience { texts, is_program: false, path: "/".to_owned() })
        });
    }
    let audience = Audience { texts, is_program: wants_json(request.headers()), path: shown_path(&state, &request) };
    let comes_back_to = (request.method() == Method::GET).then(|| path_and_query(request.uri()));
    request.extensions_mut().insert(texts);
    let mut response = render_errors(next.run(request).await, &audience);
    if let Some(path) =
        comes_back_to.filter(|path| path != "/" && response.extensions().get::<ComesBackHere>().is_some())
    {
        response = Redirect::to(&sign_in_for(&path)).into_response();
    }
    if let Some(language) = asked {
        add_cookie(&mut response, &set_cookie(&state, LANGUAGE, language.code(), Some(YEAR)));
    }
    response
}

/// Renders an error in the reader's language. A page that already says what is wrong is left to people.
fn render_errors(mut response: Response, audience: &Audience) -> Response {
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

/// The page that the reader sees: the one asked for, or for a form the one it was sent from.
fn shown_path(state: &AppState, request: &Request) -> String {
    if request.method() == Method::GET {
        return path_and_query(request.uri());
    }
    let referer = request.headers().get(header::REFERER).and_then(|value| value.to_str().ok());
    let ours =
        referer.filter(|from| state.settings.origins.iter().any(|origin| from.starts_with(&format!("{origin}/"))));
    ours.and_then(|from| from.parse().ok()).map_or_else(|| "/".to_owned(), |uri| path_and_query(&uri))
}

/// The problem of an answer that the router itself gave: a status and nothing else.
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

fn query_language(query: &str) -> Option<Language> {
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs.find(|(name, _)| name == "lang").and_then(|(_, value)| Language::from_code(&value))
}

/// The cookie, else what the browser accepts, else Kazakh.
fn language_of(headers: &HeaderMap) -> Language {
    let chosen = cookie(headers, LANGUAGE).and_then(Language::from_code);
    let header = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    chosen.or_else(|| header.and_then(accepted)).unwrap_or(Language::Kk)
}

async fn remember_language(state: &AppState, request: Request, language: Language) -> Result<Response, WebError> {
    let (parts, _) = request.into_parts();
    let visitor = match cookie(&parts.headers, SESSION) {
        Some(_) => visitor(state, &parts).await?,
        None => Visitor::Stranger,
    };
    let is_signed_in = matches!(visitor, Visitor::SignedIn(..));
    if let Visitor::SignedIn(signed_in, _) = visitor {
        let person = signed_in.person;
        state.app.write(move |work| choose_language(work, &person, language)).await?;
    }
    let rest: String = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(
            form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()).filter(|(name, _)| name != "lang"),
        )
        .finish();
    let path = parts.uri.path();
    let back = if rest.is_empty() { path.to_owned() } else { format!("{path}?{rest}") };
    // A path like `//elsewhere` would leave this site.
    let back = if back.starts_with("//") { "/".to_owned() } else { back };
    let mut response = Redirect::to(&back).into_response();
    add_cookie(&mut response, &set_cookie(state, LANGUAGE, language.code(), Some(YEAR)));
    if !is_signed_in {
        add_cookie(&mut response, &set_cookie(state, LANGUAGE_CHOSEN, "1", Some(TEN_MINUTES)));
    }
    Ok(response)
}

/// Adds a `Set-Cookie` line.
pub(crate) fn add_cookie(response: &mut Response, line: &str) {
    if let Ok(value) = HeaderValue::from_str(line) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// Refuses forms that another site sent.
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
    // Browsers that send no Origin with a form send a Referer.
    let origin = origin.or_else(|| {
        let mut parts = text(header::REFERER)?.splitn(4, '/');
        Some(format!("{}//{}", parts.next()?, parts.nth(1)?))
    });
    origin.is_some_and(|origin| state.settings.origins.contains(&origin))
}

/// Adds the headers that every answer carries, unless it brought its own.
pub(crate) async fn harden(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let mut fixed = vec![
        (header::CONTENT_SECURITY_POLICY, CONTENT_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        // Nobody finds another one's pages with the Back button after signing out.
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
