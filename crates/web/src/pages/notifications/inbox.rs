//! The inbox: what one was told.

use crate::error::WebError;
use crate::form_data::SignedForm;
use crate::layout::{Layout, page};
use crate::notification_text::{NotificationText, notification_text};
use crate::query::Query;
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::notifications::inbox;
use app::notifications::inbox::Inbox;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::DateTime;
use domain::id::NotificationId;
use domain::notification::NotificationGroup;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "notifications/inbox.html")]
struct InboxPage {
    f: Layout,
    inbox: Inbox,
    page: i64,
}

impl InboxPage {
    fn notification_text(&self, heap: &NotificationGroup) -> NotificationText {
        notification_text(self.f.w, &heap.notice)
    }

    /// Everything until now, to the millisecond.
    fn until(&self) -> i64 {
        self.inbox.at.timestamp_millis()
    }
}

#[derive(Default, Deserialize)]
pub(crate) struct InboxQuery {
    page: Option<i64>,
}

/// `GET /inbox?page=…`
pub(crate) async fn show(
    State(door): State<AppState>,
    seat: Session,
    Query(asked): Query<InboxQuery>,
) -> Result<Response, WebError> {
    let (actor, number) = (seat.actor(), asked.page.unwrap_or(0).max(0));
    let inbox = door.app.read(move |desk| inbox::inbox(desk, &actor, number)).await?;
    page(&InboxPage { f: Layout::of(&seat), inbox, page: number })
}

/// `POST /inbox/read`: some notices, or everything until a moment.
pub(crate) async fn read(State(door): State<AppState>, posted: SignedForm) -> Result<Response, WebError> {
    let actor = posted.seat.actor();
    let ids: Vec<NotificationId> = posted.fields.parsed("n")?;
    let until = posted.fields.get("until").parse().ok().and_then(DateTime::from_timestamp_millis);
    door.app
        .write(move |desk| {
            inbox::read(desk, &actor, &ids)?;
            until.map_or(Ok(()), |until| inbox::read_all(desk, &actor, until))
        })
        .await?;
    Ok(Redirect::to(routes::INBOX).into_response())
}
