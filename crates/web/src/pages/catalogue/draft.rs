//! A draft: its proofs, its rows, its labels, its instructions, and the way to publishing it.

use super::{draft_id, shown_draft};
use crate::error::WebError;
use crate::form_data::SignedForm;
use crate::i18n::Texts;
use crate::layout::{Layout, page};
use crate::query::{ActDone, Query};
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::catalogue::catalogue_drafts::{CatalogueDraftView, change_draft, mend_draft, open_draft};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::catalogue::edit::Edit;
use domain::catalogue::picked::Picked;
use domain::catalogue::{Label, Row, RowId};
use domain::name::Name;
use domain::narrowing::Axis;
use domain::proofs::CatalogueFault;
use domain::proofs::fixes::is_mechanical;

#[derive(Template)]
#[template(path = "catalogue/draft.html")]
struct DraftPage {
    layout: Layout,
    t: Texts,
    drafted: CatalogueDraftView,
    note: Option<&'static str>,
}

impl DraftPage {
    fn warning_key(&self, warning: &CatalogueFault) -> &'static str {
        if warning.code == "set-row-off" { "proof-set-row-off" } else { "proof-used-row-off" }
    }

    fn base(&self) -> String {
        routes::rule_draft(self.drafted.head.id)
    }

    fn picked(&self, row: &Row) -> Picked {
        Picked::of(&self.drafted.catalogue, &row.id, "")
    }

    fn used(&self, row: &Row) -> i64 {
        self.drafted.around.used.get(&row.id).copied().unwrap_or(0)
    }

    fn axes(&self) -> [(&'static str, &[Label]); 3] {
        Axis::ALL.map(|axis| (axis.code(), self.drafted.catalogue.labels(axis)))
    }

    /// A row that is named by a proof; one that is gone has its id for a name.
    fn title(&self, id: &RowId) -> String {
        let row = self.drafted.catalogue.row(id);
        row.map_or_else(|| id.0.clone(), |row| format!("{}. {}", row.number, self.t.name(&row.title)))
    }

    fn has(&self, id: &RowId) -> bool {
        self.drafted.catalogue.row(id).is_some()
    }

    fn can_mend(&self, fault: &CatalogueFault) -> bool {
        is_mechanical(fault.code)
    }

    /// Where a person mends what cannot be mended by itself, if it is not at a row.
    fn place(&self, fault: &CatalogueFault) -> Option<String> {
        let base = routes::rule_draft(self.drafted.head.id);
        if ["instructions-missing", "captions-missing", "video-untitled"].contains(&fault.code) {
            return Some(format!("{base}/instructions/{}", fault.what));
        }
        let (axis, code) = fault.what.split_once(' ').filter(|_| fault.rows.is_empty())?;
        let axis = Axis::ALL.into_iter().find(|known| known.code() == axis)?;
        Some(format!("{base}/labels/{}/{code}", axis.code()))
    }

    /// The topics of instructions: code, name, is it there in three languages, how many videos.
    fn topics(&self) -> Vec<(String, Name, bool, usize)> {
        let catalogue = &self.drafted.catalogue;
        let topic = |topic: &str| {
            let is_whole = catalogue.instructions_on(topic).is_some_and(Name::is_complete);
            (topic.to_owned(), catalogue.name_of_topic(topic), is_whole, catalogue.videos_on(topic).count())
        };
        catalogue.topics().into_iter().map(topic).collect()
    }

    fn faculties(&self, row: &Row) -> String {
        let codes = row.offered.iter().flat_map(|offered| &offered.faculties);
        let name = |code: &String| {
            let org = self.drafted.faculties.iter().find(|org| org.code == *code);
            org.map_or_else(|| code.clone(), |org| self.t.name(&org.name).to_owned())
        };
        codes.map(name).collect::<Vec<_>>().join(", ")
    }
}

/// `GET /catalogue/drafts/{id}`
pub(super) async fn show(
    State(state): State<AppState>,
    session: Session,
    Path(id): Path<String>,
    Query(done): Query<ActDone>,
) -> Result<Response, WebError> {
    let note = done.note(&[("saved", "rules-saved"), ("mended", "rules-mended")]);
    let (actor, id) = (session.actor(), draft_id(&id)?);
    let drafted = state.app.read(move |work| open_draft(work, &actor, id)).await?;
    page(&DraftPage {
        t: session.texts,
        layout: Layout { path: routes::rule_draft(id), ..Layout::of(&session) },
        drafted,
        note,
    })
}

/// `POST /catalogue/drafts/{id}/switches`
pub(super) async fn switch(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let on = form.fields.get("on") == "yes";
    edited(&state, &id, &form, |row| Edit::Switch(row, on)).await
}

/// `POST /catalogue/drafts/{id}/moves`
pub(super) async fn shift(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let up = form.fields.get("to") == "up";
    edited(&state, &id, &form, |row| Edit::Move(row, up)).await
}

/// `POST /catalogue/drafts/{id}/removals`: a row, or a label of a field.
pub(super) async fn remove(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let axis = Axis::ALL.into_iter().find(|axis| axis.code() == form.fields.get("axis"));
    let code = form.fields.get("code").to_owned();
    let edit = |row| axis.map_or_else(|| Edit::RemoveRow(row), |axis| Edit::RemoveLabel(axis, code));
    edited(&state, &id, &form, edit).await
}

async fn edited(
    state: &AppState,
    id: &str,
    form: &SignedForm,
    edit: impl FnOnce(RowId) -> Edit,
) -> Result<Response, WebError> {
    let shown = shown_draft(id, &form.fields)?;
    let row = form.fields.get("row").to_owned();
    let anchor = format!("#{row}");
    let (actor, edit) = (form.session.actor(), edit(RowId(row)));
    state.app.write(move |work| change_draft(work, &actor, shown, &edit)).await?;
    let anchor = if anchor.len() > 1 { anchor.as_str() } else { "" };
    Ok(Redirect::to(&format!("{}?did=saved{anchor}", routes::rule_draft(shown.0))).into_response())
}

/// `POST /catalogue/drafts/{id}/mends`
pub(super) async fn mend(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let shown = shown_draft(&id, &form.fields)?;
    let text = |name| form.fields.get(name).to_owned();
    let (code, what) = (text("code"), text("what"));
    let rows: Vec<String> = form.fields.all("row").map(str::to_owned).collect();
    let actor = form.session.actor();
    state.app.write(move |work| mend_draft(work, &actor, shown, (&code, &what, &rows))).await?;
    Ok(Redirect::to(&format!("{}?did=mended", routes::rule_draft(shown.0))).into_response())
}
