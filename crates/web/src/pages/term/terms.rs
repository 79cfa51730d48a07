//! The registrar's terms: names, dates, the rule table in force, and closing them.

use crate::error::{Problem, WebError};
use crate::form_data::{FormData, SignedForm};
use crate::i18n::Texts;
use crate::layout::{Layout, page, page_with};
use crate::pages::term::deadline_extensions::DeadlineExtensionForm;
use crate::query::{ActDone, Query};
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::failure::{Failure, Refusal};
use app::term::deadline_extensions::{DeadlineExtensionView, deadline_extensions_of, named};
use app::term::terms::{TermList, close_term, find_term, list_terms, save_term};
use app::unit_of_work::UnitOfWork;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use domain::id::TermId;
use domain::name::Name;
use domain::roster::Org;
use domain::term::{Term, Uniformity};

#[derive(Template)]
#[template(path = "term/terms.html")]
struct TermsPage {
    layout: Layout,
    t: Texts,
    terms: TermList,
}

/// `GET /terms`
pub(crate) async fn list(State(state): State<AppState>, session: Session) -> Result<Response, WebError> {
    let actor = session.actor();
    let terms = state.app.read(move |work| list_terms(work, &actor)).await?;
    page(&TermsPage { t: session.texts, layout: Layout::of(&session), terms })
}

/// One term, or a new one.
#[derive(Template)]
#[template(path = "term/term.html")]
pub(crate) struct TermPage {
    layout: Layout,
    t: Texts,
    typed: TermForm,
    known: Option<Term>,
    newest_catalogue: i64,
    deadline_extensions: Vec<DeadlineExtensionView>,
    departments: Vec<Org>,
    deadline_extension: DeadlineExtensionForm,
    errors: Vec<(&'static str, &'static str)>,
    note: Option<&'static str>,
}

/// The fields of the form as they were typed.
#[derive(Debug, Clone, Default)]
struct TermForm {
    id: String,
    code: String,
    names: [String; 3],
    days: [String; 5],
    catalogue: String,
    uniformity: String,
}

/// The names of the fields of days, in the order of [`TermForm::days`].
const DAYS: [&str; 5] = ["starts", "ends", "choose_from", "choose_until", "approve_until"];
/// The names of the fields of names, in the order of [`TermForm::names`].
const NAMES: [&str; 3] = ["name_kk", "name_ru", "name_en"];

impl TermForm {
    fn of(fields: &FormData) -> Self {
        let text = |name: &str| fields.get(name).trim().to_owned();
        Self {
            id: text("id"),
            code: text("code"),
            names: NAMES.map(text),
            days: DAYS.map(text),
            catalogue: text("catalogue"),
            uniformity: text("uniformity"),
        }
    }

    /// What the form of a new term begins with.
    fn new(newest_catalogue: i64) -> Self {
        let uniformity = Uniformity::Shown.code().to_owned();
        Self { catalogue: newest_catalogue.to_string(), uniformity, ..Self::default() }
    }

    fn from_term(term: &Term) -> Self {
        let Name { kk, ru, en } = term.name.clone();
        let days = [term.starts, term.ends, term.choose_from, term.choose_until, term.approve_until];
        Self {
            id: term.id.to_string(),
            code: term.code.clone(),
            names: [kk, ru, en],
            days: days.map(|day| day.to_string()),
            catalogue: term.catalogue.to_string(),
            uniformity: term.uniformity.code().to_owned(),
        }
    }

    /// The term, or the fields whose days cannot be read.
    fn read(&self, known: Option<&Term>) -> Result<Term, Vec<&'static str>> {
        let days: Vec<Option<NaiveDate>> = self.days.iter().map(|day| day.parse().ok()).collect();
        let bad: Vec<_> = DAYS.iter().zip(&days).filter(|(_, day)| day.is_none()).map(|(name, _)| *name).collect();
        let (true, &[Some(starts), Some(ends), Some(choose_from), Some(choose_until), Some(approve_until)]) =
            (bad.is_empty(), days.as_slice())
        else {
            return Err(bad);
        };
        let [kk, ru, en] = self.names.clone();
        Ok(Term {
            id: known.map_or_else(|| TermId::of(&[&self.code]), |term| term.id),
            code: known.map_or_else(|| self.code.clone(), |term| term.code.clone()),
            name: Name { kk, ru, en },
            starts,
            ends,
            choose_from,
            choose_until,
            approve_until,
            catalogue: self.catalogue.parse().unwrap_or(0),
            is_closed: known.is_some_and(|term| term.is_closed),
            uniformity: Uniformity::from_code(&self.uniformity).unwrap_or(Uniformity::Shown),
            is_kept_here: true,
        })
    }
}

impl TermPage {
    fn error(&self, field: &str) -> Option<String> {
        let found = self.errors.iter().find(|(known, _)| *known == field);
        found.map(|(_, code)| self.t.code("refused", code))
    }

    fn days(&self) -> impl Iterator<Item = (&'static str, &str)> {
        DAYS.into_iter().zip(self.typed.days.iter().map(String::as_str))
    }

    fn names(&self) -> impl Iterator<Item = (&'static str, &'static str, &str)> {
        let codes = ["kk", "ru", "en"];
        NAMES.into_iter().zip(codes).zip(&self.typed.names).map(|((field, code), name)| (field, code, name.as_str()))
    }

    fn uniformities(&self) -> [&'static str; 3] {
        Uniformity::ALL.map(Uniformity::code)
    }

    fn is_closed(&self) -> bool {
        self.known.as_ref().is_some_and(|term| term.is_closed)
    }
}

/// What is said besides on a term's page.
#[derive(Default)]
pub(crate) struct TermPageState {
    /// Wrong fields with their codes.
    pub(crate) errors: Vec<(&'static str, &'static str)>,
    /// What was typed to open something.
    pub(crate) deadline_extension: DeadlineExtensionForm,
    /// What was done.
    pub(crate) note: Option<&'static str>,
}

/// `GET /terms/{id}`, or `new`
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    Path(id): Path<String>,
    Query(done): Query<ActDone>,
) -> Result<Response, WebError> {
    let note = done.note(&[
        ("saved", "term-saved"),
        ("closed", "term-is-closed"),
        ("opened", "window-opened"),
        ("ended", "window-ended"),
    ]);
    let id = if id == "new" { None } else { Some(read_id(&id)?) };
    shown(&state, &session, (id, None), (StatusCode::OK, TermPageState { note, ..TermPageState::default() })).await
}

fn read_id(id: &str) -> Result<TermId, WebError> {
    id.parse().map_err(|_| WebError::status(StatusCode::NOT_FOUND))
}

/// `POST /terms`: a new one, or a change of the one that `id` names.
pub(crate) async fn save(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let typed = TermForm::of(&form.fields);
    let id = if typed.id.is_empty() { None } else { Some(read_id(&typed.id)?) };
    let (actor, read) = (form.session.actor(), typed.clone());
    let task = move |work: &mut UnitOfWork<'_, '_>| {
        let known = id.map(|id| find_term(work, &actor, id)).transpose()?;
        match read.read(known.as_ref()) {
            Ok(term) => save_term(work, &actor, &term, known.is_none()).map(|()| Ok(term.id)),
            Err(bad) => Ok(Err(bad)),
        }
    };
    let errors = match state.app.write(task).await {
        Ok(Ok(id)) => return Ok(Redirect::to(&format!("{}?did=saved", routes::term(id))).into_response()),
        Ok(Err(bad)) => bad.into_iter().map(|field| (field, "date-missing")).collect(),
        Err(Failure::Refused(Refusal::Term(wrong))) => wrong.iter().map(|one| (one.field(), one.code())).collect(),
        Err(other) => return Err(other.into()),
    };
    let besides = TermPageState { errors, ..TermPageState::default() };
    shown(&state, &form.session, (id, Some(typed)), (StatusCode::UNPROCESSABLE_ENTITY, besides)).await
}

/// `POST /terms/{id}/closing`
pub(crate) async fn close(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let (actor, id) = (form.session.actor(), read_id(&id)?);
    state.app.write(move |work| close_term(work, &actor, id)).await?;
    Ok(Redirect::to(&format!("{}?did=closed", routes::term(id))).into_response())
}

/// The page of a term.
pub(crate) async fn shown_for(
    state: &AppState,
    session: &Session,
    id: TermId,
    besides: (StatusCode, TermPageState),
) -> Result<Response, WebError> {
    shown(state, session, (Some(id), None), besides).await
}

async fn shown(
    state: &AppState,
    session: &Session,
    (id, typed): (Option<TermId>, Option<TermForm>),
    (status, besides): (StatusCode, TermPageState),
) -> Result<Response, WebError> {
    let actor = session.actor();
    let offering = besides.deadline_extension.offering_id();
    let (terms, known, deadline_extensions, departments, label) = state
        .app
        .read(move |work| {
            let terms = list_terms(work, &actor)?;
            let known = id.map(|id| find_term(work, &actor, id)).transpose()?;
            let deadline_extensions =
                id.map(|id| deadline_extensions_of(work, &actor, id)).transpose()?.unwrap_or_default();
            let label = offering.map(|id| named(work, id)).transpose()?;
            Ok((terms, known, deadline_extensions, app::reports::progress::departments(work)?, label))
        })
        .await?;
    let path = id.map_or_else(|| format!("{}/new", routes::TERMS), routes::term);
    let newest = terms.newest_catalogue;
    let begun = known.as_ref().map_or_else(|| TermForm::new(newest), TermForm::from_term);
    let said = besides.errors.first().map(|(_, code)| *code);
    let mut deadline_extension = besides.deadline_extension;
    deadline_extension.label = label.flatten();
    let page = TermPage {
        t: session.texts,
        layout: Layout { path, ..Layout::of(session) },
        typed: typed.unwrap_or(begun),
        known,
        newest_catalogue: newest,
        deadline_extensions,
        departments,
        deadline_extension,
        errors: besides.errors,
        note: besides.note,
    };
    let answer = page_with(status, &page)?;
    Ok(match said {
        Some(code) => Problem::new(status, code).beside(answer),
        None => answer,
    })
}
