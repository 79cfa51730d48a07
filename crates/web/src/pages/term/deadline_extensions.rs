//! Opening a department or an offering outside the window, and ending it.

use crate::error::WebError;
use crate::form_data::{FormData, SignedForm};
use crate::pages::term::terms::{TermPageState, shown_for};
use crate::routes;
use crate::state::AppState;
use app::failure::{Failure, Refusal};
use app::term::deadline_extensions::{NewDeadlineExtension, end_deadline_extension, extend_deadline};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::id::{OfferingId, TermId};
use domain::name::Name;
use domain::term::ExtensionScope;

/// What was typed to open something.
#[derive(Debug, Clone, Default)]
pub(crate) struct DeadlineExtensionForm {
    /// A department's id.
    pub(crate) department: String,
    /// An offering's id; empty for a department.
    pub(crate) offering: String,
    /// The offering's discipline and group.
    pub(crate) label: Option<(Name, String)>,
    /// The day.
    pub(crate) until: String,
    /// The reason.
    pub(crate) reason: String,
}

impl DeadlineExtensionForm {
    fn of(fields: &FormData) -> Self {
        let text = |name| fields.get(name).to_owned();
        let (department, offering) = (text("department"), text("offering"));
        Self { department, offering, label: None, until: text("until"), reason: text("reason") }
    }

    /// The offering, where it is one.
    pub(crate) fn offering_id(&self) -> Option<OfferingId> {
        self.offering.parse().ok()
    }

    fn scope(&self) -> Result<ExtensionScope, WebError> {
        let not_found = |_| WebError::from(Failure::NotFound);
        if self.offering.is_empty() {
            self.department.parse().map(ExtensionScope::Department).map_err(not_found)
        } else {
            self.offering.parse().map(ExtensionScope::Offering).map_err(not_found)
        }
    }
}

/// `POST /openings`
pub(crate) async fn open(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let term = term(&form)?;
    let typed = DeadlineExtensionForm::of(&form.fields);
    let (actor, scope, until) = (form.session.actor(), typed.scope()?, typed.until.parse().ok());
    let reason = typed.reason.clone();
    let extending = state
        .app
        .write(move |work| extend_deadline(work, &actor, NewDeadlineExtension { term, scope, until, reason: &reason }));
    let done = extending.await;
    let (field, code) = match done {
        Ok(()) => {
            let back = match scope {
                ExtensionScope::Offering(id) => routes::offering(id),
                ExtensionScope::Department(_) => routes::term(term),
            };
            return Ok(Redirect::to(&format!("{back}?did=opened")).into_response());
        }
        Err(Failure::Refused(refusal @ Refusal::DayMissing)) => ("until", refusal.code()),
        Err(Failure::Refused(refusal)) => ("reason", refusal.code()),
        Err(other) => return Err(other.into()),
    };
    let besides = TermPageState { errors: vec![(field, code)], deadline_extension: typed, note: None };
    shown_for(&state, &form.session, term, (StatusCode::UNPROCESSABLE_ENTITY, besides)).await
}

/// `POST /openings/ended`
pub(crate) async fn end(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let term = term(&form)?;
    let deadline_extension = form.fields.get("opening").parse().map_err(|_| WebError::from(Failure::NotFound))?;
    let actor = form.session.actor();
    state.app.write(move |work| end_deadline_extension(work, &actor, term, deadline_extension)).await?;
    Ok(Redirect::to(&format!("{}?did=ended", routes::term(term))).into_response())
}

fn term(form: &SignedForm) -> Result<TermId, WebError> {
    form.fields.get("term").parse().map_err(|_| WebError::from(Failure::NotFound))
}
