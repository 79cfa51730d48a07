//! Changing one's own password.

use crate::error::{Problem, WebError};
use crate::form_data::SignedForm;
use crate::i18n::Texts;
use crate::layout::{Layout, page_with};
use crate::query::{ActDone, Query};
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::access::change_password::NotChanged;
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::password::PasswordError;

#[derive(Template)]
#[template(path = "access/password.html")]
struct PasswordPage {
    layout: Layout,
    t: Texts,
    username: String,
    must_change: bool,
    is_done: bool,
    errors: Vec<(&'static str, String)>,
}

impl PasswordPage {
    fn error(&self, field: &str) -> Option<&str> {
        self.errors.iter().find(|(known, _)| *known == field).map(|(_, text)| text.as_str())
    }
}

/// `GET /password`
pub(crate) async fn show(session: Session, Query(done): Query<ActDone>) -> Result<Response, WebError> {
    shown(&session, (StatusCode::OK, done.is("changed"), Vec::new()))
}

type PasswordPageState = (StatusCode, bool, Vec<(&'static str, String)>);

fn shown(session: &Session, (status, is_done, errors): PasswordPageState) -> Result<Response, WebError> {
    let mut layout = Layout { path: routes::PASSWORD.to_owned(), ..Layout::of(session) };
    let must_change = session.signed.must_change_password;
    if must_change {
        // Nothing else opens before.
        layout.menu.clear();
    }
    let username = session.signed.person.username.clone();
    page_with(status, &PasswordPage { t: layout.t, layout, username, must_change, is_done, errors })
}

/// `POST /password`
pub(crate) async fn change(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let SignedForm { session, fields, address } = form;
    let (old, new) = (fields.get("old"), fields.get("new"));
    let done = if new == fields.get("again") {
        state.passwords.change_password(&state.app, &session.signed, (old, new), &address).await
    } else {
        Err(PasswordError::NotRepeated.into())
    };
    match done {
        Ok(()) if session.signed.must_change_password => Ok(Redirect::to("/").into_response()),
        Ok(()) => Ok(Redirect::to(&format!("{}?did=changed", routes::PASSWORD)).into_response()),
        Err(NotChanged::Wrong(wrong)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            let error = (wrong.field(), session.texts.code("refused", wrong.code()));
            Ok(Problem::new(status, wrong.code()).beside(shown(&session, (status, false, vec![error]))?))
        }
        Err(NotChanged::Wait { seconds }) => {
            let (status, error) = (StatusCode::TOO_MANY_REQUESTS, session.texts.count("too-many-tries", seconds));
            let mut page = shown(&session, (status, false, vec![("old", error.clone())]))?;
            page.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            Ok(Problem { wait: Some(seconds), title: Some(error), ..Problem::new(status, "too-many-tries") }
                .beside(page))
        }
        Err(NotChanged::Failed(failure)) => Err(failure.into()),
    }
}
