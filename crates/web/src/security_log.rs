//! The security log: one line of the program's log for each request that concerns security, such as
//! a failed attempt to sign in, a refused request, or the change of a password or a role. A line
//! never contains what somebody typed: a password is easily typed into the field of the user name.

use crate::client_address::client_address;
use crate::cookies::{SESSION, cookie};
use crate::error::Problem;
use crate::state::AppState;
use app::access::session::{SessionStatus, find_session, fresh_token, token_hash};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use domain::digest::Digest;
use domain::id::PersonId;
use std::sync::{Arc, OnceLock};
use tracing::Instrument;

/// The number of characters of the random identifier that the log gives to a request.
const REQUEST_ID_LENGTH: usize = 16;

/// A kind of request that the security log contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SecurityEvent {
    SignedIn,
    /// The user name or the password was wrong, or the one-time password was not valid any more.
    SignInFailed,
    /// An attempt to sign in, to change a password or to use a setup key has to wait, because too
    /// many attempts have failed.
    Throttled,
    /// A signed-in person asked for something that their roles do not allow.
    Denied,
    /// A form was refused that was not sent from a page of this site (cross-site request forgery).
    CsrfRefused,
    SessionEnded,
    PasswordChanged,
    PasswordChangeFailed,
    OneTimePasswordSet,
    /// An account was enabled or disabled.
    AccountChanged,
    /// A person was appointed to a role, or an appointment was changed or ended.
    RoleChanged,
    /// The first-run setup was done.
    SetupDone,
    SetupKeyWrong,
    /// A roster or a catalogue was uploaded.
    FileImported,
    RosterApplied,
    RosterUndone,
    CataloguePublished,
    /// A report, a roster, a catalogue or a document was downloaded as a file.
    Exported,
}

impl SecurityEvent {
    /// The code of the event in the log.
    fn code(self) -> &'static str {
        match self {
            Self::SignedIn => "signed-in",
            Self::SignInFailed => "sign-in-failed",
            Self::Throttled => "throttled",
            Self::Denied => "denied",
            Self::CsrfRefused => "csrf-refused",
            Self::SessionEnded => "session-ended",
            Self::PasswordChanged => "password-changed",
            Self::PasswordChangeFailed => "password-change-failed",
            Self::OneTimePasswordSet => "one-time-password-set",
            Self::AccountChanged => "account-changed",
            Self::RoleChanged => "role-changed",
            Self::SetupDone => "setup-done",
            Self::SetupKeyWrong => "setup-key-wrong",
            Self::FileImported => "file-imported",
            Self::RosterApplied => "roster-applied",
            Self::RosterUndone => "roster-undone",
            Self::CataloguePublished => "catalogue-published",
            Self::Exported => "exported",
        }
    }

    /// Whether the event is a failed attempt to prove who somebody is. Its sender is not necessarily the
    /// person who is signed in in the same browser.
    fn is_failed_attempt(self) -> bool {
        matches!(self, Self::SignInFailed | Self::Throttled | Self::SetupKeyWrong)
    }

    /// The event of a refused request, by the error that its response carries.
    fn of_problem(problem: &Problem) -> Option<Self> {
        match (problem.status, problem.code) {
            (StatusCode::TOO_MANY_REQUESTS, _) => Some(Self::Throttled),
            (StatusCode::FORBIDDEN, "foreign-form") => Some(Self::CsrfRefused),
            (StatusCode::FORBIDDEN, _) => Some(Self::Denied),
            (StatusCode::UNAUTHORIZED, _) => Some(Self::SignInFailed),
            _ => None,
        }
    }
}

/// Marks a response so that the security log gets a line with the given event.
pub(crate) fn logged(event: SecurityEvent, mut response: Response) -> Response {
    response.extensions_mut().insert(event);
    response
}

/// The person that the security log names for a request. A handler sets it if the request's session
/// cookie does not show who it was: the person signed in, or ended this session.
#[derive(Clone, Default)]
pub(crate) struct LoggedPerson(Arc<OnceLock<PersonId>>);

impl LoggedPerson {
    /// The holder that the middleware has attached to a request.
    pub(crate) fn of(extensions: &axum::http::Extensions) -> Self {
        extensions.get::<Self>().cloned().unwrap_or_default()
    }

    /// Names the person of the request. Has no effect if the request has a person already.
    pub(crate) fn set(&self, person: PersonId) {
        self.0.get_or_init(|| person);
    }
}

/// Middleware that writes the security log. Everything that is logged while the request is carried
/// out, also an internal error, gets the request's random identifier, method, route and network
/// address.
pub(crate) async fn write_security_log(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("", MatchedPath::as_str);
    let id: String = fresh_token().unwrap_or_default().chars().take(REQUEST_ID_LENGTH).collect();
    let address = client_address(&state, &request);
    let span = tracing::info_span!("request", id, method = request.method().as_str(), route, address);
    let sent = SentRequest::of(&request);
    request.extensions_mut().insert(sent.person.clone());
    async move {
        let response = next.run(request).await;
        if let Some(event) = sent.event(&response) {
            let person = sent.person(&state, event).await.map(|person| person.to_string());
            // The address of a page is typed by whoever asks for it. It is logged only if the request
            // was carried out, because then it is the address of a page that exists.
            let path = response.status().is_success() || response.status().is_redirection();
            let path = path.then_some(sent.path.as_str());
            tracing::info!(event = event.code(), person, path, status = response.status().as_u16(), "security");
        }
        response
    }
    .instrument(span)
    .await
}

/// The parts of a request that the security log needs after the request was carried out.
struct SentRequest {
    method: Method,
    path: String,
    token: Option<Digest>,
    person: LoggedPerson,
}

impl SentRequest {
    fn of(request: &Request) -> Self {
        Self {
            method: request.method().clone(),
            path: request.uri().path().to_owned(),
            token: cookie(request.headers(), SESSION).map(token_hash),
            person: LoggedPerson::default(),
        }
    }

    /// The event for which the response of the request is logged; `None` if it is not logged.
    fn event(&self, response: &Response) -> Option<SecurityEvent> {
        let extensions = response.extensions();
        let noted = extensions.get::<SecurityEvent>().copied();
        let refused = || extensions.get::<Problem>().and_then(SecurityEvent::of_problem);
        noted.or_else(refused).or_else(|| self.is_export(response).then_some(SecurityEvent::Exported))
    }

    fn is_export(&self, response: &Response) -> bool {
        let disposition = response.headers().get(header::CONTENT_DISPOSITION);
        let is_file = disposition.is_some_and(|value| value.as_bytes().starts_with(b"attachment"));
        self.method == Method::GET && response.status() == StatusCode::OK && is_file
    }

    /// The person of the request: the one that the handler named, or else the person of the session.
    async fn person(&self, state: &AppState, event: SecurityEvent) -> Option<PersonId> {
        if self.person.0.get().is_some() || event.is_failed_attempt() {
            return self.person.0.get().copied();
        }
        match find_session(&state.app, self.token?).await {
            Ok(SessionStatus::Active(signed_in)) => Some(signed_in.person.id),
            Ok(SessionStatus::Expired(person)) => Some(person.id),
            Ok(SessionStatus::None) | Err(_) => None,
        }
    }
}
