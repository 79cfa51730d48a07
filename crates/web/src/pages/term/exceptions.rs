//! The page of exceptions: exam formats that the registrar's office has set centrally, and
//! offerings without a final exam.

use crate::error::WebError;
use crate::form_data::FormData;
use crate::form_state::FormState;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::redirect;
use crate::pages::choosing::offerings::{self, ReasonForm, RowOption, row_options};
use crate::pages::reviewing::queue::shown_choices;
use crate::path_params::PathParams;
use crate::query::{ActDone, Query, address};
use crate::routes;
use crate::session::{Loaded, Session};
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::failure::Refusal;
use app::term::deadline_extensions::{OfferingLabel, named};
use app::term::decide_exam::decide_exam;
use app::term::exceptions::{
    ExceptionTarget, Exceptions, FormExceptionView, NewFormException, end_form_exception, exceptions, return_differing,
    set_form_exception,
};
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::response::Response;
use domain::answer::Field;
use domain::catalogue::RowId;
use domain::form_exception::FormExceptionScope;
use domain::id::{FormExceptionId, OfferingId, TermId};
use domain::term::Term;
use serde::Deserialize;

#[template_minify(path = "term/exceptions.html")]
#[derive(Template)]
struct ExceptionsPage {
    layout: Layout,
    t: Texts,
    data: ExceptionsData,
    form: FormState<FormExceptionForm>,
    note: Option<&'static str>,
}

/// The data from which the page of exceptions (exam formats set centrally, groups without an exam)
/// is built.
struct ExceptionsData {
    exceptions: Exceptions,
    /// The discipline and the group of the offering for which the submitted form sets an exam
    /// format centrally.
    label: Option<OfferingLabel>,
}

/// The submitted fields of the form in which the registrar sets an exam format centrally, for a
/// discipline or a group.
#[derive(Debug, Clone, Default)]
struct FormExceptionForm {
    /// The code of the academic term in which the exam format is set centrally; empty for the
    /// current term.
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
        Self {
            term: fields.text("term"),
            code: fields.text("code"),
            offering: fields.text("offering"),
            scope: fields.text("scope"),
            row: fields.text("row"),
            info: fields.text("info"),
            reason: fields.text("reason"),
        }
    }

    fn offering_id(&self) -> Option<OfferingId> {
        self.offering.parse().ok()
    }

    /// Whether the form names neither an offering nor a discipline.
    fn names_nothing(&self) -> bool {
        self.offering.is_empty() && self.code.trim().is_empty()
    }

    fn term(&self) -> Option<String> {
        Some(self.term.trim()).filter(|term| !term.is_empty()).map(str::to_owned)
    }

    /// Whether the exam format is set for a single group, not for all groups of the discipline.
    fn is_for_one_group(&self) -> bool {
        self.scope == "offering"
    }

    fn exception(&self) -> NewFormException {
        let scope = match self.offering_id() {
            None => ExceptionTarget::Code(self.code.clone(), self.term()),
            Some(id) if self.is_for_one_group() => ExceptionTarget::Offering(id),
            Some(id) => ExceptionTarget::DisciplineOf(id),
        };
        NewFormException { scope, row: RowId(self.row.clone()), info: self.info.clone(), reason: self.reason.clone() }
    }
}

impl ExceptionsPage {
    fn has_several_terms(&self) -> bool {
        self.data.exceptions.terms.len() > 1
    }

    /// Whether the page of exceptions (exam formats set centrally, groups without an exam) shows
    /// the given academic term.
    fn is_shown(&self, term: &Term) -> bool {
        term.id == self.data.exceptions.term.id
    }

    /// The value of the query parameter for an academic term: the term's code, or an empty text for
    /// the current term.
    fn term_value<'t>(&self, term: &'t Term) -> &'t str {
        if term.id == self.data.exceptions.current { "" } else { &term.code }
    }

    fn is_single(&self, one: &FormExceptionView) -> bool {
        matches!(one.set.scope, FormExceptionScope::Offering(_))
    }

    /// The catalogue rows from which the registrar selects an exam format to set centrally.
    fn rows(&self) -> Vec<RowOption> {
        row_options(&self.data.exceptions.catalogue, self.t)
    }

    fn is_chosen_row(&self, row: &str) -> bool {
        self.form.values.row == row
    }
}

/// The query of the page of exceptions: the code of the academic term, and the act that was just
/// carried out, such as setting an exam format.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct ExceptionsQuery {
    term: String,
    #[serde(flatten)]
    done: ActDone,
}

/// `GET /exceptions?term=…`: lists the exceptions of an academic term, that is, exam formats set
/// centrally and offerings without a final exam.
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    Query(query): Query<ExceptionsQuery>,
) -> Result<Response, WebError> {
    let note = query.done.note(&[
        ("set", "act-form-set"),
        ("unset", "act-form-unset"),
        ("returned", "act-choice-returned"),
        ("left-out", "act-exam-left-out"),
        ("restored", "act-exam-restored"),
    ]);
    let form = FormExceptionForm { term: query.term, ..FormExceptionForm::default() };
    respond(&state, &session, FormState::new(form), note).await
}

async fn respond(
    state: &AppState,
    session: &Session,
    form: FormState<FormExceptionForm>,
    note: Option<&'static str>,
) -> Result<Response, WebError> {
    let (offering, term) = (form.values.offering_id(), form.values.term());
    let loaded = session.read(state, move |work, actor| {
        let exceptions = exceptions(work, actor, term.as_deref())?;
        Ok(ExceptionsData { exceptions, label: offering.map(|id| named(work, id)).transpose()?.flatten() })
    });
    let Loaded { layout, data, .. } = loaded.await?;
    let layout = layout.at(address(routes::EXCEPTIONS, &[("term", form.values.term.trim())]));
    let page = ExceptionsPage { t: layout.t, layout, data, form, note };
    page.form.respond(&page)
}

/// Redirects to the page of an academic term's exceptions, which confirms the act that was just
/// carried out.
fn after_act(term: &Term, act: &str) -> Response {
    redirect(&address(routes::EXCEPTIONS, &[("term", &term.code), ("did", act)]))
}

/// `POST /exceptions/forms`: sets an exam format centrally for a group or a discipline.
pub(crate) async fn set(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let typed = FormExceptionForm::of(&form.fields);
    let exception = typed.exception();
    match form.session.write(&state, move |work, actor| set_form_exception(work, actor, &exception)).await {
        Ok(term) => Ok(after_act(&term, "set")),
        Err(failure) => {
            let is_code_missing = typed.names_nothing();
            let rejected = FormState::refused(typed, failure, form.session.texts, |refusal| match refusal {
                Refusal::DisciplineUnknown if is_code_missing => vec![("code", "discipline-code-missing")],
                other => wrong_fields(other),
            })?;
            respond(&state, &form.session, rejected, None).await
        }
    }
}

fn wrong_fields(refusal: &Refusal) -> Vec<(&'static str, &'static str)> {
    let field = |field: Field| match field {
        Field::Info => "info",
        Field::Reason => "reason",
        _ => "row",
    };
    match refusal {
        Refusal::Fields(faults) => faults.iter().map(|fault| (field(fault.field()), fault.wrong.code())).collect(),
        other => vec![("code", other.code())],
    }
}

/// `POST /exceptions/forms/ended`: removes an exam format that was set centrally, so that
/// instructors can choose again.
pub(crate) async fn end(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let (term, id): (TermId, FormExceptionId) = (form.fields.id("term")?, form.fields.id("set")?);
    let term = form.session.write(&state, move |work, actor| end_form_exception(work, actor, term, id)).await?;
    Ok(after_act(&term, "unset"))
}

/// `POST /exceptions/forms/returns`: returns choices to their instructors because the chosen exam
/// differs from the exam format that the registrar's office has set centrally for the group.
pub(crate) async fn send_back(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let (term, id): (TermId, FormExceptionId) = (form.fields.id("term")?, form.fields.id("set")?);
    let shown = shown_choices(&form.fields)?;
    let term = form.session.write(&state, move |work, actor| return_differing(work, actor, term, id, &shown)).await?;
    Ok(after_act(&term, "returned"))
}

/// `POST /offerings/{id}/exam`: records that an offering (a discipline taught to one group) has no
/// final exam, or that it has one again.
pub(crate) async fn exam(
    State(state): State<AppState>,
    PathParams(id): PathParams<OfferingId>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let (has_exam, reason) = (form.fields.yes_or_no("has_exam")?, form.fields.text("reason"));
    let decided = form.session.write(&state, move |work, actor| decide_exam(work, actor, id, has_exam, &reason)).await;
    match decided {
        Ok(term) => Ok(after_act(&term, if has_exam { "restored" } else { "left-out" })),
        Err(failure) => {
            let reason = ReasonForm::refused("exam-reason", &form, failure)?;
            offerings::show_again(&state, &form.session, id, reason).await
        }
    }
}
