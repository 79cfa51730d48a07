//! The head's queue: what needs thought first, the difference to the last decision in place, the clean rest in one block.

mod department;

use self::department::Department;
use crate::app::UnitOfWork;
use crate::failure::Failure;
use crate::reviewing::uniformity::Conflict;
use chrono::{DateTime, Utc};
use domain::catalogue::picked::Picked;
use domain::choice::ChoiceAct;
use domain::digest::Digest;
use domain::id::{DisciplineId, OrgId, PersonId};
use domain::name::sort_key;
use domain::offering::{Discipline, Offering};
use domain::person::{Actor, Role};
use domain::policy;
use domain::programme::Document;
use domain::report::Tally;
use domain::review::{Origin, Warning};
use domain::term::{Term, WindowClosed};
use store::{deadline_extensions, orgs};

/// Everything in the queue.
#[derive(Debug, Clone)]
pub struct ReviewQueue {
    /// The term.
    pub term: Term,
    /// May one decide today?
    pub window: Result<(), WindowClosed>,
    /// Groups of one discipline that chose differently, as far as a decision on one of them waits.
    pub conflicts: Vec<Conflict>,
    /// What needs a look: what is part of a conflict first, then the oldest.
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
    /// What one did in the last minutes and may take back, newest first.
    pub recent: Vec<RecentDecision>,
    /// Counts of the departments concerned.
    pub tally: Tally,
}

/// One decision to take: one group, or several that were sent alike.
#[derive(Debug, Clone)]
pub struct Card {
    /// The groups, each with the fingerprint of what is shown.
    pub items: Vec<(Offering, Digest)>,
    /// Who sent it.
    pub sender: String,
    /// The same, to narrow by.
    pub sent_by: PersonId,
    /// When.
    pub sent_at: DateTime<Utc>,
    /// What is chosen.
    pub picked: Picked,
    /// The programme.
    pub document: Document,
    /// What it is compared with.
    pub before: Option<PreviousDecision>,
    /// What is worth a look.
    pub warnings: Vec<Warning>,
    /// What kin chose, where it differs.
    pub parallel: Vec<(String, Picked)>,
    /// The form is set centrally.
    pub is_set: bool,
    is_clean: bool,
    version: i64,
}

/// What a card is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviousDecision {
    /// Since when.
    pub origin: Origin,
    /// What was chosen.
    pub picked: Picked,
    /// The file then.
    pub document_name: String,
}

/// A request to reopen.
#[derive(Debug, Clone)]
pub struct ReopenRequest {
    /// The offering.
    pub offering: Offering,
    /// Why.
    pub reason: String,
    /// What was approved.
    pub picked: Picked,
    /// Its fingerprint.
    pub fingerprint: Digest,
}

/// What one did a moment ago.
#[derive(Debug, Clone)]
pub struct RecentDecision {
    /// What.
    pub act: ChoiceAct,
    /// When.
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
    fn note_kinds(&mut self) {
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

/// The queue of a head, acting head, or dean where the department cannot decide itself.
pub fn review_queue(work: &mut UnitOfWork<'_, '_>, actor: &Actor) -> Result<ReviewQueue, Failure> {
    let term = work.current_term()?;
    let deadline_extensions = deadline_extensions::of_term(work.tx, term.id)?;
    let window = term
        .deciding(work.today(), deadline_extensions.iter().map(|deadline_extension| deadline_extension.until).max());
    let mut queue = ReviewQueue {
        window,
        conflicts: Vec::new(),
        need: Vec::new(),
        hidden: 0,
        disciplines: Vec::new(),
        senders: Vec::new(),
        clean: Vec::new(),
        own: Vec::new(),
        asked: Vec::new(),
        recent: Vec::new(),
        tally: Tally::default(),
        term,
    };
    let departments = departments(work, actor)?;
    if departments.is_empty() {
        return Err(policy::Denied::RoleMissing.into());
    }
    for department in departments {
        Department::load(work, department, &queue.term)?.sort_into(work, actor, &mut queue)?;
    }
    queue.need.sort_by_key(|card| {
        (card.parallel.is_empty(), card.sent_at, card.items.first().map(|(offering, _)| offering.id))
    });
    queue.note_kinds();
    queue.recent.sort_by_key(|recent| std::cmp::Reverse(recent.at));
    Ok(queue)
}

/// The departments whose choices the actor may have to decide.
fn departments(work: &mut UnitOfWork<'_, '_>, actor: &Actor) -> Result<Vec<OrgId>, Failure> {
    let faculties: Vec<OrgId> = actor.orgs_as(Role::Dean).collect();
    let mut found: Vec<OrgId> = actor.orgs_as(Role::Head).chain(actor.orgs_as(Role::ActingHead)).collect();
    if !faculties.is_empty() {
        let all = orgs::all(work.tx)?;
        found.extend(all.iter().filter(|org| org.parent.is_some_and(|up| faculties.contains(&up))).map(|org| org.id));
    }
    found.sort();
    found.dedup();
    Ok(found)
}
