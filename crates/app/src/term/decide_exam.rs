//! The registrar says that an offering has no final exam, against whatever a roster says; and takes it back.

use crate::failure::Failure;
use crate::history::record::tell_choice;
use crate::reviewing::decide::reason;
use crate::term::exceptions::open_term;
use crate::unit_of_work::UnitOfWork;
use domain::id::OfferingId;
use domain::person::Actor;
use domain::policy;
use domain::term::Term;
use serde_json::json;
use store::{exam_exceptions, offerings};

/// Decides whether an offering has a final exam; without one it leaves all lists and counts. What was chosen is kept.
/// Says in which term.
pub fn decide_exam(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    id: OfferingId,
    (has_exam, typed): (bool, &str),
) -> Result<Term, Failure> {
    policy::makes_exceptions(actor)?;
    let offering = exam_exceptions::find_any(work.tx, id)?.ok_or(Failure::NotFound)?;
    let term = open_term(work, offering.term)?;
    if offerings::find(work.tx, id)?.is_some() == has_exam {
        return Ok(term);
    }
    let reason = if has_exam { String::new() } else { reason(typed)? };
    exam_exceptions::set(work.tx, id, has_exam)?;
    let act = if has_exam { "exam-restored" } else { "exam-left-out" };
    tell_choice(work, actor, &offering, (act, json!({ "reason": reason }).to_string()))?;
    Ok(term)
}
