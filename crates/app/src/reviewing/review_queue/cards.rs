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

/// Everything in the queue.
#[derive(Debug, Clone)]
pub struct ReviewQueue {
    pub term: Term,
    /// May one decide today?
    pub window: Result<(), WindowClosed>,
    /// Groups of one discipline that chose differently, as far as a decision on one of them waits.
    pub conflicts: Vec<Conflict>,
    /// Submissions with changes or warnings: parts of a conflict first, then the oldest.
    pub need: Vec<Card>,
    /// Submissions that need a look, but were narrowed away.
    pub hidden: usize,
    /// The disciplines to which `need` can be narrowed.
    pub disciplines: Vec<Discipline>,
    /// The people to whose submissions `need` can be narrowed.
    pub senders: Vec<(PersonId, String)>,
    /// The same as last term, nothing to notice.
    pub clean: Vec<Card>,
    /// One's own submissions, which somebody else decides.
    pub own: Vec<Card>,
    /// Approved choices that their instructors ask to reopen.
    pub asked: Vec<ReopenRequest>,
    /// The reader's own decisions that can still be undone, newest first.
    pub recent: Vec<RecentDecision>,
    /// Counts of the departments concerned.
    pub tally: Tally,
}

/// One decision to take: one group, or several that were sent alike.
#[derive(Debug, Clone)]
pub struct Card {
    /// The groups, each with the fingerprint of what is shown.
    pub items: Vec<(Offering, Digest)>,
    pub sender: String,
    /// The same, to narrow by.
    pub sent_by: PersonId,
    pub sent_at: DateTime<Utc>,
    pub picked: Picked,
    pub document: Document,
    /// The earlier choice that it is compared with.
    pub before: Option<PreviousDecision>,
    /// Findings or warnings.
    pub warnings: Vec<Warning>,
    /// Group and choice of colleagues that chose otherwise.
    pub parallel: Vec<DifferingGroup>,
    /// The form is set centrally.
    pub is_set: bool,
    pub(super) is_clean: bool,
    pub(super) version: i64,
}

/// The earlier choice that a card is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviousDecision {
    pub origin: Origin,
    pub picked: Picked,
    /// The file then.
    pub document_name: String,
}

/// A request to reopen.
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
    /// To which offerings.
    pub offerings: Vec<Offering>,
}

impl Card {
    /// Did the exam itself change against [`Card::before`]?
    pub fn exam_changed(&self) -> bool {
        self.before.as_ref().is_some_and(|before| before.picked != self.picked)
    }

    /// Students in all its groups.
    pub fn students(&self) -> i64 {
        self.items.iter().map(|(offering, _)| offering.students).sum()
    }

    /// Its first group.
    pub fn first(&self) -> Option<&Offering> {
        self.items.first().map(|(offering, _)| offering)
    }

    /// The same discipline, answer, file and comparison: one decision.
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
    /// Submissions that wait for the one who asks.
    pub fn waiting(&self) -> usize {
        count(&self.need) + count(&self.clean) + self.hidden
    }

    /// Shows of what needs a look only one discipline's, one person's, or both.
    pub fn narrow(&mut self, discipline: Option<DisciplineId>, sender: Option<PersonId>) {
        let all = count(&self.need);
        let of = |card: &Card| card.first().map(|offering| offering.discipline.id);
        self.need.retain(|card| discipline.is_none_or(|id| of(card) == Some(id)));
        self.need.retain(|card| sender.is_none_or(|id| card.sent_by == id));
        self.hidden += all - count(&self.need);
    }

    /// Submissions in the clean block.
    pub fn clean_count(&self) -> usize {
        count(&self.clean)
    }

    /// Submissions that need a look, shown or not.
    pub fn need_count(&self) -> usize {
        count(&self.need) + self.hidden
    }

    /// Notes to what `need` can be narrowed.
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
