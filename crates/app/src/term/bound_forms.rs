//! Forms that are set centrally, held against the rule table that a term is to have: nobody may be left who can choose
//! neither what is set nor anything else.

use crate::desk::Desk;
use crate::failure::Failure;
use domain::catalogue::Catalogue;
use domain::id::TermId;
use domain::set_form::{Bound, SetFor};
use store::{exams, set_forms};

/// What is set in a term, with the faculties of those who are to choose it.
pub(crate) fn bound_forms(desk: &mut Desk<'_, '_>, term: TermId) -> Result<Vec<Bound>, Failure> {
    let mut bound = Vec::new();
    for set in set_forms::of_term(desk.tx, term)? {
        let concerned = match set.scope {
            SetFor::Discipline(id) => exams::of_discipline(desk.tx, id, term)?,
            SetFor::Offering(id) => exams::find_any(desk.tx, id)?.into_iter().collect(),
        };
        bound.push(Bound { set, faculties: concerned.into_iter().map(|one| one.faculty_code).collect() });
    }
    Ok(bound)
}

/// Would the term lose, with this table, something that is set in it?
pub(crate) fn breaks_a_form(desk: &mut Desk<'_, '_>, term: TermId, catalogue: &Catalogue) -> Result<bool, Failure> {
    Ok(bound_forms(desk, term)?.iter().any(|bound| bound.is_broken_by(catalogue)))
}
