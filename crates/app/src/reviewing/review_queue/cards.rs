//! The content of the review queue's page: one card for each decision that a head of department has
//! to make.

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

/// The review queue of one person who decides on submitted choices.
#[derive(Debug, Clone)]
pub struct ReviewQueue {
    pub term: Term,
    /// Whether decisions on choices are allowed today; otherwise the reason for which they are not
    /// allowed.
    pub window: Result<(), WindowClosed>,
    /// Conflicts between parallel groups that chose different exams. A conflict is listed if a
    /// choice of one of its groups waits for a decision.
    pub conflicts: Vec<Conflict>,
    /// The cards of submitted choices that have warnings or differ from the choice of the term
    /// before. Choices that differ from the choices of parallel groups come first, then the oldest
    /// ones.
    pub need: Vec<Card>,
    /// The number of submitted choices that need attention but that the selected filter hides.
    pub hidden: usize,
    /// The disciplines by which the cards of choices that need attention can be filtered.
    pub disciplines: Vec<Discipline>,
    /// The senders (id and name) by which the cards of choices that need attention can be filtered.
    pub senders: Vec<(PersonId, String)>,
    /// The cards of submitted choices that are the same as in the term before and have no warnings.
    /// All these choices can be approved together.
    pub clean: Vec<Card>,
    /// The cards of choices that the signed-in person has sent as an instructor. Another person
    /// decides on these choices.
    pub own: Vec<Card>,
    /// Approved choices that their instructors ask to reopen.
    pub asked: Vec<ReopenRequest>,
    /// Decisions that the signed-in person made recently and can still undo, newest first.
    pub recent: Vec<RecentDecision>,
    /// The number of offerings by the state of their choice, in all departments of the review
    /// queue.
    pub tally: Tally,
}

/// A card of the review queue. A card stands for one decision, on the choice of a single student
/// group or on the same choice that was sent for several groups.
#[derive(Debug, Clone)]
pub struct Card {
    /// The offerings of the card, one for each student group, each with the fingerprint of the
    /// choice that the card shows.
    pub items: Vec<(Offering, Digest)>,
    pub sender: String,
    /// The id of the person who sent the choice. The review queue can be filtered by senders.
    pub sent_by: PersonId,
    pub sent_at: DateTime<Utc>,
    pub picked: Picked,
    pub document: Document,
    /// The earlier choice with which the card compares the submitted choice; `None` if there is no
    /// earlier choice.
    pub before: Option<PreviousDecision>,
    /// Warnings about the submitted choice, such as a programme document without readable text.
    pub warnings: Vec<Warning>,
    /// The parallel groups of the card's groups that chose a different exam, with their choices.
    pub parallel: Vec<DifferingGroup>,
    /// Whether the registrar has set the exam format of the card's groups centrally.
    pub is_set: bool,
    pub(super) is_clean: bool,
    pub(super) version: i64,
}

/// The earlier choice with which a card of the review queue compares a submitted choice: the last
/// decided choice of the same term, or the approved choice of an earlier term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviousDecision {
    pub origin: Origin,
    pub picked: Picked,
    /// The file name of the programme document in the earlier choice.
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

/// A decision on one or several choices that the person who made it can still undo.
#[derive(Debug, Clone)]
pub struct RecentDecision {
    pub act: ChoiceAct,
    pub at: DateTime<Utc>,
    /// The offerings (a discipline taught to one group) on whose choices the decision was made.
    pub offerings: Vec<Offering>,
}

impl Card {
    /// Returns whether platform, exam format, type or additional information differ between the
    /// submitted choice and the earlier choice in [`Card::before`].
    pub fn exam_changed(&self) -> bool {
        self.before.as_ref().is_some_and(|before| before.picked != self.picked)
    }

    /// Returns the earlier choice if the submitted choice has a different exam; `None` if the exams
    /// are the same.
    pub fn exam_before(&self) -> Option<&PreviousDecision> {
        self.before.as_ref().filter(|_| self.exam_changed())
    }

    /// Returns the earlier choice if its programme document has another file name than the document
    /// of the submitted choice.
    pub fn programme_before(&self) -> Option<&PreviousDecision> {
        self.before.as_ref().filter(|before| before.document_name != self.document.name)
    }

    /// Returns whether the card of the review queue stands for the choices of several student
    /// groups.
    pub fn is_for_several_groups(&self) -> bool {
        self.items.len() > 1
    }

    /// Returns the number of students in all student groups of the card.
    pub fn students(&self) -> i64 {
        self.items.iter().map(|(offering, _)| offering.students).sum()
    }

    /// Returns the offering of the card's first student group.
    pub fn first(&self) -> Option<&Offering> {
        self.items.first().map(|(offering, _)| offering)
    }

    /// Returns whether two cards of the review queue have the same discipline, sender, choice,
    /// programme document, earlier choice and warnings, so that one decision is enough.
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

    /// Filters the cards of choices that need attention by discipline, by sender, or by discipline
    /// and sender.
    pub fn narrow(&mut self, discipline: Option<DisciplineId>, sender: Option<PersonId>) {
        let all = count(&self.need);
        let of = |card: &Card| card.first().map(|offering| offering.discipline.id);
        self.need.retain(|card| discipline.is_none_or(|id| of(card) == Some(id)));
        self.need.retain(|card| sender.is_none_or(|id| card.sent_by == id));
        self.hidden += all - count(&self.need);
    }

    /// Returns the number of submitted choices in the block of choices that are the same as in the
    /// term before.
    pub fn clean_count(&self) -> usize {
        count(&self.clean)
    }

    /// Returns the number of submitted choices that need attention, including choices that the
    /// filter hides.
    pub fn need_count(&self) -> usize {
        count(&self.need) + self.hidden
    }

    /// Collects the disciplines and senders by which the cards of choices that need attention can
    /// be filtered.
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
