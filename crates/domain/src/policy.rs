//! Permissions. A permission to act on a choice is a witness: a value that only this module can make and that the act takes
//! instead of the actor. A witness names its offering, and the act refuses a witness for another one.
//!
//! Every act has a witness and a function of its own, so that a changed rule changes one act.

use crate::id::{OfferingId, OrgId, PersonId};
use crate::offering::Offering;
use crate::person::{Actor, Role};

mod menu;
mod people;

pub use menu::{MenuItem, home, menu, reviews};
pub use people::{PeopleScope, appoints, keeps_account, keeps_people_as, sees_gaps, sees_people};

/// The reason why an actor who may see something may not do this to it (403).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum Denied {
    /// Only the responsible instructor chooses.
    #[error("not the responsible instructor")]
    NotResponsible,
    /// Only the head of the offering's department decides.
    #[error("not the head of this department")]
    NotHead,
    /// The actor teaches the offering or sent the choice.
    #[error("one's own choice")]
    OwnChoice,
    /// The dean decides only if nobody in the department may.
    #[error("the department decides itself")]
    DepartmentDecides,
    /// The actor lacks the role that the page or act needs.
    #[error("role missing")]
    RoleMissing,
    /// Only an administrator changes administrators.
    #[error("only an administrator")]
    AdministratorOnly,
}

impl Denied {
    /// All refusals, for tests of the translations.
    pub const ALL: [Self; 6] = [
        Self::NotResponsible,
        Self::NotHead,
        Self::OwnChoice,
        Self::DepartmentDecides,
        Self::RoleMissing,
        Self::AdministratorOnly,
    ];

    /// The stable code of the refusal; also the second half of the translation key `refused-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotResponsible => "not-responsible",
            Self::NotHead => "not-head",
            Self::OwnChoice => "own-choice",
            Self::DepartmentDecides => "department-decides",
            Self::RoleMissing => "role-missing",
            Self::AdministratorOnly => "administrator-only",
        }
    }
}

macro_rules! witness {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct $name {
            person: PersonId,
            offering: OfferingId,
        }

        impl $name {
            /// The person who holds the permission.
            pub fn person(self) -> PersonId {
                self.person
            }

            /// The offering for which it holds.
            pub fn offering(self) -> OfferingId {
                self.offering
            }
        }
    };
}

witness!(/** May choose for this offering; made by [`chooser`]. */ Chooser);
witness!(/** May approve or return the choice of this offering; made by [`approver`]. */ Approver);
witness!(/** May reopen the approved choice of this offering; made by [`reopener`]. */ Reopener);
witness!(/** May decline a request to reopen the choice of this offering; made by [`reopen_decliner`]. */ ReopenDecliner);
witness!(/** May undo a decision of their own on the choice of this offering; made by [`decision_undoer`]. */ DecisionUndoer);
witness!(/** May set a form exception for this offering and return what differs from it; made by [`setter`]. */ Setter);

/// The people who matter for a decision on a choice, beyond those of its offering.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Deciders {
    /// Heads and acting heads of the offering's department today.
    pub heads: Vec<PersonId>,
    /// The sender of the choice; `None` if nothing was sent.
    pub sent_by: Option<PersonId>,
}

impl Deciders {
    /// Whether `person` teaches the offering or sent the choice.
    pub fn is_own(&self, offering: &Offering, person: PersonId) -> bool {
        offering.is_taught_by(person) || self.sent_by == Some(person)
    }
}

/// May choose: the responsible instructor; for a vacancy, heads and acting heads of the department.
pub fn chooser(actor: &Actor, offering: &Offering) -> Result<Chooser, Denied> {
    let may = match offering.responsible {
        Some(responsible) => responsible == actor.person,
        None => actor.heads(offering.department),
    };
    if may { Ok(Chooser { person: actor.person, offering: offering.id }) } else { Err(Denied::NotResponsible) }
}

/// May approve or return: a head or acting head of the department whose own choice it is not; the dean of the faculty
/// where the department has no such person.
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

/// May see, add and change terms: the registrar.
pub fn keeps_terms(actor: &Actor) -> Result<(), Denied> {
    if actor.is(Role::Registrar) { Ok(()) } else { Err(Denied::RoleMissing) }
}

/// May extend the deadline of a department or an offering: the registrar.
pub fn opens_windows(actor: &Actor) -> Result<(), Denied> {
    keeps_terms(actor)
}

/// May send reminders to instructors of `faculty`: the registrar anywhere, a dean's office in its own faculty. `None` is the
/// whole university.
pub fn reminds(actor: &Actor, faculty: Option<OrgId>) -> Result<(), Denied> {
    let in_own = faculty.is_some_and(|faculty| actor.is_in(Role::DeanOffice, faculty));
    if in_own || actor.is(Role::Registrar) { Ok(()) } else { Err(Denied::RoleMissing) }
}

/// May publish a version of the catalogue, and return or move the choices that it breaks; made by [`catalogue_editor`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CatalogueEditor {
    person: PersonId,
}

impl CatalogueEditor {
    /// The person who holds the permission.
    pub fn person(self) -> PersonId {
        self.person
    }
}

/// May change and publish the catalogue: the registrar.
pub fn catalogue_editor(actor: &Actor) -> Result<CatalogueEditor, Denied> {
    keeps_terms(actor).map(|()| CatalogueEditor { person: actor.person })
}

/// May see the versions of the catalogue: everybody who reads the whole university.
pub fn reads_rules(actor: &Actor) -> Result<(), Denied> {
    if actor.reads_all() { Ok(()) } else { Err(Denied::RoleMissing) }
}

/// May import rosters: the registrar.
pub fn imports_rosters(actor: &Actor) -> Result<(), Denied> {
    keeps_terms(actor)
}

/// May issue orders: the registrar.
pub fn issues_orders(actor: &Actor) -> Result<(), Denied> {
    keeps_terms(actor)
}

/// May search the whole history: everybody who reads the whole university.
pub fn searches_history(actor: &Actor) -> Result<(), Denied> {
    if actor.reads_all() { Ok(()) } else { Err(Denied::RoleMissing) }
}

/// Whether nobody may decide: every candidate teaches or sent the choice (`own`).
pub fn nobody_decides(candidates: &[PersonId], own: &[PersonId]) -> bool {
    candidates.iter().all(|candidate| own.contains(candidate))
}

/// May reopen an approved choice: everybody who may approve, and the registrar; nobody their own choice.
pub fn reopener(actor: &Actor, offering: &Offering, deciders: &Deciders) -> Result<Reopener, Denied> {
    approves_or_is_registrar(actor, offering, deciders)?;
    Ok(Reopener { person: actor.person, offering: offering.id })
}

/// May decline a request to reopen: everybody who may approve, and the registrar; nobody for their own choice.
pub fn reopen_decliner(actor: &Actor, offering: &Offering, deciders: &Deciders) -> Result<ReopenDecliner, Denied> {
    approves_or_is_registrar(actor, offering, deciders)?;
    Ok(ReopenDecliner { person: actor.person, offering: offering.id })
}

/// May undo a decision: everybody who may approve, and the registrar; nobody for their own choice. That it is their own
/// decision is checked by the act.
pub fn decision_undoer(actor: &Actor, offering: &Offering, deciders: &Deciders) -> Result<DecisionUndoer, Denied> {
    approves_or_is_registrar(actor, offering, deciders)?;
    Ok(DecisionUndoer { person: actor.person, offering: offering.id })
}

fn approves_or_is_registrar(actor: &Actor, offering: &Offering, deciders: &Deciders) -> Result<(), Denied> {
    if !actor.is(Role::Registrar) {
        return approver(actor, offering, deciders).map(drop);
    }
    if deciders.is_own(offering, actor.person) { Err(Denied::OwnChoice) } else { Ok(()) }
}

/// Whether the actor may see an offering and its choice: its instructors, the heads of its department, dean and dean's office
/// of its faculty, and everybody who reads the whole university. Students see approved exams on a page of their own.
pub fn sees(actor: &Actor, offering: &Offering) -> bool {
    offering.is_taught_by(actor.person)
        || actor.heads(offering.department)
        || actor.is_in(Role::Dean, offering.faculty)
        || actor.is_in(Role::DeanOffice, offering.faculty)
        || actor.reads_all()
}

/// The role in which the actor acts on an offering, for the history.
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

/// May set form exceptions, and mark offerings as having no final exam: the registrar.
pub fn makes_exceptions(actor: &Actor) -> Result<(), Denied> {
    keeps_terms(actor)
}

/// May see all exceptions: everybody who reads the whole university.
pub fn sees_exceptions(actor: &Actor) -> Result<(), Denied> {
    if actor.reads_all() { Ok(()) } else { Err(Denied::RoleMissing) }
}

/// May set a form exception for this offering and return a choice that differs from it: the registrar.
pub fn setter(actor: &Actor, offering: &Offering) -> Result<Setter, Denied> {
    makes_exceptions(actor)?;
    Ok(Setter { person: actor.person, offering: offering.id })
}

#[cfg(test)]
mod tests;
