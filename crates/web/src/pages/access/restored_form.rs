//! What was typed when the session ran out, shown again to the same person. Nothing is carried out.

use crate::error::WebError;
use crate::form_data::FormData;
use crate::i18n::Texts;
use crate::layout::{Layout, page};
use crate::pages::choosing::choice_form::again;
use crate::pages::choosing::choice_view::ChoiceFormErrors;
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::access::restored_form::{RestoredForm, find};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "access/restored_form.html")]
struct RestoredFormPage {
    layout: Layout,
    t: Texts,
    reason: String,
    back: &'static str,
}

/// `GET /kept`
pub(crate) async fn show(State(state): State<AppState>, session: Session) -> Result<Response, WebError> {
    let (token, person) = (session.signed.token, session.signed.person.id);
    let Some(form) = state.app.read(move |work| find(work, token, person)).await? else {
        return Ok(Redirect::to("/").into_response());
    };
    again_or_quote(&state, &session, &form).await
}

async fn again_or_quote(state: &AppState, session: &Session, form: &RestoredForm) -> Result<Response, WebError> {
    let fields = FormData::parse(form.body.as_bytes());
    match form.path.as_str() {
        "/choices" | "/drafts" | "/choose" => {
            again(state, session, &fields, (StatusCode::OK, ChoiceFormErrors::default())).await
        }
        path => {
            let decided = ["/approvals", "/returns", "/reopenings"].iter().any(|start| path.starts_with(start));
            let back = if decided { routes::QUEUE } else { "/" };
            page(&RestoredFormPage {
                t: session.texts,
                layout: Layout::of(session),
                reason: fields.get("reason").to_owned(),
                back,
            })
        }
    }
}
