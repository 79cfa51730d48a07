//! The registrar declares that an offering has no final exam, overriding any roster, or withdraws that declaration.

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

/// Decides whether an offering has a final exam. An offering without an exam is omitted from all lists and counts, and
/// its choice remains stored. Returns the term of the offering.
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
