//! Permissions to decide on a choice, to undo a decision, and to decline a request to reopen.

use super::denied::Denied;
use super::witness::{Approver, DecisionUndoer, ReopenDecliner};
use crate::id::PersonId;
use crate::offering::Offering;
use crate::person::{Actor, Role};

/// People who affect the permission to decide on a choice, in addition to the instructors of its offering.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Deciders {
    /// People who are today heads and acting heads of the offering's department.
    pub heads: Vec<PersonId>,
    /// The person who sent the choice for review; `None` if nothing was sent.
    pub sent_by: Option<PersonId>,
}

impl Deciders {
    /// Returns whether `person` teaches the offering or sent its choice, and so may not decide on the choice.
    pub fn is_own(&self, offering: &Offering, person: PersonId) -> bool {
        offering.is_taught_by(person) || self.sent_by == Some(person)
    }
}

/// Permission to approve or return a choice: a head or acting head of the department who neither teaches the offering
/// nor sent the choice; the dean of the faculty if the department has no such person.
pub fn approver(actor: &Actor, offering: &Offering, deciders: &Deciders) -> Result<Approver, Denied> {
    let own = |person: PersonId| deciders.is_own(offering, person);
    let granted = Ok(Approver { person: actor.person, offering: offering.id });
    if actor.heads(offering.department) {
        return if own(actor.person) { Err(Denied::OwnChoice) } else { granted };
    }
    if !actor.is_in(Role::Dean, offering.faculty) {
        return Err(Denied::NotHead);
    }
    if own(actor.person) {
        return Err(Denied::OwnChoice);
    }
    if deciders.heads.iter().any(|&head| !own(head)) { Err(Denied::DepartmentDecides) } else { granted }
}

/// Permission to decline a request to reopen a choice: all people who may approve the choice, and the registrar; nobody
/// for their own choice.
pub fn reopen_decliner(actor: &Actor, offering: &Offering, deciders: &Deciders) -> Result<ReopenDecliner, Denied> {
    approves_or_is_registrar(actor, offering, deciders)?;
    Ok(ReopenDecliner { person: actor.person, offering: offering.id })
}

/// Permission to undo a decision on a choice: all people who may approve the choice, and the registrar; nobody for
/// their own choice. The act itself checks that the decision is the actor's own.
pub fn decision_undoer(actor: &Actor, offering: &Offering, deciders: &Deciders) -> Result<DecisionUndoer, Denied> {
    approves_or_is_registrar(actor, offering, deciders)?;
    Ok(DecisionUndoer { person: actor.person, offering: offering.id })
}

/// Permission on a choice that all people who may approve it have, and the registrar; nobody for their own choice.
pub(super) fn approves_or_is_registrar(actor: &Actor, offering: &Offering, deciders: &Deciders) -> Result<(), Denied> {
    if !actor.is(Role::Registrar) {
        return approver(actor, offering, deciders).map(drop);
    }
    if deciders.is_own(offering, actor.person) { Err(Denied::OwnChoice) } else { Ok(()) }
}

/// Returns whether no candidate may decide on a choice, because each of them teaches the offering or sent the choice
/// (`own`).
pub fn nobody_decides(candidates: &[PersonId], own: &[PersonId]) -> bool {
    candidates.iter().all(|candidate| own.contains(candidate))
}
