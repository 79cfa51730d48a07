//! The page of requests to extend the deadline: an instructor asks, a head of department endorses, the
//! registrar grants or declines.

use crate::error::WebError;
use crate::form_data::FormData;
use crate::form_state::FormState;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::redirect;
use crate::query::{ActDone, Query};
use crate::routes;
use crate::session::{Loaded, Session};
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::choosing::late_offerings::late_offerings;
use app::failure::{Failure, Refusal};
use app::term::extension_requests::{ask_for_extension, decline_requests, endorse_requests, grant_requests};
use app::term::list_extension_requests::{ExtensionRequests, RequestView, extension_requests};
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::response::Response;
use domain::id::{ExtensionRequestId, OfferingId};
use domain::offering::Offering;

#[template_minify(path = "term/extension_requests.html")]
#[derive(Template)]
struct ExtensionRequestsPage {
    layout: Layout,
    t: Texts,
    data: ExtensionRequests,
    /// The offerings for which the reader can ask for an extension now.
    to_ask: Vec<Offering>,
    ask: FormState<AskForm>,
    answer: FormState<AnswerForm>,
    note: Option<&'static str>,
}

/// The submitted form in which an instructor asks to extend the deadline.
#[derive(Debug, Clone, Default)]
struct AskForm {
    offerings: Vec<OfferingId>,
    reason: String,
}

/// The submitted form in which requests are endorsed, granted or declined.
#[derive(Debug, Clone, Default)]
struct AnswerForm {
    requests: Vec<ExtensionRequestId>,
    /// The last day of the extension, as typed.
    until: String,
    reason: String,
}

impl AnswerForm {
    fn of(fields: &FormData) -> Result<Self, WebError> {
        Ok(Self { requests: fields.parsed("request")?, until: fields.text("until"), reason: fields.text("reason") })
    }
}

impl ExtensionRequestsPage {
    fn is_asked(&self, id: &OfferingId) -> bool {
        self.ask.values.offerings.contains(id)
    }

    fn is_ticked(&self, view: &RequestView) -> bool {
        self.answer.values.requests.contains(&view.request.id)
    }

    fn may_endorse(&self) -> bool {
        self.data.waiting.iter().any(|view| view.may_endorse)
    }

    /// The last day of an extension: what was typed, or the last day for deciding.
    fn until(&self) -> String {
        match self.answer.values.until.as_str() {
            "" if !self.answer.is_rejected() => self.data.approve_until.to_string(),
            typed => typed.to_owned(),
        }
    }

    /// The key of the state of one of the reader's own requests.
    fn state_key(&self, view: &RequestView) -> &'static str {
        match &view.request.answer {
            Some(answer) if answer.is_granted => "extension-is-granted",
            Some(_) => "extension-is-declined",
            None => "extension-is-waiting",
        }
    }

    /// Renders the page, with the status of the form that was refused, or 200.
    fn respond(&self) -> Result<Response, WebError> {
        if self.answer.is_rejected() { self.answer.respond(self) } else { self.ask.respond(self) }
    }
}

/// `GET /extension-requests`: lists the requests that concern the signed-in person.
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    Query(done): Query<ActDone>,
) -> Result<Response, WebError> {
    let note = done.note(&[
        ("asked", "extension-sent"),
        ("endorsed", "act-extension-endorsed"),
        ("granted", "deadline-extended"),
        ("declined", "act-extension-declined"),
    ]);
    respond(&state, &session, FormState::default(), FormState::default(), note).await
}

/// `POST /extension-requests`: asks to extend the deadline of the selected groups.
pub(crate) async fn ask(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let values = AskForm { offerings: form.fields.offerings()?, reason: form.fields.text("reason") };
    let asked = values.clone();
    let done =
        form.session.write(&state, move |work, actor| ask_for_extension(work, actor, &asked.offerings, &asked.reason));
    match done.await {
        Ok(()) => Ok(redirect(&routes::after_act(routes::EXTENSION_REQUESTS, "asked"))),
        Err(failure) => {
            let refused = refused(values, failure, &form, "o")?;
            respond(&state, &form.session, refused, FormState::default(), None).await
        }
    }
}

/// `POST /extension-requests/endorsements`: endorses the selected requests.
pub(crate) async fn endorse(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let values = AnswerForm::of(&form.fields)?;
    let ids = values.requests.clone();
    let done = form.session.write(&state, move |work, actor| endorse_requests(work, actor, &ids)).await;
    answered(&state, &form, values, done, "endorsed").await
}

/// `POST /extension-requests/grants`: extends the deadline of the selected requests until a day.
pub(crate) async fn grant(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let values = AnswerForm::of(&form.fields)?;
    let (ids, until) = (values.requests.clone(), values.until.parse().ok());
    let done = form.session.write(&state, move |work, actor| grant_requests(work, actor, &ids, until)).await;
    answered(&state, &form, values, done, "granted").await
}

/// `POST /extension-requests/refusals`: declines the selected requests with a reason.
pub(crate) async fn decline(State(state): State<AppState>, form: SignedForm) -> Result<Response, WebError> {
    let values = AnswerForm::of(&form.fields)?;
    let (ids, reason) = (values.requests.clone(), values.reason.clone());
    let done = form.session.write(&state, move |work, actor| decline_requests(work, actor, &ids, &reason)).await;
    answered(&state, &form, values, done, "declined").await
}

async fn answered(
    state: &AppState,
    form: &SignedForm,
    values: AnswerForm,
    done: Result<(), Failure>,
    act: &str,
) -> Result<Response, WebError> {
    match done {
        Ok(()) => Ok(redirect(&routes::after_act(routes::EXTENSION_REQUESTS, act))),
        Err(failure) => {
            let refused = refused(values, failure, form, "request")?;
            respond(state, &form.session, FormState::default(), refused, None).await
        }
    }
}

/// The state of a refused form: the error stands beside the list of tick boxes, the day or the reason; a
/// conflict concerns the whole form.
fn refused<V>(values: V, failure: Failure, form: &SignedForm, ticks: &'static str) -> Result<FormState<V>, WebError> {
    if matches!(failure, Failure::Stale(_)) {
        return FormState::refused_or_stale(values, failure);
    }
    FormState::refused(values, failure, form.session.texts, |refusal| {
        let field = match refusal {
            Refusal::NothingTicked => ticks,
            Refusal::DayMissing => "until",
            _ => "reason",
        };
        vec![(field, refusal.code())]
    })
}

async fn respond(
    state: &AppState,
    session: &Session,
    ask: FormState<AskForm>,
    answer: FormState<AnswerForm>,
    note: Option<&'static str>,
) -> Result<Response, WebError> {
    let loaded =
        session.read(state, |work, actor| Ok((extension_requests(work, actor)?, late_offerings(work, actor)?)));
    let Loaded { layout, data: (data, to_ask), .. } = loaded.await?;
    let layout = layout.at(routes::EXTENSION_REQUESTS);
    ExtensionRequestsPage { t: layout.t, layout, data, to_ask, ask, answer, note }.respond()
}
