//! Forms that are set centrally, and groups without a final exam: the list and the registrar's deeds.

use crate::error::{Problem, WebError};
use crate::form_data::{FormData, SignedForm};
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
use domain::answer::{Field, Picked};
use domain::catalogue::RowId;
use domain::form_exception::FormExceptionScope;
use domain::id::{FormExceptionId, OfferingId, TermId};
use domain::name::Name;
use domain::term::Term;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "term/exceptions.html")]
struct ExceptionsPage {
    f: Layout,
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
        found.map(|(_, code)| self.f.w.code("refused", code))
    }

    fn is_single(&self, one: &FormExceptionView) -> bool {
        matches!(one.set.scope, FormExceptionScope::Offering(_))
    }

    fn rows(&self) -> Vec<(String, String)> {
        rows(&self.found.catalogue, self.f.w)
    }
}

/// The rows of the table in force: id and how they are read.
pub(crate) fn rows(catalogue: &domain::catalogue::Catalogue, w: crate::i18n::Texts) -> Vec<(String, String)> {
    let label = |row: &domain::catalogue::Row| {
        let picked = Picked::of(catalogue, &row.id, "");
        let parts = [Some(picked.platform), Some(picked.form), picked.kind];
        let parts: Vec<String> = parts.iter().flatten().map(|name| w.name(name).to_owned()).collect();
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
    State(door): State<AppState>,
    seat: Session,
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
    shown(&door, &seat, (StatusCode::OK, note), (typed, Vec::new())).await
}

async fn shown(
    door: &AppState,
    seat: &Session,
    (status, note): (StatusCode, Option<&'static str>),
    (typed, errors): (FormExceptionForm, Vec<(&'static str, &'static str)>),
) -> Result<Response, WebError> {
    let (actor, offering, term) = (seat.actor(), typed.offering_id(), typed.term());
    let work = move |desk: &mut UnitOfWork<'_, '_>| {
        let found = exceptions(desk, &actor, term.as_deref())?;
        Ok((found, offering.map(|id| named(desk, id)).transpose()?.flatten()))
    };
    let (found, label) = door.app.read(work).await?;
    let said = errors.first().map(|(_, code)| *code);
    let f = Layout { path: address(routes::SPECIAL_CASES, &[("term", typed.term.trim())]), ..Layout::of(seat) };
    let answer = page_with(status, &ExceptionsPage { f, found, typed, label, errors, note })?;
    Ok(match said {
        Some(code) => Problem::new(status, code).beside(answer),
        None => answer,
    })
}

fn done(term: &Term, did: &str) -> Response {
    Redirect::to(&address(routes::SPECIAL_CASES, &[("term", &term.code), ("did", did)])).into_response()
}

/// `POST /set-forms`
pub(crate) async fn set(State(door): State<AppState>, posted: SignedForm) -> Result<Response, WebError> {
    let typed = FormExceptionForm::of(&posted.fields);
    let (actor, wanted) = (posted.seat.actor(), typed.wanted());
    let errors = match door.app.write(move |desk| set_form_exception(desk, &actor, &wanted)).await {
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
    shown(&door, &posted.seat, (StatusCode::UNPROCESSABLE_ENTITY, None), (typed, errors)).await
}

fn named_set(posted: &SignedForm) -> Result<(TermId, FormExceptionId), WebError> {
    let not_found = |_| WebError::from(Failure::NotFound);
    let term = posted.fields.get("term").parse().map_err(not_found)?;
    Ok((term, posted.fields.get("set").parse().map_err(not_found)?))
}

/// `POST /set-forms/ended`
pub(crate) async fn unset(State(door): State<AppState>, posted: SignedForm) -> Result<Response, WebError> {
    let (actor, set) = (posted.seat.actor(), named_set(&posted)?);
    let term = door.app.write(move |desk| end_form_exception(desk, &actor, set)).await?;
    Ok(done(&term, "unset"))
}

/// `POST /set-forms/returns`
pub(crate) async fn send_back(State(door): State<AppState>, posted: SignedForm) -> Result<Response, WebError> {
    let (actor, set, seen) = (posted.seat.actor(), named_set(&posted)?, queue::seen(&posted.fields)?);
    let term = door.app.write(move |desk| return_differing(desk, &actor, set, &seen)).await?;
    Ok(done(&term, "returned"))
}

/// `POST /offerings/{id}/exam`
pub(crate) async fn exam(
    State(door): State<AppState>,
    Path(id): Path<String>,
    posted: SignedForm,
) -> Result<Response, WebError> {
    let offering: OfferingId = id.parse().map_err(|_| WebError::status(StatusCode::NOT_FOUND))?;
    let (actor, has_exam) = (posted.seat.actor(), posted.fields.yes_or_no("has_exam")?);
    let typed = posted.fields.get("reason").to_owned();
    let reason = typed.clone();
    match door.app.write(move |desk| decide_exam(desk, &actor, offering, (has_exam, &reason))).await {
        Ok(term) => Ok(done(&term, if has_exam { "restored" } else { "left-out" })),
        Err(Failure::Refused(refusal)) => {
            let wrong = Some(("exam-reason", refusal.code(), typed));
            offerings::shown(&door, &posted.seat, &id, (StatusCode::UNPROCESSABLE_ENTITY, None, wrong)).await
        }
        Err(other) => Err(other.into()),
    }
}
