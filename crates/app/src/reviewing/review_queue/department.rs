//! Turns the submitted choices of one department into cards of the review queue. A card is the box
//! that shows one choice, compares the choice with an earlier one, and lists warnings.

use super::cards::{Card, PreviousDecision, RecentDecision, ReopenRequest, ReviewQueue};
use crate::failure::Failure;
use crate::reviewing::uniformity::{Conflict, DifferingGroup, conflicts_in};
use crate::unit_of_work::UnitOfWork;
use chrono::{DateTime, TimeDelta, Utc};
use domain::catalogue::Catalogue;
use domain::catalogue::picked::Picked;
use domain::choice::{ChoiceAct, ChoiceVersion, Stage};
use domain::form_exception::{FormException, form_exception_for};
use domain::id::{DisciplineId, DocumentId, OfferingId, OrgId, PersonId};
use domain::limits::UNDO_MINUTES;
use domain::offering::Offering;
use domain::person::Actor;
use domain::policy::{self, Deciders};
use domain::programme::Document;
use domain::programme::check::{Finding, Purpose};
use domain::report::ChoiceState;
use domain::review::{Baseline, Origin, ReviewedChoice};
use domain::term::{Term, Uniformity};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use store::baselines::DecidedVersion;
use store::choices::StoredChoice;
use store::{baselines, choices, documents, form_exceptions, offerings, people};

/// One department, with all data from which the review queue's cards (boxes for one choice each)
/// are built.
pub(super) struct Department {
    in_force: Arc<Catalogue>,
    heads: Vec<PersonId>,
    offerings: HashMap<OfferingId, Offering>,
    stored: Vec<StoredChoice>,
    documents: HashMap<DocumentId, Document>,
    lying_elsewhere: HashSet<DocumentId>,
    decided: HashMap<OfferingId, Vec<DecidedVersion>>,
    conflicts: Vec<Conflict>,
    earlier: HashMap<DisciplineId, Vec<baselines::ApprovedBaseline>>,
    senders: HashMap<PersonId, String>,
    set: Vec<FormException>,
}

/// A submitted choice with its current version, and the offering (a discipline taught to one group)
/// of the choice.
struct SentChoice<'a> {
    offering: &'a Offering,
    stored: &'a StoredChoice,
    current: &'a ChoiceVersion,
}

impl Department {
    pub(super) fn load(work: &mut UnitOfWork<'_, '_>, id: OrgId, term: &Term) -> Result<Self, Failure> {
        let today = work.today();
        let in_force = work.catalogue(term.catalogue)?;
        let all = offerings::of_department(work.tx, id, term.id)?;
        let stored = choices::of_department(work.tx, id, term.id)?;
        let offerings: HashMap<_, _> = all.into_iter().map(|offering| (offering.id, offering)).collect();
        let mut decided: HashMap<OfferingId, Vec<DecidedVersion>> = HashMap::new();
        for one in baselines::decided_in(work.tx, id, term.id)? {
            decided.entry(one.offering).or_default().push(one);
        }
        let documents = documents::chosen_in_department(work.tx, id, term.id)?;
        Ok(Self {
            heads: people::heads_of(work.tx, id, today)?,
            conflicts: match term.uniformity {
                Uniformity::Ignored => Vec::new(),
                Uniformity::Shown | Uniformity::Refused => conflicts_in(work, id, term.id)?,
            },
            earlier: earlier(work, term, &offerings, &stored)?,
            senders: people::senders(work.tx, id, term.id)?.into_iter().map(|one| (one.person, one.name)).collect(),
            lying_elsewhere: documents::chosen_with_bytes_in_other_dossiers(work.tx, id, term.id)?
                .into_iter()
                .collect(),
            documents: documents.into_iter().map(|document| (document.id, document)).collect(),
            set: form_exceptions::of_term(work.tx, term.id)?,
            in_force,
            offerings,
            stored,
            decided,
        })
    }

    pub(super) fn sort_into(
        &self,
        work: &mut UnitOfWork<'_, '_>,
        actor: &Actor,
        queue: &mut ReviewQueue,
    ) -> Result<(), Failure> {
        let chosen = self.stored.iter().filter(|stored| self.offerings.contains_key(&stored.choice.offering)).count();
        let chosen = i64::try_from(chosen).unwrap_or(0);
        queue.tally.add(ChoiceState::NotChosen, i64::try_from(self.offerings.len()).unwrap_or(0) - chosen);
        for stored in &self.stored {
            let Some(offering) = self.offerings.get(&stored.choice.offering) else { continue };
            let Some(current) = &stored.choice.current else { continue };
            queue.tally.add(ChoiceState::of(Some(&current.stage), false), 1);
            let deciders = Deciders { heads: self.heads.clone(), sent_by: Some(current.sent_by) };
            let permitted = policy::approver(actor, offering, &deciders);
            let sent = SentChoice { offering, stored, current };
            match (&current.stage, permitted) {
                (Stage::InReview, Ok(_)) => self.place(work, queue, &sent, false)?,
                (Stage::InReview, Err(policy::Denied::OwnChoice)) => self.place(work, queue, &sent, true)?,
                (Stage::Approved { .. }, Ok(_)) => ask(work, queue, &sent)?,
                _ => {}
            }
            note_recent(queue, actor, offering, stored, work.now);
        }
        // The review queue reports different choices of parallel groups (student groups taught the
        // same discipline) only if the choice of one of these groups is in the list `need`.
        let is_asked = |conflict: &&Conflict| {
            queue.need.iter().any(|card| card.items.iter().any(|(o, _)| conflict.concerns(o.id)))
        };
        let asked: Vec<Conflict> = self.conflicts.iter().filter(is_asked).cloned().collect();
        queue.conflicts.extend(asked);
        Ok(())
    }

    /// Creates a card (a box of the review queue) for a submitted choice. If a card with the same
    /// choice exists already, adds the student group to that card.
    fn place(
        &self,
        work: &mut UnitOfWork<'_, '_>,
        queue: &mut ReviewQueue,
        sent: &SentChoice<'_>,
        is_own: bool,
    ) -> Result<(), Failure> {
        let Some(card) = self.card(work, sent)? else { return Ok(()) };
        let pile = match (is_own, card.is_clean) {
            (true, _) => &mut queue.own,
            (false, true) => &mut queue.clean,
            (false, false) => &mut queue.need,
        };
        match pile.iter_mut().find(|known| known.is_alike(&card)) {
            Some(known) => {
                known.items.extend(card.items);
                known.items.sort_by(|(one, _), (other, _)| one.group.cmp(&other.group));
            }
            None => pile.push(card),
        }
        Ok(())
    }

    fn card(&self, work: &mut UnitOfWork<'_, '_>, sent: &SentChoice<'_>) -> Result<Option<Card>, Failure> {
        let SentChoice { offering, stored, current } = *sent;
        let Some(document) = self.documents.get(&current.answer.document) else { return Ok(None) };
        let Some(fingerprint) = stored.choice.fingerprint() else { return Ok(None) };
        let baseline = self.baseline(offering, current);
        let parallel = self.others(offering.id);
        let set = form_exception_for(&self.set, offering);
        let looked = ReviewedChoice {
            offering,
            current,
            document,
            baseline: baseline.as_ref(),
            differs_from_parallel: !parallel.is_empty(),
            differs_from_set: set.is_some_and(|set| set.differs_from(&current.answer)),
            rule_in_force: self.in_force.row(&current.answer.row).is_some(),
            findings: &self.findings(offering, document),
        };
        let catalogue = work.catalogue(current.catalogue)?;
        let before = match &baseline {
            Some(then) => Some(PreviousDecision {
                origin: then.origin,
                picked: Picked::of(&*work.catalogue(then.catalogue)?, &then.answer.row, &then.answer.info),
                document_name: then.document_name.clone(),
            }),
            None => None,
        };
        Ok(Some(Card {
            items: vec![(offering.clone(), fingerprint)],
            sent_by: current.sent_by,
            sender: self.senders.get(&current.sent_by).cloned().unwrap_or_default(),
            sent_at: current.sent_at,
            picked: Picked::of(&catalogue, &current.answer.row, &current.answer.info),
            document: document.clone(),
            warnings: looked.warnings(),
            is_clean: looked.is_clean(),
            is_set: set.is_some(),
            version: current.version,
            before,
            parallel,
        }))
    }

    /// Returns the parallel groups of an offering (other student groups taught the same discipline)
    /// for which a different exam was chosen, with their choices.
    fn others(&self, id: OfferingId) -> Vec<DifferingGroup> {
        self.conflicts.iter().flat_map(|conflict| conflict.others(id)).collect()
    }

    /// Finds the earlier choice with which a submitted choice is compared: the last decided version
    /// of the same offering in this term, or, if there is none, an approved choice of the
    /// discipline in an earlier term, preferably of the same instructor or in the same language.
    fn baseline(&self, offering: &Offering, current: &ChoiceVersion) -> Option<Baseline> {
        let mut earlier = self.decided.get(&offering.id).into_iter().flatten();
        if let Some(last) = earlier.rfind(|decided| decided.version < current.version) {
            return Some(Baseline {
                origin: Origin::LastDecision,
                answer: last.answer.clone(),
                catalogue: last.catalogue,
                document_name: last.document_name.clone(),
                students: offering.students,
            });
        }
        let earlier = self.earlier.get(&offering.discipline.id)?;
        let last = baselines::closest(earlier, offering.responsible, offering.language)?;
        Some(Baseline {
            origin: Origin::LastTerm,
            answer: last.answer.clone(),
            catalogue: last.catalogue,
            document_name: last.document_name.clone(),
            students: last.students,
        })
    }

    /// Returns the problems that the automatic checks find in the programme document that was
    /// chosen for an offering.
    fn findings(&self, offering: &Offering, document: &Document) -> Vec<Finding> {
        let mut earlier = self.earlier.get(&offering.discipline.id).into_iter().flatten();
        document.findings(&Purpose {
            term: offering.term,
            languages: &[offering.language],
            was_used_before: earlier.any(|known| known.answer.document == document.id),
            lies_elsewhere: self.lying_elsewhere.contains(&document.id),
        })
    }
}

/// Loads the approved choices of earlier academic terms for every discipline in which a choice of
/// the department waits for a decision.
fn earlier(
    work: &mut UnitOfWork<'_, '_>,
    term: &Term,
    offerings: &HashMap<OfferingId, Offering>,
    stored: &[StoredChoice],
) -> Result<HashMap<DisciplineId, Vec<baselines::ApprovedBaseline>>, Failure> {
    let mut found = HashMap::new();
    for stored in stored {
        let waits = stored.choice.current.as_ref().is_some_and(|current| current.stage == Stage::InReview);
        let discipline = offerings.get(&stored.choice.offering).map(|offering| offering.discipline.id);
        if let (true, Some(discipline)) = (waits, discipline)
            && !found.contains_key(&discipline)
        {
            found.insert(discipline, baselines::approved_before(work.tx, discipline, term.starts)?);
        }
    }
    Ok(found)
}

/// Adds the last decision on an offering's choice (such as an approval) to the review queue, if the
/// signed-in person made the decision and can still undo it.
fn note_recent(queue: &mut ReviewQueue, actor: &Actor, offering: &Offering, stored: &StoredChoice, now: DateTime<Utc>) {
    let Some(last) = &stored.choice.last else { return };
    let in_time = now - last.at <= TimeDelta::minutes(UNDO_MINUTES);
    if last.by != actor.person || last.act == ChoiceAct::Send || !in_time {
        return;
    }
    match queue.recent.iter_mut().find(|recent| recent.act == last.act && recent.at == last.at) {
        Some(recent) => recent.offerings.push(offering.clone()),
        None => queue.recent.push(RecentDecision { act: last.act, at: last.at, offerings: vec![offering.clone()] }),
    }
}

/// Adds an approved choice to the review queue if its instructor has asked that the choice be
/// reopened.
fn ask(work: &mut UnitOfWork<'_, '_>, queue: &mut ReviewQueue, sent: &SentChoice<'_>) -> Result<(), Failure> {
    let (Some(reason), Some(fingerprint)) = (sent.stored.choice.reopening_asked(), sent.stored.choice.fingerprint())
    else {
        return Ok(());
    };
    let catalogue = work.catalogue(sent.current.catalogue)?;
    let picked = Picked::of(&catalogue, &sent.current.answer.row, &sent.current.answer.info);
    let (offering, reason) = (sent.offering.clone(), reason.to_owned());
    queue.asked.push(ReopenRequest { offering, reason, picked, fingerprint });
    Ok(())
}
