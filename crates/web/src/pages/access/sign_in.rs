//! Signing in and out.

use crate::error::{Problem, WebError};
use crate::form_data::read_at_the_door;
use crate::i18n::Texts;
use crate::layout::{Layout, page_with};
use crate::middleware::add_cookie;
use crate::query::Query;
use crate::routes;
use crate::session::{CHOSEN_AT_THE_DOOR, DOORSTEP, LANGUAGE, SESSION, Session, cookie, csrf_of, set_cookie};
use crate::state::AppState;
use app::access::restored_form;
use app::access::session::{choose_language, fresh_token, sign_out, token_hash};
use app::access::setup::pending_setup;
use app::access::sign_in::{NewSession, NotSignedIn};
use askama::Template;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::name::Language;
use serde::Deserialize;
use std::net::{IpAddr, SocketAddr};

#[derive(Template)]
#[template(path = "access/sign_in.html")]
struct SignInPage {
    layout: Layout,
    t: Texts,
    next: String,
    username: String,
    error: Option<String>,
    kept: bool,
    is_unopened: bool,
    demo: Vec<(String, String)>,
}

#[derive(Default, Deserialize)]
pub(crate) struct SignInQuery {
    next: Option<String>,
}

/// `GET /sign-in`
pub(crate) async fn show(
    State(state): State<AppState>,
    texts: Texts,
    Query(asked): Query<SignInQuery>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    form(&state, texts, &headers, (StatusCode::OK, None, ("", &own_path(asked.next.as_deref())))).await
}

/// `POST /sign-in`
pub(crate) async fn enter(State(state): State<AppState>, texts: Texts, request: Request) -> Result<Response, WebError> {
    let headers = request.headers().clone();
    let address = address(&state, &request);
    let fields = read_at_the_door(request).await?;
    let next = own_path(Some(fields.get("next")));
    let doorstep = cookie(&headers, DOORSTEP).map(csrf_of);
    let username = fields.get("username").to_owned();
    if doorstep.as_deref() != Some(fields.get("csrf")) {
        // The page was open for too long, or cookies are off: show it again with what was typed.
        return form(&state, texts, &headers, (StatusCode::OK, None, (&username, &next))).await;
    }
    match state.passwords.sign_in(&state.app, &username, fields.get("password"), &address).await {
        Ok(session) => welcome(&state, &session, &headers, &next).await,
        Err(NotSignedIn::Wrong) => {
            let (status, error) = (StatusCode::UNAUTHORIZED, texts.get("wrong-sign-in"));
            let page = form(&state, texts, &headers, (status, Some(error.clone()), (&username, &next))).await?;
            Ok(Problem { title: Some(error), ..Problem::new(status, "wrong-sign-in") }.beside(page))
        }
        Err(NotSignedIn::Wait { seconds }) => {
            let (status, error) = (StatusCode::TOO_MANY_REQUESTS, texts.count("too-many-tries", seconds));
            let mut page = form(&state, texts, &headers, (status, Some(error.clone()), (&username, &next))).await?;
            page.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            Ok(Problem { wait: Some(seconds), title: Some(error), ..Problem::new(status, "too-many-tries") }
                .beside(page))
        }
        Err(NotSignedIn::Failed(failure)) => Err(failure.into()),
    }
}

/// `POST /sign-out`
pub(crate) async fn leave(
    State(state): State<AppState>,
    session: Session,
    request: Request,
) -> Result<Response, WebError> {
    if read_at_the_door(request).await?.get("csrf") != session.csrf {
        return Err(WebError::csrf());
    }
    let token = session.signed.token;
    state.app.write(move |work| sign_out(work, token)).await?;
    let mut response = Redirect::to(routes::SIGN_IN).into_response();
    add_cookie(&mut response, &set_cookie(&state, SESSION, "", Some(0)));
    Ok(response)
}

type SignInPageState<'a> = (StatusCode, Option<String>, (&'a str, &'a str));

async fn form(
    state: &AppState,
    texts: Texts,
    headers: &HeaderMap,
    shown: SignInPageState<'_>,
) -> Result<Response, WebError> {
    let (status, error, (username, next)) = shown;
    let known = cookie(headers, DOORSTEP).map(str::to_owned);
    let token = known.map_or_else(fresh_token, Ok)?;
    let path = if next == "/" { routes::SIGN_IN.to_owned() } else { sign_in_for(next) };
    let page = SignInPage {
        t: texts,
        layout: Layout::of_stranger(texts, csrf_of(&token), &path),
        kept: next == "/kept",
        next: next.to_owned(),
        username: username.to_owned(),
        error,
        is_unopened: state.settings.first_key.is_some() && state.app.read(pending_setup).await?.is_some(),
        demo: state.settings.demo_accounts.clone(),
    };
    let mut response = page_with(status, &page)?;
    add_cookie(&mut response, &set_cookie(state, DOORSTEP, &token, None));
    Ok(response)
}

fn sign_in_for(next: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
    format!("{}?{query}", routes::SIGN_IN)
}

/// Answers somebody who has just signed in.
pub(crate) async fn welcome(
    state: &AppState,
    session: &NewSession,
    headers: &HeaderMap,
    next: &str,
) -> Result<Response, WebError> {
    if let Some(old) = cookie(headers, SESSION) {
        let (old, new, person) = (token_hash(old), token_hash(&session.token), session.person.id);
        state.app.write(move |work| restored_form::hand_over(work, old, new, person)).await?;
    }
    let mut response = Redirect::to(next).into_response();
    add_cookie(&mut response, &set_cookie(state, SESSION, &session.token, None));
    add_cookie(&mut response, &set_cookie(state, DOORSTEP, "", Some(0)));
    if let Some(language) = language_for(state, session, headers).await? {
        add_cookie(&mut response, &set_cookie(state, LANGUAGE, language.code(), Some(31_536_000)));
    }
    add_cookie(&mut response, &set_cookie(state, CHOSEN_AT_THE_DOOR, "", Some(0)));
    Ok(response)
}

/// What was chosen at the door a moment ago becomes the person's language; else the profile's is spoken.
async fn language_for(
    state: &AppState,
    session: &NewSession,
    headers: &HeaderMap,
) -> Result<Option<Language>, WebError> {
    let chosen = cookie(headers, CHOSEN_AT_THE_DOOR).and(cookie(headers, LANGUAGE)).and_then(Language::from_code);
    if let Some(language) = chosen {
        let person = session.person.clone();
        state.app.write(move |work| choose_language(work, &person, language)).await?;
    }
    Ok(chosen.or(session.person.locale))
}

/// Only a path of our own; anything else is the start page.
fn own_path(next: Option<&str>) -> String {
    let is_own = |path: &&str| path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\u{7f}']);
    let is_own = |path: &&str| is_own(path) && !path.chars().any(char::is_control);
    next.filter(is_own).filter(|path| !path.starts_with(routes::SIGN_IN)).unwrap_or("/").to_owned()
}

/// The client's address: the connection's, or what a trusted proxy says.
pub(crate) fn address(state: &AppState, request: &Request) -> String {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let lines = request.headers().get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let claimed: Vec<&str> = lines.flat_map(|line| line.split(',')).collect();
    let trusted = |ip: &IpAddr| state.settings.trusted_proxies.contains(ip);
    // From the nearest proxy outwards: what a trusted one says counts, up to the first that is not trusted or not readable.
    let mut client = peer;
    for next in claimed.into_iter().rev() {
        match (client.filter(trusted), next.trim().parse().ok()) {
            (Some(_), Some(ip)) => client = Some(ip),
            _ => break,
        }
    }
    match client {
        // One customer has a whole /64.
        Some(IpAddr::V6(ip)) => format!("{:x?}", ip.segments().get(..4).unwrap_or_default()),
        Some(ip) => ip.to_string(),
        None => String::new(),
    }
}
