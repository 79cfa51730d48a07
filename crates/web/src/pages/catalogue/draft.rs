//! The page of a catalogue draft: its faults (failed checks), rows, labels and instructions, and a
//! link to the dry run, which lists the choices that the draft would no longer permit.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::{page, redirect};
use crate::pages::catalogue::catalogue_form::{CatalogueForm, NEW};
use crate::pages::catalogue::fault_text;
use crate::path_params::PathParams;
use crate::query::{ActDone, Query};
use crate::routes;
use crate::session::{Loaded, Session};
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::catalogue::catalogue_drafts::{
    CatalogueDraftView, ShownDraft, ShownFault, change_draft, fix_draft, open_draft,
};
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::response::Response;
use domain::catalogue::edit::Edit;
use domain::catalogue::picked::Picked;
use domain::catalogue::{Label, Row, RowId};
use domain::id::CatalogueDraftId;
use domain::name::Name;
use domain::narrowing::Axis;
use domain::proofs::CatalogueFault;
use domain::proofs::fixes::is_mechanical;

#[template_minify(path = "catalogue/draft.html")]
#[derive(Template)]
struct DraftPage {
    layout: Layout,
    t: Texts,
    draft: CatalogueDraftView,
    note: Option<&'static str>,
}

/// The labels (names) of all platforms, all exam formats or all exam types of a catalogue.
struct AxisLabels<'a> {
    axis: Axis,
    labels: &'a [Label],
}

/// A table row in the overview of a catalogue draft's instructions: a topic, such as a platform,
/// with its title and number of videos.
struct TopicSummary {
    code: String,
    title: String,
    /// Whether the exam instructions on one topic exist in all three languages.
    is_complete: bool,
    videos: usize,
}

impl DraftPage {
    fn warning_key(&self, warning: &CatalogueFault) -> &'static str {
        if warning.code == "set-row-off" { "proof-set-row-off" } else { "proof-used-row-off" }
    }

    fn link_to_row(&self, row: &RowId) -> String {
        routes::catalogue_row(self.draft.head.id, &row.0)
    }

    fn link_to_new_row(&self) -> String {
        routes::catalogue_row(self.draft.head.id, NEW)
    }

    fn link_to_new_label(&self, axis: &Axis) -> String {
        routes::catalogue_label(self.draft.head.id, axis, NEW)
    }

    /// The key of the text which says whether an instructor who chooses the catalogue row has to
    /// type additional information.
    fn info_key(&self, row: &Row) -> &'static str {
        if row.info.is_some() { "catalogue-info-needed" } else { "no-info-needed" }
    }

    fn picked(&self, row: &Row) -> Picked {
        Picked::of(&self.draft.catalogue, &row.id, "")
    }

    /// The number of existing choices that use a catalogue row.
    fn used(&self, row: &Row) -> i64 {
        self.draft.around.used.get(&row.id).copied().unwrap_or(0)
    }

    fn axes(&self) -> [AxisLabels<'_>; 3] {
        Axis::ALL.map(|axis| AxisLabels { axis, labels: self.draft.catalogue.labels(axis) })
    }

    /// The number and title of the catalogue row that a fault (failed check) of a draft concerns;
    /// if the draft no longer contains the row, the id of the row.
    fn title(&self, id: &RowId) -> String {
        let row = self.draft.catalogue.row(id);
        row.map_or_else(|| id.0.clone(), |row| format!("{}. {}", row.number, self.t.name(&row.title)))
    }

    fn has(&self, id: &RowId) -> bool {
        self.draft.catalogue.row(id).is_some()
    }

    fn can_fix(&self, fault: &CatalogueFault) -> bool {
        is_mechanical(fault.code)
    }

    /// The address of the page on which an editor can correct a fault (failed check) of a catalogue
    /// draft in its instructions, videos or labels; `None` if the fault concerns catalogue rows.
    fn link_to_fix(&self, fault: &CatalogueFault) -> Option<String> {
        let draft = self.draft.head.id;
        if ["instructions-missing", "captions-missing", "video-untitled"].contains(&fault.code) {
            return Some(routes::catalogue_instructions(draft, &fault.what));
        }
        let (axis, code) = fault.what.split_once(' ').filter(|_| fault.rows.is_empty())?;
        let axis = Axis::ALL.into_iter().find(|known| known.code() == axis)?;
        Some(routes::catalogue_label(draft, axis, code))
    }

    /// The name of the label, text or topic of the catalogue draft that a fault (failed check) is
    /// about; empty if the fault is about whole catalogue rows.
    fn subject(&self, fault: &CatalogueFault) -> String {
        fault_text::subject(self.t, &self.draft.catalogue, fault)
    }

    fn topics(&self) -> Vec<TopicSummary> {
        let catalogue = &self.draft.catalogue;
        let summary = |topic: &str| TopicSummary {
            code: topic.to_owned(),
            title: fault_text::topic_title(self.t, catalogue, topic),
            is_complete: catalogue.instructions_on(topic).is_some_and(Name::is_complete),
            videos: catalogue.videos_on(topic).count(),
        };
        catalogue.topics().into_iter().map(summary).collect()
    }

    /// The names of the faculties to which a catalogue row is offered, or the text which says that
    /// the row is offered to all faculties.
    fn faculties(&self, row: &Row) -> String {
        let Some(offered) = &row.offered else { return self.t.get("catalogue-everybody") };
        let name = |code: &String| {
            let org = self.draft.faculties.iter().find(|org| org.code == *code);
            org.map_or_else(|| code.clone(), |org| self.t.name(&org.name).to_owned())
        };
        offered.faculties.iter().map(name).collect::<Vec<_>>().join(", ")
    }
}

/// `GET /catalogue/drafts/{id}`: shows a catalogue draft with its faults (failed checks).
pub(super) async fn show(
    State(state): State<AppState>,
    session: Session,
    PathParams(id): PathParams<CatalogueDraftId>,
    Query(done): Query<ActDone>,
) -> Result<Response, WebError> {
    let note = done.note(&[("saved", "catalogue-saved"), ("mended", "catalogue-mended")]);
    let loaded = session.read(&state, move |work, actor| open_draft(work, actor, id)).await?;
    let Loaded { layout, data: draft, .. } = loaded;
    page(&DraftPage { t: layout.t, layout: layout.at(routes::catalogue_draft(id)), draft, note })
}

/// `POST /catalogue/drafts/{id}/switches`: switches a row of a catalogue draft on or off. A row
/// that is off cannot be chosen.
pub(super) async fn switch(
    State(state): State<AppState>,
    PathParams(id): PathParams<CatalogueDraftId>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let is_on = form.fields.get("on") == "yes";
    change(&state, id, &form, |row| Edit::Switch(row, is_on)).await
}

/// `POST /catalogue/drafts/{id}/moves`: moves a row of a catalogue draft up or down.
pub(super) async fn shift(
    State(state): State<AppState>,
    PathParams(id): PathParams<CatalogueDraftId>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let is_up = form.fields.get("to") == "up";
    change(&state, id, &form, |row| Edit::Move(row, is_up)).await
}

/// `POST /catalogue/drafts/{id}/removals`: removes a row or a label from a catalogue draft.
pub(super) async fn remove(
    State(state): State<AppState>,
    PathParams(id): PathParams<CatalogueDraftId>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let axis = Axis::ALL.into_iter().find(|axis| axis.code() == form.fields.get("axis"));
    let code = form.fields.text("code");
    let edit = |row| axis.map_or_else(|| Edit::RemoveRow(row), |axis| Edit::RemoveLabel(axis, code));
    change(&state, id, &form, edit).await
}

/// Changes a catalogue draft, and redirects to the page of the draft at the place of the changed
/// row.
async fn change(
    state: &AppState,
    id: CatalogueDraftId,
    form: &SignedForm,
    edit: impl FnOnce(RowId) -> Edit,
) -> Result<Response, WebError> {
    let row = form.fields.text("row");
    let shown = ShownDraft { id, revision: CatalogueForm::of(&form.fields).revision() };
    let anchor = if row.is_empty() { String::new() } else { format!("#{row}") };
    let edit = edit(RowId(row));
    form.session.write(state, move |work, actor| change_draft(work, actor, shown, &edit)).await?;
    Ok(redirect(&format!("{}{anchor}", routes::after_act(&routes::catalogue_draft(id), "saved"))))
}

/// `POST /catalogue/drafts/{id}/fixes`: corrects a fault (failed check) of a catalogue draft that
/// the program can correct without further input.
pub(super) async fn fix(
    State(state): State<AppState>,
    PathParams(id): PathParams<CatalogueDraftId>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let rows = form.fields.all("row").map(str::to_owned).collect();
    let fault = ShownFault { code: form.fields.text("code"), what: form.fields.text("what"), rows };
    let shown = ShownDraft { id, revision: CatalogueForm::of(&form.fields).revision() };
    form.session.write(&state, move |work, actor| fix_draft(work, actor, shown, &fault)).await?;
    Ok(redirect(&routes::after_act(&routes::catalogue_draft(id), "mended")))
}
