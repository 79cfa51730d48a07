//! The page on which a signed-in person changes their own password.

use crate::cookies::{SESSION, add_cookie, set_cookie};
use crate::error::{FieldError, WebError};
use crate::form_state::FormState;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::redirect;
use crate::query::{ActDone, Query};
use crate::routes;
use crate::security_log::{SecurityEvent, logged};
use crate::session::{Loaded, Session};
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::access::change_password::{NotChanged, PasswordChange};
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::response::Response;
use domain::password::PasswordError;

#[template_minify(path = "access/password.html")]
#[derive(Template)]
struct PasswordPage {
    layout: Layout,
    t: Texts,
    username: String,
    must_change: bool,
    is_done: bool,
    form: FormState<()>,
}

/// `GET /password`: shows the form on which a signed-in person changes their own password.
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    Query(done): Query<ActDone>,
) -> Result<Response, WebError> {
    respond(&state, &session, FormState::default(), done.is("changed")).await
}

/// `POST /password`: changes the password of the signed-in person. The browser gets the token of a
/// new session.
pub(crate) async fn change(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let (old, new) = (form.fields.get("old"), form.fields.get("new"));
    let changed = if new == form.fields.get("again") {
        state.passwords.change_password(&state.app, form.session.claim(), PasswordChange { old, new }).await
    } else {
        Err(PasswordError::NotRepeated.into())
    };
    let t = form.session.texts;
    let is_old_wrong = matches!(changed, Err(NotChanged::Wrong(PasswordError::OldWrong)));
    let rejected = match changed {
        Ok(token) => {
            let done = routes::after_act(routes::PASSWORD, "changed");
            let mut response = redirect(if form.sender.must_change_password { routes::START } else { &done });
            add_cookie(&mut response, &set_cookie(&state, SESSION, &token, None));
            return Ok(logged(SecurityEvent::PasswordChanged, response));
        }
        Err(NotChanged::Wrong(wrong)) => FormState::with_errors((), t, &[(wrong.field(), wrong.code())]),
        Err(NotChanged::Wait { seconds }) => {
            let error = FieldError::new("old", "too-many-tries", t);
            let error = FieldError { detail: t.count("too-many-tries", seconds), ..error };
            FormState::too_many_attempts((), seconds, t, vec![error])
        }
        Err(NotChanged::Failed(failure)) => return Err(failure.into()),
    };
    let response = respond(&state, &form.session, rejected, false).await?;
    Ok(if is_old_wrong { logged(SecurityEvent::PasswordChangeFailed, response) } else { response })
}

async fn respond(
    state: &AppState,
    session: &Session,
    form: FormState<()>,
    is_done: bool,
) -> Result<Response, WebError> {
    let Loaded { layout, signed_in, .. } = session.read(state, |_, _| Ok(())).await?;
    let mut layout = layout.at(routes::PASSWORD);
    let must_change = signed_in.must_change_password;
    if must_change {
        // A person with a one-time password can open no other page before changing the password, so
        // the menu of the page is empty.
        layout.menu.clear();
    }
    let username = signed_in.person.username;
    let page = PasswordPage { t: layout.t, layout, username, must_change, is_done, form };
    page.form.respond(&page)
}
