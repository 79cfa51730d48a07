//! The first opening of a house, by whoever has the key that the program said at its start.

use crate::error::{Problem, WebError};
use crate::form_data::{FormData, read_at_the_door};
use crate::i18n::Texts;
use crate::layout::{Layout, page_with};
use crate::pages::access::sign_in::{address, welcome};
use crate::query::Query;
use crate::routes;
use crate::state::AppState;
use app::access::setup::{PendingSetup, SetupFailure, pending_setup};
use askama::Template;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::digest::Digest;
use domain::limits::PASSWORD_SHORTEST;
use domain::name::Name;
use domain::setup::SetupForm;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "access/setup.html")]
struct SetupPage {
    layout: Layout,
    t: Texts,
    key: String,
    house: PendingSetup,
    typed: SetupForm,
    errors: Vec<(&'static str, &'static str)>,
}

impl SetupPage {
    fn error(&self, field: &str) -> Option<String> {
        let found = self.errors.iter().find(|(known, _)| *known == field);
        found.map(|(_, code)| self.t.code("refused", code))
    }

    fn names(&self) -> [(&'static str, &'static str, &str); 3] {
        let name = self.typed.university.as_ref();
        let text = |of: fn(&Name) -> &String| name.map_or("", |name| of(name));
        [
            ("name_kk", "kk", text(|name| &name.kk)),
            ("name_ru", "ru", text(|name| &name.ru)),
            ("name_en", "en", text(|name| &name.en)),
        ]
    }

    fn shortest(&self) -> usize {
        PASSWORD_SHORTEST
    }
}

#[derive(Default, Deserialize)]
pub(crate) struct SetupQuery {
    key: Option<String>,
}

/// `GET /setup?key=…`
pub(crate) async fn show(
    State(state): State<AppState>,
    texts: Texts,
    Query(asked): Query<SetupQuery>,
) -> Result<Response, WebError> {
    let key = asked.key.unwrap_or_default();
    let house = unopened_house(&state, &key).await?;
    shown(texts, (key, house), (StatusCode::OK, SetupForm::default(), Vec::new()))
}

/// `POST /setup`
pub(crate) async fn open(State(state): State<AppState>, texts: Texts, request: Request) -> Result<Response, WebError> {
    let (headers, address) = (request.headers().clone(), address(&state, &request));
    let fields = read_at_the_door(request).await?;
    let key = fields.get("key").to_owned();
    let house = unopened_house(&state, &key).await?;
    let typed = typed(&fields, house);
    let passwords = (fields.get("new"), fields.get("again"));
    match state.passwords.found_house(&state.app, typed.clone(), passwords, &address).await {
        Ok(Some(session)) => welcome(&state, &session, &headers, routes::TERMS).await,
        Ok(None) => Ok(Redirect::to(routes::SIGN_IN).into_response()),
        Err(SetupFailure::Failed(failure)) => Err(failure.into()),
        Err(SetupFailure::Wrong(wrong)) => {
            let (status, code) = (StatusCode::UNPROCESSABLE_ENTITY, wrong.first().map_or("", |one| one.code()));
            let errors = wrong.iter().map(|one| (one.field(), one.code())).collect();
            Ok(Problem::new(status, code).beside(shown(texts, (key, house), (status, typed, errors))?))
        }
    }
}

/// The house, if it waits for its first opening and this is the key; else there is no such page.
async fn unopened_house(state: &AppState, key: &str) -> Result<PendingSetup, WebError> {
    // Compared by hash: how long it takes says nothing about the key.
    let hash = |key: &str| Digest::of_parts([b"setup".as_slice(), key.as_bytes()]);
    let fits = state.settings.first_key.as_ref().is_some_and(|first| hash(first) == hash(key));
    let house = if fits { state.app.read(pending_setup).await? } else { None };
    house.ok_or_else(|| WebError::status(StatusCode::NOT_FOUND))
}

fn typed(fields: &FormData, house: PendingSetup) -> SetupForm {
    let text = |name: &str| fields.get(name).trim().to_owned();
    let name = Name { kk: text("name_kk"), ru: text("name_ru"), en: text("name_en") };
    SetupForm {
        university: (!house.has_university).then_some(name),
        username: text("username").to_lowercase(),
        family_name: text("family_name"),
        given_name: text("given_name"),
    }
}

type SetupPageState = (StatusCode, SetupForm, Vec<(&'static str, &'static str)>);

fn shown(
    texts: Texts,
    (key, house): (String, PendingSetup),
    (status, typed, errors): SetupPageState,
) -> Result<Response, WebError> {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("key", &key).finish();
    let layout = Layout::of_stranger(texts, String::new(), &format!("{}?{query}", routes::SETUP));
    page_with(status, &SetupPage { t: layout.t, layout, key, house, typed, errors })
}
