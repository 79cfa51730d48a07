//! Sessions of signed-in people: reads the session cookie, and runs application functions ("use
//! cases") in the database as the signed-in person.

use crate::cookies::{SESSION, cookie};
use crate::error::WebError;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::routes;
use crate::security_log::LoggedPerson;
use crate::state::AppState;
use app::access::session::{SessionClaim, SessionStatus, SignedIn, find_session, token_hash};
use app::failure::Failure;
use app::unit_of_work::UnitOfWork;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::digest::Digest;
use domain::name::Language;
use domain::person::Actor;
use std::convert::Infallible;

/// The session that a request claims with its cookie, before the session is looked up in the
/// database.
///
/// [`Session::read`] and [`Session::write`] look up the session, the person and the person's roles
/// in the same database transaction in which the request is carried out, so that a session that has
/// just ended cannot be used.
#[derive(Clone)]
pub(crate) struct Session {
    token: Digest,
    pub(crate) texts: Texts,
    /// The CSRF value that every HTML form of the session sends in a hidden field.
    pub(crate) csrf: String,
    /// The path and query of the address that the request asks for.
    pub(crate) path: String,
}

/// The data that a use case (an application function) returned, together with the page layout for
/// the signed-in person.
pub(crate) struct Loaded<T> {
    pub(crate) layout: Layout,
    pub(crate) signed_in: SignedIn,
    /// The data that the use case (an application function) returned; most handlers build a web
    /// page from it.
    pub(crate) data: T,
}

impl Session {
    /// Runs a use case (an application function) that reads as the signed-in person, in one
    /// snapshot of the database.
    ///
    /// # Errors
    /// Returns the failures of the use case, [`Failure::SignedOut`] if there is no active session,
    /// and [`Failure::PasswordChangeRequired`] if the person has to change a one-time password
    /// first.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        state: &AppState,
        use_case: impl FnMut(&mut UnitOfWork<'_, '_>, &Actor) -> Result<T, Failure> + Send + 'static,
    ) -> Result<Loaded<T>, Failure> {
        let read = state.app.read_as(self.claim(), use_case).await?;
        let layout = Layout::of(self.texts, self.csrf.clone(), &self.path, &read.signed_in, read.unread);
        Ok(Loaded { layout, signed_in: read.signed_in, data: read.data })
    }

    /// Runs a use case (an application function) that writes as the signed-in person, in one
    /// database transaction. The function returns after the changes were committed.
    ///
    /// # Errors
    /// Returns the same failures as [`Session::read`]: those of the use case, a missing session,
    /// and a one-time password that has to be changed first.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        state: &AppState,
        use_case: impl FnMut(&mut UnitOfWork<'_, '_>, &Actor) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        state.app.write_as(self.claim(), use_case).await
    }

    /// The claim of this request to act in the database as the person of the session. The claim is
    /// passed to use cases that need more than one database transaction: uploads, exports, roster
    /// imports and changes of passwords. Each of these transactions looks the session up again.
    pub(crate) fn claim(&self) -> SessionClaim {
        SessionClaim { token: self.token, may_skip_password_change: self.may_skip_password_change() }
    }

    /// The hash of the session token. The database stores the session, and an HTML form restored
    /// after signing in, under this hash.
    pub(crate) fn token(&self) -> Digest {
        self.token
    }

    /// Whether the requested page is open to a person who still has a one-time password. A person
    /// with a one-time password can only change the password or sign out.
    fn may_skip_password_change(&self) -> bool {
        let path = self.path.split('?').next().unwrap_or_default();
        [routes::PASSWORD, routes::SIGN_OUT].contains(&path)
    }
}

/// The sender of a request: a signed-in person, a person whose session has expired, or a visitor
/// without a session.
pub(crate) enum Visitor {
    SignedIn(Box<SignedIn>, Session),
    /// The sender of a request is a person whose session has expired. Contains the hash of the
    /// token of the expired session.
    Expired(Digest),
    /// The sender of a request has no session.
    Stranger,
}

/// Finds the sender of a request by the token in the session cookie.
pub(crate) async fn visitor(state: &AppState, parts: &Parts) -> Result<Visitor, WebError> {
    let Some(session) = session_of(parts) else { return Ok(Visitor::Stranger) };
    Ok(match find_session(&state.app, session.token).await? {
        SessionStatus::Active(signed_in) => {
            LoggedPerson::of(&parts.extensions).set(signed_in.person.id);
            Visitor::SignedIn(signed_in, session)
        }
        SessionStatus::Expired(_) => Visitor::Expired(session.token),
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

/// The interface texts in the language that the language middleware chose for a request; in Kazakh
/// if no language was chosen.
pub(crate) fn texts_of(parts: &Parts) -> Texts {
    parts.extensions.get::<Texts>().copied().unwrap_or(Texts::of(Language::Kk))
}

fn path_of(parts: &Parts) -> String {
    parts.uri.path_and_query().map_or_else(|| routes::GROUPS.to_owned(), ToString::to_string)
}

/// The CSRF value derived from the token of a session or of the sign-in cookie.
pub(crate) fn csrf_of(token: &str) -> String {
    Digest::of_parts([b"csrf".as_slice(), token.as_bytes()]).to_string()
}
