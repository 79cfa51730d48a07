//! The page of first-run setup, on which the university is named and its first registrar is
//! created. Only a person with the one-time key that the command `serve` prints can open the page.

use crate::client_address::client_address;
use crate::error::WebError;
use crate::form_data::{FormData, read_small_form};
use crate::form_state::{FormState, NameField};
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::redirect;
use crate::pages::access::sign_in::start_session;
use crate::query::{Query, address};
use crate::routes;
use crate::state::AppState;
use app::access::setup::{PendingSetup, RepeatedPassword, SetupFailure, pending_setup};
use askama::Template;
use askama_minify::template_minify;
use axum::extract::{Request, State};
use axum::response::Response;
use domain::digest::Digest;
use domain::name::Name;
use domain::setup::SetupForm;
use serde::Deserialize;

#[template_minify(path = "access/setup.html")]
#[derive(Template)]
struct SetupPage {
    layout: Layout,
    t: Texts,
    key: String,
    pending: PendingSetup,
    form: FormState<SetupForm>,
}

impl SetupPage {
    fn names(&self) -> [NameField<'_>; 3] {
        let name = self.form.values.university.as_ref();
        let text = |of: fn(&Name) -> &String| name.map_or("", |name| of(name));
        [
            NameField { field: "name_kk", language: "kk", value: text(|name| &name.kk) },
            NameField { field: "name_ru", language: "ru", value: text(|name| &name.ru) },
            NameField { field: "name_en", language: "en", value: text(|name| &name.en) },
        ]
    }
}

#[derive(Default, Deserialize)]
pub(crate) struct SetupQuery {
    key: Option<String>,
}

/// `GET /setup?key=…`: shows the form of first-run setup to a person with the one-time key.
pub(crate) async fn show(
    State(state): State<AppState>,
    texts: Texts,
    Query(query): Query<SetupQuery>,
) -> Result<Response, WebError> {
    let key = query.key.unwrap_or_default();
    let pending = pending_setup_for(&state, &key).await?;
    respond(texts, key, pending, FormState::default())
}

/// `POST /setup`: carries out first-run setup, which names the university and creates its first
/// registrar.
pub(crate) async fn submit(
    State(state): State<AppState>,
    texts: Texts,
    request: Request,
) -> Result<Response, WebError> {
    let (headers, client) = (request.headers().clone(), client_address(&state, &request));
    let fields = read_small_form(request).await?;
    let key = fields.text("key");
    let pending = pending_setup_for(&state, &key).await?;
    let typed = setup_form(&fields, pending);
    let password = RepeatedPassword { password: fields.get("new"), again: fields.get("again") };
    match state.passwords.set_up(&state.app, typed.clone(), password, &client).await {
        Ok(Some(session)) => start_session(&state, &session, &headers, routes::TERMS).await,
        Ok(None) => Ok(redirect(routes::SIGN_IN)),
        Err(SetupFailure::Failed(failure)) => Err(failure.into()),
        Err(SetupFailure::Wrong(wrong)) => {
            let errors: Vec<_> = wrong.iter().map(|one| (one.field(), one.code())).collect();
            respond(texts, key, pending, FormState::with_errors(typed, texts, &errors))
        }
    }
}

/// The part of first-run setup that still has to be done, if the request contains the right
/// one-time key; otherwise the error 404.
async fn pending_setup_for(state: &AppState, key: &str) -> Result<PendingSetup, WebError> {
    // The keys are compared by their hashes. If the keys themselves were compared, an attacker
    // could measure the response time and learn how many characters of a guessed key are right.
    let hash = |key: &str| Digest::of_parts([b"setup".as_slice(), key.as_bytes()]);
    let fits = state.settings.setup_key.as_ref().is_some_and(|expected| hash(expected) == hash(key));
    let pending = if fits { state.app.read(pending_setup).await? } else { None };
    pending.ok_or_else(WebError::not_found)
}

fn setup_form(fields: &FormData, pending: PendingSetup) -> SetupForm {
    let name = Name { kk: fields.trimmed("name_kk"), ru: fields.trimmed("name_ru"), en: fields.trimmed("name_en") };
    SetupForm {
        university: (!pending.has_university).then_some(name),
        username: fields.trimmed("username").to_lowercase(),
        family_name: fields.trimmed("family_name"),
        given_name: fields.trimmed("given_name"),
    }
}

fn respond(texts: Texts, key: String, pending: PendingSetup, form: FormState<SetupForm>) -> Result<Response, WebError> {
    let layout = Layout::of_visitor(texts, String::new(), &address(routes::SETUP, &[("key", &key)]));
    let page = SetupPage { t: layout.t, layout, key, pending, form };
    page.form.respond(&page)
}
