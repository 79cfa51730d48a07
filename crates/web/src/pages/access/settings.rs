//! The page of mail preferences: for each kind of notification, whether a person receives an email
//! at once, once a day or never.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::{page, redirect};
use crate::query::{ActDone, Query};
use crate::routes;
use crate::session::{Loaded, Session};
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::notifications::inbox::{MailSettings, mail_settings, save_mail_preferences};
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::response::Response;
use domain::notification::{KindPreference, MailPreference, NotificationKind};

#[template_minify(path = "access/settings.html")]
#[derive(Template)]
struct SettingsPage {
    layout: Layout,
    t: Texts,
    mail: MailSettings,
    is_saved: bool,
}

/// `GET /settings`: shows the mail preferences of the signed-in person.
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    Query(done): Query<ActDone>,
) -> Result<Response, WebError> {
    let Loaded { layout, data: mail, .. } = session.read(&state, mail_settings).await?;
    page(&SettingsPage { t: layout.t, layout, mail, is_saved: done.is("saved") })
}

/// `POST /settings`: saves the mail preferences of the signed-in person. Form fields that cannot be
/// parsed are ignored.
pub(crate) async fn save(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let wishes = form.fields.beginning("wish-").filter_map(|(kind, preference)| {
        let kind = NotificationKind::from_code(kind)?;
        Some(KindPreference { kind, preference: MailPreference::from_code(preference)? })
    });
    let preferences: Vec<KindPreference> = wishes.collect();
    form.session.write(&state, move |work, actor| save_mail_preferences(work, actor, &preferences)).await?;
    Ok(redirect(&routes::after_act(routes::SETTINGS, "saved")))
}
