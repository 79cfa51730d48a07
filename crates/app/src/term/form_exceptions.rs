//! Forms that are set centrally: what binds an offering, and what a term would lose with another rule table, so that nobody
//! is left who can choose neither what is set nor anything else.

use crate::app::Desk;
use crate::failure::Failure;
use domain::catalogue::Catalogue;
use domain::form_exception::{Bound, SetFor, SetForm, set_for};
use domain::id::TermId;
use domain::offering::Offering;
use store::{exam_exceptions, form_exceptions};

/// The form that is set for an offering, if one is.
pub(crate) fn set_form_of(desk: &mut Desk<'_, '_>, offering: &Offering) -> Result<Option<SetForm>, Failure> {
    Ok(set_for(&form_exceptions::of_term(desk.tx, offering.term)?, offering).cloned())
}

/// What is set in a term, with the faculties of those who are to choose it.
pub(crate) fn bound_forms(desk: &mut Desk<'_, '_>, term: TermId) -> Result<Vec<Bound>, Failure> {
    let mut bound = Vec::new();
    for set in form_exceptions::of_term(desk.tx, term)? {
        let concerned = match set.scope {
            SetFor::Discipline(id) => exam_exceptions::of_discipline(desk.tx, id, term)?,
            SetFor::Offering(id) => exam_exceptions::find_any(desk.tx, id)?.into_iter().collect(),
        };
        bound.push(Bound { set, faculties: concerned.into_iter().map(|one| one.faculty_code).collect() });
    }
    Ok(bound)
}

/// Would the term lose, with this table, something that is set in it?
pub(crate) fn breaks_a_form(desk: &mut Desk<'_, '_>, term: TermId, catalogue: &Catalogue) -> Result<bool, Failure> {
    Ok(bound_forms(desk, term)?.iter().any(|bound| bound.is_broken_by(catalogue)))
}
