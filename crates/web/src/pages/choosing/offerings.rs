//! The page of an offering (a discipline taught to one group): its choice, the acts that the
//! signed-in person is allowed to carry out, and the history of all acts on the choice.

use crate::error::WebError;
use crate::form_state::FormState;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::pages::guide::instructions::{GuideView, guide_on};
use crate::path_params::PathParams;
use crate::query::{ActDone, Query};
use crate::routes;
use crate::session::{Loaded, Session};
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::choosing::view_choice::{OfferingView, ShownDecision, view_choice};
use app::choosing::withdraw_choices::AfterWithdrawal;
use app::failure::Failure;
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::response::Response;
use domain::catalogue::picked::Picked;
use domain::catalogue::{Catalogue, Row};
use domain::id::OfferingId;
use domain::report::ChoiceState;

/// An HTML form with a field for a reason on the page of an offering, for example the form that
/// reopens a choice.
#[derive(Debug, Clone, Default)]
pub(crate) struct ReasonForm {
    /// The HTML id of the field for the typed reason. The page of an offering has several forms
    /// with such a field, so the id tells which form was submitted.
    field: &'static str,
    reason: String,
}

impl ReasonForm {
    /// Creates the state of an HTML form that is shown again because the text typed into its field
    /// for a reason was rejected.
    ///
    /// # Errors
    /// Returns the failure unchanged if it was not caused by the text in the field for a reason.
    pub(crate) fn refused(
        field: &'static str,
        form: &SignedForm,
        failure: Failure,
    ) -> Result<FormState<Self>, WebError> {
        let typed = Self { field, reason: form.fields.text("reason") };
        FormState::refused(typed, failure, form.session.texts, |refusal| vec![(field, refusal.code())])
    }
}

#[template_minify(path = "choosing/offering.html")]
#[derive(Template)]
struct OfferingPage {
    layout: Layout,
    t: Texts,
    view: OfferingView,
    guide: Option<GuideView>,
    note: Option<&'static str>,
    form: FormState<ReasonForm>,
}

impl OfferingPage {
    /// The text that was typed as a reason into the field with the given HTML id on the page of an
    /// offering; empty if a form with a different field was submitted.
    fn typed(&self, field: &str) -> &str {
        if self.form.values.field == field { &self.form.values.reason } else { "" }
    }

    /// The HTML id of the input field whose typed reason was rejected. The error summary at the top
    /// of an offering's page links to this field.
    fn error_anchor(&self) -> &'static str {
        match self.form.values.field {
            "reason" if self.view.may.reopen => "reopen-reason",
            field => field,
        }
    }

    /// Whether the choice of an offering is approved and the signed-in person can neither reopen it
    /// nor ask for that.
    fn is_read_only(&self) -> bool {
        let may = &self.view.may;
        self.view.state == ChoiceState::Approved && !may.reopen && !may.ask_reopen
    }

    /// The key of the sentence that says in which state the choice is after it is withdrawn; `None` if it
    /// cannot be withdrawn now.
    fn withdrawal_hint_key(&self) -> Option<&'static str> {
        self.view.may.withdraw.map(|after| match after {
            AfterWithdrawal::Returned => "withdraw-hint-returned",
            AfterWithdrawal::InReview => "withdraw-hint-earlier",
            AfterWithdrawal::NotChosen => "withdraw-hint",
        })
    }

    /// The key of the sentence that names the person who approved or returned a choice.
    fn decision_key(&self, decision: &ShownDecision) -> &'static str {
        if decision.reason.is_none() { "approved-by" } else { "returned-by" }
    }

    /// The rows of the catalogue in force, from which the registrar selects an exam format to set
    /// centrally.
    fn rows(&self) -> Vec<RowOption> {
        self.view.in_force.as_ref().map(|catalogue| row_options(catalogue, self.t)).unwrap_or_default()
    }

    /// The offering's id and the fingerprint (hash) of its choice as the page shows it:
    /// `offering:fingerprint`. A submitted form carries this value, so that a changed choice is
    /// detected.
    fn shown(&self) -> String {
        let fingerprint = self.view.fingerprint.map(|digest| digest.to_string()).unwrap_or_default();
        format!("{}:{fingerprint}", self.view.offering.id)
    }
}

/// A catalogue row as an option of a select box.
pub(crate) struct RowOption {
    pub(crate) id: String,
    /// Platform, exam format and type of the catalogue row in the interface language.
    pub(crate) label: String,
}

/// The rows of a catalogue as options of a select box.
pub(crate) fn row_options(catalogue: &Catalogue, t: Texts) -> Vec<RowOption> {
    let label = |row: &Row| {
        let picked = Picked::of(catalogue, &row.id, "");
        let parts = [Some(picked.platform), Some(picked.form), picked.kind];
        let parts: Vec<String> = parts.iter().flatten().map(|name| t.name(name).to_owned()).collect();
        RowOption { id: row.id.0.clone(), label: parts.join(" · ") }
    };
    catalogue.rows.iter().map(label).collect()
}

/// `GET /offerings/{id}`: shows an offering (a discipline taught to one group) with its choice.
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    PathParams(id): PathParams<OfferingId>,
    Query(done): Query<ActDone>,
) -> Result<Response, WebError> {
    let note = done.note(&[
        ("asked", "reopening-asked"),
        ("undone", "undone"),
        ("reopened", "act-choice-reopened"),
        ("opened", "deadline-extended"),
    ]);
    respond(&state, &session, id, note, FormState::default()).await
}

/// Shows the page of an offering again after the reason typed into one of the page's forms was
/// rejected.
pub(crate) async fn show_again(
    state: &AppState,
    session: &Session,
    id: OfferingId,
    form: FormState<ReasonForm>,
) -> Result<Response, WebError> {
    respond(state, session, id, None, form).await
}

async fn respond(
    state: &AppState,
    session: &Session,
    id: OfferingId,
    note: Option<&'static str>,
    form: FormState<ReasonForm>,
) -> Result<Response, WebError> {
    let Loaded { layout, data: view, .. } =
        session.read(state, move |work, actor| view_choice(work, actor, id)).await?;
    let guide = view.picked.as_ref().map(|picked| guide_on(&view.catalogue, &picked.row.0, layout.t, 1));
    let layout = layout.at(routes::offering(view.offering.id));
    let page = OfferingPage { t: layout.t, layout, view, guide, note, form };
    page.form.respond(&page)
}
