//! Permissions: the rules that decide whether a signed-in person (the actor) is allowed to do or
//! see something.
//!
//! The permission for an act on a choice is a witness: a value that only this module can create and
//! that proves the permission. The function that performs the act takes the witness instead of the
//! actor. A witness is valid for one offering, so the function refuses a witness for a different
//! offering.
//!
//! Each act has its own permission and its own function, so that changing one rule changes only one
//! act.

use crate::id::{OrgId, PersonId};
use crate::offering::Offering;
use crate::person::{Actor, Role};

mod decide;
mod denied;
mod menu;
mod people;
mod reopen;
mod witness;

pub use decide::{Deciders, approver, decision_undoer, endorses_extension, nobody_decides, reopen_decliner};
pub use denied::Denied;
pub use reopen::reopener;
pub use witness::{Approver, Chooser, DecisionUndoer, ReopenDecliner, Reopener, Setter};

pub use menu::{MenuItem, home, menu, reviews};
pub use people::{PeopleScope, appoints, manages_account, manages_people_as, sees_gaps, sees_people};

/// Permission to choose the exam of an offering. The responsible instructor has this permission; if
/// the offering has no instructor (a vacancy), the heads and acting heads of its department have
/// it.
pub fn chooser(actor: &Actor, offering: &Offering) -> Result<Chooser, Denied> {
    let may = match offering.responsible {
        Some(responsible) => responsible == actor.person,
        None => actor.heads(offering.department),
    };
    if may { Ok(Chooser { person: actor.person, offering: offering.id }) } else { Err(Denied::NotResponsible) }
}

/// Permission to see, add and change academic terms, which only registrars have.
pub fn manages_terms(actor: &Actor) -> Result<(), Denied> {
    if actor.is(Role::Registrar) { Ok(()) } else { Err(Denied::RoleMissing) }
}

/// Permission to extend the deadline for choosing or approving, for a department or an offering.
/// Only registrars have this permission.
pub fn extends_deadlines(actor: &Actor) -> Result<(), Denied> {
    manages_terms(actor)
}

/// Permission to ask for an extension of the deadline of an offering, which the people have who choose its
/// exam.
pub fn asks_for_extension(actor: &Actor, offering: &Offering) -> Result<(), Denied> {
    chooser(actor, offering).map(drop)
}

/// Permission to keep the phrases of the registrar's office, which only registrars have.
pub fn keeps_office_phrases(actor: &Actor) -> Result<(), Denied> {
    manages_terms(actor)
}

/// Permission to keep own phrases, which everybody has who reviews choices.
pub fn keeps_own_phrases(actor: &Actor) -> Result<(), Denied> {
    if reviews(actor) { Ok(()) } else { Err(Denied::RoleMissing) }
}

/// Permission to send reminders to the instructors of `faculty`; `None` means the whole university.
/// Registrars have this permission everywhere, members of a dean's office only in their own
/// faculty.
pub fn reminds(actor: &Actor, faculty: Option<OrgId>) -> Result<(), Denied> {
    let in_own = faculty.is_some_and(|faculty| actor.is_in(Role::DeanOffice, faculty));
    if in_own || actor.is(Role::Registrar) { Ok(()) } else { Err(Denied::RoleMissing) }
}

/// A witness (a value that proves a permission) that a person is allowed to publish a version of
/// the catalogue, and to return or move the choices that the new version no longer allows. Created
/// by [`catalogue_editor`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CatalogueEditor {
    person: PersonId,
}

impl CatalogueEditor {
    /// Returns the registrar whose permission to publish the catalogue is proved by this value.
    pub fn person(self) -> PersonId {
        self.person
    }
}

/// Permission to change and publish the catalogue, which only registrars have.
pub fn catalogue_editor(actor: &Actor) -> Result<CatalogueEditor, Denied> {
    manages_terms(actor).map(|()| CatalogueEditor { person: actor.person })
}

/// Permission to see all versions of the catalogue: registrars, auditors and administrators have
/// it.
pub fn reads_catalogue(actor: &Actor) -> Result<(), Denied> {
    if actor.reads_all() { Ok(()) } else { Err(Denied::RoleMissing) }
}

/// Permission to import rosters, which only registrars have.
pub fn imports_rosters(actor: &Actor) -> Result<(), Denied> {
    manages_terms(actor)
}

/// Permission to issue printed orders of approved exams, which only registrars have.
pub fn issues_orders(actor: &Actor) -> Result<(), Denied> {
    manages_terms(actor)
}

/// Permission to search the history of all records: registrars, auditors and administrators have
/// it.
pub fn searches_history(actor: &Actor) -> Result<(), Denied> {
    if actor.reads_all() { Ok(()) } else { Err(Denied::RoleMissing) }
}

/// Returns whether the actor is allowed to see an offering and its choice. The instructors of the
/// offering, the heads of its department, the dean and dean's office of its faculty, registrars,
/// auditors and administrators are. Students are not: they read approved exams on a separate page.
pub fn sees(actor: &Actor, offering: &Offering) -> bool {
    offering.is_taught_by(actor.person)
        || actor.heads(offering.department)
        || actor.is_in(Role::Dean, offering.faculty)
        || actor.is_in(Role::DeanOffice, offering.faculty)
        || actor.reads_all()
}

/// Returns the role in which the actor acts on an offering, for the record in the history. If the
/// actor has several roles for the offering, the first of instructor, head, acting head, dean and
/// registrar counts.
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

/// Permission to set exam formats centrally, and to mark offerings as having no final exam. Only
/// registrars have this permission.
pub fn makes_exceptions(actor: &Actor) -> Result<(), Denied> {
    manages_terms(actor)
}

/// Permission to see all exceptions, which are offerings without an exam and centrally set exam
/// formats: registrars, auditors and administrators have it.
pub fn sees_exceptions(actor: &Actor) -> Result<(), Denied> {
    if actor.reads_all() { Ok(()) } else { Err(Denied::RoleMissing) }
}

/// Permission to set the exam format of this offering centrally, and to return a choice of the
/// offering that differs from the set format. Only registrars have this permission.
pub fn setter(actor: &Actor, offering: &Offering) -> Result<Setter, Denied> {
    makes_exceptions(actor)?;
    Ok(Setter { person: actor.person, offering: offering.id })
}

#[cfg(test)]
mod tests;
