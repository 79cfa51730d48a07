//! The inbox: what one was told.

use crate::error::WebError;
use crate::form_data::SignedForm;
use crate::i18n::Texts;
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
    layout: Layout,
    t: Texts,
    inbox: Inbox,
    page: i64,
}

impl InboxPage {
    fn notification_text(&self, group: &NotificationGroup) -> NotificationText {
        notification_text(self.t, &group.notification)
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
    State(state): State<AppState>,
    session: Session,
    Query(asked): Query<InboxQuery>,
) -> Result<Response, WebError> {
    let (actor, number) = (session.actor(), asked.page.unwrap_or(0).max(0));
    let inbox = state.app.read(move |work| inbox::inbox(work, &actor, number)).await?;
    page(&InboxPage { t: session.texts, layout: Layout::of(&session), inbox, page: number })
}

/// `POST /inbox/read`: some notices, or everything until a moment.
pub(crate) async fn read(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let actor = form.session.actor();
    let ids: Vec<NotificationId> = form.fields.parsed("n")?;
    let until = form.fields.get("until").parse().ok().and_then(DateTime::from_timestamp_millis);
    state
        .app
        .write(move |work| {
            inbox::read(work, &actor, &ids)?;
            until.map_or(Ok(()), |until| inbox::read_all(work, &actor, until))
        })
        .await?;
    Ok(Redirect::to(routes::INBOX).into_response())
}
