//! What the platforms will have to carry, and two terms side by side.

use crate::door::Door;
use crate::frame::{Frame, page};
use crate::oops::Oops;
use crate::pages::reports::{Place, Tab, tabs};
use crate::query::Query;
use crate::routes;
use crate::seat::Seat;
use app::reports::platforms::{Comparison, Kind, Platforms, compare, platforms};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::id::OrgId;
use domain::load::Weight;
use domain::name::{Name, sort_key};
use domain::report::{State as Stands, Tally};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "platforms.html")]
struct PlatformsPage {
    f: Frame,
    tabs: Vec<Tab>,
    found: Platforms,
}

/// What the address asks for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    term: String,
    org: String,
    what: String,
    with: String,
}

impl Wanted {
    fn place(&self) -> Place {
        Place { term: self.term.clone(), org: self.org.clone() }
    }
}

/// `GET /platforms?term=…&org=…&what=approved`
pub(crate) async fn show(State(door): State<Door>, seat: Seat, Query(wanted): Query<Wanted>) -> Result<Response, Oops> {
    let place = wanted.place();
    let (actor, asked, is_approved_only) = (seat.actor(), place.asked(), wanted.what == "approved");
    let found = door.app.read(move |desk| platforms(desk, &actor, (&asked, is_approved_only))).await?;
    page(&PlatformsPage { f: Frame::of(&seat), tabs: tabs(&seat, &place, routes::PLATFORMS), found })
}

impl PlatformsPage {
    /// The platforms, each with its forms.
    fn platforms(&self) -> Vec<(Name, Vec<Kind>)> {
        let mut found: Vec<(Name, Vec<Kind>)> = Vec::new();
        let mut before = None;
        for kind in self.found.by_language.rows() {
            if before.as_ref() != Some(&kind.platform) {
                found.push((self.found.labels.platform(&kind.platform.1).clone(), Vec::new()));
                before = Some(kind.platform.clone());
            }
            if let Some((_, kinds)) = found.last_mut() {
                kinds.push(kind);
            }
        }
        found
    }

    /// The faculties by name.
    fn faculties(&self) -> Vec<OrgId> {
        let mut found = self.found.by_faculty.rows();
        found.sort_by_key(|id| sort_key(&self.faculty(id)));
        found
    }

    fn of_platform(&self, kinds: &[Kind]) -> Weight {
        let mut total = Weight::default();
        for kind in kinds {
            total += self.found.by_language.row(kind);
        }
        total
    }

    fn faculty(&self, id: &OrgId) -> String {
        self.found.outlook.find(*id).map(|org| self.f.w.name(&org.name).to_owned()).unwrap_or_default()
    }
}

#[derive(Template)]
#[template(path = "comparison.html")]
struct ComparisonPage {
    f: Frame,
    tabs: Vec<Tab>,
    found: Comparison,
}

/// `GET /comparison?term=…&with=…&org=…`
pub(crate) async fn side_by_side(
    State(door): State<Door>,
    seat: Seat,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Oops> {
    let place = wanted.place();
    let (actor, asked, with) = (seat.actor(), place.asked(), wanted.with.trim().to_owned());
    let with = Some(with).filter(|with| !with.is_empty());
    let found = door.app.read(move |desk| compare(desk, &actor, (&asked, with.as_deref()))).await?;
    page(&ComparisonPage { f: Frame::of(&seat), tabs: tabs(&seat, &place, routes::COMPARISON), found })
}

impl ComparisonPage {
    /// The faculties' counts, by name.
    fn faculties(&self) -> Vec<(OrgId, Tally, Tally)> {
        let mut found = self.found.faculties.clone();
        found.sort_by_key(|(id, ..)| sort_key(&self.faculty(id)));
        found
    }

    fn states(&self) -> [(&'static str, i64, i64); 4] {
        let (now, then) = &self.found.tallies;
        [Stands::Approved, Stands::InReview, Stands::Returned, Stands::NotChosen]
            .map(|state| (state.code(), now.of(state), then.of(state)))
    }

    fn faculty(&self, id: &OrgId) -> String {
        self.found.outlook.find(*id).map(|org| self.f.w.name(&org.name).to_owned()).unwrap_or_default()
    }

    /// `+12`, `−3`, `0`.
    fn difference(&self, now: &i64, then: &i64) -> String {
        match now - then {
            0 => "0".to_owned(),
            more @ 1.. => format!("+{}", self.f.w.number(more)),
            less => format!("\u{2212}{}", self.f.w.number(-less)),
        }
    }
}
