//! Terms: names, dates, the catalogue in force, and closing them.

use crate::error::{FieldError, WebError};
use crate::form_data::FormData;
use crate::form_state::{FormState, NameField};
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::{page, redirect};
use crate::pages::term::deadline_extension_form::DeadlineExtensionForm;
use crate::path_params::PathParams;
use crate::query::{ActDone, Query};
use crate::routes;
use crate::session::{Loaded, Session};
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::failure::{Failure, Refusal};
use app::reports::progress::departments;
use app::term::deadline_extensions::{DeadlineExtensionView, OfferingLabel, deadline_extensions_of, named};
use app::term::terms::{TermList, close_term, find_term, list_terms, save_term};
use app::unit_of_work::UnitOfWork;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use domain::id::{OfferingId, TermId};
use domain::name::Name;
use domain::person::Actor;
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
    let Loaded { layout, data: terms, .. } = session.read(&state, list_terms).await?;
    page(&TermsPage { t: layout.t, layout, terms })
}

/// One term, or a new one.
#[derive(Template)]
#[template(path = "term/term.html")]
struct TermPage {
    layout: Layout,
    t: Texts,
    data: TermData,
    form: FormState<TermForm>,
    extension: FormState<DeadlineExtensionForm>,
    note: Option<&'static str>,
}

/// The data of a term's page.
struct TermData {
    /// The term; `None` for a new one.
    term: Option<Term>,
    newest_catalogue: i64,
    deadline_extensions: Vec<DeadlineExtensionView>,
    departments: Vec<Org>,
    /// Discipline and group of the offering that an extension was typed for.
    extended_offering: Option<OfferingLabel>,
}

/// The fields of a term as typed.
#[derive(Debug, Clone, Default)]
struct TermForm {
    id: String,
    code: String,
    names: [String; 3],
    days: [String; 5],
    catalogue: String,
    uniformity: String,
}

/// The fields of days, in the order of [`TermForm::days`].
const DAYS: [&str; 5] = ["starts", "ends", "choose_from", "choose_until", "approve_until"];
/// The fields of names, in the order of [`TermForm::names`].
const NAMES: [&str; 3] = ["name_kk", "name_ru", "name_en"];

impl TermForm {
    fn of(fields: &FormData) -> Self {
        Self {
            id: fields.trimmed("id"),
            code: fields.trimmed("code"),
            names: NAMES.map(|name| fields.trimmed(name)),
            days: DAYS.map(|name| fields.trimmed(name)),
            catalogue: fields.trimmed("catalogue"),
            uniformity: fields.trimmed("uniformity"),
        }
    }

    /// The values that the form of a new term begins with.
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

    /// The term.
    ///
    /// # Errors
    /// The names of the fields whose days cannot be read.
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
    /// All wrong fields of the page's two forms.
    fn errors(&self) -> impl Iterator<Item = &FieldError> {
        self.form.errors().iter().chain(self.extension.errors())
    }

    fn is_rejected(&self) -> bool {
        self.form.is_rejected() || self.extension.is_rejected()
    }

    /// The error of a field of either form.
    fn error(&self, field: &str) -> Option<&str> {
        self.form.error(field).or_else(|| self.extension.error(field))
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

    fn is_closed(&self) -> bool {
        self.data.term.as_ref().is_some_and(|term| term.is_closed)
    }

    /// The page as an answer, with the status of the form that was rejected.
    fn respond(self) -> Result<Response, WebError> {
        if self.extension.is_rejected() { self.extension.respond(&self) } else { self.form.respond(&self) }
    }
}

/// `GET /terms/new`
pub(crate) async fn new(State(state): State<AppState>, session: Session) -> Result<Response, WebError> {
    let Loaded { layout, data, .. } = session.read(&state, |work, actor| term_data(work, actor, None, None)).await?;
    term_page(layout, data, FormState::default(), FormState::default()).respond()
}

/// `GET /terms/{id}`
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    PathParams(id): PathParams<TermId>,
    Query(done): Query<ActDone>,
) -> Result<Response, WebError> {
    let note = done.note(&[
        ("saved", "term-saved"),
        ("closed", "term-is-closed"),
        ("opened", "window-opened"),
        ("ended", "window-ended"),
    ]);
    let loaded = session.read(&state, move |work, actor| term_data(work, actor, Some(id), None)).await?;
    let page = term_page(loaded.layout, loaded.data, FormState::default(), FormState::default());
    TermPage { note, ..page }.respond()
}

/// `POST /terms`: a new term, or a change of the one that `id` names.
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
            let errors: Vec<_> = bad_days.into_iter().map(|field| (field, "date-missing")).collect();
            FormState::with_errors(typed, t, &errors)
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

/// `POST /terms/{id}/closing`
pub(crate) async fn close(
    State(state): State<AppState>,
    PathParams(id): PathParams<TermId>,
    form: SignedForm,
) -> Result<Response, WebError> {
    form.session.write(&state, move |work, actor| close_term(work, actor, id)).await?;
    Ok(redirect(&routes::after_act(&routes::term(id), "closed")))
}

/// The page of a term with an extension that was not accepted.
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
