//! What was typed when the session ran out, shown again to the same person. Nothing is carried out.

use crate::error::Oops;
use crate::form_data::Fields;
use crate::layout::{Frame, page};
use crate::pages::choosing::choice_form::again;
use crate::pages::choosing::choice_view::Trouble;
use crate::routes;
use crate::session::Seat;
use crate::state::Door;
use app::access::restored_form::{Kept, kept};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "access/restored_form.html")]
struct KeptPage {
    f: Frame,
    reason: String,
    back: &'static str,
}

/// `GET /kept`
pub(crate) async fn show(State(door): State<Door>, seat: Seat) -> Result<Response, Oops> {
    let (token, person) = (seat.signed.token, seat.signed.person.id);
    let Some(form) = door.app.read(move |desk| kept(desk, token, person)).await? else {
        return Ok(Redirect::to("/").into_response());
    };
    again_or_quote(&door, &seat, &form).await
}

async fn again_or_quote(door: &Door, seat: &Seat, form: &Kept) -> Result<Response, Oops> {
    let fields = Fields::parse(form.body.as_bytes());
    match form.path.as_str() {
        "/choices" | "/drafts" | "/choose" => again(door, seat, &fields, (StatusCode::OK, Trouble::default())).await,
        path => {
            let decided = ["/approvals", "/returns", "/reopenings"].iter().any(|start| path.starts_with(start));
            let back = if decided { routes::QUEUE } else { "/" };
            page(&KeptPage { f: Frame::of(seat), reason: fields.get("reason").to_owned(), back })
        }
    }
}
