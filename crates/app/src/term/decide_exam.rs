//! The registrar declares that an offering (a discipline taught to one group) has no final exam, or
//! withdraws the declaration. A later roster import does not change the declaration.

use crate::failure::Failure;
use crate::reviewing::decide::reason;
use crate::term::exceptions::open_term;
use crate::unit_of_work::UnitOfWork;
use domain::history::Act;
use domain::id::OfferingId;
use domain::person::Actor;
use domain::policy;
use domain::term::Term;
use store::{exam_exceptions, offerings};

/// Decides whether an offering has a final exam, and returns the academic term of the offering. An
/// offering without an exam disappears from all lists and counts, but its choice remains stored.
pub fn decide_exam(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    id: OfferingId,
    has_exam: bool,
    typed: &str,
) -> Result<Term, Failure> {
    policy::makes_exceptions(actor)?;
    let offering = exam_exceptions::find_any(work.tx, id)?.ok_or(Failure::NotFound)?;
    let term = open_term(work, offering.term)?;
    if offerings::find(work.tx, id)?.is_some() == has_exam {
        return Ok(term);
    }
    let reason = if has_exam { String::new() } else { reason(typed)? };
    exam_exceptions::set(work.tx, id, has_exam)?;
    let reason = &reason;
    let act = if has_exam { Act::ExamRestored { reason } } else { Act::ExamLeftOut { reason } };
    work.record_choice(actor, &offering, &act)?;
    Ok(term)
}
