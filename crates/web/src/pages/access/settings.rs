//! The page of a person's own settings: language, mail preferences (for each kind of notification,
//! whether the person receives an email at once, once a day or never), and the sessions in which the
//! person is signed in.

use crate::cookies::{LANGUAGE, add_cookie, set_cookie};
use crate::device_name::device_name;
use crate::error::WebError;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::locale::YEAR;
use crate::page::{page, redirect};
use crate::query::{ActDone, Query};
use crate::routes;
use crate::security_log::{SecurityEvent, logged};
use crate::session::{Loaded, Session};
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::access::own_sessions::{OwnSession, end_other_sessions, end_own_session, own_sessions};
use app::access::session::choose_language;
use app::notifications::inbox::{MailSettings, mail_settings, save_mail_preferences};
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::response::Response;
use domain::name::Language;
use domain::notification::{KindPreference, MailPreference, NotificationKind};

#[template_minify(path = "access/settings.html")]
#[derive(Template)]
struct SettingsPage {
    layout: Layout,
    t: Texts,
    /// The language in which the person gets emails; the language of the page if the person has
    /// chosen none yet.
    language: Language,
    mail: MailSettings,
    sessions: Vec<OwnSession>,
    /// The key of the text that confirms the act just carried out.
    done: Option<&'static str>,
}

impl SettingsPage {
    /// The browser and the operating system of a session as text.
    fn device(&self, session: &OwnSession) -> String {
        let name = device_name(&session.user_agent);
        if name.is_empty() { self.t.get("session-device-unknown") } else { name }
    }
}

/// `GET /settings`: shows the language, the mail preferences and the sessions of the signed-in person.
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    Query(done): Query<ActDone>,
) -> Result<Response, WebError> {
    let present = session.token();
    let Loaded { layout, signed_in, data: (mail, sessions) } = session
        .read(&state, move |work, actor| Ok((mail_settings(work, actor)?, own_sessions(work, actor, present)?)))
        .await?;
    let done = done.note(&[
        ("saved", "mail-preferences-saved"),
        ("ended", "session-ended"),
        ("others-ended", "sessions-others-ended"),
    ]);
    let language = signed_in.person.locale.unwrap_or(layout.t.language);
    page(&SettingsPage { t: layout.t, layout, language, mail, sessions, done })
}

/// `POST /settings`: saves the language and the mail preferences of the signed-in person. Form fields
/// that cannot be parsed are ignored.
pub(crate) async fn save(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let wishes = form.fields.beginning("wish-").filter_map(|(kind, preference)| {
        let kind = NotificationKind::from_code(kind)?;
        Some(KindPreference { kind, preference: MailPreference::from_code(preference)? })
    });
    let preferences: Vec<KindPreference> = wishes.collect();
    let language = Language::from_code(form.fields.get("language"));
    let saved = form.session.write(&state, move |work, actor| {
        language.map_or(Ok(()), |language| choose_language(work, actor, language))?;
        save_mail_preferences(work, actor, &preferences)
    });
    saved.await?;
    let mut response = redirect(&routes::after_act(routes::SETTINGS, "saved"));
    // Somebody who reads the pages in another language than the emails keeps doing so, unless the field
    // was changed.
    if let Some(language) = language.filter(|new| form.sender.person.locale != Some(*new)) {
        add_cookie(&mut response, &set_cookie(&state, LANGUAGE, language.code(), Some(YEAR)));
    }
    Ok(response)
}

/// `POST /settings/sessions/ended`: ends one session of the signed-in person, or all except the
/// present one.
pub(crate) async fn end_session(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let present = form.session.token();
    if form.fields.has("others") {
        form.session.write(&state, move |work, actor| end_other_sessions(work, actor, present)).await?;
        return Ok(ended_session("others-ended"));
    }
    let id = form.fields.id("session")?;
    form.session.write(&state, move |work, actor| end_own_session(work, actor, id)).await?;
    Ok(ended_session("ended"))
}

fn ended_session(act: &str) -> Response {
    logged(SecurityEvent::SessionEnded, redirect(&routes::after_act(routes::SETTINGS, act)))
}
