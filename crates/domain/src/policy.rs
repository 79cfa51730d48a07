//! Permissions. A permission to act on a choice is a witness: a value that proves the permission, that only this module
//! can create and that the act takes instead of the actor. A witness names its offering, and the act refuses a witness
//! for another offering.
//!
//! Every act has a permission and a function of its own, so that changing a rule changes only one act.

use crate::id::{OrgId, PersonId};
use crate::offering::Offering;
use crate::person::{Actor, Role};

mod decide;
mod denied;
mod menu;
mod people;
mod reopen;
mod witness;

pub use decide::{Deciders, approver, decision_undoer, nobody_decides, reopen_decliner};
pub use denied::Denied;
pub use reopen::reopener;
pub use witness::{Approver, Chooser, DecisionUndoer, ReopenDecliner, Reopener, Setter};

pub use menu::{MenuItem, home, menu, reviews};
pub use people::{PeopleScope, appoints, manages_account, manages_people_as, sees_gaps, sees_people};

/// Permission to choose how an exam is held: the responsible instructor; for a vacancy, heads and acting heads of the
/// department.
pub fn chooser(actor: &Actor, offering: &Offering) -> Result<Chooser, Denied> {
    let may = match offering.responsible {
        Some(responsible) => responsible == actor.person,
        None => actor.heads(offering.department),
    };
    if may { Ok(Chooser { person: actor.person, offering: offering.id }) } else { Err(Denied::NotResponsible) }
}

/// Permission to see, add and change terms: the registrar.
pub fn manages_terms(actor: &Actor) -> Result<(), Denied> {
    if actor.is(Role::Registrar) { Ok(()) } else { Err(Denied::RoleMissing) }
}

/// Permission to extend the deadline of a department or an offering: the registrar.
pub fn extends_deadlines(actor: &Actor) -> Result<(), Denied> {
    manages_terms(actor)
}

/// Permission to send reminders to instructors of `faculty`: the registrar anywhere, a dean's office in its own
/// faculty. `None` is the whole university.
pub fn reminds(actor: &Actor, faculty: Option<OrgId>) -> Result<(), Denied> {
    let in_own = faculty.is_some_and(|faculty| actor.is_in(Role::DeanOffice, faculty));
    if in_own || actor.is(Role::Registrar) { Ok(()) } else { Err(Denied::RoleMissing) }
}

/// Permission to publish a catalogue version, and to return or move the choices that the version no longer allows.
/// Created by [`catalogue_editor`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CatalogueEditor {
    person: PersonId,
}

impl CatalogueEditor {
    /// The person who has the permission to publish the catalogue.
    pub fn person(self) -> PersonId {
        self.person
    }
}

/// Permission to change and publish the catalogue: the registrar.
pub fn catalogue_editor(actor: &Actor) -> Result<CatalogueEditor, Denied> {
    manages_terms(actor).map(|()| CatalogueEditor { person: actor.person })
}

/// Permission to see the versions of the catalogue: all people who may read the whole university.
pub fn reads_catalogue(actor: &Actor) -> Result<(), Denied> {
    if actor.reads_all() { Ok(()) } else { Err(Denied::RoleMissing) }
}

/// Permission to import rosters: the registrar.
pub fn imports_rosters(actor: &Actor) -> Result<(), Denied> {
    manages_terms(actor)
}

/// Permission to issue orders: the registrar.
pub fn issues_orders(actor: &Actor) -> Result<(), Denied> {
    manages_terms(actor)
}

/// Permission to search the whole history: all people who may read the whole university.
pub fn searches_history(actor: &Actor) -> Result<(), Denied> {
    if actor.reads_all() { Ok(()) } else { Err(Denied::RoleMissing) }
}

/// Returns whether the actor may see an offering and its choice: the offering's instructors, the heads of its
/// department, dean and dean's office of its faculty, and all people who may read the whole university. Students see
/// approved exams on a web page of their own.
pub fn sees(actor: &Actor, offering: &Offering) -> bool {
    offering.is_taught_by(actor.person)
        || actor.heads(offering.department)
        || actor.is_in(Role::Dean, offering.faculty)
        || actor.is_in(Role::DeanOffice, offering.faculty)
        || actor.reads_all()
}

/// The role in which the actor acts on an offering, as recorded in the history.
pub fn acting_as(actor: &Actor, offering: &Offering) -> Role {
    let roles = [
        (Role::Instructor, offering.is_taught_by(actor.person)),
        (Role::Head, actor.is_in(Role::Head, offering.department)),
        (Role::ActingHead, actor.is_in(Role::ActingHead, offering.department)),
        (Role::Dean, actor.is_in(Role::Dean, offering.faculty)),
        (Role::Registrar, actor.is(Role::Registrar)),
    ];
    roles.into_iter().find(|(_, holds)| *holds).map_or(Role::Instructor, |(role, _)| role)
}

/// Permission to set exam forms centrally, and to mark offerings as having no final exam: the registrar.
pub fn makes_exceptions(actor: &Actor) -> Result<(), Denied> {
    manages_terms(actor)
}

/// Permission to see all exceptions (offerings without an exam, centrally set exam forms): all people who may read the
/// whole university.
pub fn sees_exceptions(actor: &Actor) -> Result<(), Denied> {
    if actor.reads_all() { Ok(()) } else { Err(Denied::RoleMissing) }
}

/// Permission to set the exam form of this offering centrally and to return a choice that differs from it: the
/// registrar.
pub fn setter(actor: &Actor, offering: &Offering) -> Result<Setter, Denied> {
    makes_exceptions(actor)?;
    Ok(Setter { person: actor.person, offering: offering.id })
}

#[cfg(test)]
mod tests;
