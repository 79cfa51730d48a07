//! What one wants to be mailed.

use crate::error::WebError;
use crate::form_data::SignedForm;
use crate::layout::{Layout, page};
use crate::query::{ActDone, Query};
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::notifications::inbox::{MailSettings, mailing, save_wishes};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::notification::{MailPreference, NotificationKind};

#[derive(Template)]
#[template(path = "access/settings.html")]
struct SettingsPage {
    f: Layout,
    mailing: MailSettings,
    is_saved: bool,
}

impl SettingsPage {
    fn wishes(&self) -> [MailPreference; 3] {
        MailPreference::ALL
    }
}

/// `GET /settings`
pub(crate) async fn show(
    State(door): State<AppState>,
    seat: Session,
    Query(done): Query<ActDone>,
) -> Result<Response, WebError> {
    let actor = seat.actor();
    let mailing = door.app.read(move |desk| mailing(desk, &actor)).await?;
    page(&SettingsPage { f: Layout::of(&seat), mailing, is_saved: done.is("saved") })
}

/// `POST /settings`: what cannot be read is passed over.
pub(crate) async fn save(State(door): State<AppState>, posted: SignedForm) -> Result<Response, WebError> {
    let actor = posted.seat.actor();
    let pairs = posted.fields.beginning("wish-");
    let wishes: Vec<(NotificationKind, MailPreference)> = pairs
        .filter_map(|(kind, wish)| Some((NotificationKind::from_code(kind)?, MailPreference::from_code(wish)?)))
        .collect();
    door.app.write(move |desk| save_wishes(desk, &actor, &wishes)).await?;
    Ok(Redirect::to(&format!("{}?did=saved", routes::SETTINGS)).into_response())
}
