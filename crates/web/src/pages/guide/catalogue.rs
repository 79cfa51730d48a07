//! Table 1 of the rules, for everybody who is signed in.

use crate::error::Oops;
use crate::layout::{Frame, page};
use crate::session::Seat;
use crate::state::Door;
use app::catalogue::read_catalogue::rule_table;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::answer::Picked;
use domain::catalogue::{Catalogue, Row};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "guide/catalogue.html")]
struct RulesPage {
    f: Frame,
    catalogue: Arc<Catalogue>,
}

impl RulesPage {
    fn picked(&self, row: &Row) -> Picked {
        Picked::of(&self.catalogue, &row.id, "")
    }
}

/// `GET /rules`
pub(crate) async fn show(State(door): State<Door>, seat: Seat) -> Result<Response, Oops> {
    let catalogue = door.app.read(rule_table).await?;
    page(&RulesPage { f: Frame::of(&seat), catalogue })
}
