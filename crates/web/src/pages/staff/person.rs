//! The page of a person: appointments to roles, account, and history.

use crate::error::WebError;
use crate::form_data::FormData;
use crate::form_state::FormState;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::redirect;
use crate::path_params::PathParams;
use crate::query::{ActDone, Query};
use crate::routes;
use crate::security_log::{SecurityEvent, logged};
use crate::session::{Loaded, Session};
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::access::change_password::one_time_password;
use app::staff::accounts::{managed_account, set_account_enabled, set_one_time_password};
use app::staff::people::{AppointmentView, PersonEvent, PersonView, view_person};
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use domain::appointment::Validity;
use domain::id::PersonId;
use domain::person::{Appointment, Role};
use domain::roster::{Org, OrgKind};
use std::borrow::Borrow;

/// The text that identifies the form for a new appointment. The form of an existing appointment is
/// identified by the id of the appointment.
pub(crate) const NEW: &str = "new";

#[template_minify(path = "staff/person.html")]
#[derive(Template)]
struct PersonPage {
    layout: Layout,
    t: Texts,
    view: PersonView,
    form: FormState<AppointmentForm>,
    note: Option<PersonNote>,
}

/// The message at the top of a person's page.
pub(crate) enum PersonNote {
    /// Message on a person's page that confirms the act that was just carried out; contains the key
    /// of the text.
    Done(&'static str),
    /// Message on a person's page that shows the one-time password that was just set for the
    /// person.
    Password(IssuedPassword),
}

/// A one-time password that was just set for a person.
pub(crate) struct IssuedPassword {
    password: String,
    /// The instant from which the one-time password is not valid.
    valid_until: DateTime<Utc>,
}

/// The dates and the decree number of an appointment, as text in form fields.
#[derive(Debug, Clone, Default)]
struct AppointmentFields {
    from: String,
    until: String,
    order: String,
}

/// The submitted form of an appointment to a role.
#[derive(Debug, Clone, Default)]
pub(crate) struct AppointmentForm {
    /// The appointment's id; [`NEW`] for a new appointment; empty if no form was submitted.
    key: String,
    role: String,
    org: String,
    dates: AppointmentFields,
}

impl AppointmentForm {
    /// Reads the submitted form of an appointment. `key` is the appointment's id, or [`NEW`].
    pub(crate) fn of(key: &str, fields: &FormData) -> Self {
        let dates = AppointmentFields {
            from: fields.trimmed("from"),
            until: fields.trimmed("until"),
            order: fields.trimmed("order"),
        };
        Self { key: key.to_owned(), role: fields.trimmed("role"), org: fields.trimmed("org"), dates }
    }

    /// The ending of all HTML ids in the form of this appointment. The ending makes the ids unique,
    /// because a person's page contains one such form per appointment.
    pub(crate) fn suffix(&self) -> String {
        suffix_for(&self.key)
    }
}

fn suffix_for(key: &str) -> String {
    format!("-{key}")
}

/// The HTML form of one appointment on a person's page.
struct AppointmentFormView<'p> {
    /// The ending of all HTML ids in the form of this appointment. The ending makes the ids unique,
    /// because a person's page contains one such form per appointment.
    suffix: String,
    /// The dates and the decree number of an appointment: as submitted, otherwise as stored.
    dates: AppointmentFields,
    /// The submitted form with its errors; `None` if no form of this appointment was submitted.
    submitted: Option<&'p FormState<AppointmentForm>>,
}

impl AppointmentFormView<'_> {
    fn is_submitted(&self) -> bool {
        self.submitted.is_some()
    }

    /// The error of a field in the form of an appointment; `None` if the field has no error.
    fn error(&self, field: &str) -> Option<&str> {
        self.submitted?.error(field)
    }

    /// Whether a field in the form of an appointment has an error.
    fn has_error(&self, field: &str) -> bool {
        self.error(field).is_some()
    }
}

/// The units of one kind (university, faculty or department) as options of a select box.
struct UnitsOfKind<'a> {
    kind: &'static str,
    units: Vec<&'a Org>,
}

impl PersonPage {
    fn full_name(&self) -> String {
        let person = &self.view.person;
        let parts = [&person.family_name, &person.given_name, &person.middle_name];
        parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ")
    }

    fn issued_password(&self) -> Option<&IssuedPassword> {
        match &self.note {
            Some(PersonNote::Password(issued)) => Some(issued),
            _ => None,
        }
    }

    fn done(&self) -> Option<&'static str> {
        match &self.note {
            Some(PersonNote::Done(key)) => Some(key),
            _ => None,
        }
    }

    /// The key of the text about a person's account: enabled, without a password, or disabled.
    fn account_key(&self) -> &'static str {
        match (self.view.person.is_enabled, self.view.has_password) {
            (true, true) => "account-on",
            (true, false) => "account-without-password",
            (false, _) => "account-off",
        }
    }

    /// The form for a new appointment to a role.
    fn new_form(&self) -> AppointmentFormView<'_> {
        self.form_for(NEW, AppointmentFields::default())
    }

    /// The form that changes an existing appointment.
    fn form_of(&self, held: &AppointmentView) -> AppointmentFormView<'_> {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let Appointment { id, from, until, order, .. } = &held.appointment;
        let stored = AppointmentFields { from: day(*from), until: day(*until), order: order.clone() };
        self.form_for(&id.to_string(), stored)
    }

    fn form_for(&self, key: &str, dates: AppointmentFields) -> AppointmentFormView<'_> {
        let submitted = Some(&self.form).filter(|form| form.values.key == key);
        let dates = submitted.map_or(dates, |form| form.values.dates.clone());
        AppointmentFormView { suffix: suffix_for(key), dates, submitted }
    }

    fn has_several_roles(&self) -> bool {
        self.view.roles.len() > 1
    }

    fn has_several_units(&self) -> bool {
        self.view.units.len() > 1
    }

    fn is_chosen_role(&self, role: &Role) -> bool {
        self.form.values.role == role.code()
    }

    fn is_chosen_unit(&self, org: &Org) -> bool {
        self.form.values.org == org.id.to_string()
    }

    /// The role and the unit of an appointment as text.
    fn role_and_unit(&self, held: &AppointmentView) -> String {
        format!("{}, {}", self.t.code("role", held.appointment.role.code()), self.t.name(&held.unit))
    }

    /// The days from the first to the last day of an appointment, as text. An ellipsis replaces a
    /// missing first or last day.
    fn days(&self, from: impl Borrow<Option<NaiveDate>>, until: impl Borrow<Option<NaiveDate>>) -> String {
        let day = |day: &Option<NaiveDate>| day.map_or_else(|| "…".to_owned(), |day| self.t.date(day));
        match (from.borrow(), until.borrow()) {
            (None, None) => self.t.get("for-good"),
            (from, until) => format!("{} – {}", day(from), day(until)),
        }
    }

    /// The first and last day of the appointment to which an entry in a person's history refers, as
    /// text; `None` if the entry names no days.
    fn days_of(&self, event: &PersonEvent) -> Option<String> {
        let (from, until) = event.days;
        (from.is_some() || until.is_some()).then(|| self.days(from, until))
    }

    /// The CSS class of the coloured label that shows whether an appointment is valid today.
    fn chip_class(&self, held: &AppointmentView) -> &'static str {
        match held.season {
            Validity::Present => "ok",
            Validity::Future => "wait",
            Validity::Past => "draft",
        }
    }

    fn units_by_kind(&self) -> Vec<UnitsOfKind<'_>> {
        let kinds = [OrgKind::University, OrgKind::Faculty, OrgKind::Department];
        let units = |kind: OrgKind| self.view.units.iter().filter(|org| org.kind == kind).collect();
        let groups = kinds.map(|kind| UnitsOfKind { kind: kind.code(), units: units(kind) });
        groups.into_iter().filter(|group| !group.units.is_empty()).collect()
    }
}

/// `GET /people/{id}`: shows a person's appointments, account and history.
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    PathParams(id): PathParams<PersonId>,
    Query(done): Query<ActDone>,
) -> Result<Response, WebError> {
    let note = done.note(&[
        ("appointed", "act-person-appointed"),
        ("changed", "act-appointment-changed"),
        ("ended", "act-person-dismissed"),
        ("enabled", "act-person-enabled"),
        ("disabled", "act-person-disabled"),
    ]);
    show_again(&state, &session, id, FormState::default(), note.map(PersonNote::Done)).await
}

/// Shows the page of a person again with the form of an appointment, as it was submitted, and its
/// errors.
pub(crate) async fn show_again(
    state: &AppState,
    session: &Session,
    id: PersonId,
    form: FormState<AppointmentForm>,
    note: Option<PersonNote>,
) -> Result<Response, WebError> {
    let loaded = session.read(state, move |work, actor| view_person(work, actor, id)).await?;
    let Loaded { layout, data: view, .. } = loaded;
    let page = PersonPage { t: layout.t, layout: layout.at(routes::person(id)), view, form, note };
    page.form.respond(&page)
}

/// `POST /people/{id}/account`: enables or disables a person's account.
pub(crate) async fn enable(
    State(state): State<AppState>,
    PathParams(id): PathParams<PersonId>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let is_enabled = form.fields.yes_or_no("enabled")?;
    form.session.write(&state, move |work, actor| set_account_enabled(work, actor, id, is_enabled)).await?;
    let act = if is_enabled { "enabled" } else { "disabled" };
    Ok(logged(SecurityEvent::AccountChanged, redirect(&routes::after_act(&routes::person(id), act))))
}

/// `POST /people/{id}/password`: sets a one-time password for a person. Only the response shows it.
pub(crate) async fn give_password(
    State(state): State<AppState>,
    PathParams(id): PathParams<PersonId>,
    form: SignedForm,
) -> Result<Response, WebError> {
    // Hashing the one-time password is slow. A sender who is not allowed to set a password for this
    // person is therefore refused before the hashing.
    form.session.read(&state, move |work, actor| managed_account(work, actor, id)).await?;
    let password = one_time_password()?;
    let hash = state.passwords.hash(&password).await?;
    let hours = state.settings.one_time_password_hours;
    let set = form.session.write(&state, move |work, actor| set_one_time_password(work, actor, id, &hash, hours));
    let note = PersonNote::Password(IssuedPassword { valid_until: set.await?, password });
    let page = show_again(&state, &form.session, id, FormState::default(), Some(note)).await?;
    Ok(logged(SecurityEvent::OneTimePasswordSet, page))
}
