//! The page for editing a label of a catalogue draft: the name of a platform, exam format or type
//! in three languages.

use crate::error::WebError;
use crate::form_state::FormState;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::redirect;
use crate::pages::catalogue::catalogue_form::{CatalogueForm, NEW};
use crate::path_params::PathParams;
use crate::routes;
use crate::session::{Loaded, Session};
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::catalogue::catalogue_drafts::{CatalogueDraftView, ShownDraft, change_draft, open_draft};
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::response::Response;
use domain::catalogue::Label;
use domain::catalogue::edit::Edit;
use domain::id::CatalogueDraftId;
use domain::narrowing::Axis;
use serde::Deserialize;

#[template_minify(path = "catalogue/label.html")]
#[derive(Template)]
struct LabelPage {
    layout: Layout,
    t: Texts,
    draft: CatalogueDraftView,
    axis: Axis,
    code: String,
    /// Whether no catalogue row uses the label (name of a platform, exam format or type). Only an
    /// unused label can be removed.
    is_unused: bool,
    form: FormState<CatalogueForm>,
}

impl LabelPage {
    /// The address of the list of labels (names of platforms, exam formats and types) on the page
    /// of the catalogue draft.
    fn back(&self) -> String {
        format!("{}#labels", routes::catalogue_draft(self.draft.head.id))
    }

    fn is_platform(&self) -> bool {
        self.axis == Axis::Platform
    }

    fn is_new(&self) -> bool {
        self.code == NEW
    }
}

/// The path parameters of the page for editing a label: the catalogue draft, the field (platform,
/// exam format or type), and the code of the label or `new`.
#[derive(Deserialize)]
pub(super) struct LabelParams {
    id: CatalogueDraftId,
    axis: String,
    code: String,
}

impl LabelParams {
    fn axis(&self) -> Result<Axis, WebError> {
        let axis = Axis::ALL.into_iter().find(|axis| axis.code() == self.axis);
        axis.ok_or_else(WebError::not_found)
    }
}

/// `GET /catalogue/drafts/{id}/labels/{axis}/{code}`: shows the form that edits a label of a
/// catalogue draft, the name of a platform, exam format or type. The code `new` is for a new label.
pub(super) async fn show(
    State(state): State<AppState>,
    session: Session,
    PathParams(params): PathParams<LabelParams>,
) -> Result<Response, WebError> {
    show_again(&state, &session, params, None).await
}

/// Shows the form that edits a label of a catalogue draft. The form contains the submitted values
/// or, if the form was not submitted, the stored values of the draft.
async fn show_again(
    state: &AppState,
    session: &Session,
    params: LabelParams,
    form: Option<FormState<CatalogueForm>>,
) -> Result<Response, WebError> {
    let (axis, LabelParams { id, code, .. }) = (params.axis()?, params);
    let loaded = session.read(state, move |work, actor| open_draft(work, actor, id)).await?;
    let Loaded { layout, data: draft, .. } = loaded;
    let label = draft.catalogue.labels(axis).iter().find(|label| label.code == code);
    if label.is_none() && code != NEW {
        return Err(WebError::not_found());
    }
    let form = form.unwrap_or_else(|| FormState::new(label.map(CatalogueForm::from_label).unwrap_or_default()));
    let is_unused = code != NEW && !draft.catalogue.rows.iter().any(|row| axis.of(row) == code);
    let layout = layout.at(routes::catalogue_label(id, axis, &code));
    let page = LabelPage { t: layout.t, layout, draft, axis, code, is_unused, form };
    page.form.respond(&page)
}

/// `POST /catalogue/drafts/{id}/labels/{axis}/{code}`: saves a label of a catalogue draft, the name
/// of a platform, exam format or type.
pub(super) async fn save(
    State(state): State<AppState>,
    PathParams(params): PathParams<LabelParams>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let (id, axis) = (params.id, params.axis()?);
    let values = CatalogueForm::of(&form.fields);
    let shown = ShownDraft { id, revision: values.revision() };
    let edit = Edit::PutLabel(axis, submitted_label(&values, axis, &params.code));
    match form.session.write(&state, move |work, actor| change_draft(work, actor, shown, &edit)).await {
        Ok(()) => Ok(redirect(&format!("{}#labels", routes::after_act(&routes::catalogue_draft(id), "saved")))),
        Err(failure) => {
            let form_state = FormState::refused_or_stale(values, failure)?;
            show_again(&state, &form.session, params, Some(form_state)).await
        }
    }
}

fn submitted_label(values: &CatalogueForm, axis: Axis, code: &str) -> Label {
    let code = if code == NEW { values.get("code") } else { code };
    let link = Some(values.get("link").trim().to_owned()).filter(|link| !link.is_empty() && axis == Axis::Platform);
    Label { code: code.to_owned(), name: values.name("name"), link }
}
