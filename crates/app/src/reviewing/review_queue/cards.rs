//! The content of the review queue.

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
    /// Whether decisions are allowed today; otherwise the reason why not.
    pub window: Result<(), WindowClosed>,
    /// Parallel groups that chose differently, if a decision on one of them is pending.
    pub conflicts: Vec<Conflict>,
    /// Submissions with changes or warnings: parts of a conflict first, then the oldest.
    pub need: Vec<Card>,
    /// The number of submissions that need attention but are hidden by the filter.
    pub hidden: usize,
    /// The disciplines by which `need` can be filtered.
    pub disciplines: Vec<Discipline>,
    /// The people by whose submissions `need` can be filtered.
    pub senders: Vec<(PersonId, String)>,
    /// Submissions that are the same as last term and have no warnings.
    pub clean: Vec<Card>,
    /// The reader's own submissions, on which another person decides.
    pub own: Vec<Card>,
    /// Approved choices that their instructors ask to reopen.
    pub asked: Vec<ReopenRequest>,
    /// The reader's own decisions that can still be undone, newest first.
    pub recent: Vec<RecentDecision>,
    /// The number of offerings by state in the departments concerned.
    pub tally: Tally,
}

/// One decision to make: on one group, or on several that were sent with the same answer.
#[derive(Debug, Clone)]
pub struct Card {
    /// The groups, each with the fingerprint of the shown choice.
    pub items: Vec<(Offering, Digest)>,
    pub sender: String,
    /// The id of the sender, by which the queue is filtered.
    pub sent_by: PersonId,
    pub sent_at: DateTime<Utc>,
    pub picked: Picked,
    pub document: Document,
    /// The earlier choice with which the card is compared.
    pub before: Option<PreviousDecision>,
    /// Warnings about the submission.
    pub warnings: Vec<Warning>,
    /// The groups of colleagues that chose differently, with their choices.
    pub parallel: Vec<DifferingGroup>,
    /// Whether the form is set centrally.
    pub is_set: bool,
    pub(super) is_clean: bool,
    pub(super) version: i64,
}

/// The earlier choice with which a card is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviousDecision {
    pub origin: Origin,
    pub picked: Picked,
    /// The file name of the earlier programme.
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

/// A decision that can still be undone.
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

    /// The exam with which the choice is compared, where it is another one.
    pub fn exam_before(&self) -> Option<&PreviousDecision> {
        self.before.as_ref().filter(|_| self.exam_changed())
    }

    /// The choice with which this one is compared, where its programme has another name.
    pub fn programme_before(&self) -> Option<&PreviousDecision> {
        self.before.as_ref().filter(|before| before.document_name != self.document.name)
    }

    /// Whether one decision is about several groups.
    pub fn is_for_several_groups(&self) -> bool {
        self.items.len() > 1
    }

    /// The number of students in all groups of the card.
    pub fn students(&self) -> i64 {
        self.items.iter().map(|(offering, _)| offering.students).sum()
    }

    /// The first group of the card.
    pub fn first(&self) -> Option<&Offering> {
        self.items.first().map(|(offering, _)| offering)
    }

    /// Returns whether two cards have the same discipline, answer, file and comparison, so that they are one decision.
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
    /// The number of submissions that wait for the reader's decision.
    pub fn waiting(&self) -> usize {
        count(&self.need) + count(&self.clean) + self.hidden
    }

    /// Filters the submissions that need attention by discipline, by sender, or by both.
    pub fn narrow(&mut self, discipline: Option<DisciplineId>, sender: Option<PersonId>) {
        let all = count(&self.need);
        let of = |card: &Card| card.first().map(|offering| offering.discipline.id);
        self.need.retain(|card| discipline.is_none_or(|id| of(card) == Some(id)));
        self.need.retain(|card| sender.is_none_or(|id| card.sent_by == id));
        self.hidden += all - count(&self.need);
    }

    /// The number of submissions in the block of unchanged ones.
    pub fn clean_count(&self) -> usize {
        count(&self.clean)
    }

    /// The number of submissions that need attention, including hidden ones.
    pub fn need_count(&self) -> usize {
        count(&self.need) + self.hidden
    }

    /// Collects the disciplines and senders by which `need` can be filtered.
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
