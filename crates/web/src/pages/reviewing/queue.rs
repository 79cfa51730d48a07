//! The review queue of the head of department, which lists the choices sent for review. If a
//! decision is refused, for example because a choice has changed meanwhile, the queue is shown
//! again with the cause of the refusal.

use crate::error::WebError;
use crate::form_data::FormData;
use crate::form_state::FormState;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::redirect;
use crate::query::Query;
use crate::routes;
use crate::session::{Loaded, Session};
use crate::signed_form::SignedForm;
use crate::state::AppState;
use app::failure::Failure;
use app::reviewing::decide::{ShownChoice, ShownDifference, difference};
use app::reviewing::review_queue::{Card, RecentDecision, ReopenRequest, ReviewQueue, review_queue};
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::response::Response;
use domain::choice::ChoiceAct;
use domain::id::{DisciplineId, OfferingId, PersonId};
use domain::limits::QUEUE_RECENT_NAMED;
use domain::term::Uniformity;
use serde::Deserialize;

/// The value of the parameter `done` after a decision that the page confirms, with a button to undo it.
const DECIDED: &str = "1";
/// The value of the parameter `done` after a request to reopen was declined.
pub(crate) const DECLINED: &str = "declined";

#[template_minify(path = "reviewing/queue.html")]
#[derive(Template)]
struct QueuePage {
    layout: Layout,
    t: Texts,
    queue: ReviewQueue,
    /// Whether the page of the review queue confirms a decision that the signed-in person has just
    /// made.
    is_done: bool,
    /// Whether the page confirms that a request to reopen was declined.
    is_declined: bool,
    differences: Vec<ShownDifference>,
    form: FormState<DecisionForm>,
    filter: QueueFilter,
}

/// The filter of the review queue by discipline and sender. Every form on the page of the queue
/// sends the filter in hidden fields, so that the same filter is selected after a decision.
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

    /// The filter of the review queue as pairs of name and value, for addresses and hidden form
    /// fields.
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let discipline = self.discipline.map(|id| ("discipline", id.to_string()));
        discipline.into_iter().chain(self.sender.map(|id| ("sender", id.to_string()))).collect()
    }
}

/// The submitted HTML form with which a choice is approved or returned in the review queue.
#[derive(Debug, Clone, Default)]
struct DecisionForm {
    reason: String,
    /// The id of the phrase (a frequent reason for returning) that the head selected; empty if none.
    phrase: String,
    /// Whether the decision is for all ticked cards of the review queue at once. A card is the box
    /// that shows one choice, for one or more groups. Otherwise the decision is for a single card.
    is_bulk: bool,
    /// The choices that are approved or returned, with the fingerprints (hashes) of the versions
    /// that the review queue showed.
    shown: Vec<ShownChoice>,
}

impl DecisionForm {
    fn of(fields: &FormData, shown: Vec<ShownChoice>) -> Self {
        Self { reason: fields.text("reason"), phrase: fields.text("phrase"), is_bulk: fields.has("bulk"), shown }
    }
}

impl QueuePage {
    fn shown(&self, card: &Card) -> String {
        let shown = card.items.iter().map(|(offering, fingerprint)| format!("{}:{fingerprint}", offering.id));
        shown.collect::<Vec<_>>().join(",")
    }

    fn card_id(&self, card: &Card) -> String {
        card.first().map(|offering| format!("c-{}", offering.id)).unwrap_or_default()
    }

    fn card_label(&self, card: &Card) -> String {
        let discipline = card.first().map(|offering| self.t.name(&offering.discipline.name)).unwrap_or_default();
        let groups: Vec<&str> = card.items.iter().map(|(offering, _)| offering.group.as_str()).collect();
        format!("{discipline}, {}", groups.join(", "))
    }

    /// Whether the reason typed on a card of the review queue was rejected. A card is the box that
    /// shows one choice, for one or more groups.
    fn is_wrong(&self, card: &Card) -> bool {
        !self.form.values.is_bulk && self.is_reason_wrong() && self.is_decided(card)
    }

    /// Whether the reason that was typed for all ticked cards (boxes with one choice each) of the
    /// review queue was rejected.
    fn is_bulk_wrong(&self) -> bool {
        self.form.values.is_bulk && self.is_reason_wrong()
    }

    /// Whether a card (a box with one choice) of the review queue was ticked when a decision for
    /// all ticked cards was rejected.
    fn is_ticked(&self, card: &Card) -> bool {
        self.form.values.is_bulk && self.is_decided(card)
    }

    /// Whether a group is ticked on a card of the review queue, the box that shows one choice for
    /// one or more groups. At first all groups of a card are ticked. If a decision about the card
    /// was rejected, only those groups are ticked that were ticked before.
    fn is_meant(&self, card: &Card, id: &OfferingId) -> bool {
        !self.is_wrong(card) || self.form.values.shown.iter().any(|shown| shown.offering == *id)
    }

    fn is_reason_wrong(&self) -> bool {
        self.form.code().is_some_and(|code| code.starts_with("reason-"))
    }

    fn is_decided(&self, card: &Card) -> bool {
        let of_card = |shown: &ShownChoice| card.items.iter().any(|(offering, _)| offering.id == shown.offering);
        self.form.is_rejected() && self.form.values.shown.iter().any(of_card)
    }

    /// The code of the error for which a decision in the review queue was refused; empty if no
    /// decision was refused.
    fn code(&self) -> &'static str {
        self.form.code().unwrap_or_default()
    }

    /// Whether the reason typed for declining a request to reopen the choice was rejected.
    fn is_request_wrong(&self, request: &ReopenRequest) -> bool {
        self.is_reason_wrong() && self.form.values.shown.iter().any(|shown| shown.offering == request.offering.id)
    }

    /// Whether choices are approved only after the same exam was chosen for all parallel groups
    /// (student groups taught the same discipline).
    fn must_agree(&self) -> bool {
        self.queue.term.uniformity == Uniformity::Refused
    }

    /// Whether the review queue offers filters: it has choices of more than one discipline or
    /// sender.
    fn can_be_filtered(&self) -> bool {
        self.queue.disciplines.len() > 1 || self.queue.senders.len() > 1
    }

    /// The names of the groups whose choices were approved or returned in a recent decision: at
    /// most `QUEUE_RECENT_NAMED` names, and the total number if there are more groups.
    fn groups_of(&self, decision: &RecentDecision) -> String {
        let named = decision.offerings.iter().take(QUEUE_RECENT_NAMED).map(|offering| offering.group.as_str());
        let named = named.collect::<Vec<_>>().join(", ");
        let number = decision.offerings.len();
        if number > QUEUE_RECENT_NAMED { format!("{named} … ({number})") } else { named }
    }

    fn waiting_for_instructors(&self) -> i64 {
        self.queue.tally.not_chosen + self.queue.tally.returned
    }

    fn act_code(&self, act: &ChoiceAct) -> &'static str {
        match act {
            ChoiceAct::Send => "sent",
            ChoiceAct::Approve => "approved",
            ChoiceAct::Return => "returned",
            ChoiceAct::Reopen => "reopened",
        }
    }

    fn undo_path(&self, act: &ChoiceAct) -> &'static str {
        match act {
            ChoiceAct::Return => routes::RETURNS_UNDO,
            ChoiceAct::Reopen => routes::REOPENINGS_UNDO,
            ChoiceAct::Approve | ChoiceAct::Send => routes::APPROVALS_UNDO,
        }
    }
}

#[derive(Default, Deserialize)]
pub(crate) struct QueueQuery {
    done: Option<String>,
    #[serde(default)]
    discipline: String,
    #[serde(default)]
    sender: String,
}

/// `GET /queue?discipline=…&sender=…`: shows the review queue of the head of department.
pub(crate) async fn show(
    State(state): State<AppState>,
    session: Session,
    Query(query): Query<QueueQuery>,
) -> Result<Response, WebError> {
    let filter = QueueFilter::of(&query.discipline, &query.sender);
    let Loaded { layout, mut data, .. } = session.read(&state, review_queue).await?;
    data.narrow(filter.discipline, filter.sender);
    let (form, is_declined) = (FormState::default(), query.done.as_deref() == Some(DECLINED));
    let is_done = query.done.is_some() && !is_declined;
    let page =
        QueuePage { t: layout.t, layout, queue: data, is_done, is_declined, differences: Vec::new(), form, filter };
    page.form.respond(&page)
}

/// The response to a decision in the review queue: a redirect to the queue with the same filter. If
/// the decision was refused, the queue is shown again with the cause of the refusal.
pub(crate) async fn answer(
    state: &AppState,
    form: &SignedForm,
    shown: Vec<ShownChoice>,
    decided: Result<(), Failure>,
) -> Result<Response, WebError> {
    answer_with(state, form, shown, decided, DECIDED).await
}

/// The response to an act in the review queue, as [`answer`]; `done` says what the queue confirms.
pub(crate) async fn answer_with(
    state: &AppState,
    form: &SignedForm,
    shown: Vec<ShownChoice>,
    decided: Result<(), Failure>,
    done: &str,
) -> Result<Response, WebError> {
    let filter = QueueFilter::of(form.fields.get("discipline"), form.fields.get("sender"));
    match decided {
        Ok(()) => Ok(redirect(&after_decision(filter, done))),
        Err(failure) => {
            let decision = DecisionForm::of(&form.fields, shown);
            show_again(state, &form.session, FormState::refused_or_stale(decision, failure)?, filter).await
        }
    }
}

async fn show_again(
    state: &AppState,
    session: &Session,
    form: FormState<DecisionForm>,
    filter: QueueFilter,
) -> Result<Response, WebError> {
    let shown = form.values.shown.clone();
    let loaded = session.read(state, move |work, actor| {
        let differences = shown.iter().filter_map(|one| difference(work, actor, *one).ok());
        let differences: Vec<_> = differences.filter(|difference| difference.then != difference.now).collect();
        Ok((review_queue(work, actor)?, differences))
    });
    let Loaded { layout, data: (mut queue, differences), .. } = loaded.await?;
    queue.narrow(filter.discipline, filter.sender);
    let layout = layout.at(routes::QUEUE);
    let page = QueuePage { t: layout.t, layout, queue, is_done: false, is_declined: false, differences, form, filter };
    page.form.respond(&page)
}

fn after_decision(filter: QueueFilter, done: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("done", done).extend_pairs(filter.pairs());
    format!("{}?{}", routes::QUEUE, query.finish())
}

/// The choices that are approved, returned or reopened, as they were shown to the person who
/// decides. Each form value lists pairs `offering:fingerprint`, separated by commas: the id of the
/// offering and the hash of its choice. Hidden fields are called `seen`; the name of a check box
/// continues with `_` and an id.
pub(crate) fn shown_choices(fields: &FormData) -> Result<Vec<ShownChoice>, WebError> {
    let mut all = Vec::new();
    let ticked = fields.beginning("seen_").map(|(_, value)| value);
    for one in fields.all("seen").chain(ticked).flat_map(|value| value.split(',')).filter(|one| !one.is_empty()) {
        let read = one.split_once(':').and_then(|(offering, fingerprint)| {
            Some(ShownChoice { offering: offering.parse().ok()?, fingerprint: fingerprint.parse().ok()? })
        });
        all.push(read.ok_or(Failure::NotFound)?);
    }
    Ok(all)
}
