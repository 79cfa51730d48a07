//! The notifications page, which lists the notifications of the signed-in person (the inbox).

use crate::error::WebError;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::notification_text::{NotificationText, notification_text};
use crate::page::{page, redirect};
use crate::query::{Query, address};
use crate::routes;
use crate::session::{Loaded, Session};
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::notifications::inbox;
use app::notifications::inbox::Inbox;
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::response::Response;
use chrono::DateTime;
use domain::id::NotificationId;
use domain::notification::NotificationGroup;
use serde::Deserialize;

#[template_minify(path = "notifications/inbox.html")]
#[derive(Template)]
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

    fn is_unread(&self, group: &NotificationGroup) -> bool {
        group.notification.read_at.is_none()
    }

    /// The address that shows the next notifications in the list: older ones than those on the
    /// current page.
    fn older_page(&self) -> String {
        address(routes::NOTIFICATIONS, &[("page", &(self.page + 1).to_string())])
    }

    /// The time, in milliseconds since 1970, at which the notifications were loaded. The button
    /// "mark all as read" applies to notifications up to this time.
    fn until(&self) -> i64 {
        self.inbox.at.timestamp_millis()
    }
}

#[derive(Default, Deserialize)]
pub(crate) struct InboxQuery {
    page: Option<i64>,
}

/// `GET /notifications?page=…`: lists the notifications of the signed-in person, newest first.
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    Query(asked): Query<InboxQuery>,
) -> Result<Response, WebError> {
    let number = asked.page.unwrap_or(0).max(0);
    let Loaded { layout, data: inbox, .. } =
        session.read(&state, move |work, actor| inbox::inbox(work, actor, number)).await?;
    page(&InboxPage { t: layout.t, layout, inbox, page: number })
}

/// `POST /notifications/read`: marks the selected notifications as read, or all notifications that
/// were created up to a certain time.
pub(crate) async fn read(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let ids: Vec<NotificationId> = form.fields.parsed("n")?;
    let until = form.fields.get("until").parse().ok().and_then(DateTime::from_timestamp_millis);
    let read = form.session.write(&state, move |work, actor| {
        inbox::read(work, actor, &ids)?;
        until.map_or(Ok(()), |until| inbox::read_all(work, actor, until))
    });
    read.await?;
    Ok(redirect(routes::NOTIFICATIONS))
}
