//! Approves choices of exams exactly as the web page showed them: a single choice, several selected
//! choices, or all choices with the same exam as in the term before.

use crate::choice_case::ChoiceCase;
use crate::failure::{Failure, Stale};
use crate::reviewing::decide::{Decision, ShownChoice, require_selection, save_decision};
use crate::reviewing::intact_documents::IntactDocuments;
use crate::reviewing::review_queue::review_queue;
use crate::reviewing::uniformity::must_agree;
use crate::term::form_exceptions::form_exception_of;
use crate::unit_of_work::UnitOfWork;
use domain::id::OfferingId;
use domain::person::Actor;
use domain::policy;
use domain::term::Uniformity;
use std::collections::BTreeMap;

/// Approves all selected choices, or none of them if one cannot be approved. A choice that
/// contradicts an exam format set centrally by the registrar is refused. If the academic term
/// requires uniformity, a choice is also refused while different exams are chosen for its parallel
/// groups (student groups taught the same discipline).
///
/// A choice whose document is missing or altered in the folder of documents is refused; `intact` says
/// which documents are not.
pub fn approve_choices(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    seen: &[ShownChoice],
    intact: &IntactDocuments,
) -> Result<(), Failure> {
    require_selection(seen)?;
    let mut to_agree: BTreeMap<_, Vec<OfferingId>> = BTreeMap::new();
    for one in seen {
        let mut case = ChoiceCase::load_to_decide(work, actor, one.offering)?;
        let approver = policy::approver(actor, &case.offering, &case.deciders)?;
        let answer = case.stored.choice.current.as_ref().map(|current| &current.answer);
        if form_exception_of(work, &case.offering)?.zip(answer).is_some_and(|(set, answer)| set.differs_from(answer)) {
            return Err(Stale::NotAsSet.into());
        }
        let document = case.stored.choice.current.as_ref().map(|current| current.document_sha);
        case.stored.choice.approve(approver, one.fingerprint, work.now).map_err(Stale::choice(one.offering))?;
        document.map_or(Ok(()), |document| intact.require(&document))?;
        save_decision(work, actor, &case, Decision::Approved)?;
        if case.window.term.uniformity == Uniformity::Refused {
            to_agree.entry((case.offering.department, case.offering.term)).or_default().push(one.offering);
        }
    }
    to_agree.into_iter().try_for_each(|((department, term), ids)| must_agree(work, department, term, &ids))
}

/// Checks that no choice that the review queue showed without warnings has one now, for example because
/// another exam was chosen for a parallel group meanwhile.
///
/// # Errors
/// [`Stale::WarningAppeared`] if one has. A choice that has itself changed is no error here: approving it
/// is refused because of its fingerprint.
pub fn require_no_warnings(work: &mut UnitOfWork<'_, '_>, actor: &Actor, seen: &[ShownChoice]) -> Result<(), Failure> {
    let queue = review_queue(work, actor)?;
    let need_attention = queue.need.iter().flat_map(|card| &card.items);
    let mut need_attention =
        need_attention.map(|(offering, fingerprint)| ShownChoice { offering: offering.id, fingerprint: *fingerprint });
    if need_attention.any(|choice| seen.contains(&choice)) { Err(Stale::WarningAppeared.into()) } else { Ok(()) }
}
