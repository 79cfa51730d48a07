//! Requests to extend the deadline for choosing: the instructor asks with a reason, the head of department
//! endorses, the registrar grants the request until a day or declines it with a reason.

use crate::choice_case::ChoiceCase;
use crate::failure::{Failure, Refusal, Stale};
use crate::notifications::draft::NotificationDraft;
use crate::notifications::notify::notify;
use crate::notifications::notify_approvers::{notify_extension_asked, notify_registrars};
use crate::reviewing::decide::reason;
use crate::term::deadline_extensions::{NewDeadlineExtension, record_extension};
use crate::unit_of_work::UnitOfWork;
use chrono::NaiveDate;
use domain::choice::Stage;
use domain::extension_request::{ExtensionRequest, RequestAct, RequestAnswer, RequestRefusal};
use domain::history::Act;
use domain::id::{ExtensionRequestId, OfferingId, PersonId};
use domain::notification::NotificationKind;
use domain::offering::Offering;
use domain::person::Actor;
use domain::policy;
use domain::term::{DeadlineExtension, ExtensionScope, WindowClosed};
use std::collections::BTreeMap;
use store::extension_requests;

/// Asks to extend the deadline of offerings whose time for choosing is over.
///
/// # Errors
/// Status 422 if no offering is selected or the reason is missing; status 409 if the deadline of an offering
/// is not over, if its choice is approved, or if an earlier request for it waits for an answer.
pub fn ask_for_extension(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    ids: &[OfferingId],
    typed: &str,
) -> Result<(), Failure> {
    if ids.is_empty() {
        return Err(Refusal::NothingTicked.into());
    }
    let reason = reason(typed)?;
    for &id in ids {
        let case = ChoiceCase::load(work, actor, id)?;
        policy::asks_for_extension(actor, &case.offering)?;
        require_over(&case)?;
        if extension_requests::is_waiting(work.tx, id)? {
            return Err(Stale::Request(RequestRefusal::AlreadyAsked).into());
        }
        let asked = RequestAct { by: actor.person, at: work.now };
        let key = ExtensionRequestId::of(&[&id.to_string(), &work.now.to_rfc3339()]);
        let request =
            ExtensionRequest { id: key, offering: id, asked, reason: reason.clone(), endorsed: None, answer: None };
        extension_requests::add(work.tx, &request)?;
        notify_extension_asked(work, actor, &case, &reason)?;
        work.record_choice(actor, &case.offering, &Act::ExtensionRequested { reason: &reason })?;
    }
    Ok(())
}

/// Checks that the choice of an offering cannot be changed because its deadline is over.
fn require_over(case: &ChoiceCase) -> Result<(), Failure> {
    let choice = &case.stored.choice;
    let is_approved = choice.current.as_ref().is_some_and(|current| matches!(current.stage, Stage::Approved { .. }));
    match case.window.changing(choice.is_returned()) {
        Err(WindowClosed::Over) if !is_approved => Ok(()),
        Err(closed @ (WindowClosed::NotYet | WindowClosed::TermClosed)) => Err(Stale::Window(closed).into()),
        _ => Err(Stale::Request(RequestRefusal::DeadlineNotOver).into()),
    }
}

/// Endorses requests of instructors; the registrars are notified.
pub fn endorse_requests(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    ids: &[ExtensionRequestId],
) -> Result<(), Failure> {
    require_requests(ids)?;
    for &id in ids {
        let (mut request, case) = load(work, actor, id)?;
        policy::endorses_extension(actor, &case.offering, &case.deciders, request.asked.by)?;
        request.endorse(RequestAct { by: actor.person, at: work.now }).map_err(Stale::Request)?;
        extension_requests::save(work.tx, &request)?;
        notify_registrars(work, actor, &case.offering, &request.reason)?;
        work.record_choice(actor, &case.offering, &Act::ExtensionEndorsed)?;
    }
    Ok(())
}

/// Grants requests: the deadline of each offering is extended until a day. The instructors are notified.
///
/// # Errors
/// Status 422 if nothing is selected or the day is missing or in the past; status 409 if a request was
/// answered meanwhile or the term is closed.
pub fn grant_requests(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    ids: &[ExtensionRequestId],
    until: Option<NaiveDate>,
) -> Result<(), Failure> {
    policy::extends_deadlines(actor)?;
    require_requests(ids)?;
    let mut granted: BTreeMap<PersonId, Vec<(Offering, DeadlineExtension)>> = BTreeMap::new();
    for &id in ids {
        let (request, case) = load(work, actor, id)?;
        let (term, scope) = (case.offering.term, ExtensionScope::Offering(case.offering.id));
        let wanted = NewDeadlineExtension { term, scope, until, reason: &request.reason };
        let extension = record_extension(work, actor, wanted)?;
        let asked_by = request.asked.by;
        answer(work, actor, request, true, "")?;
        work.record_choice(actor, &case.offering, &Act::ExtensionGranted { until: extension.until })?;
        granted.entry(asked_by).or_default().push((case.offering, extension));
    }
    for (person, extended) in granted {
        let (offerings, extensions): (Vec<Offering>, Vec<DeadlineExtension>) = extended.into_iter().unzip();
        if let Some(extension) = extensions.first() {
            notify(work, &[person], &NotificationDraft::deadline_extended(&offerings, extension, actor))?;
        }
    }
    Ok(())
}

/// Declines requests with a reason. The instructors are notified.
pub fn decline_requests(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    ids: &[ExtensionRequestId],
    typed: &str,
) -> Result<(), Failure> {
    policy::extends_deadlines(actor)?;
    require_requests(ids)?;
    let reason = reason(typed)?;
    for &id in ids {
        let (request, case) = load(work, actor, id)?;
        let (kind, asked_by) = (NotificationKind::ExtensionDeclined, request.asked.by);
        answer(work, actor, request, false, &reason)?;
        let draft = NotificationDraft::request(kind, &case.offering, actor, &reason, work.now);
        notify(work, &[asked_by], &draft)?;
        work.record_choice(actor, &case.offering, &Act::ExtensionDeclined { reason: &reason })?;
    }
    Ok(())
}

fn require_requests(ids: &[ExtensionRequestId]) -> Result<(), Failure> {
    if ids.is_empty() { Err(Refusal::NothingTicked.into()) } else { Ok(()) }
}

/// Loads a request with its offering. Fails if the signed-in person is not allowed to see the offering.
fn load(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    id: ExtensionRequestId,
) -> Result<(ExtensionRequest, ChoiceCase), Failure> {
    let request = extension_requests::find(work.tx, id)?.ok_or(Failure::NotFound)?;
    let case = ChoiceCase::load(work, actor, request.offering)?;
    Ok((request, case))
}

fn answer(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    mut request: ExtensionRequest,
    is_granted: bool,
    reason: &str,
) -> Result<(), Failure> {
    let act = RequestAct { by: actor.person, at: work.now };
    request.answer(RequestAnswer { act, is_granted, reason: reason.to_owned() }).map_err(Stale::Request)?;
    Ok(extension_requests::save(work.tx, &request)?)
}
