//! Chooses the language of a request: the parameter `?lang=`, else the language cookie, else `Accept-Language`, else
//! Kazakh. The language that a signed-in person chooses is stored with the person.

use crate::error::{Audience, WebError};
use crate::i18n::{Texts, accepted};
use crate::middleware::render_error;
use crate::session::{LANGUAGE, LANGUAGE_CHOSEN, SESSION, Visitor, add_cookie, cookie, set_cookie, visitor};
use crate::state::AppState;
use app::access::session::choose_language;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use domain::name::Language;

/// Seconds for which browsers store the cookie of the chosen language.
pub(crate) const YEAR: u32 = 31_536_000;
/// Seconds after which a language chosen before signing in is no longer stored with the person who signs in.
const TEN_MINUTES: u32 = 600;

/// Middleware that chooses the language of a request. A GET request with `?lang=` is answered by a redirect that stores
/// the language in a cookie.
pub(crate) async fn choose_locale(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let asked = query_language(request.uri().query().unwrap_or_default());
    let texts = Texts::of(asked.unwrap_or_else(|| language_of(request.headers()))).in_zone(state.app.clock.zone());
    if let (Some(language), &Method::GET) = (asked, request.method()) {
        return remember_language(&state, request, language).await.unwrap_or_else(|error| {
            render_error(error.into_response(), &Audience { texts, is_program: false, path: "/".to_owned() })
        });
    }
    request.extensions_mut().insert(texts);
    let mut response = next.run(request).await;
    if let Some(language) = asked {
        add_cookie(&mut response, &set_cookie(&state, LANGUAGE, language.code(), Some(YEAR)));
    }
    response
}

fn query_language(query: &str) -> Option<Language> {
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs.find(|(name, _)| name == "lang").and_then(|(_, value)| Language::from_code(&value))
}

/// The language of a request: from the cookie, else from `Accept-Language`, else Kazakh.
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
    // Browsers would follow a path such as `//example.org` to another site.
    let back = if back.starts_with("//") { "/".to_owned() } else { back };
    let mut response = Redirect::to(&back).into_response();
    add_cookie(&mut response, &set_cookie(state, LANGUAGE, language.code(), Some(YEAR)));
    if !is_signed_in {
        add_cookie(&mut response, &set_cookie(state, LANGUAGE_CHOSEN, "1", Some(TEN_MINUTES)));
    }
    Ok(response)
}
