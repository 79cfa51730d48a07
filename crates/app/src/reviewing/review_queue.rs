//! The review queue, in which a head of department decides on submitted choices. First come the
//! choices that the head has to look at one by one, each with the choice that was approved or
//! returned before. Choices that have no warnings and the same exam as in an earlier academic term
//! are in one block at the end.

mod cards;
mod department;

pub use cards::{Card, PreviousDecision, RecentDecision, ReopenRequest, ReviewQueue};

use self::department::Department;
use crate::failure::Failure;
use crate::reviewing::phrases::phrases_offered;
use crate::term::list_extension_requests::waiting_requests;
use crate::unit_of_work::UnitOfWork;
use domain::id::OrgId;
use domain::person::{Actor, Role};
use domain::policy;
use domain::report::Tally;
use store::{deadline_extensions, orgs};

/// Builds the review queue of a head or an acting head of department. A dean also has a review
/// queue, for choices on which no person of the department is allowed to decide.
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
        phrases: phrases_offered(work, actor)?,
        extension_requests: waiting_requests(work, actor)?,
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

/// Finds the departments in which the signed-in person can possibly approve or return choices: the
/// departments that the person heads, also as acting head, and the departments of a faculty whose
/// dean the person is.
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
