//! Looks up centrally set exam formats: the format that is set for an offering, and the formats of
//! an academic term that a new catalogue version would no longer permit.

use crate::failure::Failure;
use crate::unit_of_work::UnitOfWork;
use domain::catalogue::Catalogue;
use domain::form_exception::{FormException, FormExceptionScope, FormExceptionUse, form_exception_for};
use domain::id::TermId;
use domain::offering::Offering;
use store::{exam_exceptions, form_exceptions};

/// Finds the exam format that is set centrally for an offering, if there is one.
pub(crate) fn form_exception_of(
    work: &mut UnitOfWork<'_, '_>,
    offering: &Offering,
) -> Result<Option<FormException>, Failure> {
    Ok(form_exception_for(&form_exceptions::of_term(work.tx, offering.term)?, offering).cloned())
}

/// Lists the exam formats that are set centrally in an academic term, each with the faculties of
/// its offerings.
pub(crate) fn form_exceptions_in_use(
    work: &mut UnitOfWork<'_, '_>,
    term: TermId,
) -> Result<Vec<FormExceptionUse>, Failure> {
    let mut bound = Vec::new();
    for set in form_exceptions::of_term(work.tx, term)? {
        let concerned = match set.scope {
            FormExceptionScope::Discipline(id) => exam_exceptions::of_discipline(work.tx, id, term)?,
            FormExceptionScope::Offering(id) => exam_exceptions::find_any(work.tx, id)?.into_iter().collect(),
        };
        bound.push(FormExceptionUse { set, faculties: concerned.into_iter().map(|one| one.faculty_code).collect() });
    }
    Ok(bound)
}

/// Returns whether this version of the catalogue does not permit an exam format that is set
/// centrally in the academic term.
pub(crate) fn breaks_form_exception(
    work: &mut UnitOfWork<'_, '_>,
    term: TermId,
    catalogue: &Catalogue,
) -> Result<bool, Failure> {
    Ok(form_exceptions_in_use(work, term)?.iter().any(|bound| bound.is_broken_by(catalogue)))
}
