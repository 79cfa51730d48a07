//! Permissions to decide on a choice, to undo a decision on a choice, and to decline a request to
//! reopen an approved choice.

use super::denied::Denied;
use super::witness::{Approver, DecisionUndoer, ReopenDecliner};
use crate::id::PersonId;
use crate::offering::Offering;
use crate::person::{Actor, Role};

/// The heads of a department and the sender of a choice. These people and the instructors of the
/// offering determine which people are allowed to decide on the choice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Deciders {
    /// People who are heads or acting heads of the offering's department today.
    pub heads: Vec<PersonId>,
    /// The person who sent the choice for review; `None` if the choice was not sent.
    pub sent_by: Option<PersonId>,
}

impl Deciders {
    /// Returns whether `person` teaches the offering or sent its choice. Such a person is not
    /// allowed to decide on the choice.
    pub fn is_own(&self, offering: &Offering, person: PersonId) -> bool {
        offering.is_taught_by(person) || self.sent_by == Some(person)
    }
}

/// Permission to approve or return a choice. A head or acting head of the department has it, but
/// not if they teach the offering or sent the choice. If this excludes all heads of the department,
/// the dean of the faculty has the permission.
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

/// Permission to endorse the request of `asked_by` to extend the deadline of an offering. The people have it
/// who are allowed to approve a choice that `asked_by` sent, so nobody endorses the own request.
pub fn endorses_extension(
    actor: &Actor,
    offering: &Offering,
    deciders: &Deciders,
    asked_by: PersonId,
) -> Result<(), Denied> {
    let deciders = Deciders { heads: deciders.heads.clone(), sent_by: Some(asked_by) };
    approver(actor, offering, &deciders).map(drop)
}

/// Permission to decline a request to reopen an approved choice. Registrars and all people who are
/// allowed to approve the choice have it, except for a choice that they sent or an offering that
/// they teach.
pub fn reopen_decliner(actor: &Actor, offering: &Offering, deciders: &Deciders) -> Result<ReopenDecliner, Denied> {
    approves_or_is_registrar(actor, offering, deciders)?;
    Ok(ReopenDecliner { person: actor.person, offering: offering.id })
}

/// Permission to undo a decision on a choice. Registrars and all people who are allowed to approve
/// the choice have it, except for a choice that they sent or an offering that they teach. The act
/// of undoing also checks that the actor made the decision.
pub fn decision_undoer(actor: &Actor, offering: &Offering, deciders: &Deciders) -> Result<DecisionUndoer, Denied> {
    approves_or_is_registrar(actor, offering, deciders)?;
    Ok(DecisionUndoer { person: actor.person, offering: offering.id })
}

/// Checks that the actor is a registrar or is allowed to approve the choice, and neither teaches
/// the offering nor sent the choice.
pub(super) fn approves_or_is_registrar(actor: &Actor, offering: &Offering, deciders: &Deciders) -> Result<(), Denied> {
    if !actor.is(Role::Registrar) {
        return approver(actor, offering, deciders).map(drop);
    }
    if deciders.is_own(offering, actor.person) { Err(Denied::OwnChoice) } else { Ok(()) }
}

/// Returns whether nobody is allowed to decide on a choice. The list `candidates` contains the
/// people with the right to decide. The list `own` contains the people who teach the offering or
/// sent its choice, and who therefore are not allowed to decide on it.
pub fn nobody_decides(candidates: &[PersonId], own: &[PersonId]) -> bool {
    candidates.iter().all(|candidate| own.contains(candidate))
}
