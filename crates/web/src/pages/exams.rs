//! What a student reads.

use crate::door::Door;
use crate::frame::{Frame, page};
use crate::oops::Oops;
use crate::seat::Seat;
use app::passport::{Passport, passport};
use askama::Template;
use axum::extract::State;
use axum::response::Response;

#[derive(Template)]
#[template(path = "exams.html")]
struct ExamsPage {
    f: Frame,
    passport: Passport,
}

/// `GET /exams`
pub(crate) async fn show(State(door): State<Door>, seat: Seat) -> Result<Response, Oops> {
    let actor = seat.actor();
    let passport = door.app.read(move |desk| passport(desk, &actor)).await?;
    page(&ExamsPage { f: Frame::of(&seat), passport })
}
