//! What was typed when the session ran out, shown again to the same person. Nothing is carried out.

use crate::error::WebError;
use crate::form_data::FormData;
use crate::layout::{Layout, page};
use crate::pages::choosing::choice_form::again;
use crate::pages::choosing::choice_view::ChoiceFormErrors;
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::access::restored_form::{RestoredForm, kept};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "access/restored_form.html")]
struct RestoredFormPage {
    f: Layout,
    reason: String,
    back: &'static str,
}

/// `GET /kept`
pub(crate) async fn show(State(door): State<AppState>, seat: Session) -> Result<Response, WebError> {
    let (token, person) = (seat.signed.token, seat.signed.person.id);
    let Some(form) = door.app.read(move |desk| kept(desk, token, person)).await? else {
        return Ok(Redirect::to("/").into_response());
    };
    again_or_quote(&door, &seat, &form).await
}

async fn again_or_quote(door: &AppState, seat: &Session, form: &RestoredForm) -> Result<Response, WebError> {
    let fields = FormData::parse(form.body.as_bytes());
    match form.path.as_str() {
        "/choices" | "/drafts" | "/choose" => {
            again(door, seat, &fields, (StatusCode::OK, ChoiceFormErrors::default())).await
        }
        path => {
            let decided = ["/approvals", "/returns", "/reopenings"].iter().any(|start| path.starts_with(start));
            let back = if decided { routes::QUEUE } else { "/" };
            page(&RestoredFormPage { f: Layout::of(seat), reason: fields.get("reason").to_owned(), back })
        }
    }
}
