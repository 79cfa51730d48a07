//! The content of the review queue: one card for each decision to make.

use crate::reviewing::uniformity::{Conflict, DifferingGroup};
use chrono::{DateTime, Utc};
use domain::catalogue::picked::Picked;
use domain::choice::ChoiceAct;
use domain::digest::Digest;
use domain::id::{DisciplineId, PersonId};
use domain::name::sort_key;
use domain::offering::{Discipline, Offering};
use domain::programme::Document;
use domain::report::Tally;
use domain::review::{Origin, Warning};
use domain::term::{Term, WindowClosed};

/// The review queue of one person.
#[derive(Debug, Clone)]
pub struct ReviewQueue {
    pub term: Term,
    /// Whether decisions on choices are allowed today; otherwise the reason why not.
    pub window: Result<(), WindowClosed>,
    /// Conflicts: parallel groups that chose different exams, if a decision on one of them is pending.
    pub conflicts: Vec<Conflict>,
    /// Submitted choices with changes or warnings: those that conflict with parallel groups first, then the oldest.
    pub need: Vec<Card>,
    /// The number of submitted choices that need attention but are hidden by the filter.
    pub hidden: usize,
    /// The disciplines by which the submitted choices in `need` can be filtered.
    pub disciplines: Vec<Discipline>,
    /// The people by whom the submitted choices in `need` can be filtered.
    pub senders: Vec<(PersonId, String)>,
    /// Submitted choices that are the same as last term and have no warnings.
    pub clean: Vec<Card>,
    /// The reader's own submitted choices, on which another person decides.
    pub own: Vec<Card>,
    /// Approved choices that their instructors ask to reopen.
    pub asked: Vec<ReopenRequest>,
    /// The reader's own decisions on choices that can still be undone, newest first.
    pub recent: Vec<RecentDecision>,
    /// The number of offerings by state in the departments concerned.
    pub tally: Tally,
}

/// A card of the review queue: one decision to make, on one student group or on several for which the same choice was
/// sent.
#[derive(Debug, Clone)]
pub struct Card {
    /// The student groups of the card, each with the fingerprint of the shown choice.
    pub items: Vec<(Offering, Digest)>,
    pub sender: String,
    /// The id of the sender of the choice, by which the review queue is filtered.
    pub sent_by: PersonId,
    pub sent_at: DateTime<Utc>,
    pub picked: Picked,
    pub document: Document,
    /// The earlier choice with which the card of the review queue is compared.
    pub before: Option<PreviousDecision>,
    /// Warnings about the submitted choice.
    pub warnings: Vec<Warning>,
    /// The groups of colleagues that chose a different exam, with their choices.
    pub parallel: Vec<DifferingGroup>,
    /// Whether the exam form of the card's groups is set centrally.
    pub is_set: bool,
    pub(super) is_clean: bool,
    pub(super) version: i64,
}

/// The earlier choice with which a card of the review queue is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviousDecision {
    pub origin: Origin,
    pub picked: Picked,
    /// The file name of the earlier exam programme.
    pub document_name: String,
}

/// An instructor's request to reopen an approved choice.
#[derive(Debug, Clone)]
pub struct ReopenRequest {
    pub offering: Offering,
    pub reason: String,
    pub picked: Picked,
    pub fingerprint: Digest,
}

/// A decision on choices that can still be undone.
#[derive(Debug, Clone)]
pub struct RecentDecision {
    pub act: ChoiceAct,
    pub at: DateTime<Utc>,
    /// The offerings on which the decision was made.
    pub offerings: Vec<Offering>,
}

impl Card {
    /// Returns whether the exam itself differs from the earlier choice in [`Card::before`].
    pub fn exam_changed(&self) -> bool {
        self.before.as_ref().is_some_and(|before| before.picked != self.picked)
    }

    /// The exam of the earlier choice, if the submitted choice has a different exam.
    pub fn exam_before(&self) -> Option<&PreviousDecision> {
        self.before.as_ref().filter(|_| self.exam_changed())
    }

    /// The earlier choice, if the exam programme of the submitted choice has another name.
    pub fn programme_before(&self) -> Option<&PreviousDecision> {
        self.before.as_ref().filter(|before| before.document_name != self.document.name)
    }

    /// Returns whether the card of the review queue concerns several student groups.
    pub fn is_for_several_groups(&self) -> bool {
        self.items.len() > 1
    }

    /// The number of students in all student groups of the card.
    pub fn students(&self) -> i64 {
        self.items.iter().map(|(offering, _)| offering.students).sum()
    }

    /// The first student group of the card.
    pub fn first(&self) -> Option<&Offering> {
        self.items.first().map(|(offering, _)| offering)
    }

    /// Returns whether two cards have the same discipline, choice, file and earlier choice, so that they are one
    /// decision.
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
    /// The number of submitted choices that wait for the reader's decision.
    pub fn waiting(&self) -> usize {
        count(&self.need) + count(&self.clean) + self.hidden
    }

    /// Filters the submitted choices that need attention by discipline, by sender, or by both.
    pub fn narrow(&mut self, discipline: Option<DisciplineId>, sender: Option<PersonId>) {
        let all = count(&self.need);
        let of = |card: &Card| card.first().map(|offering| offering.discipline.id);
        self.need.retain(|card| discipline.is_none_or(|id| of(card) == Some(id)));
        self.need.retain(|card| sender.is_none_or(|id| card.sent_by == id));
        self.hidden += all - count(&self.need);
    }

    /// The number of submitted choices in the block of unchanged ones.
    pub fn clean_count(&self) -> usize {
        count(&self.clean)
    }

    /// The number of submitted choices that need attention, including those that the filter hides.
    pub fn need_count(&self) -> usize {
        count(&self.need) + self.hidden
    }

    /// Collects the disciplines and senders by which the submitted choices in `need` can be filtered.
    pub(super) fn note_kinds(&mut self) {
        let (mut disciplines, mut senders) = (Vec::new(), Vec::new());
        for card in &self.need {
            disciplines.extend(card.first().map(|offering| offering.discipline.clone()));
            senders.push((card.sent_by, card.sender.clone()));
        }
        disciplines.sort_by_key(|known| (sort_key(&known.name.kk), known.id));
        disciplines.dedup();
        senders.sort_by_key(|(id, name)| (sort_key(name), *id));
        senders.dedup();
        (self.disciplines, self.senders) = (disciplines, senders);
    }
}

fn count(cards: &[Card]) -> usize {
    cards.iter().map(|card| card.items.len()).sum()
}
