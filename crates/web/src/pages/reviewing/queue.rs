//! The head's review queue, also as the answer to a decision that came too late.

use crate::error::{Problem, WebError, status_of};
use crate::form_data::{FormData, SignedForm};
use crate::i18n::Texts;
use crate::layout::{Layout, page_with};
use crate::query::Query;
use crate::routes;
use crate::session::Session;
use crate::state::AppState;
use app::failure::Failure;
use app::reviewing::decide::{ShownChoice, ShownDifference, difference};
use app::reviewing::review_queue::{Card, ReopenRequest, ReviewQueue, review_queue};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::choice::ChoiceAct;
use domain::id::{DisciplineId, OfferingId, PersonId};
use domain::term::Uniformity;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "reviewing/queue.html")]
struct QueuePage {
    layout: Layout,
    t: Texts,
    queue: ReviewQueue,
    just: bool,
    wrong: Option<&'static str>,
    differences: Vec<ShownDifference>,
    seen: Vec<ShownChoice>,
    typed: DecisionForm,
    narrowed: QueueFilter,
}

/// To what the cards that need a look are narrowed; every form of the page carries it.
#[derive(Debug, Clone, Copy, Default)]
struct QueueFilter {
    discipline: Option<DisciplineId>,
    sender: Option<PersonId>,
}

impl QueueFilter {
    fn of(discipline: &str, sender: &str) -> Self {
        Self { discipline: discipline.parse().ok(), sender: sender.parse().ok() }
    }

    fn is_to_discipline(&self, id: &DisciplineId) -> bool {
        self.discipline.as_ref() == Some(id)
    }

    fn is_to_sender(&self, id: &PersonId) -> bool {
        self.sender.as_ref() == Some(id)
    }

    /// As a query and as hidden fields.
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let discipline = self.discipline.map(|id| ("discipline", id.to_string()));
        discipline.into_iter().chain(self.sender.map(|id| ("sender", id.to_string()))).collect()
    }
}

/// What was typed with a decision that was refused; it stands there again.
#[derive(Default)]
struct DecisionForm {
    /// The reason.
    reason: String,
    /// The ready reason that was picked.
    ready: String,
    /// It was one decision for all ticked cards.
    is_bulk: bool,
}

impl DecisionForm {
    fn of(fields: &FormData) -> Self {
        let text = |name| fields.get(name).to_owned();
        Self { reason: text("reason"), ready: text("ready"), is_bulk: fields.has("bulk") }
    }
}

impl QueuePage {
    fn seen(&self, card: &Card) -> String {
        let seen = card.items.iter().map(|(offering, fingerprint)| format!("{}:{fingerprint}", offering.id));
        seen.collect::<Vec<_>>().join(",")
    }

    fn card_id(&self, card: &Card) -> String {
        card.first().map(|offering| format!("c-{}", offering.id)).unwrap_or_default()
    }

    fn card_label(&self, card: &Card) -> String {
        let discipline = card.first().map(|offering| self.t.name(&offering.discipline.name)).unwrap_or_default();
        let groups: Vec<&str> = card.items.iter().map(|(offering, _)| offering.group.as_str()).collect();
        format!("{discipline}, {}", groups.join(", "))
    }

    /// Is this the card whose reason was refused?
    fn is_wrong(&self, card: &Card) -> bool {
        !self.typed.is_bulk && self.is_reason_wrong() && self.is_named(card)
    }

    /// Was the reason for all ticked cards refused?
    fn is_bulk_wrong(&self) -> bool {
        self.typed.is_bulk && self.is_reason_wrong()
    }

    /// Was the card ticked when the decision for all ticked ones was refused?
    fn is_ticked(&self, card: &Card) -> bool {
        self.typed.is_bulk && self.is_named(card)
    }

    /// Is the group of a card ticked? All are, except those that were left out of a refused decision.
    fn is_meant(&self, card: &Card, id: &OfferingId) -> bool {
        !self.is_wrong(card) || self.seen.iter().any(|seen| seen.offering == *id)
    }

    fn is_reason_wrong(&self) -> bool {
        self.wrong.is_some_and(|code| code.starts_with("reason-"))
    }

    fn is_named(&self, card: &Card) -> bool {
        let named = |seen: &ShownChoice| card.items.iter().any(|(offering, _)| offering.id == seen.offering);
        self.wrong.is_some() && self.seen.iter().any(named)
    }

    /// The code of the refusal.
    fn why(&self) -> &'static str {
        self.wrong.unwrap_or_default()
    }

    /// Is this the request whose answer was refused?
    fn is_asked_wrong(&self, asked: &ReopenRequest) -> bool {
        self.is_reason_wrong() && self.seen.iter().any(|seen| seen.offering == asked.offering.id)
    }

    /// Is nothing approved until the groups of a conflict have chosen the same?
    fn must_agree(&self) -> bool {
        self.queue.term.uniformity == Uniformity::Refused
    }

    fn waiting_for_instructors(&self) -> i64 {
        self.queue.tally.not_chosen + self.queue.tally.returned
    }

    fn act(&self, act: &ChoiceAct) -> &'static str {
        match act {
            ChoiceAct::Send => "sent",
            ChoiceAct::Approve => "approved",
            ChoiceAct::Return => "returned",
            ChoiceAct::Reopen => "reopened",
        }
    }

    fn undo_path(&self, act: &ChoiceAct) -> &'static str {
        match act {
            ChoiceAct::Return => "/returns/undo",
            ChoiceAct::Reopen => "/reopenings/undo",
            ChoiceAct::Approve | ChoiceAct::Send => "/approvals/undo",
        }
    }
}

#[derive(Default, Deserialize)]
pub(crate) struct QueueQuery {
    done: Option<String>,
    discipline: Option<String>,
    sender: Option<String>,
}

/// `GET /queue`
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    Query(asked): Query<QueueQuery>,
) -> Result<Response, WebError> {
    let actor = session.actor();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let narrowed = QueueFilter::of(&text(&asked.discipline), &text(&asked.sender));
    let mut queue = state.app.read(move |work| review_queue(work, &actor)).await?;
    queue.narrow(narrowed.discipline, narrowed.sender);
    let (differences, seen, typed) = (Vec::new(), Vec::new(), DecisionForm::default());
    let (layout, just) = (Layout::of(&session), asked.done.is_some());
    page_with(
        StatusCode::OK,
        &QueuePage { t: layout.t, layout, queue, just, wrong: None, differences, seen, typed, narrowed },
    )
}

/// The queue after a decision: where it was taken, or with what stood in its way.
pub(crate) async fn after(
    state: &AppState,
    form: &SignedForm,
    (done, seen): (Result<(), Failure>, Vec<ShownChoice>),
) -> Result<Response, WebError> {
    let (session, typed) = (&form.session, DecisionForm::of(&form.fields));
    let narrowed = QueueFilter::of(form.fields.get("discipline"), form.fields.get("sender"));
    let failure = match done {
        Ok(()) => return Ok(Redirect::to(&done_at(narrowed)).into_response()),
        Err(failure @ (Failure::Refused(_) | Failure::Stale(_))) => failure,
        Err(other) => return Err(other.into()),
    };
    let (actor, shown) = (session.actor(), seen.clone());
    let (mut queue, differences) = state
        .app
        .read(move |work| {
            let mut differences = Vec::new();
            for one in &shown {
                differences.push(difference(work, &actor, *one));
            }
            let found = differences.into_iter().filter_map(Result::ok);
            Ok((review_queue(work, &actor)?, found.filter(changed).collect()))
        })
        .await?;
    queue.narrow(narrowed.discipline, narrowed.sender);
    // The language links of an answer to a form lead to the page itself.
    let layout = Layout { path: routes::QUEUE.to_owned(), ..Layout::of(session) };
    let page = QueuePage {
        t: layout.t,
        layout,
        queue,
        just: false,
        wrong: Some(failure.code()),
        differences,
        seen,
        typed,
        narrowed,
    };
    let status = status_of(&failure);
    Ok(Problem::new(status, failure.code()).beside(page_with(status, &page)?))
}

fn done_at(narrowed: QueueFilter) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("done", "1").extend_pairs(narrowed.pairs());
    format!("{}?{}", routes::QUEUE, query.finish())
}

fn changed(difference: &ShownDifference) -> bool {
    difference.then != difference.now
}

/// The ticked choices with what was shown: `offering:fingerprint`, several joined by commas.
pub(crate) fn seen(fields: &FormData) -> Result<Vec<ShownChoice>, WebError> {
    let mut all = Vec::new();
    for one in fields.all("seen").flat_map(|value| value.split(',')).filter(|one| !one.is_empty()) {
        let read = one.split_once(':').and_then(|(offering, fingerprint)| {
            Some(ShownChoice { offering: offering.parse().ok()?, fingerprint: fingerprint.parse().ok()? })
        });
        all.push(read.ok_or(Failure::NotFound)?);
    }
    Ok(all)
}
