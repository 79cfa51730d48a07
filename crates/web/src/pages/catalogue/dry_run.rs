//! The dry run: what publishing a draft would break, what is to be done with it, and publishing.

use super::draft_id;
use crate::error::{Oops, Said, status_of};
use crate::form_data::{Fields, Posted};
use crate::layout::{Frame, page_with};
use crate::routes;
use crate::session::Seat;
use crate::state::Door;
use app::catalogue::catalogue_drafts::{Drafted, open_draft};
use app::catalogue::catalogue_dry_run::{DryRun, run_dry};
use app::catalogue::publish_catalogue::{Publishing, publish_rules};
use app::failure::{Failure, Stale};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::catalogue::{Row, RowId};
use domain::dry_run::{Break, Remedy};
use domain::fingerprint::Digest;
use domain::id::{RuleDraftId, TermId};
use domain::name::Name;
use domain::report::State as Stands;
use std::collections::BTreeMap;

/// At most so many choices of one kind are listed by name; all of them are counted.
const LISTED: usize = 300;

/// Where a broken choice can stand.
const STATES: [Stands; 3] = [Stands::InReview, Stands::Approved, Stands::Returned];

#[derive(Template)]
#[template(path = "catalogue/dry_run.html")]
struct DryRunPage {
    f: Frame,
    drafted: Drafted,
    run: DryRun,
    typed: Planned,
    wrong: Option<&'static str>,
    /// What was on the screen was not what is there: this is the dry run anew.
    has_changed: bool,
}

/// What was ticked and typed.
#[derive(Debug, Clone, Default)]
struct Planned {
    remedies: BTreeMap<Break, Remedy>,
    reason: String,
}

impl Planned {
    fn of(fields: &Fields) -> Self {
        let remedy = |how: Break| match fields.get(&format!("do_{}", how.code())) {
            "give-back" => Remedy::Return,
            "move" => Remedy::Move(RowId(fields.get(&format!("to_{}", how.code())).to_owned())),
            _ => Remedy::Leave,
        };
        let remedies = Break::ALL.into_iter().map(|how| (how, remedy(how))).collect();
        Self { remedies, reason: fields.get("reason").to_owned() }
    }
}

/// Broken choices of a department, by state in the order of [`STATES`].
struct Line {
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

    fn total(&self, how: &Break) -> usize {
        self.run.of(*how).count()
    }

    /// Counts by department, in the order of the list.
    fn lines(&self, how: &Break) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        let mut last = None;
        for one in self.run.of(*how) {
            let fact = &one.fact.fact;
            if last != Some(fact.department) {
                lines.push(Line { department: self.run.department(one), counts: [0; 3] });
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
        how: &Break,
    ) -> impl Iterator<Item = &domain::dry_run::Broken<app::catalogue::catalogue_dry_run::Chosen>> {
        self.run.of(*how).take(LISTED)
    }

    /// How many are not listed.
    fn beyond(&self, how: &Break) -> usize {
        self.total(how).saturating_sub(LISTED)
    }

    fn does(&self, how: &Break, code: &str) -> bool {
        let remedy = self.typed.remedies.get(how).unwrap_or(&Remedy::Leave);
        remedy.code() == code
    }

    fn goes_to(&self, how: &Break, row: &Row) -> bool {
        self.typed.remedies.get(how) == Some(&Remedy::Move(row.id.clone()))
    }

    fn can_publish(&self) -> bool {
        self.drafted.faults.is_empty() && self.run.terms.iter().any(|(_, is_meant)| *is_meant)
    }
}

/// `GET /catalogue/drafts/{id}/dry-run?t=…`
pub(super) async fn show(
    State(door): State<Door>,
    seat: Seat,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Oops> {
    let fields = Fields::parse(query.unwrap_or_default().as_bytes());
    let terms = if fields.has("chosen") { Some(fields.parsed("t")?) } else { None };
    shown(&door, &seat, (draft_id(&id)?, terms), (StatusCode::OK, Planned::default(), None)).await
}

async fn shown(
    door: &Door,
    seat: &Seat,
    (id, terms): (RuleDraftId, Option<Vec<TermId>>),
    (status, typed, wrong): (StatusCode, Planned, Option<&'static str>),
) -> Result<Response, Oops> {
    let actor = seat.actor();
    let (drafted, run) = door
        .app
        .read(move |desk| Ok((open_draft(desk, &actor, id)?, run_dry(desk, &actor, id, terms.as_deref())?)))
        .await?;
    let f = Frame { path: format!("{}/dry-run", routes::rule_draft(id)), ..Frame::of(seat) };
    let has_changed = wrong == Some(Stale::DryRunChanged.code());
    let answer = page_with(status, &DryRunPage { f, drafted, run, typed, wrong, has_changed })?;
    Ok(match wrong {
        Some(code) => Said::new(status, code).beside(answer),
        None => answer,
    })
}

/// `POST /catalogue/drafts/{id}/publication`
pub(super) async fn publish(
    State(door): State<Door>,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Oops> {
    let (draft, terms) = (draft_id(&id)?, posted.fields.parsed::<TermId>("t")?);
    let planned = Planned::of(&posted.fields);
    let seen = posted.fields.get("seen").parse().unwrap_or(Digest([0; 32]));
    let Planned { remedies, reason } = planned.clone();
    let publishing = Publishing { draft, terms: terms.clone(), seen, remedies, reason };
    let actor = posted.seat.actor();
    match door.app.write(move |desk| publish_rules(desk, &actor, &publishing)).await {
        Ok(done) => {
            let query = format!("did=published&n={}&returned={}&moved={}", done.version, done.returned, done.moved);
            Ok(Redirect::to(&format!("{}?{query}", routes::CATALOGUE)).into_response())
        }
        Err(failure @ (Failure::Refused(_) | Failure::Stale(_))) => {
            let besides = (status_of(&failure), planned, Some(failure.code()));
            shown(&door, &posted.seat, (draft, Some(terms)), besides).await
        }
        Err(other) => Err(other.into()),
    }
}
