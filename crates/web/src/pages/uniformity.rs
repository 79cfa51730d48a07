//! The report on uniform choice: where instructors of one discipline chose differently.

use crate::door::Door;
use crate::frame::{Frame, page};
use crate::oops::Oops;
use crate::query::Query;
use crate::seat::Seat;
use app::reports::uniformity_report::{Report, uniformity_report};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "uniformity.html")]
struct UniformityPage {
    f: Frame,
    report: Report,
}

impl UniformityPage {
    fn total(&self) -> usize {
        self.report.units.iter().map(|(_, conflicts)| conflicts.len()).sum()
    }

    /// Units of which each is a page of its own: where more than one is shown.
    fn has_links(&self) -> bool {
        self.report.units.len() > 1
    }
}

#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    org: Option<String>,
}

/// `GET /uniformity?org=…`
pub(crate) async fn show(State(door): State<Door>, seat: Seat, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    let (actor, org) = (seat.actor(), asked.org.and_then(|id| id.parse().ok()));
    let report = door.app.read(move |desk| uniformity_report(desk, &actor, org)).await?;
    page(&UniformityPage { f: Frame::of(&seat), report })
}
