//! Pages of academic terms: their names, dates and catalogue version, and closing a term.

use crate::error::{FieldError, WebError};
use crate::form_state::{FormState, NameField};
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::{page, redirect};
use crate::pages::term::deadline_extension_form::DeadlineExtensionForm;
use crate::pages::term::term_form::{DAYS, NAMES, TermForm};
use crate::path_params::PathParams;
use crate::query::{ActDone, Query};
use crate::routes;
use crate::session::{Loaded, Session};
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::failure::{Failure, Refusal};
use app::reports::progress::departments;
use app::term::deadline_extensions::{DeadlineExtensionView, OfferingLabel, deadline_extensions_of, named};
use app::term::list_extension_requests::waiting_requests;
use app::term::terms::{TermList, close_term, find_term, list_terms, save_term};
use app::unit_of_work::UnitOfWork;
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::response::Response;
use domain::id::{OfferingId, TermId};
use domain::person::Actor;
use domain::roster::Org;
use domain::term::{Term, Uniformity};

#[template_minify(path = "term/terms.html")]
#[derive(Template)]
struct TermsPage {
    layout: Layout,
    t: Texts,
    terms: TermList,
    /// The number of requests to extend the deadline that wait for an answer.
    extension_requests: usize,
}

/// `GET /terms`: lists the academic terms.
pub(crate) async fn list(State(state): State<AppState>, session: Session) -> Result<Response, WebError> {
    let loaded = session.read(&state, |work, actor| Ok((list_terms(work, actor)?, waiting_requests(work, actor)?)));
    let Loaded { layout, data: (terms, extension_requests), .. } = loaded.await?;
    page(&TermsPage { t: layout.t, layout, terms, extension_requests })
}

/// The page of one academic term, or of a new term.
#[template_minify(path = "term/term.html")]
#[derive(Template)]
struct TermPage {
    layout: Layout,
    t: Texts,
    data: TermData,
    form: FormState<TermForm>,
    extension: FormState<DeadlineExtensionForm>,
    note: Option<&'static str>,
}

/// The data from which the page of an academic term is built.
struct TermData {
    /// The academic term whose page is shown; `None` on the page for a new term.
    term: Option<Term>,
    newest_catalogue: i64,
    deadline_extensions: Vec<DeadlineExtensionView>,
    departments: Vec<Org>,
    /// The discipline and the group of the offering for which a deadline extension was submitted.
    extended_offering: Option<OfferingLabel>,
}

impl TermPage {
    /// The title of the page of an academic term: the name of the term, or a general title for a
    /// new term.
    fn title(&self) -> String {
        match &self.data.term {
            Some(term) => self.t.name(&term.name).to_owned(),
            None => self.t.get("term-new"),
        }
    }

    fn is_new(&self) -> bool {
        self.data.term.is_none()
    }

    /// The errors of the two forms on the page of an academic term: the form of the term, and the
    /// form of a deadline extension.
    fn errors(&self) -> impl Iterator<Item = &FieldError> {
        self.form.errors().iter().chain(self.extension.errors())
    }

    fn is_rejected(&self) -> bool {
        self.form.is_rejected() || self.extension.is_rejected()
    }

    /// The error of a field on the page of an academic term. The field belongs either to the form
    /// of the term or to the form of a deadline extension.
    fn error(&self, field: &str) -> Option<&str> {
        self.form.error(field).or_else(|| self.extension.error(field))
    }

    /// Whether a field in one of the forms on the page of an academic term has an error.
    fn has_error(&self, field: &str) -> bool {
        self.error(field).is_some()
    }

    fn days(&self) -> impl Iterator<Item = (&'static str, &str)> {
        DAYS.into_iter().zip(self.form.values.days.iter().map(String::as_str))
    }

    fn names(&self) -> impl Iterator<Item = NameField<'_>> {
        let codes = ["kk", "ru", "en"];
        let names = NAMES.into_iter().zip(codes).zip(&self.form.values.names);
        names.map(|((field, language), name)| NameField { field, language, value: name })
    }

    fn uniformities(&self) -> [&'static str; 3] {
        Uniformity::ALL.map(Uniformity::code)
    }

    fn is_chosen_uniformity(&self, code: &str) -> bool {
        self.form.values.uniformity == code
    }

    fn is_chosen_catalogue(&self, version: &i64) -> bool {
        self.form.values.catalogue == version.to_string()
    }

    fn is_chosen_department(&self, org: &Org) -> bool {
        self.extension.values.department == org.id.to_string()
    }

    fn is_closed(&self) -> bool {
        self.data.term.as_ref().is_some_and(|term| term.is_closed)
    }

    /// Renders the page of an academic term. The HTTP status is that of the rejected form or, if no
    /// form was rejected, 200.
    fn respond(self) -> Result<Response, WebError> {
        if self.extension.is_rejected() { self.extension.respond(&self) } else { self.form.respond(&self) }
    }
}

/// `GET /terms/new`: shows the form for a new academic term.
pub(crate) async fn new(State(state): State<AppState>, session: Session) -> Result<Response, WebError> {
    let Loaded { layout, data, .. } = session.read(&state, |work, actor| term_data(work, actor, None, None)).await?;
    term_page(layout, data, FormState::default(), FormState::default()).respond()
}

/// `GET /terms/{id}`: shows an academic term with its dates.
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    PathParams(id): PathParams<TermId>,
    Query(done): Query<ActDone>,
) -> Result<Response, WebError> {
    let note = done.note(&[
        ("saved", "term-saved"),
        ("closed", "act-term-closed"),
        ("opened", "deadline-extended"),
        ("ended", "deadline-extension-ended"),
    ]);
    let loaded = session.read(&state, move |work, actor| term_data(work, actor, Some(id), None)).await?;
    let page = term_page(loaded.layout, loaded.data, FormState::default(), FormState::default());
    TermPage { note, ..page }.respond()
}

/// `POST /terms`: creates an academic term, or changes the term whose id is in the form field `id`.
pub(crate) async fn save(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let typed = TermForm::of(&form.fields);
    let id: Option<TermId> = if typed.id.is_empty() { None } else { Some(form.fields.id("id")?) };
    let submitted = typed.clone();
    let saved = form.session.write(&state, move |work, actor| {
        let known = id.map(|id| find_term(work, actor, id)).transpose()?;
        match submitted.read(known.as_ref()) {
            Ok(term) => save_term(work, actor, &term, known.is_none()).map(|()| Ok(term.id)),
            Err(bad_days) => Ok(Err(bad_days)),
        }
    });
    let t = form.session.texts;
    let rejected = match saved.await {
        Ok(Ok(id)) => return Ok(redirect(&routes::after_act(&routes::term(id), "saved"))),
        Ok(Err(bad_days)) => {
            FormState::rejected_fields(typed, bad_days.into_iter().map(|day| missing_day(day, t)).collect())
        }
        Err(Failure::Refused(Refusal::Term(wrong))) => {
            let errors: Vec<_> = wrong.iter().map(|one| (one.field(), one.code())).collect();
            FormState::with_errors(typed, t, &errors)
        }
        Err(other) => return Err(other.into()),
    };
    let loaded = form.session.read(&state, move |work, actor| term_data(work, actor, id, None)).await?;
    term_page(loaded.layout, loaded.data, rejected, FormState::default()).respond()
}

/// The error of an empty or unreadable date field of an academic term.
fn missing_day(day: &'static str, t: Texts) -> FieldError {
    FieldError { label: t.code("day", day), ..FieldError::new(day, "date-missing", t) }
}

/// `POST /terms/{id}/closing`: closes an academic term permanently after its last day of approving.
pub(crate) async fn close(
    State(state): State<AppState>,
    PathParams(id): PathParams<TermId>,
    form: SignedForm,
) -> Result<Response, WebError> {
    form.session.write(&state, move |work, actor| close_term(work, actor, id)).await?;
    Ok(redirect(&routes::after_act(&routes::term(id), "closed")))
}

/// Shows the page of an academic term with the errors of a rejected deadline extension.
pub(crate) async fn show_with_extension(
    state: &AppState,
    session: &Session,
    id: TermId,
    extension: FormState<DeadlineExtensionForm>,
) -> Result<Response, WebError> {
    let offering = extension.values.offering_id();
    let loaded = session.read(state, move |work, actor| term_data(work, actor, Some(id), offering)).await?;
    term_page(loaded.layout, loaded.data, FormState::default(), extension).respond()
}

fn term_data(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    id: Option<TermId>,
    extended: Option<OfferingId>,
) -> Result<TermData, Failure> {
    let newest_catalogue = list_terms(work, actor)?.newest_catalogue;
    Ok(TermData {
        term: id.map(|id| find_term(work, actor, id)).transpose()?,
        newest_catalogue,
        deadline_extensions: id.map(|id| deadline_extensions_of(work, actor, id)).transpose()?.unwrap_or_default(),
        departments: departments(work)?,
        extended_offering: extended.map(|id| named(work, id)).transpose()?.flatten(),
    })
}

fn term_page(
    layout: Layout,
    data: TermData,
    form: FormState<TermForm>,
    mut extension: FormState<DeadlineExtensionForm>,
) -> TermPage {
    let begun = data.term.as_ref().map_or_else(|| TermForm::new(data.newest_catalogue), TermForm::from_term);
    let form = if form.is_rejected() { form } else { FormState::new(begun) };
    extension.values.label.clone_from(&data.extended_offering);
    let layout =
        layout.at(data.term.as_ref().map_or_else(|| routes::NEW_TERM.to_owned(), |term| routes::term(term.id)));
    TermPage { t: layout.t, layout, data, form, extension, note: None }
}
