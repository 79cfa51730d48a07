//! Reminders to instructors who have not chosen: a preview with the recipients and the emails, and
//! the sending.

use crate::email::{EmailText, email_text};
use crate::error::WebError;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::{page, redirect};
use crate::query::Query;
use crate::routes;
use crate::session::{Loaded, Session};
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::notifications::remind::{ReminderPreview, remind, reminding};
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::id::{NotificationId, OrgId};
use domain::limits::REMINDERS_LISTED;
use domain::name::Language;
use domain::notification::{Notification, NotificationContent, NotificationGroup, NotificationKind};
use domain::person::Person;
use serde::Deserialize;

#[template_minify(path = "notifications/reminders.html")]
#[derive(Template)]
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

/// `GET /reminders?org=…`: shows a preview of the reminders to instructors who have not chosen. The
/// parameter `org` limits the reminders to one faculty or department.
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    Query(asked): Query<RemindersQuery>,
) -> Result<Response, WebError> {
    let org = org(asked.org.as_deref().unwrap_or_default());
    let Loaded { layout, signed_in, data: reminding } =
        session.read(&state, move |work, actor| reminding(work, actor, org)).await?;
    let by = signed_in.actor.short_name;
    let public_url = state.settings.origins.first().cloned().unwrap_or_default();
    page(&RemindersPage { t: layout.t, layout, reminding, by, public_url, done: asked.done })
}

/// `POST /reminders`: sends the reminders to instructors who have not chosen.
pub(crate) async fn send(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let org = org(form.fields.get("org"));
    let done = form.session.write(&state, move |work, actor| remind(work, actor, org)).await?;
    let org = org.map(|org| format!("org={org}&")).unwrap_or_default();
    Ok(redirect(&format!("{}?{org}done={done}", routes::REMINDERS)))
}

fn org(text: &str) -> Option<OrgId> {
    text.parse().ok()
}

/// An instructor who has not chosen yet but gets no reminder to choose now, because the previous
/// reminder was sent less than [`domain::limits::REMINDER_HOURS`] hours ago.
struct Reminded {
    name: String,
    at: DateTime<Utc>,
}

impl RemindersPage {
    /// The title of the page for sending reminders, with the name of the faculty or department.
    fn title(&self) -> String {
        let unit = match &self.reminding.org {
            Some(org) => self.t.name(&org.name).to_owned(),
            None => self.t.get("remind-whole"),
        };
        format!("{}: {unit}", self.t.get("remind"))
    }

    /// The address of the progress board for the unit whose instructors are reminded to choose: a
    /// faculty, a department or the whole university.
    fn progress_link(&self) -> String {
        match &self.reminding.org {
            Some(org) => routes::progress_of(org.id),
            None => routes::PROGRESS.to_owned(),
        }
    }

    fn lately(&self) -> impl Iterator<Item = Reminded> {
        self.reminding.lately.iter().map(|(person, at)| Reminded { name: person.short_name(), at: *at })
    }

    fn org(&self) -> String {
        self.reminding.org.as_ref().map(|org| org.id.to_string()).unwrap_or_default()
    }

    fn is_shown(&self, place: &usize) -> bool {
        *place < REMINDERS_LISTED
    }

    fn language(&self, person: &Person) -> Language {
        person.locale.unwrap_or(Language::Kk)
    }

    /// The email of a reminder, exactly as the instructor would receive it.
    fn email_text(&self, person: &Person, about: &NotificationContent) -> EmailText {
        let about = NotificationContent { by: self.by.clone(), ..about.clone() };
        let (id, at) = (NotificationId::of(&["preview"]), DateTime::UNIX_EPOCH);
        let notification =
            Notification { id, person: person.id, kind: NotificationKind::Reminder, about, at, read_at: None };
        let group = NotificationGroup { notification, ids: Vec::new() };
        email_text(Texts::of(self.language(person)), &person.polite_name(), &[group], &self.public_url)
    }
}
