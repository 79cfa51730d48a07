//! Academic terms (semesters): the registrar sets the name, the dates and the catalogue version of
//! a term, and the rule for parallel groups (student groups taught the same discipline) that have
//! different exams. When the term is over, the registrar closes it permanently.

use crate::catalogue::catalogue_dry_run::has_choices;
use crate::failure::{Failure, Refusal, Stale};
use crate::term::form_exceptions::breaks_form_exception;
use crate::unit_of_work::UnitOfWork;
use domain::history::Act;
use domain::id::TermId;
use domain::person::Actor;
use domain::policy;
use domain::term::{Term, TermError, WindowClosed};
use store::{catalogues, terms};

/// All academic terms, newest first, and the number of the newest catalogue version.
#[derive(Debug, Clone)]
pub struct TermList {
    pub all: Vec<Term>,
    /// The number of the newest catalogue version; catalogue versions are numbered from 1.
    pub newest_catalogue: i64,
}

/// Lists all academic terms, for a person who is allowed to manage terms.
pub fn list_terms(work: &mut UnitOfWork<'_, '_>, actor: &Actor) -> Result<TermList, Failure> {
    policy::manages_terms(actor)?;
    Ok(TermList { all: terms::all(work.tx)?, newest_catalogue: catalogues::latest(work.tx)? })
}

/// Returns whether no academic term exists yet and the signed-in person is allowed to create the
/// first one.
pub fn is_term_missing(work: &mut UnitOfWork<'_, '_>, actor: &Actor) -> Result<bool, Failure> {
    Ok(policy::manages_terms(actor).is_ok() && terms::all(work.tx)?.is_empty())
}

/// Finds one academic term, for a person who is allowed to manage terms.
pub fn find_term(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: TermId) -> Result<Term, Failure> {
    policy::manages_terms(actor)?;
    work.term(id)
}

/// Saves a new or changed academic term. The id of a new term is computed from the term's code, in
/// the same way as when the term is imported with a roster.
///
/// # Errors
/// [`Refusal::Term`] with all errors in the typed term; status 409 if the academic term is already
/// closed.
pub fn save_term(work: &mut UnitOfWork<'_, '_>, actor: &Actor, wanted: &Term, is_new: bool) -> Result<(), Failure> {
    policy::manages_terms(actor)?;
    let all = terms::all(work.tx)?;
    let known = all.iter().find(|term| term.id == wanted.id);
    match known {
        None if !is_new => return Err(Failure::NotFound),
        Some(term) if term.is_closed && !is_new => return Err(Stale::Window(WindowClosed::TermClosed).into()),
        _ => {}
    }
    let mut wrong = wanted.wrong();
    let is_taken = all.iter().any(|term| term.code == wanted.code && (is_new || term.id != wanted.id));
    if is_taken || (is_new && known.is_some()) {
        wrong.push(TermError::CodeTaken);
    }
    if !(1..=catalogues::latest(work.tx)?).contains(&wanted.catalogue) {
        wrong.push(TermError::CatalogueUnknown);
    } else if known.is_some_and(|term| term.catalogue != wanted.catalogue) {
        let catalogue = work.catalogue(wanted.catalogue)?;
        wrong.extend(has_choices(work, wanted.id)?.then_some(TermError::DryRunNeeded));
        wrong.extend(breaks_form_exception(work, wanted.id, &catalogue)?.then_some(TermError::SetFormLost));
    }
    if !wrong.is_empty() {
        return Err(Refusal::Term(wrong).into());
    }
    if known == Some(wanted) {
        return Ok(());
    }
    if is_new { terms::add(work.tx, wanted) } else { terms::change(work.tx, wanted) }?;
    work.record_term(actor, wanted.id, &saved(wanted))
}

fn saved(term: &Term) -> Act<'_> {
    Act::TermSaved {
        code: &term.code,
        starts: term.starts,
        ends: term.ends,
        choose_from: term.choose_from,
        choose_until: term.choose_until,
        approve_until: term.approve_until,
        catalogue: term.catalogue,
        uniformity: term.uniformity.code(),
        escalate_after: term.escalate_after,
    }
}

/// Closes an academic term permanently. Refused until the last day for approving choices is over.
pub fn close_term(work: &mut UnitOfWork<'_, '_>, actor: &Actor, id: TermId) -> Result<(), Failure> {
    policy::manages_terms(actor)?;
    let mut term = work.term(id)?;
    if term.is_closed {
        return Ok(());
    }
    if work.today() <= term.approve_until {
        return Err(Stale::TermRuns.into());
    }
    term.is_closed = true;
    terms::change(work.tx, &term)?;
    work.record_term(actor, id, &Act::TermClosed)
}
