//! One row of a draft: its labels, what it asks for, where it is offered, what is planned for it.

use super::{draft_id, shown_draft};
use crate::error::{Problem, WebError};
use crate::form_data::SignedForm;
use crate::i18n::Texts;
use crate::layout::{Layout, page_with};
use crate::pages::catalogue::catalogue_form::CatalogueForm;
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::catalogue::catalogue_drafts::{CatalogueDraftView, change_draft, open_draft};
use app::failure::Failure;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::catalogue::RowId;
use domain::catalogue::edit::{Edit, EditError};
use domain::id::CatalogueDraftId;
use domain::name::Name;
use domain::narrowing::Axis;
use domain::proofs::CatalogueFault;

/// The name under which the form of a new row is found.
const NEW: &str = "new";

#[derive(Template)]
#[template(path = "catalogue/row.html")]
struct RowPage {
    layout: Layout,
    t: Texts,
    drafted: CatalogueDraftView,
    row: String,
    typed: CatalogueForm,
    wrong: Option<&'static str>,
}

/// A field, its values with their names, and what is picked.
type SelectInput<'a> = (&'static str, Vec<(String, Name)>, &'a str);

impl RowPage {
    fn base(&self) -> String {
        routes::rule_draft(self.drafted.head.id)
    }

    fn is_new(&self) -> bool {
        self.row == NEW
    }

    fn heading(&self) -> String {
        let row = self.drafted.catalogue.row(&RowId(self.row.clone()));
        row.map_or_else(|| self.t.get("rules-new-row"), |row| format!("{}. {}", row.number, self.t.name(&row.title)))
    }

    /// What the proofs say about this row.
    fn faults(&self) -> impl Iterator<Item = &CatalogueFault> {
        let id = RowId(self.row.clone());
        self.drafted.faults.iter().filter(move |fault| fault.rows.contains(&id))
    }

    /// The three selects: field, values with names, what is picked.
    fn selects(&self) -> Vec<SelectInput<'_>> {
        let values = |axis: Axis| {
            let labels = self.drafted.catalogue.labels(axis);
            labels.iter().map(|label| (label.code.clone(), label.name.clone())).collect()
        };
        Axis::ALL.into_iter().map(|axis| (axis.code(), values(axis), self.typed.get(axis.code()))).collect()
    }

    fn is_ticked(&self, code: &str) -> bool {
        self.typed.faculties.iter().any(|known| known == code)
    }

    /// Faculties that the row names and that are not there: kept, so that nothing is lost silently.
    fn unknown_faculties(&self) -> impl Iterator<Item = &String> {
        self.typed.faculties.iter().filter(|code| self.drafted.faculties.iter().all(|org| org.code != **code))
    }
}

/// `GET /catalogue/drafts/{id}/rows/{row}`, or `new`
pub(super) async fn show(
    State(state): State<AppState>,
    session: Session,
    Path((id, row)): Path<(String, String)>,
) -> Result<Response, WebError> {
    shown(&state, &session, (draft_id(&id)?, row), (StatusCode::OK, None, None)).await
}

type RowPageState = (StatusCode, Option<CatalogueForm>, Option<&'static str>);

async fn shown(
    state: &AppState,
    session: &Session,
    (id, row): (CatalogueDraftId, String),
    (status, typed, wrong): RowPageState,
) -> Result<Response, WebError> {
    let actor = session.actor();
    let drafted = state.app.read(move |work| open_draft(work, &actor, id)).await?;
    let known = drafted.catalogue.row(&RowId(row.clone()));
    if known.is_none() && row != NEW {
        return Err(Failure::NotFound.into());
    }
    let begun = || known.map_or_else(new_row, CatalogueForm::from_row);
    let typed = typed.unwrap_or_else(begun);
    let layout = Layout { path: format!("{}/rows/{row}", routes::rule_draft(id)), ..Layout::of(session) };
    let answer = page_with(status, &RowPage { t: layout.t, layout, drafted, row, typed, wrong })?;
    Ok(match wrong {
        Some(code) => Problem::new(status, code).beside(answer),
        None => answer,
    })
}

fn new_row() -> CatalogueForm {
    let mut typed = CatalogueForm::default();
    for (field, value) in [("is_on", "yes"), ("whom", "all"), ("minutes", "90"), ("attempts", "1"), ("parts", "1")] {
        typed.put(field, value);
    }
    typed
}

/// `POST /catalogue/drafts/{id}/rows/{row}`
pub(super) async fn save(
    State(state): State<AppState>,
    Path((id, row)): Path<(String, String)>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let shown_as = shown_draft(&id, &form.fields)?;
    let typed = CatalogueForm::of(&form.fields);
    let edit = edit(&typed, &row);
    let actor = form.session.actor();
    let done = match edit {
        Ok(edit) => state.app.write(move |work| change_draft(work, &actor, shown_as, &edit)).await,
        Err(wrong) => Err(wrong.into()),
    };
    match done {
        Ok(()) => {
            let anchor = if row == NEW { typed.get("id") } else { row.as_str() };
            Ok(Redirect::to(&format!("{}?did=saved#{anchor}", routes::rule_draft(shown_as.0))).into_response())
        }
        Err(failure @ (Failure::Refused(_) | Failure::Stale(_))) => {
            let status = crate::error::status_of(&failure);
            shown(&state, &form.session, (shown_as.0, row), (status, Some(typed), Some(failure.code()))).await
        }
        Err(other) => Err(other.into()),
    }
}

fn edit(typed: &CatalogueForm, row: &str) -> Result<Edit, EditError> {
    // The draft gives a new row its number; of a known one it stays in a hidden field.
    let number = typed.get("number").parse().unwrap_or(0);
    match row {
        NEW => Ok(Edit::AddRow(Box::new(typed.row(RowId(typed.get("id").to_owned()), number)?))),
        known => Ok(Edit::ChangeRow(Box::new(typed.row(RowId(known.to_owned()), number)?))),
    }
}
