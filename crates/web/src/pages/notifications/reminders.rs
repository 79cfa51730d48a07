//! Reminding those who have not chosen: first whom and with which words, then the deed.

use crate::email::{Letter, letter};
use crate::error::Oops;
use crate::form_data::Posted;
use crate::i18n::Words;
use crate::layout::{Frame, page};
use crate::query::Query;
use crate::routes;
use crate::session::Seat;
use crate::state::Door;
use app::notifications::remind::{Reminding, remind, reminding};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::id::{NoticeId, OrgId};
use domain::name::Language;
use domain::notification::{About, Heap, Kind, Notice};
use domain::person::Person;
use serde::Deserialize;

/// The texts of so many people are shown; of the others only the names.
const SHOWN: usize = 300;

#[derive(Template)]
#[template(path = "notifications/reminders.html")]
struct RemindersPage {
    f: Frame,
    reminding: Reminding,
    by: String,
    public_url: String,
    done: Option<usize>,
}

#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    org: Option<String>,
    done: Option<usize>,
}

/// `GET /reminders?org=…`
pub(crate) async fn show(State(door): State<Door>, seat: Seat, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    let (actor, org) = (seat.actor(), org(asked.org.as_deref().unwrap_or_default()));
    let reminding = door.app.read(move |desk| reminding(desk, &actor, org)).await?;
    let by = seat.signed.actor.short_name.clone();
    let public_url = door.settings.origins.first().cloned().unwrap_or_default();
    page(&RemindersPage { f: Frame::of(&seat), reminding, by, public_url, done: asked.done })
}

/// `POST /reminders`
pub(crate) async fn send(State(door): State<Door>, posted: Posted) -> Result<Response, Oops> {
    let (actor, org) = (posted.seat.actor(), org(posted.fields.get("org")));
    let done = door.app.write(move |desk| remind(desk, &actor, org)).await?;
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
    fn letter(&self, person: &Person, about: &About) -> Letter {
        let about = About { by: self.by.clone(), ..about.clone() };
        let (id, at) = (NoticeId::of(&["preview"]), chrono::DateTime::UNIX_EPOCH);
        let notice = Notice { id, person: person.id, kind: Kind::Reminder, about, at, read_at: None };
        let heap = Heap { notice, ids: Vec::new() };
        letter(Words::of(self.language(person)), &person.polite_name(), &[heap], &self.public_url)
    }
}
