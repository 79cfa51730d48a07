//! The reasons for which a permission is denied.

/// The reasons for which an actor who may see something may not act on it (403).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum Denied {
    /// Only the responsible instructor may choose.
    #[error("not the responsible instructor")]
    NotResponsible,
    /// Only the head of the offering's department may decide.
    #[error("not the head of this department")]
    NotHead,
    /// The actor teaches the offering or sent the choice.
    #[error("one's own choice")]
    OwnChoice,
    /// The dean may decide only if nobody in the department may.
    #[error("the department decides itself")]
    DepartmentDecides,
    /// The actor lacks the role that the page or act requires.
    #[error("role missing")]
    RoleMissing,
    /// Only an administrator may change administrators.
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

    /// The stable code of the refusal, which is also the second half of the translation key `refused-…`.
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
