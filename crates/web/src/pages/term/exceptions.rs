//! Forms that are set centrally, and groups without a final exam: the list and the registrar's deeds.

use crate::error::{Problem, WebError};
use crate::form_data::{FormData, SignedForm};
use crate::i18n::Texts;
use crate::layout::{Layout, page_with};
use crate::pages::choosing::offerings;
use crate::pages::reviewing::queue;
use crate::query::{ActDone, Query, address};
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::app::UnitOfWork;
use app::failure::{Failure, Refusal};
use app::term::deadline_extensions::named;
use app::term::decide_exam::decide_exam;
use app::term::exceptions::{
    ExceptionTarget, Exceptions, FormExceptionView, NewFormException, end_form_exception, exceptions, return_differing,
    set_form_exception,
};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::answer::Field;
use domain::catalogue::RowId;
use domain::catalogue::picked::Picked;
use domain::form_exception::FormExceptionScope;
use domain::id::{FormExceptionId, OfferingId, TermId};
use domain::name::Name;
use domain::term::Term;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "term/exceptions.html")]
struct ExceptionsPage {
    layout: Layout,
    t: Texts,
    found: Exceptions,
    typed: FormExceptionForm,
    label: Option<(Name, String)>,
    errors: Vec<(&'static str, &'static str)>,
    note: Option<&'static str>,
}

/// What was typed to set a form.
#[derive(Debug, Clone, Default)]
struct FormExceptionForm {
    /// The code of the term; empty for the current one.
    term: String,
    code: String,
    offering: String,
    scope: String,
    row: String,
    info: String,
    reason: String,
}

impl FormExceptionForm {
    fn of(fields: &FormData) -> Self {
        let text = |name: &str| fields.get(name).to_owned();
        Self {
            term: text("term"),
            code: text("code"),
            offering: text("offering"),
            scope: text("scope"),
            row: text("row"),
            info: text("info"),
            reason: text("reason"),
        }
    }

    fn offering_id(&self) -> Option<OfferingId> {
        self.offering.parse().ok()
    }

    fn term(&self) -> Option<String> {
        Some(self.term.trim()).filter(|term| !term.is_empty()).map(str::to_owned)
    }

    fn wanted(&self) -> NewFormException {
        let scope = match self.offering_id() {
            None => ExceptionTarget::Code(self.code.clone(), self.term()),
            Some(id) if self.scope == "offering" => ExceptionTarget::Offering(id),
            Some(id) => ExceptionTarget::DisciplineOf(id),
        };
        NewFormException { scope, row: RowId(self.row.clone()), info: self.info.clone(), reason: self.reason.clone() }
    }
}

impl ExceptionsPage {
    fn error(&self, field: &str) -> Option<String> {
        let found = self.errors.iter().find(|(known, _)| *known == field);
        found.map(|(_, code)| self.t.code("refused", code))
    }

    fn is_single(&self, one: &FormExceptionView) -> bool {
        matches!(one.set.scope, FormExceptionScope::Offering(_))
    }

    fn rows(&self) -> Vec<(String, String)> {
        rows(&self.found.catalogue, self.t)
    }
}

/// The rows of the table in force: id and how they are read.
pub(crate) fn rows(catalogue: &domain::catalogue::Catalogue, t: Texts) -> Vec<(String, String)> {
    let label = |row: &domain::catalogue::Row| {
        let picked = Picked::of(catalogue, &row.id, "");
        let parts = [Some(picked.platform), Some(picked.form), picked.kind];
        let parts: Vec<String> = parts.iter().flatten().map(|name| t.name(name).to_owned()).collect();
        (row.id.0.clone(), parts.join(" · "))
    };
    catalogue.rows.iter().map(label).collect()
}

/// The term that an address names by its code, and what was done in it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct ExceptionsQuery {
    term: String,
    #[serde(flatten)]
    done: ActDone,
}

/// `GET /special-cases?term=…`
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    Query(asked): Query<ExceptionsQuery>,
) -> Result<Response, WebError> {
    let note = asked.done.note(&[
        ("set", "act-form-set"),
        ("unset", "act-form-unset"),
        ("returned", "act-choice-returned"),
        ("left-out", "act-exam-left-out"),
        ("restored", "act-exam-restored"),
    ]);
    let typed = FormExceptionForm { term: asked.term, ..FormExceptionForm::default() };
    shown(&state, &session, (StatusCode::OK, note), (typed, Vec::new())).await
}

async fn shown(
    state: &AppState,
    session: &Session,
    (status, note): (StatusCode, Option<&'static str>),
    (typed, errors): (FormExceptionForm, Vec<(&'static str, &'static str)>),
) -> Result<Response, WebError> {
    let (actor, offering, term) = (session.actor(), typed.offering_id(), typed.term());
    let task = move |work: &mut UnitOfWork<'_, '_>| {
        let found = exceptions(work, &actor, term.as_deref())?;
        Ok((found, offering.map(|id| named(work, id)).transpose()?.flatten()))
    };
    let (found, label) = state.app.read(task).await?;
    let said = errors.first().map(|(_, code)| *code);
    let layout = Layout { path: address(routes::SPECIAL_CASES, &[("term", typed.term.trim())]), ..Layout::of(session) };
    let answer = page_with(status, &ExceptionsPage { t: layout.t, layout, found, typed, label, errors, note })?;
    Ok(match said {
        Some(code) => Problem::new(status, code).beside(answer),
        None => answer,
    })
}

fn done(term: &Term, did: &str) -> Response {
    Redirect::to(&address(routes::SPECIAL_CASES, &[("term", &term.code), ("did", did)])).into_response()
}

/// `POST /set-forms`
pub(crate) async fn set(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let typed = FormExceptionForm::of(&form.fields);
    let (actor, wanted) = (form.session.actor(), typed.wanted());
    let errors = match state.app.write(move |work| set_form_exception(work, &actor, &wanted)).await {
        Ok(term) => return Ok(done(&term, "set")),
        Err(Failure::Refused(Refusal::Fields(faults))) => {
            let field = |field: Field| match field {
                Field::Info => "info",
                Field::Reason => "reason",
                _ => "row",
            };
            faults.iter().map(|fault| (field(fault.field()), fault.wrong.code())).collect()
        }
        Err(Failure::Refused(refusal)) => vec![("code", refusal.code())],
        Err(other) => return Err(other.into()),
    };
    shown(&state, &form.session, (StatusCode::UNPROCESSABLE_ENTITY, None), (typed, errors)).await
}

fn named_set(form: &SignedForm) -> Result<(TermId, FormExceptionId), WebError> {
    let not_found = |_| WebError::from(Failure::NotFound);
    let term = form.fields.get("term").parse().map_err(not_found)?;
    Ok((term, form.fields.get("set").parse().map_err(not_found)?))
}

/// `POST /set-forms/ended`
pub(crate) async fn unset(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let (actor, set) = (form.session.actor(), named_set(&form)?);
    let term = state.app.write(move |work| end_form_exception(work, &actor, set)).await?;
    Ok(done(&term, "unset"))
}

/// `POST /set-forms/returns`
pub(crate) async fn send_back(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let (actor, set, seen) = (form.session.actor(), named_set(&form)?, queue::seen(&form.fields)?);
    let term = state.app.write(move |work| return_differing(work, &actor, set, &seen)).await?;
    Ok(done(&term, "returned"))
}

/// `POST /offerings/{id}/exam`
pub(crate) async fn exam(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let offering: OfferingId = id.parse().map_err(|_| WebError::status(StatusCode::NOT_FOUND))?;
    let (actor, has_exam) = (form.session.actor(), form.fields.yes_or_no("has_exam")?);
    let typed = form.fields.get("reason").to_owned();
    let reason = typed.clone();
    match state.app.write(move |work| decide_exam(work, &actor, offering, (has_exam, &reason))).await {
        Ok(term) => Ok(done(&term, if has_exam { "restored" } else { "left-out" })),
        Err(Failure::Refused(refusal)) => {
            let wrong = Some(("exam-reason", refusal.code(), typed));
            offerings::shown(&state, &form.session, &id, (StatusCode::UNPROCESSABLE_ENTITY, None, wrong)).await
        }
        Err(other) => Err(other.into()),
    }
}
