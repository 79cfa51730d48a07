//! Exceptions of an academic term: the registrar sets an exam format centrally, for a discipline or
//! for one offering, and sees the choices that have another format.

use crate::choice_case::ChoiceCase;
use crate::failure::{Failure, Refusal, Stale};
use crate::reviewing::decide::{Decision, ShownChoice, reason, require_selection, save_decision};
use crate::staff::people::name_of;
use crate::term::form_exceptions::form_exception_of;
use crate::unit_of_work::UnitOfWork;
use domain::answer::clean_info;
use domain::catalogue::picked::Picked;
use domain::catalogue::{Catalogue, RowId};
use domain::choice::Stage;
use domain::form_exception::{FormException, FormExceptionScope, form_exception_for};
use domain::history::Act;
use domain::id::{DisciplineId, FormExceptionId, OfferingId, TermId};
use domain::offering::Offering;
use domain::person::Actor;
use domain::policy;
use domain::report::ChoiceState;
use domain::term::{Term, WindowClosed};
use std::sync::Arc;
use store::{choices, exam_exceptions, form_exceptions};

/// The exceptions of an academic term: centrally set exam formats, and offerings without an exam.
#[derive(Debug, Clone)]
pub struct Exceptions {
    pub term: Term,
    /// Terms for selection, newest first. Closed terms are left out, except `term` and `current`.
    pub terms: Vec<Term>,
    /// The id of the academic term that is current today.
    pub current: TermId,
    /// The version of the catalogue (rule table) that is in force in the academic term.
    pub catalogue: Arc<Catalogue>,
    /// The exam formats that are set centrally in the academic term, newest first.
    pub set: Vec<FormExceptionView>,
    /// The offerings that the registrar has declared to have no final exam.
    pub without_exam: Vec<Offering>,
    /// Whether the signed-in person is allowed to change the exceptions of the academic term.
    pub may_change: bool,
}

/// A centrally set exam format, as the web page of exceptions shows it.
#[derive(Debug, Clone)]
pub struct FormExceptionView {
    pub set: FormException,
    /// An example of the offerings to which the exam format applies; `None` if it applies to none.
    pub example: Option<Offering>,
    /// The centrally set exam: the names of its platform, exam format and type.
    pub picked: Picked,
    pub by: String,
    /// The number of offerings to which the centrally set exam format applies.
    pub offerings: usize,
    /// The sent or approved choices that do not have the centrally set exam format.
    pub differing: Vec<DifferingChoice>,
}

/// A sent or approved choice whose exam format is not the one set centrally for its offering.
#[derive(Debug, Clone)]
pub struct DifferingChoice {
    /// The offering whose choice does not have the centrally set exam format.
    pub offering: Offering,
    pub picked: Picked,
    /// The state (sent or approved) of the choice that does not have the centrally set exam format.
    pub state: ChoiceState,
    /// The offering, and the fingerprint (a hash) of the choice version that the web page showed.
    pub seen: ShownChoice,
}

/// A centrally set exam format, as the registrar typed it into the HTML form.
#[derive(Debug, Clone)]
pub struct NewFormException {
    pub scope: ExceptionTarget,
    pub row: RowId,
    /// The additional information about the exam that the registrar typed, exactly as typed.
    pub info: String,
    /// The reason for setting the exam format centrally, exactly as typed.
    pub reason: String,
}

/// The offerings for which the registrar sets an exam format centrally.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExceptionTarget {
    /// All offerings of the discipline with the first code, in the academic term with the second
    /// code. If the second code is `None`, the current academic term is meant.
    Code(String, Option<String>),
    /// All offerings that have the same discipline and academic term as this offering.
    DisciplineOf(OfferingId),
    Offering(OfferingId),
}

/// Lists the exceptions of the academic term with the code `asked`; without a code, those of the current term.
pub fn exceptions(work: &mut UnitOfWork<'_, '_>, actor: &Actor, asked: Option<&str>) -> Result<Exceptions, Failure> {
    policy::sees_exceptions(actor)?;
    let (term, current) = (term_by(work, asked)?, work.current_term()?.id);
    let mut terms = store::terms::all(work.tx)?;
    terms.retain(|one| !one.is_closed || one.id == current || one.id == term.id);
    let catalogue = work.catalogue(term.catalogue)?;
    let all = form_exceptions::of_term(work.tx, term.id)?;
    let mut set = Vec::new();
    for one in &all {
        set.push(view(work, one, &all, &catalogue)?);
    }
    let without_exam = exam_exceptions::left_out(work.tx, term.id)?;
    let may_change = policy::makes_exceptions(actor).is_ok() && !term.is_closed;
    Ok(Exceptions { term, terms, current, catalogue, set, without_exam, may_change })
}

/// Finds the academic term with this code; without a code, the current academic term.
fn term_by(work: &mut UnitOfWork<'_, '_>, code: Option<&str>) -> Result<Term, Failure> {
    let Some(code) = code else { return work.current_term() };
    store::terms::all(work.tx)?.into_iter().find(|term| term.code == code).ok_or(Failure::NotFound)
}

fn view(
    work: &mut UnitOfWork<'_, '_>,
    set: &FormException,
    all: &[FormException],
    catalogue: &Catalogue,
) -> Result<FormExceptionView, Failure> {
    let mut concerned = match set.scope {
        FormExceptionScope::Discipline(id) => exam_exceptions::of_discipline(work.tx, id, set.term)?,
        FormExceptionScope::Offering(id) => exam_exceptions::find_any(work.tx, id)?.into_iter().collect(),
    };
    concerned.retain(|offering| form_exception_for(all, offering).is_some_and(|found| found.id == set.id));
    let mut differing = Vec::new();
    for offering in &concerned {
        differing.extend(differs(work, set, offering)?);
    }
    Ok(FormExceptionView {
        picked: Picked::of(catalogue, &set.row, &set.info),
        by: name_of(work, set.by)?,
        offerings: concerned.len(),
        example: concerned.into_iter().next(),
        set: set.clone(),
        differing,
    })
}

fn differs(
    work: &mut UnitOfWork<'_, '_>,
    set: &FormException,
    offering: &Offering,
) -> Result<Option<DifferingChoice>, Failure> {
    let choice = choices::find(work.tx, offering.id)?.choice;
    let (Some(current), Some(fingerprint)) = (&choice.current, choice.fingerprint()) else { return Ok(None) };
    if matches!(current.stage, Stage::Returned { .. }) || !set.differs_from(&current.answer) {
        return Ok(None);
    }
    let catalogue = work.catalogue(current.catalogue)?;
    Ok(Some(DifferingChoice {
        offering: offering.clone(),
        picked: Picked::of(&catalogue, &current.answer.row, &current.answer.info),
        state: ChoiceState::of(Some(&current.stage), false),
        seen: ShownChoice { offering: offering.id, fingerprint },
    }))
}

/// Sets or changes a central exam format, and returns the academic term in which it is set.
///
/// # Errors
/// Status 422 if the reason is missing, or if the catalogue row is not offered or does not fit the
/// additional information; status 409 if the academic term is closed.
pub fn set_form_exception(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    wanted: &NewFormException,
) -> Result<Term, Failure> {
    policy::makes_exceptions(actor)?;
    let TargetScope { scope, example } = target_scope(work, &wanted.scope)?;
    let term = open_term(work, example.term)?;
    let info = clean_info(&wanted.info);
    let catalogue = work.catalogue(term.catalogue)?;
    if let Err(wrong) = catalogue.check(&wanted.row, &info, &example.faculty_code) {
        return Err(Refusal::Fields(wrong.into_iter().map(crate::failure::Fault::of).collect()).into());
    }
    let reason = reason(&wanted.reason)?;
    let key = match scope {
        FormExceptionScope::Discipline(id) => id.to_string(),
        FormExceptionScope::Offering(id) => id.to_string(),
    };
    let id = FormExceptionId::of(&[&key, &term.id.to_string()]);
    let (row, by, at) = (wanted.row.clone(), actor.person, work.now);
    let set = FormException { id, term: term.id, scope, row, info, reason, by, at };
    form_exceptions::put(work.tx, &set)?;
    let act = Act::FormExceptionSet {
        row: &set.row.0,
        info: &set.info,
        catalogue: term.catalogue,
        reason: &set.reason,
        discipline: &example.discipline.code,
    };
    record_form_exception(work, actor, &set, &act)?;
    Ok(term)
}

/// A discipline or offering for which an exam format is set centrally, and an example offering.
struct TargetScope {
    scope: FormExceptionScope,
    /// An example of the offerings for which the exam format is set centrally.
    example: Offering,
}

fn target_scope(work: &mut UnitOfWork<'_, '_>, target: &ExceptionTarget) -> Result<TargetScope, Failure> {
    match target {
        ExceptionTarget::Offering(id) => {
            Ok(TargetScope { scope: FormExceptionScope::Offering(*id), example: offering(work, *id)? })
        }
        ExceptionTarget::DisciplineOf(id) => {
            let example = offering(work, *id)?;
            Ok(TargetScope { scope: FormExceptionScope::Discipline(example.discipline.id), example })
        }
        ExceptionTarget::Code(code, term) => {
            let term = term_by(work, term.as_deref())?.id;
            let found = exam_exceptions::discipline_by_code(work.tx, code.trim(), term)?;
            let discipline: DisciplineId = found.ok_or(Refusal::DisciplineUnknown)?;
            let example = exam_exceptions::of_discipline(work.tx, discipline, term)?.into_iter().next();
            let example = example.ok_or(Refusal::DisciplineUnknown)?;
            Ok(TargetScope { scope: FormExceptionScope::Discipline(discipline), example })
        }
    }
}

fn offering(work: &mut UnitOfWork<'_, '_>, id: OfferingId) -> Result<Offering, Failure> {
    store::offerings::find(work.tx, id)?.ok_or(Failure::NotFound)
}

/// Ends a centrally set exam format, and returns the academic term in which it was set.
pub fn end_form_exception(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    term: TermId,
    id: FormExceptionId,
) -> Result<Term, Failure> {
    policy::makes_exceptions(actor)?;
    let set = known(work, term, id)?;
    let term = open_term(work, term)?;
    form_exceptions::remove(work.tx, id)?;
    record_form_exception(work, actor, &set, &Act::FormExceptionEnded { row: &set.row.0 })?;
    Ok(term)
}

/// Returns the selected choices to their instructors because they do not have the centrally set
/// exam format. Returns all of them or none, with the reason that was typed when the format was
/// set. The function returns the academic term in which the format is set.
pub fn return_differing(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    term: TermId,
    id: FormExceptionId,
    seen: &[ShownChoice],
) -> Result<Term, Failure> {
    policy::makes_exceptions(actor)?;
    require_selection(seen)?;
    let set = known(work, term, id)?;
    for one in seen {
        let mut case = ChoiceCase::load_to_decide(work, actor, one.offering)?;
        let now = form_exception_of(work, &case.offering)?.filter(|now| now.id == set.id);
        let answer = case.stored.choice.current.as_ref().map(|current| &current.answer);
        if !now.zip(answer).is_some_and(|(now, answer)| now.differs_from(answer)) {
            return Err(Stale::choice(one.offering)(domain::choice::ChoiceRefusal::ChangedSinceShown).into());
        }
        let was_approved =
            matches!(case.stored.choice.current.as_ref().map(|current| &current.stage), Some(Stage::Approved { .. }));
        let setter = policy::setter(actor, &case.offering)?;
        let returned = case.stored.choice.return_as_set(setter, one.fingerprint, &set.reason, work.now);
        returned.map_err(Stale::choice(one.offering))?;
        let reason = &set.reason;
        let decision = if was_approved { Decision::Reopened { reason } } else { Decision::Returned { reason } };
        save_decision(work, actor, &case, decision)?;
    }
    work.term(set.term)
}

fn known(work: &mut UnitOfWork<'_, '_>, term: TermId, id: FormExceptionId) -> Result<FormException, Failure> {
    form_exceptions::of_term(work.tx, term)?.into_iter().find(|set| set.id == id).ok_or(Failure::NotFound)
}

/// Finds an academic term by its id, and refuses a term that is closed.
pub(crate) fn open_term(work: &mut UnitOfWork<'_, '_>, id: TermId) -> Result<Term, Failure> {
    let term = work.term(id)?;
    if term.is_closed { Err(Stale::Window(WindowClosed::TermClosed).into()) } else { Ok(term) }
}

/// Records an act on a centrally set exam format: in the history of the offering's choice if the
/// format is set for one offering, in that of the academic term if it is set for a discipline.
fn record_form_exception(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    set: &FormException,
    act: &Act<'_>,
) -> Result<(), Failure> {
    match set.scope {
        FormExceptionScope::Offering(id) => {
            let found = exam_exceptions::find_any(work.tx, id)?.ok_or(Failure::NotFound)?;
            work.record_choice(actor, &found, act)
        }
        FormExceptionScope::Discipline(_) => work.record_term(actor, set.term, act),
    }
}
