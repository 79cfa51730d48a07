//! Who is late, and what is missing.

use crate::door::Door;
use crate::frame::{Frame, page};
use crate::oops::Oops;
use crate::pages::reports::{Place, Tab, tabs};
use crate::query::{Query, address};
use crate::routes;
use crate::seat::Seat;
use app::reports::late::{Lateness, lateness};
use app::reports::progress::{Below, Responsible, Unit};
use askama::Template;
use axum::extract::State;
use axum::response::Response;

#[derive(Template)]
#[template(path = "late.html")]
struct LatePage {
    f: Frame,
    tabs: Vec<Tab>,
    place: Place,
    found: Lateness,
}

/// `GET /late?term=…&org=…`
pub(crate) async fn show(State(door): State<Door>, seat: Seat, Query(place): Query<Place>) -> Result<Response, Oops> {
    let (actor, asked) = (seat.actor(), place.asked());
    let found = door.app.read(move |desk| lateness(desk, &actor, &asked)).await?;
    page(&LatePage { f: Frame::of(&seat), tabs: tabs(&seat, &place, routes::LATE), place, found })
}

impl LatePage {
    /// A department opens its instructors here, an instructor the groups on the board.
    fn link_to(&self, unit: &Unit) -> String {
        let term = ("term", self.place.term.as_str());
        let department = self.found.outlook.department().map(|org| org.id.to_string()).unwrap_or_default();
        match unit.below {
            Below::Org(id) => address(routes::LATE, &[term, ("org", &id.to_string())]),
            Below::Instructor(whose) => {
                let person = match whose {
                    Responsible::Vacancy => "vacancy".to_owned(),
                    Responsible::Person(id) => id.to_string(),
                };
                address(routes::PROGRESS, &[term, ("org", &department), ("person", &person), ("sort", "state")])
            }
        }
    }

    fn name_of(&self, unit: &Unit) -> String {
        let name = self.f.w.name(&unit.name);
        if name.is_empty() { self.f.w.t("vacancy") } else { name.to_owned() }
    }
}
