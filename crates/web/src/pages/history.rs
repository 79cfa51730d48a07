//! Searching the history.

use crate::door::Door;
use crate::frame::{Frame, page};
use crate::oops::Oops;
use crate::pages::reports::{Place, Tab, tabs};
use crate::query::{Query, address};
use crate::routes;
use crate::seat::Seat;
use app::records::search_history::{ACTS, About, Asked, Line, Mark, Page, search_history};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use chrono::DateTime;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "history.html")]
struct HistoryPage {
    f: Frame,
    tabs: Vec<Tab>,
    wanted: Wanted,
    found: Page,
}

/// What the address asks for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    who: String,
    act: String,
    from: String,
    until: String,
    before: String,
}

/// `GET /history?who=…&act=…&from=…&until=…&before=…`
pub(crate) async fn show(State(door): State<Door>, seat: Seat, Query(wanted): Query<Wanted>) -> Result<Response, Oops> {
    let asked = Asked {
        who: wanted.who.trim().chars().take(100).collect(),
        act: ACTS.iter().find(|act| **act == wanted.act).map(|act| (*act).to_owned()).unwrap_or_default(),
        from: wanted.from.parse().ok(),
        until: wanted.until.parse().ok(),
        before: read_mark(&wanted.before),
    };
    let actor = seat.actor();
    let found = door.app.read(move |desk| search_history(desk, &actor, &asked)).await?;
    page(&HistoryPage { f: Frame::of(&seat), tabs: tabs(&seat, &Place::default(), routes::HISTORY), wanted, found })
}

/// A place in the history in an address: milliseconds, line and chain.
fn read_mark(text: &str) -> Option<Mark> {
    let mut parts = text.splitn(3, '.');
    let at = DateTime::from_timestamp_millis(parts.next()?.parse().ok()?)?;
    let sequence = parts.next()?.parse().ok()?;
    let subject: String = parts.next()?.chars().filter(|letter| *letter != '\0').take(100).collect();
    Some(Mark { at, subject, sequence })
}

impl HistoryPage {
    fn acts(&self) -> &'static [&'static str] {
        ACTS
    }

    fn act(&self, line: &Line) -> String {
        let (key, act) = (format!("act-{}", line.told.line.act), &line.told.line.act);
        if self.f.w.has(&key) { self.f.w.t(&key) } else { act.clone() }
    }

    fn next(&self) -> Option<String> {
        let Mark { at, subject, sequence } = self.found.next.as_ref()?;
        let before = format!("{}.{sequence}.{subject}", at.timestamp_millis());
        let Wanted { who, act, from, until, .. } = &self.wanted;
        let pairs = [("who", who.as_str()), ("act", act), ("from", from), ("until", until), ("before", &before)];
        Some(address(routes::HISTORY, &pairs))
    }
}
