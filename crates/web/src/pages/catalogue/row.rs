//! The page for editing a row of a catalogue draft: platform, exam format and type, the additional
//! information that an instructor has to type, the faculties that can use the row, and the
//! duration, attempts and parts of the exam.

use crate::error::WebError;
use crate::form_state::FormState;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::redirect;
use crate::pages::catalogue::catalogue_form::{CatalogueForm, NEW};
use crate::pages::catalogue::fault_text;
use crate::path_params::PathParams;
use crate::routes;
use crate::session::{Loaded, Session};
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::catalogue::catalogue_drafts::{CatalogueDraftView, ShownDraft, change_draft, open_draft};
use app::failure::Failure;
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::response::Response;
use domain::catalogue::edit::{Edit, EditError};
use domain::catalogue::{Label, RowId};
use domain::id::CatalogueDraftId;
use domain::narrowing::Axis;
use domain::proofs::CatalogueFault;
use serde::Deserialize;

#[template_minify(path = "catalogue/row.html")]
#[derive(Template)]
struct RowPage {
    layout: Layout,
    t: Texts,
    draft: CatalogueDraftView,
    row: String,
    form: FormState<CatalogueForm>,
}

/// The select box for the platform, exam format or type of a catalogue row.
struct AxisSelect<'a> {
    axis: Axis,
    labels: &'a [Label],
    selected: &'a str,
}

impl AxisSelect<'_> {
    /// Whether a field of a catalogue row can stay empty in its select box. Only the exam type is
    /// optional.
    fn is_optional(&self) -> bool {
        self.axis == Axis::Kind
    }

    fn is_selected(&self, code: &str) -> bool {
        self.selected == code
    }
}

impl RowPage {
    /// The name of the label or text that a fault (failed check) of the edited row is about; empty
    /// if the fault is about the whole row.
    fn subject(&self, fault: &CatalogueFault) -> String {
        fault_text::subject(self.t, &self.draft.catalogue, fault)
    }

    /// The address of the page of the catalogue draft that contains the edited row.
    fn back(&self) -> String {
        routes::catalogue_draft(self.draft.head.id)
    }

    fn is_new(&self) -> bool {
        self.row == NEW
    }

    fn heading(&self) -> String {
        let row = self.draft.catalogue.row(&RowId(self.row.clone()));
        row.map_or_else(
            || self.t.get("catalogue-new-row"),
            |row| format!("{}. {}", row.number, self.t.name(&row.title)),
        )
    }

    /// The faults (failed checks) of the catalogue draft that concern the edited row.
    fn faults(&self) -> impl Iterator<Item = &CatalogueFault> {
        let id = RowId(self.row.clone());
        self.draft.faults.iter().filter(move |fault| fault.rows.contains(&id))
    }

    fn selects(&self) -> [AxisSelect<'_>; 3] {
        Axis::ALL.map(|axis| AxisSelect {
            axis,
            labels: self.draft.catalogue.labels(axis),
            selected: self.form.values.get(axis.code()),
        })
    }

    fn is_ticked(&self, code: &str) -> bool {
        self.form.values.faculties.iter().any(|known| known == code)
    }

    /// The codes in a catalogue row's list of faculties to which no faculty belongs. The form shows
    /// these codes, so that saving the row does not silently remove them.
    fn unknown_faculties(&self) -> impl Iterator<Item = &String> {
        let is_known = |code: &str| self.draft.faculties.iter().any(|org| org.code == code);
        self.form.values.faculties.iter().filter(move |code| !is_known(code))
    }
}

/// The path parameters of the page for editing a catalogue row: the catalogue draft, and the id of
/// the row or `new`.
#[derive(Deserialize)]
pub(super) struct RowParams {
    id: CatalogueDraftId,
    row: String,
}

/// `GET /catalogue/drafts/{id}/rows/{row}`: shows the form that edits a row of a catalogue draft.
/// The id `new` is for a new row.
pub(super) async fn show(
    State(state): State<AppState>,
    session: Session,
    PathParams(params): PathParams<RowParams>,
) -> Result<Response, WebError> {
    show_again(&state, &session, params, None).await
}

/// Shows the form that edits a row of a catalogue draft. The form contains the submitted values or,
/// if the form was not submitted, the stored values of the draft.
async fn show_again(
    state: &AppState,
    session: &Session,
    RowParams { id, row }: RowParams,
    form: Option<FormState<CatalogueForm>>,
) -> Result<Response, WebError> {
    let loaded = session.read(state, move |work, actor| open_draft(work, actor, id)).await?;
    let Loaded { layout, data: draft, .. } = loaded;
    let known = draft.catalogue.row(&RowId(row.clone()));
    if known.is_none() && row != NEW {
        return Err(WebError::not_found());
    }
    let form = form.unwrap_or_else(|| FormState::new(known.map_or_else(new_row, CatalogueForm::from_row)));
    let layout = layout.at(routes::catalogue_row(id, &row));
    let page = RowPage { t: layout.t, layout, draft, row, form };
    page.form.respond(&page)
}

fn new_row() -> CatalogueForm {
    let mut values = CatalogueForm::default();
    for (field, value) in [("is_on", "yes"), ("whom", "all"), ("minutes", "90"), ("attempts", "1"), ("parts", "1")] {
        values.put(field, value);
    }
    values
}

/// `POST /catalogue/drafts/{id}/rows/{row}`: saves a row of a catalogue draft.
pub(super) async fn save(
    State(state): State<AppState>,
    PathParams(params): PathParams<RowParams>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let values = CatalogueForm::of(&form.fields);
    let id = params.id;
    let shown = ShownDraft { id, revision: values.revision() };
    let saved = match edit(&values, &params.row) {
        Ok(edit) => form.session.write(&state, move |work, actor| change_draft(work, actor, shown, &edit)).await,
        Err(error) => Err(error.into()),
    };
    match saved {
        Ok(()) => {
            let anchor = if params.row == NEW { values.get("id") } else { &params.row };
            Ok(redirect(&format!("{}#{anchor}", routes::after_act(&routes::catalogue_draft(id), "saved"))))
        }
        Err(failure) => {
            let form_state = rejected(values, failure, form.session.texts)?;
            show_again(&state, &form.session, params, Some(form_state)).await
        }
    }
}

/// The form of a catalogue row that was refused. The error stands beside its field if the refusal
/// tells which field is wrong.
fn rejected(values: CatalogueForm, failure: Failure, t: Texts) -> Result<FormState<CatalogueForm>, WebError> {
    let wrong = match failure.code() {
        "rules-bad-code" | "rules-id-taken" => vec!["id"],
        "rules-bad-number" => {
            ["minutes", "attempts", "parts"].into_iter().filter(|name| !values.is_number(name)).collect()
        }
        _ => Vec::new(),
    };
    if wrong.is_empty() {
        FormState::refused_or_stale(values, failure)
    } else {
        FormState::refused(values, failure, t, |refusal| wrong.iter().map(|&field| (field, refusal.code())).collect())
    }
}

fn edit(values: &CatalogueForm, row: &str) -> Result<Edit, EditError> {
    // A new catalogue row gets its number from the draft. The number of an existing row is sent in
    // a hidden form field.
    let number = values.get("number").parse().unwrap_or(0);
    match row {
        NEW => Ok(Edit::AddRow(Box::new(values.row(RowId(values.get("id").to_owned()), number)?))),
        known => Ok(Edit::ChangeRow(Box::new(values.row(RowId(known.to_owned()), number)?))),
    }
}
