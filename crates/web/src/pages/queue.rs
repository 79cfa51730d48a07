//! The head's review queue, also as the answer to a decision that came too late.

use crate::door::Door;
use crate::fields::Fields;
use crate::frame::{Frame, page_with};
use crate::oops::{Oops, status_of};
use crate::routes;
use crate::seat::Seat;
use app::decide::{Difference, Seen, difference};
use app::failure::Failure;
use app::review_queue::{Asked, Card, Queue, review_queue};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::choice::Deed;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "queue.html")]
struct QueuePage {
    f: Frame,
    queue: Queue,
    just: bool,
    wrong: Option<&'static str>,
    differences: Vec<Difference>,
    seen: Vec<Seen>,
    typed: String,
}

impl QueuePage {
    fn seen(&self, card: &Card) -> String {
        let seen = card.items.iter().map(|(offering, fingerprint)| format!("{}:{fingerprint}", offering.id));
        seen.collect::<Vec<_>>().join(",")
    }

    fn card_id(&self, card: &Card) -> String {
        card.first().map(|offering| format!("c-{}", offering.id)).unwrap_or_default()
    }

    fn card_label(&self, card: &Card) -> String {
        let discipline = card.first().map(|offering| self.f.w.name(&offering.discipline.name)).unwrap_or_default();
        let groups: Vec<&str> = card.items.iter().map(|(offering, _)| offering.group.as_str()).collect();
        format!("{discipline}, {}", groups.join(", "))
    }

    /// Is this the card whose decision was refused? What was typed stands there again.
    fn is_wrong(&self, card: &Card) -> bool {
        let named = |seen: &Seen| card.items.iter().any(|(offering, _)| offering.id == seen.offering);
        self.wrong.is_some() && self.seen.iter().any(named)
    }

    /// The code of the refusal.
    fn why(&self) -> &'static str {
        self.wrong.unwrap_or_default()
    }

    /// Is this the request whose answer was refused?
    fn is_asked_wrong(&self, asked: &Asked) -> bool {
        self.wrong.is_some() && self.seen.iter().any(|seen| seen.offering == asked.offering.id)
    }

    fn waiting_for_instructors(&self) -> i64 {
        self.queue.tally.not_chosen + self.queue.tally.returned
    }

    fn deed(&self, deed: &Deed) -> &'static str {
        match deed {
            Deed::Send => "sent",
            Deed::Approve => "approved",
            Deed::Return => "returned",
            Deed::Reopen => "reopened",
        }
    }

    fn undo_path(&self, deed: &Deed) -> &'static str {
        match deed {
            Deed::Return => "/returns/undo",
            Deed::Reopen => "/reopenings/undo",
            Deed::Approve | Deed::Send => "/approvals/undo",
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct Wanted {
    done: Option<String>,
}

/// `GET /queue`
pub(crate) async fn show(State(door): State<Door>, seat: Seat, Query(asked): Query<Wanted>) -> Result<Response, Oops> {
    let actor = seat.actor();
    let queue = door.app.read(move |desk| review_queue(desk, &actor)).await?;
    let (differences, seen, typed) = (Vec::new(), Vec::new(), String::new());
    let (f, just) = (Frame::of(&seat), asked.done.is_some());
    page_with(StatusCode::OK, &QueuePage { f, queue, just, wrong: None, differences, seen, typed })
}

/// The queue after a decision: where it was taken, or with what stood in its way.
pub(crate) async fn after(
    door: &Door,
    seat: &Seat,
    (done, seen, typed): (Result<(), Failure>, Vec<Seen>, String),
) -> Result<Response, Oops> {
    let failure = match done {
        Ok(()) => return Ok(Redirect::to(&format!("{}?done=1", routes::QUEUE)).into_response()),
        Err(failure @ (Failure::Refused(_) | Failure::Stale(_))) => failure,
        Err(other) => return Err(other.into()),
    };
    let (actor, shown) = (seat.actor(), seen.clone());
    let (queue, differences) = door
        .app
        .read(move |desk| {
            let mut differences = Vec::new();
            for one in &shown {
                differences.push(difference(desk, &actor, *one));
            }
            let found = differences.into_iter().filter_map(Result::ok);
            Ok((review_queue(desk, &actor)?, found.filter(changed).collect()))
        })
        .await?;
    // The language links of an answer to a form lead to the page itself.
    let f = Frame { path: routes::QUEUE.to_owned(), ..Frame::of(seat) };
    let page = QueuePage { f, queue, just: false, wrong: Some(failure.code()), differences, seen, typed };
    page_with(status_of(&failure), &page)
}

fn changed(difference: &Difference) -> bool {
    difference.then != difference.now
}

/// The ticked choices with what was shown: `offering:fingerprint`, several joined by commas.
pub(crate) fn seen(fields: &Fields) -> Result<Vec<Seen>, Oops> {
    let mut all = Vec::new();
    for one in fields.all("seen").flat_map(|value| value.split(',')).filter(|one| !one.is_empty()) {
        let read = one.split_once(':').and_then(|(offering, fingerprint)| {
            Some(Seen { offering: offering.parse().ok()?, fingerprint: fingerprint.parse().ok()? })
        });
        all.push(read.ok_or(Failure::NotFound)?);
    }
    Ok(all)
}
