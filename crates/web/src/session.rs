//! Sessions of signed-in people: the session cookie, and database reads and writes as the signed-in person.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::routes;
use crate::state::AppState;
use app::access::session::{SessionStatus, SignedIn, find_session, token_hash};
use app::failure::Failure;
use app::unit_of_work::UnitOfWork;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use domain::digest::Digest;
use domain::name::Language;
use domain::person::{Actor, Person};
use std::convert::Infallible;

/// The name of the cookie that contains the session token.
pub(crate) const SESSION: &str = "emtihan";
/// The name of the cookie that contains the chosen language.
pub(crate) const LANGUAGE: &str = "lang";
/// The name of the cookie that marks a language as chosen before signing in, so that it is stored with the person.
pub(crate) const LANGUAGE_CHOSEN: &str = "lang-chosen";
/// The name of the cookie that protects the sign-in form: its CSRF value is derived from this cookie.
pub(crate) const SIGN_IN_TOKEN: &str = "doorstep";

/// The session of a request: the token from the cookie, before the session is looked up in the database.
///
/// The session, the person and their roles are looked up in the transaction of [`Session::read`] or [`Session::write`],
/// so that they are valid for the work itself.
#[derive(Clone)]
pub(crate) struct Session {
    token: Digest,
    pub(crate) texts: Texts,
    /// The CSRF value that every web form of this session carries.
    pub(crate) csrf: String,
    /// The path and query of the request that the session belongs to.
    pub(crate) path: String,
}

/// Loaded data for a page, with the page layout of the person for whom the data was loaded.
pub(crate) struct Loaded<T> {
    pub(crate) layout: Layout,
    pub(crate) signed_in: SignedIn,
    /// The data that the use case has returned.
    pub(crate) data: T,
}

impl Session {
    /// Runs a use case that reads as the signed-in person, in one snapshot of the database.
    ///
    /// # Errors
    /// Returns the use case's failures, [`Failure::SignedOut`] and [`Failure::PasswordChangeRequired`].
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        state: &AppState,
        use_case: impl FnMut(&mut UnitOfWork<'_, '_>, &Actor) -> Result<T, Failure> + Send + 'static,
    ) -> Result<Loaded<T>, Failure> {
        let read = state.app.read_as(self.token, self.may_skip_password_change(), use_case).await?;
        let layout = Layout::of(self.texts, self.csrf.clone(), &self.path, &read.signed_in, read.unread);
        Ok(Loaded { layout, signed_in: read.signed_in, data: read.data })
    }

    /// Runs a use case that writes as the signed-in person, in one transaction; returns when the changes are durable.
    ///
    /// # Errors
    /// Returns the same failures as [`Session::read`].
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        state: &AppState,
        use_case: impl FnMut(&mut UnitOfWork<'_, '_>, &Actor) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        state.app.write_as(self.token, self.may_skip_password_change(), use_case).await
    }

    /// Looks up the signed-in person for work that needs more than one transaction: uploads, imports, passwords.
    ///
    /// # Errors
    /// Returns [`Failure::SignedOut`] and [`Failure::PasswordChangeRequired`].
    pub(crate) async fn signed_in(&self, state: &AppState) -> Result<SignedIn, Failure> {
        Ok(self.read(state, |_, _| Ok(())).await?.signed_in)
    }

    /// The hash of the session token, under which the session and its restored form are stored.
    pub(crate) fn token(&self) -> Digest {
        self.token
    }

    /// Whether a person with a one-time password may open the requested page: only changing the password and signing
    /// out are allowed.
    fn may_skip_password_change(&self) -> bool {
        let path = self.path.split('?').next().unwrap_or_default();
        [routes::PASSWORD, routes::SIGN_OUT].contains(&path)
    }
}

/// The sender of a request, as found by the session cookie.
pub(crate) enum Visitor {
    SignedIn(Box<SignedIn>, Session),
    /// Sender of a request: a person whose session has expired, with the hash of the session token.
    Expired(Digest, Person),
    /// Sender of a request: a visitor without a session.
    Stranger,
}

/// Finds the sender of a request by the session cookie.
pub(crate) async fn visitor(state: &AppState, parts: &Parts) -> Result<Visitor, WebError> {
    let Some(session) = session_of(parts) else { return Ok(Visitor::Stranger) };
    Ok(match find_session(&state.app, session.token).await? {
        SessionStatus::Active(signed_in) => Visitor::SignedIn(signed_in, session),
        SessionStatus::Expired(person) => Visitor::Expired(session.token, person),
        SessionStatus::None => Visitor::Stranger,
    })
}

fn session_of(parts: &Parts) -> Option<Session> {
    let token = cookie(&parts.headers, SESSION)?;
    Some(Session { token: token_hash(token), texts: texts_of(parts), csrf: csrf_of(token), path: path_of(parts) })
}

impl FromRequestParts<AppState> for Session {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, WebError> {
        session_of(parts).ok_or(WebError::SignInFirst { next: None })
    }
}

impl FromRequestParts<AppState> for Texts {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Infallible> {
        Ok(texts_of(parts))
    }
}

/// The interface texts in the language that the middleware chose for a request.
pub(crate) fn texts_of(parts: &Parts) -> Texts {
    parts.extensions.get::<Texts>().copied().unwrap_or(Texts::of(Language::Kk))
}

fn path_of(parts: &Parts) -> String {
    parts.uri.path_and_query().map_or_else(|| routes::GROUPS.to_owned(), ToString::to_string)
}

/// The CSRF value that is derived from a session token.
pub(crate) fn csrf_of(token: &str) -> String {
    Digest::of_parts([b"csrf".as_slice(), token.as_bytes()]).to_string()
}

/// The value of the cookie with this name in a request's headers.
pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// Builds the value of a `Set-Cookie` header. The cookie lasts for `seconds`; with `None` until the browser is closed;
/// 0 removes the cookie.
pub(crate) fn set_cookie(state: &AppState, name: &str, value: &str, seconds: Option<u32>) -> String {
    let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    let secure = if state.settings.is_secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}")
}

/// Adds a `Set-Cookie` header to a response.
pub(crate) fn add_cookie(response: &mut Response, line: &str) {
    if let Ok(value) = HeaderValue::from_str(line) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}
