//! The requests to extend the deadline that concern a person: their own, those that they may endorse, and,
//! for the registrar, all that wait for an answer.

use crate::choice_case::ChoiceCase;
use crate::failure::Failure;
use crate::staff::people::name_of;
use crate::unit_of_work::UnitOfWork;
use chrono::NaiveDate;
use domain::extension_request::ExtensionRequest;
use domain::offering::Offering;
use domain::person::{Actor, Role};
use domain::policy;
use std::collections::HashSet;
use store::{extension_requests, offerings};

/// The page of requests to extend the deadline.
#[derive(Debug, Clone)]
pub struct ExtensionRequests {
    /// The last day for deciding in the current term, which the form proposes for the extension.
    pub approve_until: NaiveDate,
    /// The waiting requests of others that the signed-in person can endorse or answer, the earliest first;
    /// for a registrar, the endorsed ones stand first.
    pub waiting: Vec<RequestView>,
    /// The requests of the signed-in person in the current term, newest first.
    pub own: Vec<RequestView>,
    /// Whether the signed-in person answers requests.
    pub may_answer: bool,
}

/// A request with its offering and the names of the people.
#[derive(Debug, Clone)]
pub struct RequestView {
    pub request: ExtensionRequest,
    pub offering: Offering,
    pub asked_by: String,
    /// The name of the person who endorsed the request; `None` if nobody has endorsed it.
    pub endorsed_by: Option<String>,
    /// The name of the person who answered the request; `None` while it waits.
    pub answered_by: Option<String>,
    /// Whether the signed-in person can endorse the request now.
    pub may_endorse: bool,
}

/// Lists the requests that concern the signed-in person.
pub fn extension_requests(work: &mut UnitOfWork<'_, '_>, actor: &Actor) -> Result<ExtensionRequests, Failure> {
    let term = work.current_term()?;
    let may_answer = policy::extends_deadlines(actor).is_ok();
    let mut waiting = waiting_for(work, actor)?;
    if may_answer {
        waiting.sort_by_key(|view| view.request.endorsed.is_none());
    }
    let mut own = Vec::new();
    for request in extension_requests::of_person(work.tx, actor.person, term.id)? {
        own.extend(view(work, actor, request)?);
    }
    Ok(ExtensionRequests { approve_until: term.approve_until, waiting, own, may_answer })
}

/// Counts the waiting requests that the signed-in person can endorse or answer.
pub fn waiting_requests(work: &mut UnitOfWork<'_, '_>, actor: &Actor) -> Result<usize, Failure> {
    if !policy::reviews(actor) && policy::extends_deadlines(actor).is_err() {
        return Ok(0);
    }
    Ok(waiting_for(work, actor)?.len())
}

/// The waiting requests that the signed-in person can endorse or answer.
fn waiting_for(work: &mut UnitOfWork<'_, '_>, actor: &Actor) -> Result<Vec<RequestView>, Failure> {
    let may_answer = policy::extends_deadlines(actor).is_ok();
    let mut requests = Vec::new();
    if may_answer {
        requests = extension_requests::waiting(work.tx)?;
    } else {
        for unit in [Role::Head, Role::ActingHead, Role::Dean].into_iter().flat_map(|role| actor.orgs_as(role)) {
            requests.extend(extension_requests::waiting_in(work.tx, unit)?);
        }
        let mut known = HashSet::new();
        requests.retain(|request| known.insert(request.id));
    }
    let mut views = Vec::new();
    for request in requests {
        let view = view(work, actor, request)?;
        views.extend(view.filter(|view| may_answer || view.may_endorse));
    }
    Ok(views)
}

/// A request as the signed-in person sees it; `None` if the person is not allowed to see its offering, or if
/// its term is closed.
fn view(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    request: ExtensionRequest,
) -> Result<Option<RequestView>, Failure> {
    let found = offerings::find(work.tx, request.offering)?;
    let Some(offering) = found.filter(|offering| policy::sees(actor, offering)) else { return Ok(None) };
    if work.term(offering.term)?.is_closed {
        return Ok(None);
    }
    let is_open = request.endorsed.is_none() && request.answer.is_none();
    let may_endorse = is_open && policy::reviews(actor) && endorses(work, actor, &request)?;
    Ok(Some(RequestView {
        asked_by: name_of(work, request.asked.by)?,
        endorsed_by: request.endorsed.map(|act| name_of(work, act.by)).transpose()?,
        answered_by: request.answer.as_ref().map(|answer| name_of(work, answer.act.by)).transpose()?,
        may_endorse,
        offering,
        request,
    }))
}

fn endorses(work: &mut UnitOfWork<'_, '_>, actor: &Actor, request: &ExtensionRequest) -> Result<bool, Failure> {
    let case = ChoiceCase::load(work, actor, request.offering)?;
    Ok(policy::endorses_extension(actor, &case.offering, &case.deciders, request.asked.by).is_ok())
}
