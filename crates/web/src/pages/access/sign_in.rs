//! The sign-in form, signing in, and signing out.

use crate::client_address::client;
use crate::cookies::{DEVICE, LANGUAGE, LANGUAGE_CHOSEN, SESSION, SIGN_IN_TOKEN, add_cookie, cookie, set_cookie};
use crate::error::{Problem, WebError, sign_in_for};
use crate::form_data::read_small_form;
use crate::form_state::FormState;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::locale::YEAR;
use crate::page::redirect;
use crate::query::Query;
use crate::routes;
use crate::security_log::{LoggedPerson, SecurityEvent, logged};
use crate::session::{Session, csrf_of};
use crate::state::{AppState, DEMO_PASSWORD, DemoAccount};
use app::access::restored_form;
use app::access::session::{SessionClaim, choose_language, fresh_token, sign_out as end_session, token_hash};
use app::access::setup::pending_setup;
use app::access::sign_in::{Credentials, NewSession, NotSignedIn};
use askama::Template;
use askama_minify::template_minify;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::name::Language;
use serde::Deserialize;

#[template_minify(path = "access/sign_in.html")]
#[derive(Template)]
struct SignInPage {
    layout: Layout,
    t: Texts,
    form: FormState<SignInForm>,
    /// Whether the person has to sign in because the session expired while an HTML form was being
    /// filled in.
    is_expired: bool,
    is_setup_pending: bool,
    demo: Vec<DemoAccount>,
}

/// The submitted fields of the sign-in form, except the password.
#[derive(Debug, Clone)]
struct SignInForm {
    username: String,
    /// The path of the page to which the person is redirected after signing in.
    next: String,
}

#[derive(Default, Deserialize)]
pub(crate) struct SignInQuery {
    next: Option<String>,
}

/// `GET /sign-in?next=…`: shows the sign-in form. After signing in, the person is redirected to the
/// page with the path `next`.
pub(crate) async fn show(
    State(state): State<AppState>,
    texts: Texts,
    Query(query): Query<SignInQuery>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let form = SignInForm { username: String::new(), next: own_path(query.next.as_deref()) };
    respond(&state, texts, &headers, FormState::new(form)).await
}

/// `POST /sign-in`: signs a person in with username and password.
pub(crate) async fn submit(
    State(state): State<AppState>,
    texts: Texts,
    request: Request,
) -> Result<Response, WebError> {
    let headers = request.headers().clone();
    let (client, logged_person) = (client(&state, &request), LoggedPerson::of(request.extensions()));
    let fields = read_small_form(request).await?;
    let form = SignInForm { username: fields.text("username"), next: own_path(Some(fields.get("next"))) };
    if cookie(&headers, SIGN_IN_TOKEN).map(csrf_of).as_deref() != Some(fields.get("csrf")) {
        // The CSRF value is wrong when the sign-in page was open for too long or the browser stores
        // no cookies. The sign-in form is then shown again with the submitted values.
        return respond(&state, texts, &headers, FormState::new(form)).await;
    }
    let typed = Credentials { username: &form.username, password: fields.get("password") };
    let rejected = match state.passwords.sign_in(&state.app, typed, &client).await {
        Ok(session) => {
            logged_person.set(session.person.id);
            let response = start_session(&state, &session, &headers, &form.next).await?;
            return Ok(logged(SecurityEvent::SignedIn, response));
        }
        Err(NotSignedIn::Wrong { account }) => {
            if let Some(person) = account {
                logged_person.set(person);
            }
            rejected(form, texts, "wrong-sign-in")
        }
        Err(NotSignedIn::OneTimePasswordOver { account }) => {
            logged_person.set(account);
            rejected(form, texts, "one-time-password-over")
        }
        Err(NotSignedIn::Wait { seconds }) => FormState::too_many_attempts(form, seconds, texts, Vec::new()),
        Err(NotSignedIn::Failed(failure)) => return Err(failure.into()),
    };
    respond(&state, texts, &headers, rejected).await
}

/// The state of a sign-in form that was refused. `code` is the error code and the key of its text.
fn rejected(form: SignInForm, texts: Texts, code: &'static str) -> FormState<SignInForm> {
    let problem = Problem::new(StatusCode::UNAUTHORIZED, code);
    FormState::with_problem(form, Problem { title: Some(texts.get(code)), ..problem })
}

/// `POST /sign-out`: ends the session of the signed-in person.
pub(crate) async fn sign_out(
    State(state): State<AppState>,
    session: Session,
    request: Request,
) -> Result<Response, WebError> {
    let logged_person = LoggedPerson::of(request.extensions());
    logged_person.set(session.read(&state, |_, _| Ok(())).await?.signed_in.person.id);
    if read_small_form(request).await?.get("csrf") != session.csrf {
        return Err(WebError::csrf());
    }
    let token = session.token();
    session.write(&state, move |work, _| end_session(work, token)).await?;
    let mut response = redirect(routes::SIGN_IN);
    add_cookie(&mut response, &set_cookie(&state, SESSION, "", Some(0)));
    Ok(logged(SecurityEvent::SessionEnded, response))
}

async fn respond(
    state: &AppState,
    texts: Texts,
    headers: &HeaderMap,
    form: FormState<SignInForm>,
) -> Result<Response, WebError> {
    let known = cookie(headers, SIGN_IN_TOKEN).map(str::to_owned);
    let token = known.map_or_else(fresh_token, Ok)?;
    let next = form.values.next.as_str();
    let path = if next == routes::START { routes::SIGN_IN.to_owned() } else { sign_in_for(next) };
    let is_setup_pending = state.settings.setup_key.is_some() && state.app.read(pending_setup).await?.is_some();
    let layout = Layout::of_visitor(texts, csrf_of(&token), &path);
    let page = SignInPage {
        t: layout.t,
        layout,
        is_expired: next == routes::RESTORED_FORM,
        is_setup_pending,
        demo: state.settings.demo_accounts.clone(),
        form,
    };
    let mut response = page.form.respond(&page)?;
    add_cookie(&mut response, &set_cookie(state, SIGN_IN_TOKEN, &token, None));
    Ok(response)
}

/// Redirects a person who has just signed in to the requested page, and sets the cookies for the
/// session, the browser and the interface language.
pub(crate) async fn start_session(
    state: &AppState,
    session: &NewSession,
    headers: &HeaderMap,
    next: &str,
) -> Result<Response, WebError> {
    if let Some(old) = cookie(headers, SESSION) {
        restored_form::hand_over(&state.app, token_hash(old), claim_of(session)).await?;
    }
    let mut response = redirect(next);
    add_cookie(&mut response, &set_cookie(state, SESSION, &session.token, None));
    add_cookie(&mut response, &set_cookie(state, DEVICE, &session.device, Some(YEAR)));
    add_cookie(&mut response, &set_cookie(state, SIGN_IN_TOKEN, "", Some(0)));
    if let Some(language) = language_for(state, session, headers).await? {
        add_cookie(&mut response, &set_cookie(state, LANGUAGE, language.code(), Some(YEAR)));
    }
    add_cookie(&mut response, &set_cookie(state, LANGUAGE_CHOSEN, "", Some(0)));
    Ok(response)
}

/// The interface language for a person who has just signed in. A language chosen on the sign-in
/// page during the last minutes is stored in the person's record and used; otherwise the stored
/// language is used.
async fn language_for(
    state: &AppState,
    session: &NewSession,
    headers: &HeaderMap,
) -> Result<Option<Language>, WebError> {
    let chosen = cookie(headers, LANGUAGE_CHOSEN).and(cookie(headers, LANGUAGE)).and_then(Language::from_code);
    if let Some(language) = chosen {
        state.app.write_as(claim_of(session), move |work, actor| choose_language(work, actor, language)).await?;
    }
    Ok(chosen.or(session.person.locale))
}

/// The claim to act in the database as the person who has just signed in. The claim is valid even
/// if this person signed in with a one-time password and has not replaced it yet.
fn claim_of(session: &NewSession) -> SessionClaim {
    SessionClaim { token: token_hash(&session.token), may_skip_password_change: true }
}

/// Returns the given path if it belongs to this site and is not the sign-in form, otherwise the path
/// of the start page. Without this check, an attacker could make a link to the sign-in form that
/// redirects the person to another site after signing in.
fn own_path(next: Option<&str>) -> String {
    let next = next.map_or(routes::START, routes::local_or_start);
    if next.starts_with(routes::SIGN_IN) { routes::START.to_owned() } else { next.to_owned() }
}
