//! Who sits at the other end: the session behind a cookie. It only recognises; what one may do, the policy says.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::routes;
use crate::state::AppState;
use app::access::session::{SessionStatus, SignedIn, recognise, token_hash};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use domain::digest::Digest;
use domain::name::Language;
use domain::person::{Actor, Person};
use std::convert::Infallible;

/// The cookie that holds the session's token.
pub(crate) const SESSION: &str = "emtihan";
/// The cookie that holds the language.
pub(crate) const LANGUAGE: &str = "lang";
/// The cookie that says that the language was chosen a moment ago by whoever is about to sign in.
pub(crate) const CHOSEN_AT_THE_DOOR: &str = "lang-chosen";
/// The cookie of somebody who is not signed in yet, for the sign-in form alone.
pub(crate) const DOORSTEP: &str = "doorstep";

/// Somebody who is signed in, and the words to speak to them.
#[derive(Clone)]
pub(crate) struct Session {
    /// Who.
    pub(crate) signed: SignedIn,
    /// In their language.
    pub(crate) texts: Texts,
    /// What their forms must carry.
    pub(crate) csrf: String,
    /// Path and query of the request.
    pub(crate) path: String,
}

impl Session {
    /// Who is asking, for a use case.
    pub(crate) fn actor(&self) -> Actor {
        self.signed.actor.clone()
    }

    /// Whoever signed in with a one-time password changes it before anything else.
    pub(crate) fn may_go_on(&self, path: &str) -> Result<(), WebError> {
        let is_the_way = [routes::PASSWORD, "/sign-out"].contains(&path);
        if self.signed.must_change_password && !is_the_way { Err(WebError::go_to(routes::PASSWORD)) } else { Ok(()) }
    }
}

/// What a cookie turned out to be.
pub(crate) enum Visitor {
    /// Signed in.
    Seated(Box<Session>),
    /// Was signed in; the session ran out.
    Expired(Digest, Person),
    /// A stranger.
    Stranger,
}

/// Finds out who sent a request.
pub(crate) async fn visitor(state: &AppState, parts: &Parts) -> Result<Visitor, WebError> {
    let Some(token) = cookie(&parts.headers, SESSION) else { return Ok(Visitor::Stranger) };
    let digest = token_hash(token);
    Ok(match recognise(&state.app, digest).await? {
        SessionStatus::Alive(signed) => Visitor::Seated(Box::new(Session {
            signed: *signed,
            texts: words_of(parts),
            csrf: csrf_of(token),
            path: path_of(parts),
        })),
        SessionStatus::Expired(person) => Visitor::Expired(digest, person),
        SessionStatus::Nobody => Visitor::Stranger,
    })
}

impl FromRequestParts<AppState> for Session {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, WebError> {
        match visitor(state, parts).await? {
            Visitor::Seated(session) => session.may_go_on(parts.uri.path()).map(|()| *session),
            // After signing in one can go back to a page, but not to a deed.
            _ if parts.method == Method::GET => Err(WebError::sign_in(&path_of(parts))),
            _ => Err(WebError::sign_in("/")),
        }
    }
}

impl FromRequestParts<AppState> for Texts {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Infallible> {
        Ok(words_of(parts))
    }
}

/// The words that the guard chose for this request.
pub(crate) fn words_of(parts: &Parts) -> Texts {
    parts.extensions.get::<Texts>().copied().unwrap_or(Texts::of(Language::Kk))
}

fn path_of(parts: &Parts) -> String {
    parts.uri.path_and_query().map_or_else(|| routes::GROUPS.to_owned(), ToString::to_string)
}

/// What a form must carry to come from our own page.
pub(crate) fn csrf_of(token: &str) -> String {
    Digest::of_parts([b"csrf".as_slice(), token.as_bytes()]).to_string()
}

/// The value of a cookie.
pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// A `Set-Cookie` line. `seconds` of `None` lasts until the browser is closed, 0 removes it.
pub(crate) fn set_cookie(state: &AppState, name: &str, value: &str, seconds: Option<u32>) -> String {
    let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    let secure = if state.settings.is_secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}")
}
