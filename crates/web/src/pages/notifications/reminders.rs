//! Reminding those who have not chosen: first whom and with which words, then the deed.

use crate::email::{EmailText, email_text};
use crate::error::WebError;
use crate::form_data::SignedForm;
use crate::i18n::Texts;
use crate::layout::{Layout, page};
use crate::query::Query;
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::notifications::remind::{ReminderPreview, remind, reminding};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::id::{NotificationId, OrgId};
use domain::name::Language;
use domain::notification::{Notification, NotificationContent, NotificationGroup, NotificationKind};
use domain::person::Person;
use serde::Deserialize;

/// The texts of so many people are shown; of the others only the names.
const SHOWN: usize = 300;

#[derive(Template)]
#[template(path = "notifications/reminders.html")]
struct RemindersPage {
    layout: Layout,
    t: Texts,
    reminding: ReminderPreview,
    by: String,
    public_url: String,
    done: Option<usize>,
}

#[derive(Default, Deserialize)]
pub(crate) struct RemindersQuery {
    org: Option<String>,
    done: Option<usize>,
}

/// `GET /reminders?org=…`
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    Query(asked): Query<RemindersQuery>,
) -> Result<Response, WebError> {
    let (actor, org) = (session.actor(), org(asked.org.as_deref().unwrap_or_default()));
    let reminding = state.app.read(move |work| reminding(work, &actor, org)).await?;
    let by = session.signed.actor.short_name.clone();
    let public_url = state.settings.origins.first().cloned().unwrap_or_default();
    page(&RemindersPage { t: session.texts, layout: Layout::of(&session), reminding, by, public_url, done: asked.done })
}

/// `POST /reminders`
pub(crate) async fn send(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let (actor, org) = (form.session.actor(), org(form.fields.get("org")));
    let done = state.app.write(move |work| remind(work, &actor, org)).await?;
    let org = org.map(|org| format!("org={org}&")).unwrap_or_default();
    Ok(Redirect::to(&format!("{}?{org}done={done}", routes::REMINDERS)).into_response())
}

fn org(text: &str) -> Option<OrgId> {
    text.parse().ok()
}

impl RemindersPage {
    fn org(&self) -> String {
        self.reminding.org.as_ref().map(|org| org.id.to_string()).unwrap_or_default()
    }

    fn is_shown(&self, place: &usize) -> bool {
        *place < SHOWN
    }

    fn language(&self, person: &Person) -> Language {
        person.locale.unwrap_or(Language::Kk)
    }

    /// The letter exactly as it would be mailed.
    fn email_text(&self, person: &Person, about: &NotificationContent) -> EmailText {
        let about = NotificationContent { by: self.by.clone(), ..about.clone() };
        let (id, at) = (NotificationId::of(&["preview"]), chrono::DateTime::UNIX_EPOCH);
        let notification =
            Notification { id, person: person.id, kind: NotificationKind::Reminder, about, at, read_at: None };
        let group = NotificationGroup { notification, ids: Vec::new() };
        email_text(Texts::of(self.language(person)), &person.polite_name(), &[group], &self.public_url)
    }
}
