//! The reasons for which an actor (signed-in person) has no permission for an act or a page.

/// The reason for which an actor is not allowed to act on a record that the actor can see, or to
/// open a page (HTTP status 403).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum Denied {
    /// Denied permission: only the responsible instructor is allowed to choose the exam of an
    /// offering.
    #[error("not the responsible instructor")]
    NotResponsible,
    /// Denied permission: only a head of the offering's department is allowed to decide on the
    /// choice.
    #[error("not the head of this department")]
    NotHead,
    /// Denied permission: the actor teaches the offering or sent the choice, and people are not
    /// allowed to decide on their own choices.
    #[error("one's own choice")]
    OwnChoice,
    /// Denied permission: the dean decides on a choice only if nobody in the department is allowed
    /// to.
    #[error("the department decides itself")]
    DepartmentDecides,
    /// Denied permission: the actor (signed-in person) does not have the role that the page or the
    /// act requires.
    #[error("role missing")]
    RoleMissing,
    /// Denied permission: only an administrator is allowed to manage the account and the
    /// appointments of an administrator.
    #[error("only an administrator")]
    AdministratorOnly,
}

impl Denied {
    /// All reasons for which a permission is denied; tests check that each has a translation.
    pub const ALL: [Self; 6] = [
        Self::NotResponsible,
        Self::NotHead,
        Self::OwnChoice,
        Self::DepartmentDecides,
        Self::RoleMissing,
        Self::AdministratorOnly,
    ];

    /// Returns the code of the denied permission, which is also the second half of the translation
    /// key `refused-…`.
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
