//! The page of first-run setup, on which the university is named and its first registrar is
//! created. The page asks for the key that the command `serve` has printed.

use crate::client_address::client;
use crate::error::{FieldError, WebError};
use crate::form_data::{FormData, read_small_form};
use crate::form_state::{FormState, NameField};
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::redirect;
use crate::pages::access::sign_in::start_session;
use crate::routes;
use crate::security_log::{LoggedPerson, SecurityEvent, logged};
use crate::state::AppState;
use app::access::setup::{PendingSetup, RepeatedPassword, SetupFailure, pending_setup};
use app::access::setup_key::{SetupKey, SetupKeyCheck};
use askama::Template;
use askama_minify::template_minify;
use axum::extract::{Request, State};
use axum::response::Response;
use domain::name::Name;
use domain::setup::SetupForm;

#[template_minify(path = "access/setup.html")]
#[derive(Template)]
struct SetupPage {
    layout: Layout,
    t: Texts,
    pending: PendingSetup,
    form: FormState<TypedSetup>,
}

/// The submitted fields of the setup form, without the password.
#[derive(Debug, Clone, Default)]
struct TypedSetup {
    key: String,
    founding: SetupForm,
}

impl SetupPage {
    fn names(&self) -> [NameField<'_>; 3] {
        let name = self.form.values.founding.university.as_ref();
        let text = |of: fn(&Name) -> &String| name.map_or("", |name| of(name));
        [
            NameField { field: "name_kk", language: "kk", value: text(|name| &name.kk) },
            NameField { field: "name_ru", language: "ru", value: text(|name| &name.ru) },
            NameField { field: "name_en", language: "en", value: text(|name| &name.en) },
        ]
    }
}

/// `GET /setup`: shows the form of first-run setup, as long as the setup is possible.
pub(crate) async fn show(State(state): State<AppState>, texts: Texts) -> Result<Response, WebError> {
    let SetupInProgress { pending, .. } = setup_in_progress(&state).await?;
    respond(texts, pending, FormState::default())
}

/// `POST /setup`: carries out first-run setup, which names the university and creates its first
/// registrar.
pub(crate) async fn submit(
    State(state): State<AppState>,
    texts: Texts,
    request: Request,
) -> Result<Response, WebError> {
    let SetupInProgress { key, pending } = setup_in_progress(&state).await?;
    let (headers, client) = (request.headers().clone(), client(&state, &request));
    let logged_person = LoggedPerson::of(request.extensions());
    let fields = read_small_form(request).await?;
    let typed = TypedSetup { key: fields.text("key"), founding: setup_form(&fields, pending) };
    match key.check(&state.app, &typed.key, &client.address).await? {
        SetupKeyCheck::Right => {}
        SetupKeyCheck::Wrong => {
            let form = FormState::with_errors(typed, texts, &[("key", "setup-key-wrong")]);
            return Ok(logged(SecurityEvent::SetupKeyWrong, respond(texts, pending, form)?));
        }
        SetupKeyCheck::Wait { seconds } => {
            let error = FieldError::new("key", "too-many-tries", texts);
            let error = FieldError { detail: texts.count("too-many-tries", seconds), ..error };
            return respond(texts, pending, FormState::too_many_attempts(typed, seconds, texts, vec![error]));
        }
    }
    let password = RepeatedPassword { password: fields.get("new"), again: fields.get("again") };
    match state.passwords.set_up(&state.app, typed.founding.clone(), password, &client).await {
        Ok(Some(session)) => {
            logged_person.set(session.person.id);
            let response = start_session(&state, &session, &headers, routes::TERMS).await?;
            Ok(logged(SecurityEvent::SetupDone, response))
        }
        Ok(None) => Ok(logged(SecurityEvent::SetupDone, redirect(routes::SIGN_IN))),
        Err(SetupFailure::Failed(failure)) => Err(failure.into()),
        Err(SetupFailure::Wrong(wrong)) => {
            let errors: Vec<_> = wrong.iter().map(|one| (one.field(), one.code())).collect();
            respond(texts, pending, FormState::with_errors(typed, texts, &errors))
        }
    }
}

/// The part of first-run setup that still has to be done, and the key that opens it.
struct SetupInProgress {
    key: SetupKey,
    pending: PendingSetup,
}

/// Finds out what first-run setup still has to do. After the setup the result is the error 404.
async fn setup_in_progress(state: &AppState) -> Result<SetupInProgress, WebError> {
    let key = state.settings.setup_key.clone().ok_or_else(WebError::not_found)?;
    let pending = state.app.read(pending_setup).await?.ok_or_else(WebError::not_found)?;
    Ok(SetupInProgress { key, pending })
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

fn respond(texts: Texts, pending: PendingSetup, form: FormState<TypedSetup>) -> Result<Response, WebError> {
    let layout = Layout::of_visitor(texts, String::new(), routes::SETUP);
    let page = SetupPage { t: layout.t, layout, pending, form };
    page.form.respond(&page)
}
