//! What changed since a day.

use crate::door::Door;
use crate::frame::{Frame, page};
use crate::oops::Oops;
use crate::pages::reports::{Place, Tab, tabs};
use crate::query::Query;
use crate::routes;
use crate::seat::Seat;
use app::reports::changes::{Changes, changes_since};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "changes.html")]
struct ChangesPage {
    f: Frame,
    tabs: Vec<Tab>,
    found: Changes,
}

/// What the address asks for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    term: String,
    org: String,
    since: String,
}

/// `GET /changes?since=…&term=…&org=…`
pub(crate) async fn show(State(door): State<Door>, seat: Seat, Query(wanted): Query<Wanted>) -> Result<Response, Oops> {
    let place = Place { term: wanted.term, org: wanted.org };
    let (actor, asked, since) = (seat.actor(), place.asked(), wanted.since.parse().ok());
    let found = door.app.read(move |desk| changes_since(desk, &actor, (&asked, since))).await?;
    page(&ChangesPage { f: Frame::of(&seat), tabs: tabs(&seat, &place, routes::CHANGES), found })
}
