//! The content of the review queue's page: one card (a box) for each decision that a head of
//! department has to make, about a choice sent for one or several groups.

use crate::reviewing::uniformity::{Conflict, DifferingGroup};
use chrono::{DateTime, Utc};
use domain::catalogue::picked::Picked;
use domain::choice::ChoiceAct;
use domain::digest::Digest;
use domain::id::{DisciplineId, PersonId};
use domain::name::sort_key;
use domain::offering::{Discipline, Offering};
use domain::phrase::Phrase;
use domain::programme::Document;
use domain::report::Tally;
use domain::review::{Origin, Warning};
use domain::term::{Term, WindowClosed};

/// The review queue of one person who decides on submitted choices.
#[derive(Debug, Clone)]
pub struct ReviewQueue {
    pub term: Term,
    /// Whether decisions on choices are allowed today; otherwise the cause that prevents deciding,
    /// such as a deadline that is over.
    pub window: Result<(), WindowClosed>,
    /// Parallel groups (student groups taught the same discipline) for which different exams were
    /// chosen, if one of these choices waits for a decision.
    pub conflicts: Vec<Conflict>,
    /// The cards (boxes of the review queue for one choice each) of submitted choices that the head
    /// has to look at one by one, because they have warnings or do not have the same exam as the
    /// approved choice of an earlier academic term. First come the choices for whose parallel
    /// groups (student groups taught the same discipline) another exam was chosen, then the other
    /// choices. Within both parts, the oldest choice comes first.
    pub need: Vec<Card>,
    /// The number of submitted choices that belong in [`Self::need`] but that the filter selected
    /// by the person hides.
    pub hidden: usize,
    /// The disciplines of the submitted choices that belong in [`Self::need`]. The review queue can
    /// be filtered by one of these disciplines.
    pub disciplines: Vec<Discipline>,
    /// The senders (id and name) of the submitted choices that belong in [`Self::need`]. The review
    /// queue can be filtered by one of these senders.
    pub senders: Vec<(PersonId, String)>,
    /// The cards (boxes of the review queue for one choice each) of submitted choices that have no
    /// warnings and the same exam as the approved choice of an earlier academic term. All these
    /// choices can be approved together.
    pub clean: Vec<Card>,
    /// The cards (boxes of the review queue for one choice each) of choices that the signed-in
    /// person has sent as an instructor. Another person decides on these choices.
    pub own: Vec<Card>,
    /// Approved choices that their instructors want to change and therefore ask to reopen.
    pub asked: Vec<ReopenRequest>,
    /// Decisions (such as approvals) that the signed-in person made recently and can still undo,
    /// newest first.
    pub recent: Vec<RecentDecision>,
    /// The number of offerings in each state (such as sent or approved), counted over all
    /// departments of the review queue.
    pub tally: Tally,
    /// The phrases that the forms for returning choices offer.
    pub phrases: Vec<Phrase>,
    /// The number of requests to extend the deadline that the signed-in person can endorse or answer.
    pub extension_requests: usize,
}

/// A card of the review queue: the box about one submitted choice, on which the head makes one
/// decision. The choice was sent for a single student group, or in the same way for several groups.
#[derive(Debug, Clone)]
pub struct Card {
    /// The offerings (a discipline taught to one group) to which the card's choice applies, each
    /// with the fingerprint of the choice.
    pub items: Vec<(Offering, Digest)>,
    pub sender: String,
    /// The id of the person who sent the choice. The review queue can be filtered by senders.
    pub sent_by: PersonId,
    pub sent_at: DateTime<Utc>,
    pub picked: Picked,
    pub document: Document,
    /// The earlier choice with which the card of the review queue compares the submitted choice;
    /// `None` if there is no earlier choice.
    pub before: Option<PreviousDecision>,
    /// Warnings about the submitted choice, such as a programme document without readable text.
    pub warnings: Vec<Warning>,
    /// The parallel groups (student groups taught the same discipline) for which an exam was chosen
    /// that is not the exam of the card's choice.
    pub parallel: Vec<DifferingGroup>,
    /// Whether the registrar has centrally set the exam format of the student groups to which the
    /// card's choice applies.
    pub is_set: bool,
    pub(super) is_clean: bool,
    pub(super) version: i64,
}

/// The earlier choice with which a card of the review queue compares a submitted choice. It is the
/// choice that was last approved or returned in the same academic term or, if there is none, the
/// approved choice of an earlier term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviousDecision {
    pub origin: Origin,
    pub picked: Picked,
    /// The file name of the programme document that belongs to the earlier choice.
    pub document_name: String,
}

/// An instructor's request to reopen an approved choice, as the review queue shows it.
#[derive(Debug, Clone)]
pub struct ReopenRequest {
    pub offering: Offering,
    pub reason: String,
    pub picked: Picked,
    pub fingerprint: Digest,
}

/// A decision on one or several choices, such as an approval, that can still be undone by the
/// person who made the decision.
#[derive(Debug, Clone)]
pub struct RecentDecision {
    pub act: ChoiceAct,
    pub at: DateTime<Utc>,
    /// The offerings (a discipline taught to one group) whose choices were approved, returned or
    /// reopened by the decision.
    pub offerings: Vec<Offering>,
}

impl Card {
    /// Returns whether the submitted choice and the earlier choice in [`Card::before`] do not have
    /// the same platform, exam format, type and additional information.
    pub fn exam_changed(&self) -> bool {
        self.before.as_ref().is_some_and(|before| before.picked != self.picked)
    }

    /// Returns the earlier choice with which the card compares the submitted choice, if the two
    /// choices do not have the same exam; otherwise `None`.
    pub fn exam_before(&self) -> Option<&PreviousDecision> {
        self.before.as_ref().filter(|_| self.exam_changed())
    }

    /// Returns the earlier choice with which the card compares the submitted choice, if the
    /// programme documents of the two choices have different file names; otherwise `None`.
    pub fn programme_before(&self) -> Option<&PreviousDecision> {
        self.before.as_ref().filter(|before| before.document_name != self.document.name)
    }

    /// Returns whether the card of the review queue shows a choice that was sent for several
    /// student groups.
    pub fn is_for_several_groups(&self) -> bool {
        self.items.len() > 1
    }

    /// Returns the number of students in all student groups to which the card's choice applies.
    pub fn students(&self) -> i64 {
        self.items.iter().map(|(offering, _)| offering.students).sum()
    }

    /// Returns the offering of the first student group on a card. A card is the box of the review
    /// queue that shows one choice, which was sent for one or several groups.
    pub fn first(&self) -> Option<&Offering> {
        self.items.first().map(|(offering, _)| offering)
    }

    /// Returns whether two cards of the review queue have the same discipline, sender, choice,
    /// programme document, earlier choice and warnings, so that they can be shown as one card, with
    /// one decision.
    pub(super) fn is_alike(&self, other: &Self) -> bool {
        let discipline = |card: &Self| card.first().map(|offering| offering.discipline.id);
        discipline(self) == discipline(other)
            && self.picked == other.picked
            && self.document.id == other.document.id
            && self.sent_by == other.sent_by
            && self.before == other.before
            && self.warnings == other.warnings
            && self.is_set == other.is_set
            && (self.version == 1) == (other.version == 1)
    }
}

impl ReviewQueue {
    /// Returns the number of submitted choices that wait for a decision of the signed-in person.
    pub fn waiting(&self) -> usize {
        count(&self.need) + count(&self.clean) + self.hidden
    }

    /// Keeps only those cards in [`Self::need`] that have the selected discipline and the selected
    /// sender, and adds the number of the removed choices to [`Self::hidden`]. `None` means that no
    /// discipline or no sender is selected.
    pub fn narrow(&mut self, discipline: Option<DisciplineId>, sender: Option<PersonId>) {
        let all = count(&self.need);
        let of = |card: &Card| card.first().map(|offering| offering.discipline.id);
        self.need.retain(|card| discipline.is_none_or(|id| of(card) == Some(id)));
        self.need.retain(|card| sender.is_none_or(|id| card.sent_by == id));
        self.hidden += all - count(&self.need);
    }

    /// Returns the number of submitted choices in [`Self::clean`], which have no warnings and the
    /// same exam as the approved choice of an earlier academic term.
    pub fn clean_count(&self) -> usize {
        count(&self.clean)
    }

    /// Returns the number of submitted choices that belong in [`Self::need`], including those that
    /// the filter selected by the person hides.
    pub fn need_count(&self) -> usize {
        count(&self.need) + self.hidden
    }

    /// Collects the disciplines and senders of the submitted choices in [`Self::need`], so that the
    /// person can filter the review queue by one of them.
    pub(super) fn note_kinds(&mut self) {
        let (mut disciplines, mut senders) = (Vec::new(), Vec::new());
        for card in &self.need {
            disciplines.extend(card.first().map(|offering| offering.discipline.clone()));
            senders.push((card.sent_by, card.sender.clone()));
        }
        disciplines.sort_by_key(|known| known.id);
        disciplines.dedup_by_key(|known| known.id);
        disciplines.sort_by_cached_key(|known| sort_key(&known.name.kk));
        senders.sort_by_key(|(id, _)| *id);
        senders.dedup_by_key(|(id, _)| *id);
        senders.sort_by_cached_key(|(_, name)| sort_key(name));
        (self.disciplines, self.senders) = (disciplines, senders);
    }
}

fn count(cards: &[Card]) -> usize {
    cards.iter().map(|card| card.items.len()).sum()
}
