//! One row of a draft: its labels, what it asks for, where it is offered, what is planned for it.

use super::{draft_id, shown_draft};
use crate::error::{Oops, Said};
use crate::form_data::Posted;
use crate::layout::{Frame, page_with};
use crate::pages::catalogue::catalogue_form::Typed;
use crate::routes;
use crate::session::Seat;
use crate::state::Door;
use app::catalogue::catalogue_drafts::{Drafted, change_draft, open_draft};
use app::failure::Failure;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::catalogue::RowId;
use domain::catalogue::edit::{Edit, WrongEdit};
use domain::id::RuleDraftId;
use domain::name::Name;
use domain::narrowing::Axis;
use domain::proofs::Fault;

/// The name under which the form of a new row is found.
const NEW: &str = "new";

#[derive(Template)]
#[template(path = "catalogue/row.html")]
struct RowPage {
    f: Frame,
    drafted: Drafted,
    row: String,
    typed: Typed,
    wrong: Option<&'static str>,
}

/// A field, its values with their names, and what is picked.
type Select<'a> = (&'static str, Vec<(String, Name)>, &'a str);

impl RowPage {
    fn base(&self) -> String {
        routes::rule_draft(self.drafted.head.id)
    }

    fn is_new(&self) -> bool {
        self.row == NEW
    }

    fn heading(&self) -> String {
        let row = self.drafted.catalogue.row(&RowId(self.row.clone()));
        row.map_or_else(|| self.f.w.t("rules-new-row"), |row| format!("{}. {}", row.number, self.f.w.name(&row.title)))
    }

    /// What the proofs say about this row.
    fn faults(&self) -> impl Iterator<Item = &Fault> {
        let id = RowId(self.row.clone());
        self.drafted.faults.iter().filter(move |fault| fault.rows.contains(&id))
    }

    /// The three selects: field, values with names, what is picked.
    fn selects(&self) -> Vec<Select<'_>> {
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
    State(door): State<Door>,
    seat: Seat,
    Path((id, row)): Path<(String, String)>,
) -> Result<Response, Oops> {
    shown(&door, &seat, (draft_id(&id)?, row), (StatusCode::OK, None, None)).await
}

type Besides = (StatusCode, Option<Typed>, Option<&'static str>);

async fn shown(
    door: &Door,
    seat: &Seat,
    (id, row): (RuleDraftId, String),
    (status, typed, wrong): Besides,
) -> Result<Response, Oops> {
    let actor = seat.actor();
    let drafted = door.app.read(move |desk| open_draft(desk, &actor, id)).await?;
    let known = drafted.catalogue.row(&RowId(row.clone()));
    if known.is_none() && row != NEW {
        return Err(Failure::NotFound.into());
    }
    let begun = || known.map_or_else(new_row, Typed::from_row);
    let typed = typed.unwrap_or_else(begun);
    let f = Frame { path: format!("{}/rows/{row}", routes::rule_draft(id)), ..Frame::of(seat) };
    let answer = page_with(status, &RowPage { f, drafted, row, typed, wrong })?;
    Ok(match wrong {
        Some(code) => Said::new(status, code).beside(answer),
        None => answer,
    })
}

fn new_row() -> Typed {
    let mut typed = Typed::default();
    for (field, value) in [("is_on", "yes"), ("whom", "all"), ("minutes", "90"), ("attempts", "1"), ("parts", "1")] {
        typed.put(field, value);
    }
    typed
}

/// `POST /catalogue/drafts/{id}/rows/{row}`
pub(super) async fn save(
    State(door): State<Door>,
    Path((id, row)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Oops> {
    let shown_as = shown_draft(&id, &posted.fields)?;
    let typed = Typed::of(&posted.fields);
    let edit = edit(&typed, &row);
    let actor = posted.seat.actor();
    let done = match edit {
        Ok(edit) => door.app.write(move |desk| change_draft(desk, &actor, shown_as, &edit)).await,
        Err(wrong) => Err(wrong.into()),
    };
    match done {
        Ok(()) => {
            let anchor = if row == NEW { typed.get("id") } else { row.as_str() };
            Ok(Redirect::to(&format!("{}?did=saved#{anchor}", routes::rule_draft(shown_as.0))).into_response())
        }
        Err(failure @ (Failure::Refused(_) | Failure::Stale(_))) => {
            let status = crate::error::status_of(&failure);
            shown(&door, &posted.seat, (shown_as.0, row), (status, Some(typed), Some(failure.code()))).await
        }
        Err(other) => Err(other.into()),
    }
}

fn edit(typed: &Typed, row: &str) -> Result<Edit, WrongEdit> {
    // The draft gives a new row its number; of a known one it stays in a hidden field.
    let number = typed.get("number").parse().unwrap_or(0);
    match row {
        NEW => Ok(Edit::AddRow(Box::new(typed.row(RowId(typed.get("id").to_owned()), number)?))),
        known => Ok(Edit::ChangeRow(Box::new(typed.row(RowId(known.to_owned()), number)?))),
    }
}
