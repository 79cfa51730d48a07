//! What every request passes: which language, where a form may come from, which headers every answer carries, and how a
//! refusal looks.

use crate::error;
use crate::error::{Audience, Problem, WebError};
use crate::i18n::{Texts, accepted};
use crate::session::{CHOSEN_AT_THE_DOOR, LANGUAGE, SESSION, Visitor, cookie, set_cookie, visitor};
use crate::state::AppState;
use app::access::session::choose_language;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use domain::name::Language;

/// No inline script or style anywhere; everything comes from ourselves.
pub(crate) const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    connect-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Chooses the language, and answers `?lang=` by remembering it.
pub(crate) async fn speak(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let asked = query_language(request.uri().query().unwrap_or_default());
    let texts = Texts::of(asked.unwrap_or_else(|| language_of(request.headers()))).in_zone(state.app.clock.zone());
    if let (Some(language), &Method::GET) = (asked, request.method()) {
        return remember(&state, request, language).await.unwrap_or_else(|error| {
            dress(error.into_response(), &Audience { texts, is_program: false, path: "/".to_owned() })
        });
    }
    let audience = Audience { texts, is_program: wants_json(request.headers()), path: shown_path(&state, &request) };
    request.extensions_mut().insert(texts);
    let mut response = dress(next.run(request).await, &audience);
    if let Some(language) = asked {
        add_cookie(&mut response, &set_cookie(&state, LANGUAGE, language.code(), Some(31_536_000)));
    }
    response
}

/// Turns a refusal into a page in the reader's language. A page that says it already is left to people.
fn dress(mut response: Response, to: &Audience) -> Response {
    let is_page = response.headers().contains_key(header::CONTENT_TYPE);
    let said = response.extensions_mut().remove::<Problem>().filter(|_| to.is_program || !is_page);
    match said.or_else(|| bare(response.status(), response.headers())) {
        Some(said) => error::render(&said, to),
        None => response,
    }
}

/// The page that a reader has before them: this one, or for a form the one it came from.
fn shown_path(state: &AppState, request: &Request) -> String {
    let own = |uri: &Uri| uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    if request.method() == Method::GET {
        return own(request.uri());
    }
    let referer = request.headers().get(header::REFERER).and_then(|value| value.to_str().ok());
    let ours =
        referer.filter(|from| state.settings.origins.iter().any(|origin| from.starts_with(&format!("{origin}/"))));
    ours.and_then(|from| from.parse().ok()).map_or_else(|| "/".to_owned(), |uri| own(&uri))
}

/// A refusal of the router itself has a status and nothing else.
fn bare(status: StatusCode, headers: &HeaderMap) -> Option<Problem> {
    let is_ours = headers.contains_key(header::CONTENT_TYPE);
    let known = [StatusCode::NOT_FOUND, StatusCode::METHOD_NOT_ALLOWED, StatusCode::PAYLOAD_TOO_LARGE];
    match WebError::status(status) {
        WebError::Page(said) if !is_ours && known.contains(&status) => Some(said),
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

async fn remember(state: &AppState, request: Request, language: Language) -> Result<Response, WebError> {
    let (parts, _) = request.into_parts();
    let who = match cookie(&parts.headers, SESSION) {
        Some(_) => visitor(state, &parts).await?,
        None => Visitor::Stranger,
    };
    let is_at_the_door = !matches!(who, Visitor::Seated(_));
    if let Visitor::Seated(session) = who {
        let person = session.signed.person;
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
    add_cookie(&mut response, &set_cookie(state, LANGUAGE, language.code(), Some(31_536_000)));
    if is_at_the_door {
        add_cookie(&mut response, &set_cookie(state, CHOSEN_AT_THE_DOOR, "1", Some(600)));
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
    if is_safe || is_from_ourselves(&state, request.headers()) {
        next.run(request).await
    } else {
        WebError::csrf().into_response()
    }
}

fn is_from_ourselves(state: &AppState, headers: &HeaderMap) -> bool {
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
