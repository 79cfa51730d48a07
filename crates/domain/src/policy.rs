//! Who may do what. The only place that can make a witness; domain acts take witnesses, never actors.
//!
//! A witness carries the offering it was asked about, and the act compares it.

use crate::id::{OfferingId, OrgId, PersonId};
use crate::offering::Offering;
use crate::person::{Actor, Appointment, Role};

/// Why somebody may see a thing but not do this to it (403).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum Denied {
    /// Only the responsible instructor chooses; the others read.
    #[error("not the responsible instructor")]
    NotResponsible,
    /// Only the head of the offering's department decides.
    #[error("not the head of this department")]
    NotHead,
    /// Nobody decides on their own choice.
    #[error("one's own choice")]
    OwnChoice,
    /// The dean decides only where nobody in the department may.
    #[error("the department decides itself")]
    DepartmentDecides,
    /// The page or act needs a role that the person does not have.
    #[error("role missing")]
    RoleMissing,
    /// Only an administrator makes, ends or touches administrators.
    #[error("only an administrator")]
    AdministratorOnly,
}

impl Denied {
    /// All of them, for tests of the translations.
    pub const ALL: [Self; 6] = [
        Self::NotResponsible,
        Self::NotHead,
        Self::OwnChoice,
        Self::DepartmentDecides,
        Self::RoleMissing,
        Self::AdministratorOnly,
    ];

    /// The one code of this refusal.
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
            /// Who may.
            pub fn person(self) -> PersonId {
                self.person
            }

            /// For which offering.
            pub fn offering(self) -> OfferingId {
                self.offering
            }
        }
    };
}

witness!(/** May choose for this offering. */ Chooser);
witness!(/** May approve or return the choice of this offering. */ Approver);
witness!(/** May open the approved choice of this offering again. */ Reopener);
witness!(/** May set this offering's form centrally, and return what differs from it. */ Setter);

/// What the policy must know of an offering beyond the offering itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Deciders {
    /// Everybody who is head or acting head of the offering's department today.
    pub heads: Vec<PersonId>,
    /// Who sent the choice that is to be decided, if one was sent.
    pub sent_by: Option<PersonId>,
}

impl Deciders {
    /// Is the choice this person's own: taught or sent by them?
    pub fn is_own(&self, offering: &Offering, person: PersonId) -> bool {
        offering.is_taught_by(person) || self.sent_by == Some(person)
    }
}

/// May choose: the responsible instructor; where there is none, the head of the department.
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
    match () {
        () if own(actor.person) => Err(Denied::OwnChoice),
        () if deciders.heads.iter().any(|&head| !own(head)) => Err(Denied::DepartmentDecides),
        () => granted,
    }
}

/// Sees and keeps terms: the registrar.
pub fn keeps_terms(actor: &Actor) -> Result<(), Denied> {
    if actor.is(Role::Registrar) { Ok(()) } else { Err(Denied::RoleMissing) }
}

/// Opens a department or an offering outside the window: the registrar.
pub fn opens_windows(actor: &Actor) -> Result<(), Denied> {
    keeps_terms(actor)
}

/// Reminds those who have not chosen: the registrar anywhere, a dean's office in its own faculty. `None` is the whole
/// university.
pub fn reminds(actor: &Actor, faculty: Option<OrgId>) -> Result<(), Denied> {
    let in_own = faculty.is_some_and(|faculty| actor.is_in(Role::DeanOffice, faculty));
    if in_own || actor.is(Role::Registrar) { Ok(()) } else { Err(Denied::RoleMissing) }
}

/// May publish a version of the rule table and say what becomes of the choices that it breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CatalogueEditor {
    person: PersonId,
}

impl CatalogueEditor {
    /// Who may.
    pub fn person(self) -> PersonId {
        self.person
    }
}

/// Changes and publishes the rule table: the registrar.
pub fn catalogue_editor(actor: &Actor) -> Result<CatalogueEditor, Denied> {
    keeps_terms(actor).map(|()| CatalogueEditor { person: actor.person })
}

/// Looks at the versions of the rule table: whoever reads the whole university.
pub fn reads_rules(actor: &Actor) -> Result<(), Denied> {
    if actor.reads_all() { Ok(()) } else { Err(Denied::RoleMissing) }
}

/// Brings rosters in: the registrar.
pub fn imports_rosters(actor: &Actor) -> Result<(), Denied> {
    keeps_terms(actor)
}

/// Issues orders: the registrar.
pub fn issues_orders(actor: &Actor) -> Result<(), Denied> {
    keeps_terms(actor)
}

/// Searches the history of everything: who reads the whole university.
pub fn searches_history(actor: &Actor) -> Result<(), Denied> {
    if actor.reads_all() { Ok(()) } else { Err(Denied::RoleMissing) }
}

/// Is there nobody who may decide: are all who could decide in a department among those whose own choice it is?
pub fn nobody_decides(candidates: &[PersonId], own: &[PersonId]) -> bool {
    candidates.iter().all(|candidate| own.contains(candidate))
}

/// May reopen, and take a decision of their own back: whoever may decide, and the registrar; nobody for their own choice.
pub fn reopener(actor: &Actor, offering: &Offering, deciders: &Deciders) -> Result<Reopener, Denied> {
    if actor.is(Role::Registrar) {
        let own = deciders.is_own(offering, actor.person);
        return if own { Err(Denied::OwnChoice) } else { Ok(Reopener { person: actor.person, offering: offering.id }) };
    }
    let approver = approver(actor, offering, deciders)?;
    Ok(Reopener { person: approver.person, offering: approver.offering })
}

/// May see the choice while it lives: who teaches it, heads its department, is dean or dean's office of its faculty, or
/// reads the whole university. Students see approved ones only, on their own page.
pub fn sees(actor: &Actor, offering: &Offering) -> bool {
    offering.is_taught_by(actor.person)
        || actor.heads(offering.department)
        || actor.is_in(Role::Dean, offering.faculty)
        || actor.is_in(Role::DeanOffice, offering.faculty)
        || actor.reads_all()
}

/// The role in which somebody acts on an offering, for the history.
pub fn acting_as(actor: &Actor, offering: &Offering) -> Role {
    match () {
        () if offering.is_taught_by(actor.person) => Role::Instructor,
        () if actor.is_in(Role::Head, offering.department) => Role::Head,
        () if actor.is_in(Role::ActingHead, offering.department) => Role::ActingHead,
        () if actor.is_in(Role::Dean, offering.faculty) => Role::Dean,
        () if actor.is(Role::Registrar) => Role::Registrar,
        () => Role::Instructor,
    }
}

/// Whom somebody sees among all people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeopleScope {
    /// Everybody.
    Everybody,
    /// Those who are appointed in these departments.
    Departments(Vec<OrgId>),
}

/// Sees people: registrar, administrator and auditor everybody, a head those of the department.
pub fn sees_people(actor: &Actor) -> Result<PeopleScope, Denied> {
    let headed: Vec<OrgId> = actor.orgs_as(Role::Head).collect();
    match () {
        () if actor.reads_all() => Ok(PeopleScope::Everybody),
        () if headed.is_empty() => Err(Denied::RoleMissing),
        () => Ok(PeopleScope::Departments(headed)),
    }
}

/// Appoints as this in this unit, and ends it: registrar and administrator; a head, who acts for them in the department.
/// Only an administrator makes administrators.
pub fn appoints(actor: &Actor, role: Role, org: OrgId) -> Result<(), Denied> {
    match () {
        () if actor.is(Role::Administrator) => Ok(()),
        () if actor.is(Role::Registrar) && role == Role::Administrator => Err(Denied::AdministratorOnly),
        () if actor.is(Role::Registrar) => Ok(()),
        () if role == Role::ActingHead && actor.is_in(Role::Head, org) => Ok(()),
        () => Err(Denied::RoleMissing),
    }
}

/// The role in which somebody keeps people, for the history.
pub fn keeps_people_as(actor: &Actor) -> Option<Role> {
    [Role::Administrator, Role::Registrar, Role::Head].into_iter().find(|&role| actor.is(role))
}

/// Lets an account in or not, and gives it a password: registrar and administrator; an administrator's only an administrator.
pub fn keeps_account(actor: &Actor, of: &[Appointment]) -> Result<(), Denied> {
    let is_administrators = of.iter().any(|appointment| appointment.role == Role::Administrator);
    match () {
        () if actor.is(Role::Administrator) => Ok(()),
        () if !actor.is(Role::Registrar) => Err(Denied::RoleMissing),
        () if is_administrators => Err(Denied::AdministratorOnly),
        () => Ok(()),
    }
}

/// Sees for which days nobody may decide, and where: who reads the whole university everywhere, dean and dean's office in
/// their faculties.
pub fn sees_gaps(actor: &Actor) -> Result<Option<Vec<OrgId>>, Denied> {
    let faculties: Vec<OrgId> = actor.orgs_as(Role::Dean).chain(actor.orgs_as(Role::DeanOffice)).collect();
    match () {
        () if actor.reads_all() => Ok(None),
        () if faculties.is_empty() => Err(Denied::RoleMissing),
        () => Ok(Some(faculties)),
    }
}

/// Sets forms centrally, and says that an offering has no final exam: the registrar.
pub fn makes_exceptions(actor: &Actor) -> Result<(), Denied> {
    keeps_terms(actor)
}

/// Sees what is set centrally and what has no final exam: who reads the whole university.
pub fn sees_exceptions(actor: &Actor) -> Result<(), Denied> {
    if actor.reads_all() { Ok(()) } else { Err(Denied::RoleMissing) }
}

/// May set the form of this offering centrally, and return a choice that differs from it.
pub fn setter(actor: &Actor, offering: &Offering) -> Result<Setter, Denied> {
    makes_exceptions(actor)?;
    Ok(Setter { person: actor.person, offering: offering.id })
}
