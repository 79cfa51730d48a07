//! What was typed when the session ran out, shown again to the same person. Nothing is carried out.

use crate::door::Door;
use crate::fields::Fields;
use crate::frame::{Frame, page};
use crate::oops::Oops;
use crate::pages::choose::again;
use crate::pages::sheet::Trouble;
use crate::routes;
use crate::seat::Seat;
use app::access::kept_form::{Kept, kept};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "kept.html")]
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
