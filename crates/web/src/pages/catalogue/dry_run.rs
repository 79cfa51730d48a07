//! The dry run: what publishing a draft would break, what is to be done with it, and publishing.

use super::draft_id;
use crate::error::{Problem, WebError, status_of};
use crate::form_data::{FormData, SignedForm};
use crate::i18n::Texts;
use crate::layout::{Layout, page_with};
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::catalogue::catalogue_drafts::{CatalogueDraftView, open_draft};
use app::catalogue::catalogue_dry_run::{DryRun, run_dry};
use app::catalogue::publish_catalogue::{PublishRequest, publish_rules};
use app::failure::{Failure, Stale};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::catalogue::{Row, RowId};
use domain::digest::Digest;
use domain::dry_run::{BreakKind, Remedy};
use domain::id::{CatalogueDraftId, TermId};
use domain::limits::CATALOGUE_DRY_RUN_LISTED;
use domain::name::Name;
use domain::report::ChoiceState as Stands;
use std::collections::BTreeMap;

/// Where a broken choice can stand.
const STATES: [Stands; 3] = [Stands::InReview, Stands::Approved, Stands::Returned];

#[derive(Template)]
#[template(path = "catalogue/dry_run.html")]
struct DryRunPage {
    layout: Layout,
    t: Texts,
    drafted: CatalogueDraftView,
    run: DryRun,
    typed: RemedyForm,
    wrong: Option<&'static str>,
    /// What was on the screen was not what is there: this is the dry run anew.
    has_changed: bool,
}

/// What was ticked and typed.
#[derive(Debug, Clone, Default)]
struct RemedyForm {
    remedies: BTreeMap<BreakKind, Remedy>,
    reason: String,
}

impl RemedyForm {
    fn of(fields: &FormData) -> Self {
        let remedy = |how: BreakKind| match fields.get(&format!("do_{}", how.code())) {
            "give-back" => Remedy::Return,
            "move" => Remedy::Move(RowId(fields.get(&format!("to_{}", how.code())).to_owned())),
            _ => Remedy::Leave,
        };
        let remedies = BreakKind::ALL.into_iter().map(|how| (how, remedy(how))).collect();
        Self { remedies, reason: fields.get("reason").to_owned() }
    }
}

/// Broken choices of a department, by state in the order of [`STATES`].
struct DepartmentBreaks {
    department: Name,
    counts: [usize; 3],
}

impl DryRunPage {
    fn base(&self) -> String {
        routes::rule_draft(self.drafted.head.id)
    }

    fn states(&self) -> [&'static str; 3] {
        STATES.map(Stands::code)
    }

    fn total(&self, how: &BreakKind) -> usize {
        self.run.of(*how).count()
    }

    /// Counts by department, in the order of the list.
    fn lines(&self, how: &BreakKind) -> Vec<DepartmentBreaks> {
        let mut lines: Vec<DepartmentBreaks> = Vec::new();
        let mut last = None;
        for one in self.run.of(*how) {
            let fact = &one.fact.fact;
            if last != Some(fact.department) {
                lines.push(DepartmentBreaks { department: self.run.department(one), counts: [0; 3] });
                last = Some(fact.department);
            }
            let place = STATES.iter().position(|&state| state == fact.state).unwrap_or(0);
            if let Some(count) = lines.last_mut().and_then(|line| line.counts.get_mut(place)) {
                *count += 1;
            }
        }
        lines
    }

    fn listed(
        &self,
        how: &BreakKind,
    ) -> impl Iterator<Item = &domain::dry_run::BrokenChoice<app::catalogue::catalogue_dry_run::FactWithNames>> {
        self.run.of(*how).take(CATALOGUE_DRY_RUN_LISTED)
    }

    /// How many are not listed.
    fn beyond(&self, how: &BreakKind) -> usize {
        self.total(how).saturating_sub(CATALOGUE_DRY_RUN_LISTED)
    }

    fn does(&self, how: &BreakKind, code: &str) -> bool {
        let remedy = self.typed.remedies.get(how).unwrap_or(&Remedy::Leave);
        remedy.code() == code
    }

    fn goes_to(&self, how: &BreakKind, row: &Row) -> bool {
        self.typed.remedies.get(how) == Some(&Remedy::Move(row.id.clone()))
    }

    fn can_publish(&self) -> bool {
        self.drafted.faults.is_empty() && self.run.terms.iter().any(|(_, is_meant)| *is_meant)
    }
}

/// `GET /catalogue/drafts/{id}/dry-run?t=…`
pub(super) async fn show(
    State(state): State<AppState>,
    session: Session,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let fields = FormData::parse(query.unwrap_or_default().as_bytes());
    let terms = if fields.has("chosen") { Some(fields.parsed("t")?) } else { None };
    shown(&state, &session, (draft_id(&id)?, terms), (StatusCode::OK, RemedyForm::default(), None)).await
}

async fn shown(
    state: &AppState,
    session: &Session,
    (id, terms): (CatalogueDraftId, Option<Vec<TermId>>),
    (status, typed, wrong): (StatusCode, RemedyForm, Option<&'static str>),
) -> Result<Response, WebError> {
    let actor = session.actor();
    let (drafted, run) = state
        .app
        .read(move |work| Ok((open_draft(work, &actor, id)?, run_dry(work, &actor, id, terms.as_deref())?)))
        .await?;
    let layout = Layout { path: format!("{}/dry-run", routes::rule_draft(id)), ..Layout::of(session) };
    let has_changed = wrong == Some(Stale::DryRunChanged.code());
    let answer = page_with(status, &DryRunPage { t: layout.t, layout, drafted, run, typed, wrong, has_changed })?;
    Ok(match wrong {
        Some(code) => Problem::new(status, code).beside(answer),
        None => answer,
    })
}

/// `POST /catalogue/drafts/{id}/publication`
pub(super) async fn publish(
    State(state): State<AppState>,
    Path(id): Path<String>,
    form: SignedForm,
) -> Result<Response, WebError> {
    let (draft, terms) = (draft_id(&id)?, form.fields.parsed::<TermId>("t")?);
    let planned = RemedyForm::of(&form.fields);
    let seen = form.fields.get("seen").parse().unwrap_or(Digest([0; 32]));
    let RemedyForm { remedies, reason } = planned.clone();
    let publishing = PublishRequest { draft, terms: terms.clone(), seen, remedies, reason };
    let actor = form.session.actor();
    match state.app.write(move |work| publish_rules(work, &actor, &publishing)).await {
        Ok(done) => {
            let query = format!("did=published&n={}&returned={}&moved={}", done.version, done.returned, done.moved);
            Ok(Redirect::to(&format!("{}?{query}", routes::CATALOGUE)).into_response())
        }
        Err(failure @ (Failure::Refused(_) | Failure::Stale(_))) => {
            let besides = (status_of(&failure), planned, Some(failure.code()));
            shown(&state, &form.session, (draft, Some(terms)), besides).await
        }
        Err(other) => Err(other.into()),
    }
}
