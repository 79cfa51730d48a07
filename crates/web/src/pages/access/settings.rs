//! What one wants to be mailed.

use crate::error::WebError;
use crate::form_data::SignedForm;
use crate::i18n::Texts;
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
    layout: Layout,
    t: Texts,
    mailing: MailSettings,
    is_saved: bool,
}

impl SettingsPage {
    fn preferences(&self) -> [MailPreference; 3] {
        MailPreference::ALL
    }
}

/// `GET /settings`
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    Query(done): Query<ActDone>,
) -> Result<Response, WebError> {
    let actor = session.actor();
    let mailing = state.app.read(move |work| mailing(work, &actor)).await?;
    page(&SettingsPage { t: session.texts, layout: Layout::of(&session), mailing, is_saved: done.is("saved") })
}

/// `POST /settings`: what cannot be read is passed over.
pub(crate) async fn save(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let actor = form.session.actor();
    let pairs = form.fields.beginning("wish-");
    let preferences: Vec<(NotificationKind, MailPreference)> = pairs
        .filter_map(|(kind, preference)| {
            Some((NotificationKind::from_code(kind)?, MailPreference::from_code(preference)?))
        })
        .collect();
    state.app.write(move |work| save_wishes(work, &actor, &preferences)).await?;
    Ok(Redirect::to(&format!("{}?did=saved", routes::SETTINGS)).into_response())
}
