//! The page of the dry run of a catalogue draft. The page lists the choices that the draft would no
//! longer permit, and offers remedies, such as returning these choices. The page also has the form
//! that publishes the draft.

use crate::error::WebError;
use crate::form_data::FormData;
use crate::form_state::FormState;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::redirect;
use crate::path_params::PathParams;
use crate::query::address;
use crate::routes;
use crate::security_log::{SecurityEvent, logged};
use crate::session::{Loaded, Session};
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::catalogue::catalogue_drafts::{CatalogueDraftView, open_draft};
use app::catalogue::catalogue_dry_run::{DryRun, FactWithNames, run_dry};
use app::catalogue::publish_catalogue::{PublishRequest, PublishResult, publish_catalogue};
use app::failure::Stale;
use askama::Template;
use askama_minify::template_minify;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::catalogue::{Row, RowId};
use domain::digest::Digest;
use domain::dry_run::{BreakKind, BrokenChoice, Remedy};
use domain::id::{CatalogueDraftId, TermId};
use domain::limits::CATALOGUE_DRY_RUN_LISTED;
use domain::name::Name;
use domain::report::ChoiceState;
use domain::term::Term;
use std::collections::BTreeMap;

/// The states of choices (such as approved) that the page of the dry run counts. A catalogue draft
/// can break choices in these states, which means that it no longer permits them.
const STATES: [ChoiceState; 3] = [ChoiceState::InReview, ChoiceState::Approved, ChoiceState::Returned];

#[template_minify(path = "catalogue/dry_run.html")]
#[derive(Template)]
struct DryRunPage {
    layout: Layout,
    t: Texts,
    draft: CatalogueDraftView,
    run: DryRun,
    form: FormState<RemedyForm>,
}

/// The submitted form that publishes a catalogue draft: the typed reason for the publication and,
/// for each cause for which choices are no longer permitted, the remedy.
#[derive(Debug, Clone, Default)]
struct RemedyForm {
    remedies: BTreeMap<BreakKind, Remedy>,
    reason: String,
}

impl RemedyForm {
    fn of(fields: &FormData) -> Self {
        let remedy = |kind: BreakKind| match fields.get(&format!("do_{}", kind.code())) {
            "give-back" => Remedy::Return,
            "move" => Remedy::Move(RowId(fields.text(&format!("to_{}", kind.code())))),
            _ => Remedy::Leave,
        };
        let remedies = BreakKind::ALL.into_iter().map(|kind| (kind, remedy(kind))).collect();
        Self { remedies, reason: fields.text("reason") }
    }
}

/// The choices of a department that a catalogue draft would no longer permit. The choices are
/// counted by state (such as approved), in the sequence of the states in [`STATES`].
struct DepartmentBreaks {
    department: Name,
    counts: [usize; 3],
}

impl DepartmentBreaks {
    /// Pairs of the code of a state and the number of broken choices (choices that the draft no
    /// longer permits) in that state.
    fn by_state(&self) -> impl Iterator<Item = (&'static str, usize)> {
        STATES.map(ChoiceState::code).into_iter().zip(self.counts)
    }
}

/// A remedy that the page of a catalogue draft's dry run offers as an option, such as returning
/// choices to their instructors. The remedy is for all choices that the draft would no longer
/// permit because of one and the same cause.
struct RemedyOption {
    id: String,
    field: String,
    code: &'static str,
    is_selected: bool,
}

impl DryRunPage {
    /// The academic terms whose choices the dry run has checked against the catalogue draft.
    fn selected_terms(&self) -> impl Iterator<Item = &Term> {
        self.run.terms.iter().filter(|(_, is_selected)| *is_selected).map(|(term, _)| term)
    }

    /// Whether the catalogue draft was not published because its dry run now has a different result
    /// than when the editor saw it. The dry run finds the choices that the draft would no longer
    /// permit.
    fn has_changed(&self) -> bool {
        self.form.code() == Some(Stale::DryRunChanged.code())
    }

    fn states(&self) -> [&'static str; 3] {
        STATES.map(ChoiceState::code)
    }

    fn total(&self, kind: &BreakKind) -> usize {
        self.run.of(*kind).count()
    }

    /// The choices that the catalogue draft would no longer permit because of the cause `kind`,
    /// counted by department. The departments are listed in the sequence in which the dry run found
    /// their choices.
    fn departments(&self, kind: &BreakKind) -> Vec<DepartmentBreaks> {
        let mut departments: Vec<DepartmentBreaks> = Vec::new();
        let mut last = None;
        for broken in self.run.of(*kind) {
            let fact = &broken.fact.fact;
            if last != Some(fact.department) {
                departments.push(DepartmentBreaks { department: self.run.department(broken), counts: [0; 3] });
                last = Some(fact.department);
            }
            let column = STATES.iter().position(|&state| state == fact.state).unwrap_or(0);
            if let Some(count) = departments.last_mut().and_then(|row| row.counts.get_mut(column)) {
                *count += 1;
            }
        }
        departments
    }

    fn listed(&self, kind: &BreakKind) -> impl Iterator<Item = &BrokenChoice<FactWithNames>> {
        self.run.of(*kind).take(CATALOGUE_DRY_RUN_LISTED)
    }

    /// The number of choices that the page of the dry run does not list, although the draft no
    /// longer permits them. For each cause the page lists at most `CATALOGUE_DRY_RUN_LISTED`
    /// choices.
    fn beyond(&self, kind: &BreakKind) -> usize {
        self.total(kind).saturating_sub(CATALOGUE_DRY_RUN_LISTED)
    }

    fn remedies(&self, kind: &BreakKind) -> [RemedyOption; 3] {
        let picked = self.form.values.remedies.get(kind).unwrap_or(&Remedy::Leave).code();
        let kind = kind.code();
        [Remedy::Leave, Remedy::Return, Remedy::Move(RowId(String::new()))].map(|remedy| {
            let code = remedy.code();
            RemedyOption {
                id: format!("{code}-{kind}"),
                field: format!("do_{kind}"),
                code,
                is_selected: code == picked,
            }
        })
    }

    /// The number and the title of a catalogue row.
    fn title(&self, row: &Row) -> String {
        format!("{}. {}", row.number, self.t.name(&row.title))
    }

    fn moves_to(&self, kind: &BreakKind, row: &Row) -> bool {
        self.form.values.remedies.get(kind) == Some(&Remedy::Move(row.id.clone()))
    }

    fn can_publish(&self) -> bool {
        self.draft.faults.is_empty() && self.run.terms.iter().any(|(_, is_selected)| *is_selected)
    }
}

/// `GET /catalogue/drafts/{id}/dry-run?t=…`: shows the choices that a catalogue draft would no
/// longer permit. Each parameter `t` is an academic term to check.
pub(super) async fn show(
    State(state): State<AppState>,
    session: Session,
    PathParams(id): PathParams<CatalogueDraftId>,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let fields = FormData::parse(query.unwrap_or_default().as_bytes());
    let terms = if fields.has("chosen") { Some(fields.parsed("t")?) } else { None };
    show_again(&state, &session, id, terms, FormState::default()).await
}

async fn show_again(
    state: &AppState,
    session: &Session,
    id: CatalogueDraftId,
    terms: Option<Vec<TermId>>,
    form: FormState<RemedyForm>,
) -> Result<Response, WebError> {
    let loaded = session.read(state, move |work, actor| {
        Ok((open_draft(work, actor, id)?, run_dry(work, actor, id, terms.as_deref())?))
    });
    let Loaded { layout, data: (draft, run), .. } = loaded.await?;
    let layout = layout.at(routes::catalogue_dry_run(id));
    let page = DryRunPage { t: layout.t, layout, draft, run, form };
    page.form.respond(&page)
}

/// `POST /catalogue/drafts/{id}/publication`: publishes a catalogue draft, and applies the selected
/// remedies to the choices that the draft no longer permits.
pub(super) async fn publish(
    State(state): State<AppState>,
    PathParams(draft): PathParams<CatalogueDraftId>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let terms = form.fields.parsed::<TermId>("t")?;
    let values = RemedyForm::of(&form.fields);
    let seen = form.fields.get("seen").parse().unwrap_or(Digest([0; 32]));
    let RemedyForm { remedies, reason } = values.clone();
    let request = PublishRequest { draft, terms: terms.clone(), seen, remedies, reason };
    match form.session.write(&state, move |work, actor| publish_catalogue(work, actor, &request)).await {
        Ok(published) => Ok(logged(SecurityEvent::CataloguePublished, redirect(&after_publication(&published)))),
        Err(failure) => {
            let form_state = FormState::refused_or_stale(values, failure)?;
            show_again(&state, &form.session, draft, Some(terms), form_state).await
        }
    }
}

/// The address of the catalogue's page with a message about the publication and the number of
/// choices that it changed.
fn after_publication(published: &PublishResult) -> String {
    let [version, returned, moved] =
        [published.version.to_string(), published.returned.to_string(), published.moved.to_string()];
    let pairs = [("did", "published"), ("n", &*version), ("returned", &*returned), ("moved", &*moved)];
    address(routes::CATALOGUE, &pairs)
}
