//! The reasons for which the policy denies a permission.

/// The reasons for which an actor who may see something may not act on it (HTTP status 403).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum Denied {
    /// Denied permission: only the responsible instructor may choose.
    #[error("not the responsible instructor")]
    NotResponsible,
    /// Denied permission: only the head of the offering's department may decide on the choice.
    #[error("not the head of this department")]
    NotHead,
    /// Denied permission: the actor teaches the offering or sent the choice, and nobody decides on their own choice.
    #[error("one's own choice")]
    OwnChoice,
    /// Denied permission: the dean may decide only if nobody in the department may.
    #[error("the department decides itself")]
    DepartmentDecides,
    /// Denied permission: the actor lacks the role that the web page or act requires.
    #[error("role missing")]
    RoleMissing,
    /// Denied permission: only an administrator may change administrators.
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

    /// The stable code of a denied permission, which is also the second half of the translation key `refused-…`.
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
