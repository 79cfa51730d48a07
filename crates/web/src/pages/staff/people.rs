//! Finding people, and the page of one of them.

use crate::error::{Problem, WebError};
use crate::form_data::{FormData, SignedForm};
use crate::i18n::Texts;
use crate::layout::{Layout, page, page_with};
use crate::query::{ActDone, Query};
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::access::change_password::one_time_password;
use app::staff::accounts::{kept_account, let_in, set_one_time_password};
use app::staff::people::{PeopleList, PeopleSearch, PersonView, find_people, view_person};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use domain::appointment::Validity;
use domain::id::{AppointmentId, OrgId, PersonId};
use domain::limits::SEARCH_TEXT_LIMIT;
use domain::person::{Appointment, Role};
use domain::roster::{Org, OrgKind};
use serde::Deserialize;
use std::borrow::Borrow;

#[derive(Template)]
#[template(path = "staff/people.html")]
struct PeoplePage {
    layout: Layout,
    t: Texts,
    found: PeopleList,
    text: String,
    role: Option<Role>,
    unit: Option<OrgId>,
    is_later: bool,
}

impl PeoplePage {
    fn roles(&self) -> [&'static str; 9] {
        Role::ALL.map(Role::code)
    }

    fn is_role(&self, code: &str) -> bool {
        self.role.is_some_and(|role| role.code() == code)
    }

    /// The next page, where there is one.
    fn next(&self) -> Option<String> {
        let last = self.found.people.last().filter(|_| self.found.has_more)?;
        Some(self.link(Some(last.0.id)))
    }

    fn beginning(&self) -> String {
        self.link(None)
    }

    fn link(&self, after: Option<PersonId>) -> String {
        let after = after.map(|id| id.to_string()).unwrap_or_default();
        let role = self.role.map(Role::code).unwrap_or_default();
        let unit = self.unit.map(|id| id.to_string()).unwrap_or_default();
        let pairs = [("q", self.text.as_str()), ("role", role), ("unit", unit.as_str()), ("after", after.as_str())];
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(pairs.into_iter().filter(|(_, value)| !value.is_empty()));
        format!("{}?{}", routes::PEOPLE, query.finish())
    }
}

#[derive(Default, Deserialize)]
pub(crate) struct PeopleQuery {
    q: Option<String>,
    role: Option<String>,
    unit: Option<String>,
    after: Option<String>,
}

/// `GET /people?q=…&role=…&unit=…&after=…`
pub(crate) async fn list(
    State(state): State<AppState>,
    session: Session,
    Query(asked): Query<PeopleQuery>,
) -> Result<Response, WebError> {
    let text: String = asked.q.unwrap_or_default().chars().take(SEARCH_TEXT_LIMIT).collect();
    let role = asked.role.as_deref().and_then(Role::from_code);
    let after = asked.after.and_then(|id| id.parse().ok());
    let unit = asked.unit.and_then(|id| id.parse().ok());
    let (actor, wanted) = (session.actor(), PeopleSearch { text: text.clone(), role, unit, after });
    let found = state.app.read(move |work| find_people(work, &actor, &wanted)).await?;
    page(&PeoplePage {
        t: session.texts,
        layout: Layout::of(&session),
        found,
        text,
        role,
        unit,
        is_later: after.is_some(),
    })
}

#[derive(Template)]
#[template(path = "staff/person.html")]
struct PersonPage {
    layout: Layout,
    t: Texts,
    view: PersonView,
    typed: AppointmentForm,
    errors: Vec<(&'static str, &'static str)>,
    note: Option<&'static str>,
    password: Option<String>,
}

/// Days and order of an appointment, as they stand in a form.
#[derive(Debug, Clone, Default)]
struct AppointmentFields {
    from: String,
    until: String,
    order: String,
}

/// What was typed about an appointment.
#[derive(Debug, Clone, Default)]
pub(crate) struct AppointmentForm {
    /// The appointment's id; `new` for a new one; empty where nothing was typed.
    pub(crate) key: String,
    role: String,
    org: String,
    terms: AppointmentFields,
}

impl AppointmentForm {
    /// What was typed for this appointment, or `new`.
    pub(crate) fn of(key: &str, fields: &FormData) -> Self {
        let text = |name: &str| fields.get(name).trim().to_owned();
        let terms = AppointmentFields { from: text("from"), until: text("until"), order: text("order") };
        Self { key: key.to_owned(), role: text("role"), org: text("org"), terms }
    }
}

impl PersonPage {
    fn full_name(&self) -> String {
        let person = &self.view.person;
        let parts = [&person.family_name, &person.given_name, &person.middle_name];
        parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ")
    }

    fn error(&self, key: impl AsRef<str>, field: &str) -> Option<String> {
        let found = self.errors.iter().find(|(known, _)| *known == field && self.typed.key == key.as_ref());
        found.map(|(_, code)| self.t.code("refused", code))
    }

    fn is_typed(&self, id: &AppointmentId) -> bool {
        self.typed.key == id.to_string()
    }

    fn is_new_typed(&self) -> bool {
        self.typed.key == "new"
    }

    fn new_terms(&self) -> AppointmentFields {
        if self.is_new_typed() { self.typed.terms.clone() } else { AppointmentFields::default() }
    }

    fn terms_of(&self, held: &Appointment) -> AppointmentFields {
        if self.is_typed(&held.id) {
            return self.typed.terms.clone();
        }
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        AppointmentFields { from: day(held.from), until: day(held.until), order: held.order.clone() }
    }

    /// «1 – 5 …», with an ellipsis at an open end.
    fn days(&self, from: impl Borrow<Option<NaiveDate>>, until: impl Borrow<Option<NaiveDate>>) -> String {
        let day = |day: &Option<NaiveDate>| day.map_or_else(|| "…".to_owned(), |day| self.t.date(day));
        match (from.borrow(), until.borrow()) {
            (None, None) => self.t.get("for-good"),
            (from, until) => format!("{} – {}", day(from), day(until)),
        }
    }

    fn chip(&self, season: &Validity) -> &'static str {
        match season {
            Validity::Present => "ok",
            Validity::Future => "wait",
            Validity::Past => "draft",
        }
    }

    /// The units by kind.
    fn kinds(&self) -> Vec<(&'static str, Vec<&Org>)> {
        let kinds = [OrgKind::University, OrgKind::Faculty, OrgKind::Department];
        let of = |kind: OrgKind| (kind.code(), self.view.units.iter().filter(|org| org.kind == kind).collect());
        kinds.into_iter().map(of).filter(|(_, units): &(_, Vec<&Org>)| !units.is_empty()).collect()
    }
}

/// `GET /people/{id}`
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    Path(id): Path<String>,
    Query(done): Query<ActDone>,
) -> Result<Response, WebError> {
    let note = done.note(&[
        ("appointed", "act-person-appointed"),
        ("changed", "act-appointment-changed"),
        ("ended", "act-person-dismissed"),
        ("enabled", "act-person-enabled"),
        ("disabled", "act-person-disabled"),
    ]);
    let besides = PersonPageState { note, ..PersonPageState::default() };
    shown(&state, &session, read_id(&id)?, (StatusCode::OK, besides)).await
}

/// A person's id in a path.
pub(crate) fn read_id(id: &str) -> Result<PersonId, WebError> {
    id.parse().map_err(|_| WebError::status(StatusCode::NOT_FOUND))
}

/// What is said besides on a person's page.
#[derive(Default)]
pub(crate) struct PersonPageState {
    /// What was typed, where something is wrong with it.
    pub(crate) typed: AppointmentForm,
    /// Wrong fields with their codes.
    pub(crate) errors: Vec<(&'static str, &'static str)>,
    /// What was done.
    pub(crate) note: Option<&'static str>,
    /// A one-time password that was given a moment ago.
    pub(crate) password: Option<String>,
}

/// The page of a person.
pub(crate) async fn shown(
    state: &AppState,
    session: &Session,
    id: PersonId,
    (status, besides): (StatusCode, PersonPageState),
) -> Result<Response, WebError> {
    let actor = session.actor();
    let view = state.app.read(move |work| view_person(work, &actor, id)).await?;
    let layout = Layout { path: routes::person(id), ..Layout::of(session) };
    let PersonPageState { typed, errors, note, password } = besides;
    let said = errors.first().map(|(_, code)| *code);
    let answer = page_with(status, &PersonPage { t: layout.t, layout, view, typed, errors, note, password })?;
    Ok(match said {
        Some(code) => Problem::new(status, code).beside(answer),
        None => answer,
    })
}

/// `POST /people/{id}/account`: lets the person sign in, or no longer.
pub(crate) async fn switch(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let (actor, id) = (form.session.actor(), read_id(&id)?);
    let enabled = form.fields.yes_or_no("enabled")?;
    state.app.write(move |work| let_in(work, &actor, id, enabled)).await?;
    let did = if enabled { "enabled" } else { "disabled" };
    Ok(Redirect::to(&format!("{}?did={did}", routes::person(id))).into_response())
}

/// `POST /people/{id}/password`: a one-time password, shown in the answer and nowhere else.
pub(crate) async fn give_password(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let (actor, id) = (form.session.actor(), read_id(&id)?);
    let asking = actor.clone();
    // Nothing is hashed for somebody who may not.
    state.app.read(move |work| kept_account(work, &asking, id)).await?;
    let password = one_time_password()?;
    let hash = state.passwords.hash(&password).await?;
    state.app.write(move |work| set_one_time_password(work, &actor, id, &hash)).await?;
    let besides = PersonPageState { password: Some(password), ..PersonPageState::default() };
    shown(&state, &form.session, id, (StatusCode::OK, besides)).await
}
