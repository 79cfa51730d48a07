//! What one wants to be mailed.

use crate::error::Oops;
use crate::form_data::Posted;
use crate::layout::{Frame, page};
use crate::query::{Done, Query};
use crate::routes;
use crate::session::Seat;
use crate::state::Door;
use app::notifications::inbox::{Mailing, mailing, save_wishes};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::notification::{Kind, Wish};

#[derive(Template)]
#[template(path = "access/settings.html")]
struct SettingsPage {
    f: Frame,
    mailing: Mailing,
    is_saved: bool,
}

impl SettingsPage {
    fn wishes(&self) -> [Wish; 3] {
        Wish::ALL
    }
}

/// `GET /settings`
pub(crate) async fn show(State(door): State<Door>, seat: Seat, Query(done): Query<Done>) -> Result<Response, Oops> {
    let actor = seat.actor();
    let mailing = door.app.read(move |desk| mailing(desk, &actor)).await?;
    page(&SettingsPage { f: Frame::of(&seat), mailing, is_saved: done.is("saved") })
}

/// `POST /settings`: what cannot be read is passed over.
pub(crate) async fn save(State(door): State<Door>, posted: Posted) -> Result<Response, Oops> {
    let actor = posted.seat.actor();
    let pairs = posted.fields.beginning("wish-");
    let wishes: Vec<(Kind, Wish)> =
        pairs.filter_map(|(kind, wish)| Some((Kind::from_code(kind)?, Wish::from_code(wish)?))).collect();
    door.app.write(move |desk| save_wishes(desk, &actor, &wishes)).await?;
    Ok(Redirect::to(&format!("{}?did=saved", routes::SETTINGS)).into_response())
}
