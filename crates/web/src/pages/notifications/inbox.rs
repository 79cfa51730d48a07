//! The inbox: what one was told.

use crate::error::Oops;
use crate::form_data::Posted;
use crate::layout::{Frame, page};
use crate::notification_text::{Telling, telling};
use crate::query::Query;
use crate::routes;
use crate::session::Seat;
use crate::state::Door;
use app::notifications::inbox;
use app::notifications::inbox::Inbox;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::DateTime;
use domain::id::NoticeId;
use domain::notification::Heap;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "notifications/inbox.html")]
struct InboxPage {
    f: Frame,
    inbox: Inbox,
    page: i64,
}

impl InboxPage {
    fn telling(&self, heap: &Heap) -> Telling {
        telling(self.f.w, &heap.notice)
    }

    /// Everything until now, to the millisecond.
    fn until(&self) -> i64 {
        self.inbox.at.timestamp_millis()
    }
}

#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    page: Option<i64>,
}

/// `GET /inbox?page=…`
pub(crate) async fn show(State(door): State<Door>, seat: Seat, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    let (actor, number) = (seat.actor(), asked.page.unwrap_or(0).max(0));
    let inbox = door.app.read(move |desk| inbox::inbox(desk, &actor, number)).await?;
    page(&InboxPage { f: Frame::of(&seat), inbox, page: number })
}

/// `POST /inbox/read`: some notices, or everything until a moment.
pub(crate) async fn read(State(door): State<Door>, posted: Posted) -> Result<Response, Oops> {
    let actor = posted.seat.actor();
    let ids: Vec<NoticeId> = posted.fields.parsed("n")?;
    let until = posted.fields.get("until").parse().ok().and_then(DateTime::from_timestamp_millis);
    door.app
        .write(move |desk| {
            inbox::read(desk, &actor, &ids)?;
            until.map_or(Ok(()), |until| inbox::read_all(desk, &actor, until))
        })
        .await?;
    Ok(Redirect::to(routes::INBOX).into_response())
}
