//! Chooses the interface language of a request: the parameter `?lang=`, else the language cookie,
//! else the header `Accept-Language`, else Kazakh. The parameter sets only the cookie; the language
//! in a person's record, in which emails are written, changes on the page of settings and when the
//! person signs in.

use crate::cookies::{LANGUAGE, LANGUAGE_CHOSEN, SESSION, add_cookie, cookie, set_cookie};
use crate::error::{Audience, WebError};
use crate::i18n::{Texts, accepted};
use crate::middleware::render_error;
use crate::page::redirect;
use crate::session::{Visitor, visitor};
use crate::state::AppState;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::name::Language;

/// Seconds for which a browser stores the cookie with the chosen language: one year.
pub(crate) const YEAR: u32 = 31_536_000;
/// Seconds for which the server remembers that a visitor has chosen a language. If the visitor
/// signs in within this time, the language is stored in the person's record.
const TEN_MINUTES: u32 = 600;

/// Middleware that chooses the interface language of a request. A GET request with the parameter
/// `?lang=` is answered with a cookie for the language and a redirect to the same address without
/// the parameter.
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

/// The interface language of a request without the parameter `?lang=`: from the language cookie,
/// else from the header `Accept-Language`, else Kazakh.
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
    let rest: String = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(
            form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()).filter(|(name, _)| name != "lang"),
        )
        .finish();
    let path = parts.uri.path();
    let back = if rest.is_empty() { path.to_owned() } else { format!("{path}?{rest}") };
    let mut response = redirect(&back);
    add_cookie(&mut response, &set_cookie(state, LANGUAGE, language.code(), Some(YEAR)));
    if !is_signed_in {
        add_cookie(&mut response, &set_cookie(state, LANGUAGE_CHOSEN, "1", Some(TEN_MINUTES)));
    }
    Ok(response)
}
